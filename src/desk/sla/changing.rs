//! Another promise takes over: the request turns out to be of another class, goes to another queue, or comes back.

use jiff::Timestamp;

use super::{course, due, due_of, promised, running, start};
use crate::{
    desk::{
        calendar::Calendar,
        policy::{ClassChange, Policy, QueuePolicy, Reopened},
    },
    model::{
        clock::{Clock, ClockKind, Outcome},
        event::EventData,
        terms::{Change, ChangeMode, Pause, Terms},
        ticket::Ticket,
    },
};

/// What becomes of the clocks of a ticket whose class or queue has just changed. Where the queue does not say otherwise: what is
/// more urgent now gets the earlier of what was promised and a whole promise, target and limit, from now on; what is less
/// urgent is counted as if it always had been, and is due no earlier by that.
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

/// Another promise takes over, where it is another. What is late already stays late.
pub(super) fn changed(
    ticket: &Ticket,
    policy: &Policy,
    clock: &Clock,
    (terms, at): (&Terms, Timestamp),
) -> Option<EventData> {
    let is_other = clock.terms_now() != *terms && !has_passed(clock, at);
    is_other
        .then(|| taking_over(ticket, policy, clock, (terms, at)))
        .flatten()
}

/// Another promise takes over at `at`, as the ticket's queue has it.
pub(super) fn taking_over(
    ticket: &Ticket,
    policy: &Policy,
    clock: &Clock,
    (terms, at): (&Terms, Timestamp),
) -> Option<EventData> {
    let by = |mode| {
        let mut after = clock.clone();
        after.changes.push(Change::of_all(at, terms, mode));
        after.granted = None;
        let due_at = due(&after, ticket, policy)?.at;
        Some((mode, due_at))
    };
    let queue = policy.queue_of(ticket);
    let how = queue.map_or(ClassChange::Fair, |queue| queue.class_change);
    let (mode, due_at) = match how {
        ClassChange::FromStart => by(ChangeMode::FromStart)?,
        ClassChange::FromChange => by(ChangeMode::FromChange)?,
        ClassChange::Fair => {
            let is_longer = is_longer(clock, terms, course(clock, ticket, policy)?.calendar_at(at));
            match (clock.granted, is_longer) {
                // A day that was agreed on is moved only by a promise that is kinder, or by one that is stricter.
                (Some(granted), true) => by(ChangeMode::FromStart)
                    .filter(|(_, due_at)| due_at.is_none_or(|due_at| due_at > granted))?,
                (Some(granted), false) => by(ChangeMode::FromChange)
                    .filter(|(_, due_at)| due_at.is_none_or(|due_at| due_at < granted))?,
                (None, false) => by(ChangeMode::FairMin)?,
                // A longer promise makes nothing due earlier, and nothing late.
                (None, true) => {
                    let from_start = by(ChangeMode::FromStart)?;
                    let before = due(clock, ticket, policy)?.at;
                    let is_earlier = |due_at| before.is_some_and(|before| due_at < before);
                    match from_start.1.is_some_and(is_earlier) {
                        true => by(ChangeMode::FairMin)?,
                        false => from_start,
                    }
                }
            }
        }
    };
    Some(EventData::ClockChanged {
        clock: clock.kind,
        terms: terms.clone(),
        mode,
        due_at,
    })
}

/// Whether a promise leaves more time than the one in force, had both been made when the clock began: by when it is due; where
/// that is the same, by its target, and then by its limit.
fn is_longer(clock: &Clock, terms: &Terms, calendar: &Calendar) -> bool {
    let instants = |terms: &Terms| {
        let due = due_of(terms, calendar, clock.started_at).unwrap_or_default();
        let known = |at: Option<Timestamp>| at.unwrap_or(Timestamp::MAX);
        (known(due.at), known(due.target_at), known(due.limit_at))
    };
    instants(terms) > instants(&clock.terms_now())
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
    let solved = Pause {
        from: since,
        to: Some(at),
    };
    after.pauses.push(solved);
    after.solved.push(solved);
    let due_at = due(&after, ticket, policy)?.at?;
    Some(EventData::ClockReopened {
        clock: kind,
        since,
        due_at,
    })
}
