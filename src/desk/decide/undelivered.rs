//! A mail of ours did not get there: history says so, and the one who can do something about it is told.

use crate::desk::{
    brake,
    decision::{Decision, Given},
    draft::{Draft, Voice},
    notify::Sending,
    policy::Mode,
    reason::Reason,
    world::World,
};
use crate::model::{
    address::Address,
    event::{EventData, Private, Stream},
    ids::{MessageRow, TicketNumber},
    outgoing::{AutoSubmitted, Body, Class},
    ticket::Side,
};

/// What is known of a failed delivery: from the mail server that refused, or from a bounce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Of which ticket's conversation.
    pub ticket: Option<TicketNumber>,
    /// On which side.
    pub side: Option<Side>,
    /// The mail that failed.
    pub message: Option<MessageRow>,
    /// Where it did not get.
    pub recipient: Address,
    /// The status code.
    pub status: Option<String>,
    /// The other server's words.
    pub diagnostic: String,
    /// The mail that failed was itself about a failure or an alarm: nobody is told by mail, or this would not end.
    pub is_about_failure: bool,
}

/// Decides on a delivery that was refused for good.
#[must_use]
pub fn decide_failure(failure: &Failure, world: &World, given: &Given<'_>) -> Decision {
    let mut draft = Draft::new(given, world, Voice::okno(given.now), Reason::Refused);
    let ticket = failure.ticket.and_then(|number| world.tickets.get(&number));
    let mode = ticket
        .and_then(|ticket| given.policy.mailboxes.get(&ticket.mailbox))
        .map_or(Mode::Full, |own| own.mode);
    if let Some(ticket) = ticket {
        draft.take_ticket(ticket.clone());
    }
    tell(&mut draft, failure, Reason::Refused);
    brake::finish(draft, mode)
}

/// Writes it down and tells the agents of a mail to the requester, the administrator of a mail to an agent.
pub(super) fn tell(draft: &mut Draft<'_>, failure: &Failure, reason: Reason) {
    let person = draft.person(&failure.recipient, None, None);
    let data = EventData::DeliveryFailed {
        message: failure.message,
        person,
        status: failure.status.clone(),
    };
    let words = failure.diagnostic.clone();
    if draft.ticket().is_none() {
        return draft.happened_elsewhere(Stream::House, data, reason, Some(words));
    }
    draft.happened_privately(
        data,
        reason,
        Some(Private {
            person: Some(person),
            text: words,
        }),
    );
    if failure.is_about_failure {
        return;
    }
    let Some(facts) = draft.facts(draft.staff_language()) else {
        return;
    };
    let body = Body::Undelivered {
        ticket: Some(facts),
        recipient: failure.recipient.clone(),
        status: failure.status.clone(),
        diagnostic: failure.diagnostic.clone(),
    };
    let row = failure.message.map_or(0, |row| row.0);
    let key = format!("undelivered:{row}:{}", failure.recipient);
    if failure.side == Some(Side::Agents) {
        return draft.send_to_administrator(key, Class::Alarm, body, None);
    }
    let to = draft.agents_to_tell(None);
    draft.send(Sending {
        key,
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body,
        enclosures: None,
        hop: 0,
    });
}
