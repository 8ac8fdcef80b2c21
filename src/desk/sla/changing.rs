//! Another promise takes over: the request turns out to be of another class, goes to another queue, or comes back.

use jiff::Timestamp;

use super::{due, promised, running, start};
use crate::{
    desk::policy::{Policy, QueuePolicy, Reopened},
    model::{
        clock::{Clock, ClockKind, Outcome},
        event::EventData,
        terms::{Change, ChangeMode, Terms},
        ticket::Ticket,
    },
};

/// What becomes of the clocks of a ticket whose class or queue has just changed. What is more urgent now gets the shorter of
/// what was promised and a whole target from now on; what is less urgent is counted as if it always had been.
#[must_use]
pub fn drop_or_change(
    ticket: &Ticket,
    (policy, queue): (&Policy, &QueuePolicy),
    at: Timestamp,
) -> Vec<EventData> {
    let mut events = Vec::new();
    for kind in ClockKind::ALL {
        let wanted = promised(ticket, queue, kind);
        match (running(ticket).find(|clock| clock.kind == kind), wanted) {
            (Some(clock), Some(terms)) => {
                events.extend(changed(ticket, policy, clock, (terms, at)));
            }
            // What has passed is still to be judged.
            (Some(clock), None) if has_passed(clock, at) => {}
            (Some(_), None) => events.push(EventData::ClockDropped { clock: kind }),
            (None, Some(_)) => events.extend(begun(ticket, queue, kind, at)),
            (None, None) => {}
        }
    }
    events
}

/// A promise that this class has and the other had not: from now on, unless it was kept already.
fn begun(
    ticket: &Ticket,
    queue: &QueuePolicy,
    kind: ClockKind,
    at: Timestamp,
) -> Option<EventData> {
    let is_due = match kind {
        ClockKind::FirstResponse => ticket.answers.is_empty(),
        ClockKind::NextResponse | ClockKind::Update => false,
        ClockKind::Resolution => true,
    };
    let is_judged = ticket.clocks.iter().any(|clock| clock.kind == kind);
    start(kind, ticket, queue, at).filter(|_| is_due && !is_judged)
}

/// Whether its time has passed, though nobody has judged it yet.
fn has_passed(clock: &Clock, at: Timestamp) -> bool {
    clock.left_secs.is_none() && clock.due_at < at
}

pub(super) fn changed(
    ticket: &Ticket,
    policy: &Policy,
    clock: &Clock,
    (terms, at): (&Terms, Timestamp),
) -> Option<EventData> {
    let before = Terms {
        target_secs: clock.target_secs(),
        ..clock.terms.clone()
    };
    // What is late already stays late; what stands still has time left, whatever its old due time says.
    if before == *terms || has_passed(clock, at) {
        return None;
    }
    let is_shorter = match (terms.target_secs, before.target_secs) {
        (Some(now), Some(before)) => now < before,
        (Some(_), None) => true,
        (None, _) => false,
    };
    let mode = match is_shorter {
        true => ChangeMode::FairMin,
        false => ChangeMode::FromStart,
    };
    let mut after = clock.clone();
    after.changes.push(Change {
        at,
        target_secs: terms.target_secs,
        mode,
    });
    after.granted = None;
    after.terms = Terms {
        target_secs: clock.terms.target_secs,
        ..terms.clone()
    };
    Some(EventData::ClockChanged {
        clock: clock.kind,
        terms: terms.clone(),
        mode,
        due_at: due(&after, ticket, policy)?.at,
    })
}

/// What becomes of the clocks of a ticket that a queue promises anew from `at` on. What is late already stays late.
#[must_use]
pub fn restart(ticket: &Ticket, queue: &QueuePolicy, at: Timestamp) -> Vec<EventData> {
    let mut events = Vec::new();
    for clock in running(ticket).filter(|clock| clock.is_paused() || at <= clock.due_at) {
        let clock = clock.kind;
        if let Some(started) = start(clock, ticket, queue, at) {
            events.extend([EventData::ClockDropped { clock }, started]);
        }
    }
    events
}

/// A ticket that comes back at `at` after it was resolved at `since`. What was late stays late; otherwise its clock goes on, or
/// it is promised anew, as the queue says.
#[must_use]
pub fn reopen(
    ticket: &Ticket,
    (policy, queue): (&Policy, &QueuePolicy),
    since: Option<Timestamp>,
    at: Timestamp,
) -> Option<EventData> {
    let kind = ClockKind::Resolution;
    let anew = || start(kind, ticket, queue, at);
    let mut clocks = ticket.clocks.iter().rev();
    let last = clocks.find(|clock| clock.kind == kind);
    let (Reopened::Resume, Some(last), Some(since)) = (queue.reopened, last, since) else {
        return anew();
    };
    if last.outcome == Some(Outcome::Breached) {
        return None;
    }
    if last.granted.is_some() {
        return anew();
    }
    let mut after = last.clone();
    after.pauses.push(crate::model::terms::Pause {
        from: since,
        to: Some(at),
    });
    let due_at = due(&after, ticket, policy)?.at?;
    Some(EventData::ClockReopened {
        clock: kind,
        since,
        due_at,
    })
}
