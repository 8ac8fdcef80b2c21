//! What happened to a promise, in words.

use super::super::words::Words;
use crate::model::{clock::Outcome, event::EventData};

/// The words in both languages, and what follows them.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is no clock's")]
pub(super) fn in_words(data: &EventData, words: &Words) -> (&'static str, &'static str, String) {
    match data {
        EventData::ClockStarted { due_at, .. } => {
            ("обещано решить до", "promised by", words.time(*due_at))
        }
        EventData::ClockPaused { left_secs, .. } => (
            "время остановлено, осталось минут",
            "time stands still, minutes left",
            left_secs.div_euclid(60).to_string(),
        ),
        EventData::ClockResumed { due_at, .. } => (
            "время снова идёт, решить до",
            "time goes on, due by",
            words.time(*due_at),
        ),
        EventData::ClockJudged {
            outcome, due_at, ..
        } => {
            let (ru, en) = match outcome {
                Outcome::Met => ("срок выдержан", "the promise was kept"),
                Outcome::Breached => ("срок нарушен", "the promise was broken"),
            };
            (ru, en, words.time(*due_at))
        }
        _ => ("", "", String::new()),
    }
}
