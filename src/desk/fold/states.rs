//! Where a ticket stands, as events say.

use jiff::Timestamp;

use crate::model::{
    event::{ClosedBy, Event, EventData},
    ticket::{State, Ticket},
};

/// One more event that says where the ticket stands.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest says nothing of it"
)]
pub(super) fn apply(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::StateChanged { state } => {
            ticket.state = *state;
            ticket.waits_until = None;
            if state.is_live() {
                ticket.resolved_at = None;
            }
        }
        EventData::WaitsUntil { until } => ticket.waits_until = Some(*until),
        EventData::Resolved { agent, .. } => {
            ticket.speaking = Some(agent.clone());
            resolved(ticket, event.at);
        }
        EventData::ResolvedOutside { .. } => resolved(ticket, event.at),
        EventData::Withdrawn
        | EventData::Closed {
            by: ClosedBy::Switch,
        } => {
            // Nothing is promised any more.
            ticket.clocks.retain(|clock| clock.outcome.is_some());
            closed(ticket, event.at);
        }
        EventData::Closed { .. } => closed(ticket, event.at),
        EventData::Reopened => reopened(ticket),
        EventData::Merged { into } => {
            ticket.merged_into = Some(*into);
            closed(ticket, event.at);
        }
        EventData::Excluded { why } => {
            ticket.excluded = Some(*why);
            closed(ticket, event.at);
        }
        EventData::Included => included(ticket),
        _ => {}
    }
}

const fn reopened(ticket: &mut Ticket) {
    ticket.state = State::Open;
    ticket.resolved_at = None;
    ticket.closed_at = None;
    ticket.reopened = ticket.reopened.saturating_add(1);
}

const fn resolved(ticket: &mut Ticket, at: Timestamp) {
    ticket.state = State::Resolved;
    ticket.resolved_at = Some(at);
}

const fn closed(ticket: &mut Ticket, at: Timestamp) {
    ticket.state = State::Closed;
    ticket.closed_at = Some(at);
}

/// Somebody did ask something: it is where it was before anybody looked at it.
const fn included(ticket: &mut Ticket) {
    ticket.excluded = None;
    ticket.closed_at = None;
    ticket.state = match ticket.assignee {
        Some(_) => State::Open,
        None => State::New,
    };
}
