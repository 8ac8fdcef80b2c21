//! Verdicts that turn out otherwise: the event that corrects one says all that the verdict said, anew.

use jiff::Timestamp;

use super::judging::verdict;
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
    ended: (Option<Outcome>, Option<Timestamp>),
    whose: (Timestamp, Option<&AgentName>),
) -> EventData {
    EventData::VerdictCorrected(verdict((ticket, policy), clock, ended, whose))
}
