//! Events of the house's own, in words.

use super::super::words::Words;
use crate::model::{event::EventData, outgoing::MailAct};

/// Events of the house's own: work, orders, alarms.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "all others have words elsewhere in this file"
)]
pub(super) fn in_words(data: &EventData, words: &Words) -> (&'static str, &'static str, String) {
    match data {
        EventData::MailOrdered {
            act,
            count,
            too_late,
        } => {
            let (ru, en) = ordered(*act);
            let late = words.pick("поздно для", "too late for");
            let more = if too_late.is_empty() {
                count.to_string()
            } else {
                format!("{count}, {late} {}", too_late.len())
            };
            (ru, en, more)
        }
        EventData::MailQuarantined { .. } => (
            "письмо в карантине",
            "the mail is quarantined",
            String::new(),
        ),
        EventData::WorkReleased { work, .. } => (
            "выпущено из карантина",
            "released from quarantine",
            work.to_string(),
        ),
        EventData::WorkDiscarded { work, .. } => (
            "выброшено из карантина",
            "discarded from quarantine",
            work.to_string(),
        ),
        EventData::SetAside => ("письмо отложено", "the mail was put aside", String::new()),
        EventData::AlarmOver { alarm, object } => {
            ("неполадки больше нет", "over", format!("{alarm}, {object}"))
        }
        other => (other.kind().0, other.kind().0, String::new()),
    }
}

/// What was done to mails that waited.
const fn ordered(act: MailAct) -> (&'static str, &'static str) {
    match act {
        MailAct::Release => ("задержанных писем отпущено", "held mails let go"),
        MailAct::Hold => ("писем остановлено", "mails stopped"),
        MailAct::Cancel => ("писем отменено", "mails cancelled"),
        MailAct::Retry => ("писем отправляется снова", "mails tried again"),
    }
}
