//! Verdicts: whether what was promised happened in time. Each is an event, written once, with everything it was judged by.

use jiff::Timestamp;

use super::{course, running};
use crate::{
    desk::{policy::Policy, reason::Reason},
    model::{
        clock::{Clock, ClockKind, Outcome},
        event::EventData,
        ticket::Ticket,
    },
};

/// The judgement of the running clocks of these kinds, which what happened at `at` satisfies.
#[must_use]
pub fn judge(
    ticket: &Ticket,
    policy: &Policy,
    kinds: &[ClockKind],
    at: Timestamp,
) -> Vec<(EventData, Reason)> {
    running(ticket)
        .filter(|clock| kinds.contains(&clock.kind))
        .map(|clock| {
            let (outcome, reason) = if at <= clock.due_at {
                (Outcome::Met, Reason::SatisfiedInTime)
            } else {
                (Outcome::Breached, Reason::SatisfiedLate)
            };
            (judged((ticket, policy), clock, outcome, Some(at)), reason)
        })
        .collect()
}

/// The judgement of every running clock that being resolved at `at` satisfies: all of them.
#[must_use]
pub fn judge_resolved(ticket: &Ticket, policy: &Policy, at: Timestamp) -> Vec<(EventData, Reason)> {
    judge(ticket, policy, &ClockKind::ALL, at)
}

/// The judgement of every running clock whose due time has passed at `now`.
#[must_use]
pub fn judge_passed(ticket: &Ticket, policy: &Policy, now: Timestamp) -> Vec<EventData> {
    running(ticket)
        .filter(|clock| clock.left_secs.is_none() && clock.due_at < now)
        .map(|clock| judged((ticket, policy), clock, Outcome::Breached, None))
        .collect()
}

fn judged(
    (ticket, policy): (&Ticket, &Policy),
    clock: &Clock,
    outcome: Outcome,
    satisfied_at: Option<Timestamp>,
) -> EventData {
    let until = satisfied_at.unwrap_or(clock.due_at);
    let worked = course(clock, ticket, policy).map(|course| course.elapsed(until).as_secs());
    EventData::ClockJudged {
        clock: clock.kind,
        outcome,
        due_at: clock.due_at,
        satisfied_at,
        started_at: clock.started_at,
        target_secs: clock.target_secs(),
        queue: ticket.queue.clone(),
        agent: ticket.assignee.clone(),
        class: Some(ticket.classification.class),
        limit: clock.terms.limit,
        worked_secs: worked,
    }
}
