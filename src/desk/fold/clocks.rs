//! What happens to a ticket's clocks.

use jiff::Timestamp;

use crate::model::{
    clock::{Clock, ClockKind},
    event::{Event, EventData},
    ticket::Ticket,
};

#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is no clock's")]
/// One more event of a clock.
pub(super) fn apply(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::ClockStarted {
            clock,
            target_secs,
            due_at,
        } => promise(ticket, *clock, (event.at, *target_secs, *due_at)),
        EventData::DeadlineMoved { clock, due_at } => {
            if let Some(running) = running(ticket, *clock) {
                running.moved_to = Some(*due_at);
            }
        }
        EventData::DeadlineDecided { clock, is_approved } => {
            if let Some(running) = running(ticket, *clock).filter(|_| *is_approved) {
                running.due_at = running.promised_at();
                running.moved_to = None;
            }
        }
        EventData::ClockPaused { clock, left_secs } => {
            if let Some(running) = running(ticket, *clock) {
                running.left_secs = Some(*left_secs);
            }
        }
        EventData::ClockResumed { clock, due_at } => {
            if let Some(running) = running(ticket, *clock) {
                running.left_secs = None;
                running.due_at = *due_at;
            }
        }
        EventData::ClockJudged { clock, outcome, .. } => {
            if let Some(running) = running(ticket, *clock) {
                running.outcome = Some(*outcome);
                running.left_secs = None;
            }
        }
        _ => {}
    }
}

fn promise(
    ticket: &mut Ticket,
    kind: ClockKind,
    (started_at, target_secs, due_at): (Timestamp, i64, Timestamp),
) {
    ticket.clocks.push(Clock {
        kind,
        started_at,
        target_secs,
        due_at,
        outcome: None,
        moved_to: None,
        left_secs: None,
    });
}

/// The clock of that kind that is not judged yet.
fn running(ticket: &mut Ticket, kind: ClockKind) -> Option<&mut Clock> {
    let mut clocks = ticket.clocks.iter_mut();
    clocks.find(|clock| clock.kind == kind && clock.outcome.is_none())
}
