//! Single values as people write them: durations, sizes, modes, dates.

use jiff::{Timestamp, civil, tz::TimeZone};
use toml::de::DeValue;

pub(super) use super::lengths::{duration, is_in_days, target, target_or_none};
use super::{
    lengths::counted,
    near::nearest,
    section::{integer, kind_of, text},
};
use crate::{
    desk::policy::{InCc, ListMail, Mode, OnFull, Reopened},
    model::{
        account::{SENT_BY_USE, Security, ServerAction},
        address::Address,
        language::Language,
    },
};

/// From which mail on a mailbox is served, when it is seen for the first time or its UIDVALIDITY has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartFrom {
    /// From now: what is already there is left alone.
    Now,
    /// Everything there is.
    Beginning,
    /// What arrived at this instant or later.
    At(Timestamp),
}

pub(super) fn address(words: &str) -> Result<Address, String> {
    Address::parse(words).map_err(|refused| refused.to_string())
}

pub(super) fn language(words: &str) -> Result<Language, String> {
    Language::ALL
        .into_iter()
        .find(|language| language.code() == words)
        .ok_or_else(|| one_of(words, &["ru", "en"]))
}

pub(crate) fn mode(words: &str) -> Result<Mode, String> {
    [Mode::Observe, Mode::Acknowledge, Mode::Full]
        .into_iter()
        .find(|mode| mode.code() == words)
        .ok_or_else(|| one_of(words, &["observe", "acknowledge", "full"]))
}

pub(super) fn list_mail(words: &str) -> Result<ListMail, String> {
    [ListMail::Aside, ListMail::Ticket]
        .into_iter()
        .find(|list_mail| list_mail.code() == words)
        .ok_or_else(|| one_of(words, &["aside", "ticket"]))
}

pub(super) fn in_cc(words: &str) -> Result<InCc, String> {
    match words {
        "note" => Ok(InCc::Note),
        "ticket" => Ok(InCc::Ticket),
        "ignore" => Ok(InCc::Ignore),
        other => Err(one_of(other, &["note", "ticket", "ignore"])),
    }
}

pub(super) fn security(words: &str) -> Result<Security, String> {
    match words {
        "tls" => Ok(Security::Tls),
        "starttls" => Ok(Security::StartTls),
        "none" => Ok(Security::None),
        other => Err(one_of(other, &["tls", "starttls", "none"])),
    }
}

/// A zone by its IANA name. The only place that looks zones up.
pub(crate) fn zone(words: &str) -> Result<(String, TimeZone), String> {
    if let Ok(zone) = TimeZone::get(words) {
        let name = zone.iana_name().unwrap_or(words).to_owned();
        return Ok((name, zone));
    }
    let known: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.as_str().to_owned())
        .collect();
    let hint = nearest(words, known.iter().map(String::as_str)).map_or_else(
        || "write a name like \"Europe/Moscow\"".to_owned(),
        |near| format!("did you mean \"{near}\"?"),
    );
    Err(format!("there is no time zone \"{words}\"; {hint}"))
}

/// A tag's prefix: 1 to 8 ASCII letters or digits, made upper-case.
pub(super) fn prefix(words: &str) -> Result<String, String> {
    let is_sound =
        (1..=8).contains(&words.len()) && words.chars().all(|c| c.is_ascii_alphanumeric());
    if is_sound {
        return Ok(words.to_ascii_uppercase());
    }
    Err("1 to 8 Latin letters or digits are expected, as in \"IT\"".to_owned())
}

/// The prefix a queue's name gives: its ASCII letters and digits, at most eight; `None` where it has none.
pub(super) fn prefix_of(name: &str) -> Option<String> {
    let letters: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(8)
        .collect();
    prefix(&letters).ok()
}

/// A size in bytes: a number, or `25 MB` (a million bytes each), `512 kB`, `1 GB`, in Russian too.
pub(super) fn size(value: &DeValue<'_>) -> Result<u64, String> {
    let bytes = match integer(value) {
        Some(bytes) => u64::try_from(bytes).ok(),
        None => counted(text(value)?, |unit| match unit {
            "b" | "byte" | "bytes" | "байт" => Some(1),
            "kb" | "кб" => Some(1_000),
            "mb" | "мб" => Some(1_000_000),
            "gb" | "гб" => Some(1_000_000_000),
            _ => None,
        }),
    };
    bytes
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| "a size is expected, as in \"25 MB\"".to_owned())
}

/// When a mailbox's mail begins to count; a date is midnight in `zone`.
pub(super) fn start_from(value: &DeValue<'_>, zone: &TimeZone) -> Result<StartFrom, String> {
    let words = match value.as_datetime() {
        Some(date) => date.to_string(),
        None => match value.as_str() {
            Some(words) => words.trim().to_owned(),
            None => {
                return Err(format!(
                    "a date or \"beginning\" is expected, but this is {}",
                    kind_of(value)
                ));
            }
        },
    };
    match words.as_str() {
        "now" => return Ok(StartFrom::Now),
        "beginning" => return Ok(StartFrom::Beginning),
        _ => {}
    }
    if let Ok(at) = words.parse::<Timestamp>() {
        return Ok(StartFrom::At(at));
    }
    // A civil datetime's parser takes a bare date for midnight.
    words
        .parse::<civil::DateTime>()
        .ok()
        .and_then(|at| zone.to_ambiguous_timestamp(at).compatible().ok())
        .map(StartFrom::At)
        .ok_or_else(|| "a date like 2026-11-01, \"now\" or \"beginning\" is expected".to_owned())
}

/// A host name or address, without scheme, path or port.
pub(crate) fn host(words: &str) -> Result<String, String> {
    let is_ip = words.parse::<std::net::IpAddr>().is_ok();
    let is_name = words
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
    if is_ip || is_name {
        return Ok(words.to_owned());
    }
    Err("a server's name alone is expected, as in \"mail.uni.test\"; the port has a key of its own, `port`".to_owned())
}

/// A folder's name; INBOX is the one that is the same in any case (RFC 9051, 5.1).
pub(super) fn folder(words: &str) -> String {
    if words.eq_ignore_ascii_case("INBOX") {
        return "INBOX".to_owned();
    }
    words.to_owned()
}

/// The folder of sent mail: a name, or the one that the server marks.
pub(super) fn sent(words: &str) -> String {
    match words {
        "auto" => SENT_BY_USE.to_owned(),
        name => folder(name),
    }
}

/// What becomes of a promise when a solved ticket comes back.
pub(super) fn reopened(words: &str) -> Result<Reopened, String> {
    match words {
        "resume" => Ok(Reopened::Resume),
        "restart" => Ok(Reopened::Restart),
        _ => Err(one_of(words, &["resume", "restart"])),
    }
}

/// What becomes of the backlog of a mailbox.
pub(super) fn on_full(words: &str) -> Result<OnFull, String> {
    match words {
        "list" => Ok(OnFull::List),
        "close" => Ok(OnFull::Close),
        _ => Err(one_of(words, &["list", "close"])),
    }
}

/// A time of day, `9:00`.
pub(super) fn time_of_day(words: &str) -> Result<civil::Time, String> {
    let time = words.split_once(':').and_then(|(hour, minute)| {
        let is_written = (1..=2).contains(&hour.len()) && minute.len() == 2;
        let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
        civil::Time::new(hour, minute, 0, 0)
            .ok()
            .filter(|_| is_written)
    });
    time.ok_or_else(|| "a time of day is expected, as in \"9:00\"".to_owned())
}

/// An IMAP keyword is an atom (RFC 9051, 9); system flags begin with a backslash and are not for okno.
pub(super) fn keyword(words: &str) -> Result<ServerAction, String> {
    let is_atom = words
        .chars()
        .all(|c| c.is_ascii_graphic() && !"(){%*\"\\]".contains(c));
    if is_atom {
        return Ok(ServerAction::Keyword(words.to_owned()));
    }
    Err(
        "a keyword is Latin letters, digits and signs like \"$\" or \"_\", as in \"$OknoDone\""
            .to_owned(),
    )
}

/// Whether a host is this machine and nothing else.
pub(super) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

fn one_of(words: &str, known: &[&str]) -> String {
    let list = known
        .iter()
        .map(|word| format!("\"{word}\""))
        .collect::<Vec<_>>()
        .join(", ");
    match nearest(words, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"? One of {list} is expected"),
        None => format!("one of {list} is expected"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_come_from_names() {
        assert_eq!(prefix_of("it-support").as_deref(), Some("ITSUPPOR"));
        assert_eq!(prefix_of("бухгалтерия"), None);
        assert!(prefix("ИТ").is_err());
        assert!(prefix("TOOLONGPREFIX").is_err());
    }

    #[test]
    fn loopback_is_this_machine_only() {
        for host in ["localhost", "127.0.0.1", "127.8.8.8", "::1"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["localhost.uni.test", "10.0.0.1", "mail.uni.test", "0.0.0.0"] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
