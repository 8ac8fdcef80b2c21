//! Verdicts judged anew, since the administrator wants them by the promises and calendars of today.

use jiff::Timestamp;

use super::{correcting::corrected, due, promised};
use crate::{
    desk::policy::Policy,
    model::{
        clock::{Clock, Outcome},
        event::EventData,
        terms::ChangeMode,
        ticket::Ticket,
    },
};

/// The verdicts of a ticket as they would be by the rules of today, of those that would be others. Of a clock that came back
/// the last verdict counts, and is the only one that is judged anew.
#[must_use]
pub fn rejudged(ticket: &Ticket, policy: &Policy, now: Timestamp) -> Vec<EventData> {
    let mut later = ticket.clocks.iter();
    let mut events = Vec::new();
    while let Some(clock) = later.next() {
        let mut others = later.clone();
        let is_same = |other: &Clock| other.kind == clock.kind;
        let counts = !others
            .clone()
            .any(|other| is_same(other) && other.started_at == clock.started_at);
        let is_last = !others.any(is_same);
        if counts {
            events.extend(again((ticket, policy), (clock, is_last), now));
        }
    }
    events
}

/// The verdict anew, and what is promised from then on where it is taken back.
fn again(
    (ticket, policy): (&Ticket, &Policy),
    (clock, is_last): (&Clock, bool),
    now: Timestamp,
) -> Vec<EventData> {
    let (Some(before), Some(queue)) = (clock.outcome, policy.queue_of(ticket)) else {
        return Vec::new();
    };
    let mut anew = clock.clone();
    // What was over before the ticket went to another queue was that other one's promise.
    let is_own = is_last || clock.queue_at(clock.due_at) == &ticket.queue;
    let terms = promised(ticket, queue, clock.kind);
    let terms = terms.filter(|_| is_own && clock.changes.is_empty());
    if let Some(terms) = terms {
        anew.terms = terms.clone();
    }
    let Some(due_at) = due(&anew, ticket, policy).and_then(|due| due.at) else {
        return Vec::new();
    };
    let done_at = match clock.has_passed() {
        true => clock.done_at,
        false => clock.ended_at,
    };
    let outcome = match done_at {
        Some(at) if at <= due_at => Some(Outcome::Met),
        Some(_) => Some(Outcome::Breached),
        None if due_at < now || !ticket.state.is_live() || !is_last => Some(Outcome::Breached),
        None => None,
    };
    if outcome == Some(before) && due_at == clock.due_at {
        return Vec::new();
    }
    // Kept: theirs who kept it. Broken: theirs who was responsible when it was due (DOMAIN 3.4).
    let whose = match outcome {
        Some(Outcome::Met) => clock.done_by.as_ref(),
        Some(Outcome::Breached) => ticket.holder_at(due_at),
        None => ticket.assignee.as_ref(),
    };
    let verdict = (outcome, done_at);
    let mut events = vec![corrected((ticket, policy), &anew, verdict, (due_at, whose))];
    // What goes on goes on by the promise of today, as if it always had been that.
    if let Some(terms) = terms.filter(|terms| outcome.is_none() && **terms != clock.terms) {
        events.push(EventData::ClockChanged {
            clock: clock.kind,
            terms: terms.clone(),
            mode: ChangeMode::FromStart,
            due_at: Some(due_at),
        });
    }
    events
}
