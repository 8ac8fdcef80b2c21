//! What was promised has happened after all, too late: by how much business time, as the calendars of that day say. The
//! verdict stands; lateness is for those who count it.

use jiff::Timestamp;

use super::course;
use crate::{
    desk::policy::Policy,
    model::{
        clock::{Clock, ClockKind},
        event::EventData,
        ticket::Ticket,
    },
};

/// What is to be said of the promises of these kinds whose time had passed, and which what happened at `at` is the first to
/// keep.
#[must_use]
pub fn kept_late(
    ticket: &Ticket,
    policy: &Policy,
    kinds: &[ClockKind],
    at: Timestamp,
) -> Vec<EventData> {
    let passed = kinds.iter().filter_map(|kind| ticket.passed_clock(*kind));
    let is_first = |clock: &&Clock| clock.done_at.is_none_or(|done| done == at);
    passed
        .filter(is_first)
        .filter_map(|clock| late((ticket, policy), clock, at))
        .collect()
}

/// By how much; `None`: not at all.
pub(super) fn late(
    (ticket, policy): (&Ticket, &Policy),
    clock: &Clock,
    at: Timestamp,
) -> Option<EventData> {
    if at <= clock.due_at {
        return None;
    }
    let course = course(clock, ticket, policy)?;
    let worked = course.elapsed(at).as_secs();
    let promised = course.elapsed(clock.due_at).as_secs();
    Some(EventData::KeptLate {
        clock: clock.kind,
        started_at: clock.started_at,
        due_at: clock.due_at,
        worked_secs: worked,
        late_secs: worked.saturating_sub(promised),
    })
}
