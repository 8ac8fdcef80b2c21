//! What happened to a promise, in words.

use super::super::words::Words;
use crate::model::{
    clock::{ClockKind, Outcome},
    event::EventData,
};

/// The words in both languages, and what follows them.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is no clock's")]
pub(super) fn in_words(
    data: &EventData,
    words: &Words,
) -> Option<(&'static str, &'static str, String)> {
    Some(match data {
        EventData::ClockStarted { clock, due_at, .. } => {
            let (ru, en) = promised(*clock);
            (ru, en, words.time(*due_at))
        }
        EventData::ClockChanged { due_at, .. } => (
            "обещан другой срок",
            "promised by another day",
            due_at.map(|at| words.time(at)).unwrap_or_default(),
        ),
        EventData::ClockDropped { .. } => (
            "срок больше не обещан",
            "nothing is promised any more",
            String::new(),
        ),
        EventData::ClockReopened { due_at, .. } => (
            "время снова идёт, решить до",
            "time goes on, due by",
            words.time(*due_at),
        ),
        EventData::Reminded { percent, heads, .. } if !heads.is_empty() => (
            "сотрудникам и руководителю напомнили: прошло времени, %",
            "the agents and the head were reminded: % of the time has passed",
            percent.to_string(),
        ),
        EventData::Reminded { percent, .. } => (
            "сотрудникам напомнили: прошло времени, %",
            "the agents were reminded: % of the time has passed",
            percent.to_string(),
        ),
        EventData::Escalated { steps, .. } => (
            "сказано, что срок прошёл; ступеней",
            "it was told that it is late; steps",
            steps.to_string(),
        ),
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
        _ => return of_verdict(data, words),
    })
}

/// What was judged, and judged anew.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is no verdict")]
fn of_verdict(data: &EventData, words: &Words) -> Option<(&'static str, &'static str, String)> {
    Some(match data {
        EventData::RecountDecided {
            queue,
            is_approved: true,
        } => (
            "сроки, прошедшие по новым правилам, засчитываются; очередь",
            "due times that have passed by the new rules count; queue",
            queue.to_string(),
        ),
        EventData::RecountDecided { queue, .. } => (
            "сроки, прошедшие по новым правилам, не засчитываются; очередь",
            "due times that have passed by the new rules do not count; queue",
            queue.to_string(),
        ),
        EventData::ClockRecounted { due_at, .. } => (
            "срок пересчитан",
            "the due time was counted anew",
            words.time(*due_at),
        ),
        EventData::VerdictCorrected(verdict) => {
            let (ru, en) = match verdict.outcome {
                Some(outcome) => corrected(verdict.clock, outcome),
                None => (
                    "решение о сроке отменено, время снова идёт; был срок",
                    "the verdict is taken back, time goes on; it was due",
                ),
            };
            (ru, en, words.time(verdict.due_at))
        }
        EventData::KeptLate { late_secs, .. } => (
            "обещанное сделано с опозданием, рабочих минут",
            "what was promised has happened late, by business minutes",
            late_secs.checked_div(60).unwrap_or(0).to_string(),
        ),
        EventData::ClockJudged(verdict) => {
            let (ru, en) = judged(verdict.clock, verdict.outcome);
            (ru, en, words.time(verdict.due_at))
        }
        _ => return None,
    })
}

const fn promised(clock: ClockKind) -> (&'static str, &'static str) {
    match clock {
        ClockKind::FirstResponse => ("обещано ответить до", "an answer promised by"),
        ClockKind::NextResponse => ("обещано ответить снова до", "the next answer promised by"),
        ClockKind::Resolution => ("обещано решить до", "promised by"),
        ClockKind::Update => ("обещано написать о ходе работы до", "news promised by"),
    }
}

const fn corrected(clock: ClockKind, outcome: Outcome) -> (&'static str, &'static str) {
    match (clock, outcome) {
        (ClockKind::Resolution, Outcome::Met) => (
            "исправлено: срок выдержан",
            "corrected: the promise was kept",
        ),
        (ClockKind::Resolution, Outcome::Breached) => (
            "исправлено: срок нарушен",
            "corrected: the promise was broken",
        ),
        (_, Outcome::Met) => (
            "исправлено: ответ вовремя, срок",
            "corrected: answered in time, due",
        ),
        (_, Outcome::Breached) => (
            "исправлено: ответ опоздал, срок",
            "corrected: the answer was late, due",
        ),
    }
}

const fn judged(clock: ClockKind, outcome: Outcome) -> (&'static str, &'static str) {
    match (clock, outcome) {
        (ClockKind::Resolution, Outcome::Met) => ("срок выдержан", "the promise was kept"),
        (ClockKind::Resolution, Outcome::Breached) => ("срок нарушен", "the promise was broken"),
        (_, Outcome::Met) => ("ответ вовремя, срок", "answered in time, due"),
        (_, Outcome::Breached) => ("ответ опоздал, срок", "the answer was late, due"),
    }
}
