//! What happens to a ticket's clocks.

use jiff::Timestamp;

use crate::model::{
    clock::{Clock, ClockKind, Outcome},
    event::{Event, EventData},
    ids::QueueName,
    terms::{Change, Pause, Terms},
    ticket::Ticket,
};

/// One more event of a clock.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is no clock's")]
pub(super) fn apply(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::ClockStarted {
            clock,
            terms,
            due_at,
        } => promise(ticket, *clock, terms, (event.at, *due_at)),
        EventData::ClockReopened {
            clock,
            since,
            due_at,
        } => reopen(ticket, *clock, (*since, event.at), *due_at),
        EventData::ClockDropped { clock } => {
            let is_dropped = |known: &Clock| known.kind == *clock && known.outcome.is_none();
            ticket.clocks.retain(|known| !is_dropped(known));
        }
        EventData::DeadlineMoved { clock, .. }
        | EventData::DeadlineDecided { clock, .. }
        | EventData::Escalated { clock, .. } => {
            let open = running(ticket, *clock).is_some();
            let known = match open {
                true => running(ticket, *clock),
                false => last(ticket, *clock),
            };
            if let Some(known) = known {
                goes_on(known, &event.data, event.at);
            }
        }
        EventData::VerdictCorrected {
            clock,
            outcome,
            due_at,
            satisfied_at,
            started_at,
            ..
        } => {
            let mut clocks = ticket.clocks.iter_mut().rev();
            let is_meant =
                |known: &&mut Clock| known.kind == *clock && known.started_at == *started_at;
            if let Some(known) = clocks.find(is_meant) {
                corrected(known, *outcome, *due_at, *satisfied_at);
            }
        }
        EventData::ClockRecounted { clock, .. }
        | EventData::ClockChanged { clock, .. }
        | EventData::ClockPaused { clock, .. }
        | EventData::ClockResumed { clock, .. }
        | EventData::Reminded { clock, .. }
        | EventData::ClockJudged { clock, .. } => {
            if let Some(running) = running(ticket, *clock) {
                goes_on(running, &event.data, event.at);
            }
        }
        _ => {}
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest is no running clock's"
)]
fn goes_on(clock: &mut Clock, data: &EventData, at: Timestamp) {
    match data {
        EventData::DeadlineMoved { due_at, .. } => clock.moved_to = Some(*due_at),
        EventData::DeadlineDecided {
            is_approved: true, ..
        } => {
            clock.due_at = clock.promised_at();
            clock.granted = Some(clock.due_at);
            clock.moved_to = None;
        }
        EventData::ClockChanged {
            terms,
            mode,
            due_at,
            ..
        } => changed(clock, (terms, *mode), at, *due_at),
        EventData::ClockPaused {
            left_secs, due_at, ..
        } => {
            clock.pauses.push(Pause { from: at, to: None });
            match due_at {
                Some(due_at) => clock.due_at = *due_at,
                None => clock.left_secs = Some(*left_secs),
            }
        }
        EventData::ClockResumed { due_at, .. } => {
            if let Some(pause) = clock.pauses.last_mut() {
                pause.to = pause.to.or_else(|| Some(at.max(pause.from)));
            }
            clock.left_secs = None;
            clock.due_at = *due_at;
            clock.granted = clock.granted.map(|_| *due_at);
        }
        EventData::ClockRecounted { due_at, .. } => clock.due_at = *due_at,
        EventData::Reminded { percent, .. } => clock.reminded = Some(*percent),
        EventData::Escalated { steps, .. } => clock.escalated = Some(*steps),
        EventData::ClockJudged {
            outcome,
            due_at,
            satisfied_at,
            ..
        } => judged(clock, *outcome, satisfied_at.unwrap_or(*due_at)),
        _ => {}
    }
}

fn promise(
    ticket: &mut Ticket,
    kind: ClockKind,
    terms: &Terms,
    (started_at, due_at): (Timestamp, Timestamp),
) {
    ticket.clocks.push(Clock {
        kind,
        started_at,
        terms: terms.clone(),
        queue: ticket.queue.clone(),
        moves: Vec::new(),
        pauses: Vec::new(),
        changes: Vec::new(),
        due_at,
        outcome: None,
        moved_to: None,
        granted: None,
        left_secs: None,
        ended_at: None,
        reminded: None,
        escalated: None,
        done_at: None,
    });
}

fn changed(
    clock: &mut Clock,
    (terms, mode): (&Terms, crate::model::terms::ChangeMode),
    at: Timestamp,
    due_at: Option<Timestamp>,
) {
    clock.changes.push(Change {
        at,
        target_secs: terms.target_secs,
        mode,
    });
    clock.terms = Terms {
        target_secs: clock.terms.target_secs,
        ..terms.clone()
    };
    clock.moved_to = None;
    clock.granted = None;
    if clock.is_paused() {
        // Business time stands still; what runs on, if anything does, is the limit of the new promise.
        clock.left_secs = match due_at {
            Some(_) => None,
            None => clock.left_secs.or(terms.target_secs).or(Some(0)),
        };
    }
    // Of the same due time nobody is reminded twice.
    clock.reminded = clock.reminded.filter(|_| due_at == Some(clock.due_at));
    if let Some(due_at) = due_at {
        clock.due_at = due_at;
    }
}

const fn judged(clock: &mut Clock, outcome: Outcome, at: Timestamp) {
    clock.outcome = Some(outcome);
    clock.ended_at = Some(at);
    clock.left_secs = None;
}

/// A verdict turns out otherwise.
const fn corrected(
    clock: &mut Clock,
    outcome: Option<Outcome>,
    due_at: Timestamp,
    satisfied_at: Option<Timestamp>,
) {
    clock.outcome = outcome;
    clock.due_at = due_at;
    clock.escalated = None;
    clock.ended_at = match (outcome, satisfied_at) {
        (None, _) => None,
        (Some(_), Some(at)) => Some(at),
        (Some(_), None) => Some(due_at),
    };
}

/// The clock that was judged last goes on, as another one with its history.
fn reopen(
    ticket: &mut Ticket,
    kind: ClockKind,
    (from, to): (Timestamp, Timestamp),
    due_at: Timestamp,
) {
    let mut clocks = ticket.clocks.iter().rev();
    let Some(mut again) = clocks.find(|clock| clock.kind == kind).cloned() else {
        return;
    };
    again.pauses.push(Pause { from, to: Some(to) });
    again.outcome = None;
    again.ended_at = None;
    again.moved_to = None;
    again.escalated = None;
    again.done_at = None;
    again.due_at = due_at;
    ticket.clocks.push(again);
}

/// The ticket is another queue's: its clocks go on by that one's calendar.
pub(super) fn transferred(ticket: &mut Ticket, queue: &QueueName, at: Timestamp) {
    let running = ticket
        .clocks
        .iter_mut()
        .filter(|clock| clock.outcome.is_none());
    for clock in running {
        clock.moves.push((at, queue.clone()));
    }
}

/// The clock of that kind that is not judged yet.
fn running(ticket: &mut Ticket, kind: ClockKind) -> Option<&mut Clock> {
    let mut clocks = ticket.clocks.iter_mut();
    clocks.find(|clock| clock.kind == kind && clock.outcome.is_none())
}

/// The last clock of that kind, judged or not.
fn last(ticket: &mut Ticket, kind: ClockKind) -> Option<&mut Clock> {
    let mut clocks = ticket.clocks.iter_mut().rev();
    clocks.find(|clock| clock.kind == kind)
}

/// An answer or a solution that comes too late is remembered with the clock it was promised by.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest keeps no promise")]
pub(super) fn note_done(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::Answered { .. } | EventData::AnsweredOutside { .. } => {
            let answers = [
                ClockKind::FirstResponse,
                ClockKind::NextResponse,
                ClockKind::Update,
            ];
            done(ticket, &answers, event.at);
        }
        EventData::Resolved { .. } | EventData::ResolvedOutside { .. } => {
            done(ticket, &ClockKind::ALL, event.at);
        }
        _ => {}
    }
}

/// What was promised has happened, too late: where its time had passed, that is not forgotten.
fn done(ticket: &mut Ticket, kinds: &[ClockKind], at: Timestamp) {
    for kind in kinds {
        if let Some(clock) = last(ticket, *kind).filter(|clock| clock.has_passed()) {
            clock.done_at.get_or_insert(at);
        }
    }
}
