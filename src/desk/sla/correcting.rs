//! Verdicts that turn out otherwise: the event that corrects one says all that the verdict said, anew.

use jiff::Timestamp;

use super::course;
use crate::{
    desk::policy::Policy,
    model::{
        clock::{Clock, ClockKind, Outcome},
        event::EventData,
        ids::AgentName,
        ticket::Ticket,
    },
};

/// Corrections of promises of these kinds that were taken for broken, since nothing had been found that keeps them: what is
/// found now happened at `at`, before they were due.
#[must_use]
pub fn found_in_time(
    ticket: &Ticket,
    policy: &Policy,
    (kinds, by): (&[ClockKind], Option<&AgentName>),
    at: Timestamp,
) -> Vec<EventData> {
    let passed = kinds.iter().filter_map(|kind| ticket.passed_clock(*kind));
    passed
        .filter(|clock| clock.started_at <= at && at <= clock.due_at)
        .map(|clock| {
            let verdict = (Some(Outcome::Met), Some(at));
            corrected((ticket, policy), clock, verdict, (clock.due_at, by))
        })
        .collect()
}

/// The verdict of a broken promise is taken back: another day counts instead, and its time goes on.
#[must_use]
pub fn taken_back(ticket: &Ticket, policy: &Policy, clock: &Clock) -> EventData {
    let agent = ticket.assignee.as_ref();
    corrected((ticket, policy), clock, (None, None), (clock.due_at, agent))
}

/// A verdict as it is from now on: how it ended, when what was promised happened, by when it was promised, whose it is.
#[must_use]
pub fn corrected(
    (ticket, policy): (&Ticket, &Policy),
    clock: &Clock,
    (outcome, satisfied_at): (Option<Outcome>, Option<Timestamp>),
    (due_at, agent): (Timestamp, Option<&AgentName>),
) -> EventData {
    let until = satisfied_at.unwrap_or(due_at);
    let worked = course(clock, ticket, policy).map(|course| course.elapsed(until).as_secs());
    EventData::VerdictCorrected {
        clock: clock.kind,
        outcome,
        due_at,
        satisfied_at,
        started_at: clock.started_at,
        target_secs: clock.target_secs(),
        queue: clock.queue_at(until).clone(),
        agent: agent.cloned(),
        class: Some(ticket.classification.class),
        limit: clock.terms_now().limit,
        worked_secs: worked,
    }
}
