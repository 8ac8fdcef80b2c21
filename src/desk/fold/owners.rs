//! Who is responsible, and who is asked who shall be.

use jiff::Timestamp;

use crate::model::{
    event::EventData,
    ticket::{HOLDERS_KEPT, Ticket},
};

/// One more event of that sort.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest says nothing of it"
)]
pub(super) fn apply(ticket: &mut Ticket, data: &EventData) {
    match data {
        EventData::Assigned { agent } => {
            ticket.assignee = Some(agent.clone());
            ticket.owner_asked = None;
            ticket.waits_for_room = false;
        }
        EventData::WaitsForRoom => ticket.waits_for_room = true,
        EventData::WaitForRoomOver => ticket.waits_for_room = false,
        EventData::OwnerQuestionOver => ticket.owner_asked = None,
        EventData::OwnerAsked(question) => ticket.owner_asked = Some(*question),
        EventData::OwnerReminded => {
            if let Some(question) = &mut ticket.owner_asked {
                question.is_reminded = true;
            }
        }
        EventData::Unassigned { .. } => ticket.assignee = None,
        _ => {}
    }
}

/// Whatever has made somebody else responsible is remembered: a verdict may be looked at again long after.
pub(super) fn remember(ticket: &mut Ticket, at: Timestamp) {
    let last = ticket
        .holders
        .last()
        .and_then(|(_, holder)| holder.as_ref());
    if last == ticket.assignee.as_ref() {
        return;
    }
    ticket.holders.push((at, ticket.assignee.clone()));
    let surplus = ticket.holders.len().saturating_sub(HOLDERS_KEPT);
    ticket.holders.drain(..surplus);
}
