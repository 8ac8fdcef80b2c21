//! What was promised has happened after all, too late: by how much business time, as the calendars of that day say. The
//! verdict stands; lateness is for those who count it.

use jiff::Timestamp;

use super::course;
use crate::{
    desk::policy::Policy,
    model::{
        clock::{Clock, ClockKind, Outcome},
        event::EventData,
        terms::Pause,
        ticket::{State, Ticket},
    },
};

/// What is to be said of the broken promises of these kinds that what happened at `at` keeps: of an answer the first time, of a
/// solution each time, as it may come back.
#[must_use]
pub fn kept_late(
    ticket: &Ticket,
    policy: &Policy,
    kinds: &[ClockKind],
    at: Timestamp,
) -> Vec<EventData> {
    let broken = kinds.iter().filter_map(|kind| broken(ticket, *kind, at));
    broken
        .filter_map(|clock| late((ticket, policy), clock, at))
        .collect()
}

fn broken(ticket: &Ticket, kind: ClockKind, at: Timestamp) -> Option<&Clock> {
    let last = ticket.clocks.iter().rev().find(|clock| clock.kind == kind);
    let is_solution = kind == ClockKind::Resolution;
    last.filter(|clock| match clock.has_passed() {
        true => is_solution || clock.done_at.is_none_or(|done| done == at),
        // What was judged with its solution has been told of that one.
        false => {
            let is_later = clock.ended_at.is_some_and(|ended| ended < at);
            is_solution && clock.outcome == Some(Outcome::Breached) && is_later
        }
    })
}

/// By how much; `None`: not at all. While it was waited for or done with, nobody worked on it.
pub(super) fn late(
    (ticket, policy): (&Ticket, &Policy),
    clock: &Clock,
    at: Timestamp,
) -> Option<EventData> {
    if at <= clock.due_at {
        return None;
    }
    let queue = policy.queue_of(ticket);
    let stands_still = |state: State| match state {
        State::Pending | State::Resolved | State::Closed => true,
        State::OnHold => queue.is_some_and(|queue| queue.pauses_on_hold),
        State::New | State::Open => false,
    };
    let idle = clock.idle.iter().filter(|one| stands_still(one.state));
    let idle = idle.map(|one| Pause {
        from: one.from,
        to: one.to,
    });
    let mut paused = clock.clone();
    paused.pauses.extend(idle);
    let course = course(&paused, ticket, policy)?;
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
