//! Clocks: promises in business time, and their judgement. `met` means satisfied at or before due (DOMAIN 2.2).

mod course;
mod days;
mod terms;

use jiff::{SignedDuration, Timestamp};

pub use self::{
    course::{Binding, Change, Course, Due, Impossible, Pause},
    terms::{ChangeMode, Combine, Limit, LimitMode, LimitPauses, LimitUnit, Roll, Terms},
};

use super::{policy::QueuePolicy, reason::Reason};
use crate::model::{
    clock::{Clock, ClockKind, Outcome},
    event::EventData,
    ticket::Ticket,
};

/// The promise a queue makes for a ticket opened at `opened_at`; `None` where it promises nothing.
#[must_use]
pub fn start_resolution(queue: &QueuePolicy, opened_at: Timestamp) -> Option<EventData> {
    let target_secs = queue.target_secs?;
    let due_at = queue
        .calendar
        .add(opened_at, SignedDuration::from_secs(target_secs))?;
    Some(EventData::ClockStarted {
        clock: ClockKind::Resolution,
        target_secs,
        due_at,
    })
}

/// The judgement of every running clock that being resolved at `at` satisfies.
#[must_use]
pub fn judge_resolved(ticket: &Ticket, at: Timestamp) -> Vec<(EventData, Reason)> {
    running(ticket)
        .map(|clock| {
            let is_met = at <= clock.due_at;
            let (outcome, reason) = if is_met {
                (Outcome::Met, Reason::SatisfiedInTime)
            } else {
                (Outcome::Breached, Reason::SatisfiedLate)
            };
            (judged(ticket, clock, outcome, Some(at)), reason)
        })
        .collect()
}

/// The judgement of every running clock whose due time has passed at `now`.
#[must_use]
pub fn judge_passed(ticket: &Ticket, now: Timestamp) -> Vec<EventData> {
    running(ticket)
        .filter(|clock| clock.left_secs.is_none() && clock.due_at < now)
        .map(|clock| judged(ticket, clock, Outcome::Breached, None))
        .collect()
}

/// Every clock that runs stands still from `at` on, with the business time it has left. One that is past due is not
/// helped any more.
#[must_use]
pub fn pause(ticket: &Ticket, queue: &QueuePolicy, at: Timestamp) -> Vec<EventData> {
    running(ticket)
        .filter(|clock| clock.left_secs.is_none() && at < clock.due_at)
        .map(|clock| EventData::ClockPaused {
            clock: clock.kind,
            left_secs: queue.calendar.measure(at, clock.due_at).as_secs(),
        })
        .collect()
}

/// Every clock that stands still goes on at `at`, with what it had left.
#[must_use]
pub fn resume(ticket: &Ticket, queue: &QueuePolicy, at: Timestamp) -> Vec<EventData> {
    let due = |clock: &Clock| {
        let left = SignedDuration::from_secs(clock.left_secs?);
        // A promise beyond ten years is none, and stays what it was.
        Some(queue.calendar.add(at, left).unwrap_or(clock.due_at))
    };
    running(ticket)
        .filter_map(|clock| {
            Some(EventData::ClockResumed {
                clock: clock.kind,
                due_at: due(clock)?,
            })
        })
        .collect()
}

fn running(ticket: &Ticket) -> impl Iterator<Item = &Clock> {
    ticket.clocks.iter().filter(|clock| clock.outcome.is_none())
}

fn judged(
    ticket: &Ticket,
    clock: &Clock,
    outcome: Outcome,
    satisfied_at: Option<Timestamp>,
) -> EventData {
    EventData::ClockJudged {
        clock: clock.kind,
        outcome,
        due_at: clock.due_at,
        satisfied_at,
        started_at: clock.started_at,
        target_secs: clock.target_secs,
        queue: ticket.queue.clone(),
        agent: ticket.assignee.clone(),
    }
}
