//! Clocks: promises in business time, and their judgement. `met` means satisfied at or before due (DOMAIN 2.2).

use jiff::{SignedDuration, Timestamp};

use super::{policy::QueuePolicy, reason::Reason};
use crate::model::{
    event::EventData,
    ticket::{Clock, ClockKind, Outcome, Ticket},
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
        .filter(|clock| clock.due_at < now)
        .map(|clock| judged(ticket, clock, Outcome::Breached, None))
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
