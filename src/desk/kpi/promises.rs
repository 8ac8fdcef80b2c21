//! Promises of a story put into a period: kept and broken, how long it took, how late it was.

use jiff::Timestamp;

use super::{
    Sheet,
    counting::of,
    outcomes::Verdict,
    story::{Late, Story},
    tally::{self, Count, Spread, Tally},
};
use crate::model::{
    classification::RequestClass,
    clock::{ClockKind, Outcome},
};

/// All of them.
pub(super) fn count(story: &Story, sheet: &mut Sheet) {
    for verdict in &story.verdicts {
        judged(story, verdict, sheet);
    }
    for (place, late) in story.lates.iter().enumerate() {
        let mut before = story.lates.iter().take(place);
        let is_same = |one: &Late| (one.clock, one.started_at) == (late.clock, late.started_at);
        // Of one promise the first time counts.
        if !before.any(is_same) {
            kept_late(story, late, sheet);
        }
    }
}

/// A verdict belongs to the period in which it was known, and to whom it says.
fn judged(story: &Story, verdict: &Verdict, sheet: &mut Sheet) {
    if sheet.period.holds(verdict.known_at()) {
        let tally = of(sheet, &verdict.queue, verdict.agent.as_ref());
        let own = tally.clocks.entry((verdict.clock, verdict.class));
        let own = own.or_default();
        match verdict.outcome {
            Outcome::Met => own.met = own.met.saturating_add(1),
            Outcome::Breached => own.breached = own.breached.saturating_add(1),
        }
        if story.is_asked && verdict.clock == ClockKind::Resolution {
            tally.more(Count::AskedJudged, 1);
            tally.more(Count::AskedMet, i64::from(verdict.outcome == Outcome::Met));
        }
        let is_from_spam = story.included_at.is_some_and(|at| verdict.due_at < at);
        if is_from_spam && verdict.outcome == Outcome::Breached {
            tally.more(Count::FromSpam, 1);
        }
    }
    if let (Some(at), Outcome::Met) = (verdict.satisfied_at, verdict.outcome)
        && verdict.clock == ClockKind::FirstResponse
    {
        first_response(story, verdict, (at, verdict.worked_secs), sheet);
    }
}

/// The time of a first answer is whose answer it was, where they gave it.
fn first_response(
    story: &Story,
    verdict: &Verdict,
    (at, worked): (Timestamp, Option<i64>),
    sheet: &mut Sheet,
) {
    if !sheet.period.holds(at) {
        return;
    }
    let answer = story.answer_at(at);
    let (queue, agent) = match answer {
        Some(answer) if answer.agent.is_some() => (&answer.queue, answer.agent.as_ref()),
        Some(_) | None => (&verdict.queue, verdict.agent.as_ref()),
    };
    let tally = of(sheet, queue, agent);
    if let Some(secs) = worked {
        took(tally, Spread::FirstResponse, verdict.class, secs);
    }
    let secs = at.duration_since(verdict.started_at).as_secs();
    took(tally, Spread::FirstResponseCalendar, verdict.class, secs);
}

/// How late it was is whose broken promise it is.
fn kept_late(story: &Story, late: &Late, sheet: &mut Sheet) {
    let mut verdicts = story.verdicts.iter();
    let is_meant = |one: &&Verdict| one.clock == late.clock && one.started_at == late.started_at;
    let broken = verdicts
        .find(is_meant)
        .filter(|verdict| verdict.outcome == Outcome::Breached);
    let Some(verdict) = broken else {
        return;
    };
    if sheet.period.holds(late.at) {
        let tally = of(sheet, &verdict.queue, verdict.agent.as_ref());
        tally.more(Count::LateMinutes, minutes(late.late_secs));
    }
    if late.clock == ClockKind::FirstResponse {
        first_response(story, verdict, (late.at, Some(late.worked_secs)), sheet);
    }
}

/// To the second: rounded down before it is held against a plan, 240 minutes and 59 seconds would be 240 (DOMAIN 3.3).
pub(super) fn took(tally: &mut Tally, spread: Spread, class: Option<RequestClass>, secs: i64) {
    let times = tally.times.entry((spread, class)).or_default();
    tally::add(times, secs.max(0), 1);
}

/// Whole minutes, rounded down.
fn minutes(secs: i64) -> i64 {
    secs.max(0).checked_div(60).unwrap_or(0)
}
