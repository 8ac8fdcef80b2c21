//! A mailbox and a queue in plain words: what `okno check` prints of them.

mod allow;
mod asking;
mod binding;
mod chain;
mod intake;
mod mailbox;
pub(super) mod promise;
mod queue;
mod reviews;
mod rules;
mod sharing;
mod trust;

use jiff::Timestamp;

pub use self::{
    intake::quarantine, mailbox::mailbox, queue::queue, reviews::director, rules::rules,
    trust::trust,
};
use crate::{
    desk::calendar::Calendar,
    model::{account::Security, language::Language},
};

/// A server: `mail.uni.test:993 (TLS)`.
fn server(host: &str, port: u16, security: Security, language: Language) -> String {
    let security = match (security, language) {
        (Security::Tls, _) => "TLS",
        (Security::StartTls, _) => "STARTTLS",
        (Security::None, Language::Ru) => "без TLS, на этой же машине",
        (Security::None, Language::En) => "no TLS, on this machine",
    };
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    format!("{host}:{port} ({security})")
}

/// An instant in words: `вторник, 24 ноября 2026, 15:00 (Europe/Moscow)`.
fn date(at: Timestamp, calendar: &Calendar, language: Language) -> String {
    let at = at.to_zoned(calendar.zone().clone());
    let zone = &calendar.zone_name;
    match language {
        Language::En => format!("{} ({zone})", at.strftime("%A, %-d %B %Y, %H:%M")),
        Language::Ru => {
            let weekday = match at.weekday() {
                jiff::civil::Weekday::Monday => "понедельник",
                jiff::civil::Weekday::Tuesday => "вторник",
                jiff::civil::Weekday::Wednesday => "среда",
                jiff::civil::Weekday::Thursday => "четверг",
                jiff::civil::Weekday::Friday => "пятница",
                jiff::civil::Weekday::Saturday => "суббота",
                jiff::civil::Weekday::Sunday => "воскресенье",
            };
            let months = [
                "января",
                "февраля",
                "марта",
                "апреля",
                "мая",
                "июня",
                "июля",
                "августа",
                "сентября",
                "октября",
                "ноября",
                "декабря",
            ];
            let index = usize::try_from(at.month()).unwrap_or(1).saturating_sub(1);
            let month = months.get(index).copied().unwrap_or_default();
            let (day, year) = (at.day(), at.year());
            format!(
                "{weekday}, {day} {month} {year}, {} ({zone})",
                at.strftime("%H:%M")
            )
        }
    }
}
