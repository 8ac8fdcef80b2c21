//! A mail of ours did not get there: history says so, and the one who can do something about it is told.

use jiff::SignedDuration;

use crate::desk::{
    alarm::About,
    brake,
    decision::{Decision, Given},
    draft::{DecisionBuilder, Draft, TicketDraft, Voice},
    notify::Sending,
    reason::Reason,
    world::World,
};
use crate::model::{
    address::Address,
    alarm::UNDELIVERED,
    event::{EventData, Private, Stream},
    ids::{MessageRow, PersonId, TicketNumber},
    outgoing::{AutoSubmitted, Body, Class},
    ticket::Side,
};

/// How often the administrator hears of one address of an agent.
const TELL_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// What is known of a failed delivery: from the mail server that refused, or from a bounce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What told of it, uniquely: a delivery's attempt, a raw mail.
    pub cause: String,
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

/// Whether a mail of this class and template is itself about a failure: nobody is told that it failed.
#[must_use]
pub fn is_about_failure(class: &str, template: &str) -> bool {
    class == Class::Alarm.code() || template == "undelivered"
}

/// Decides on a delivery that was refused for good.
pub(super) fn decide_failure(failure: &Failure, world: &World, given: &Given<'_>) -> Decision {
    let mut draft = Draft::new(given, world, Voice::okno(given.now), Reason::Refused);
    match failure.ticket.and_then(|number| draft.ticket(number)) {
        Some(mut ticket) => tell(&mut ticket, failure, Reason::Refused),
        None => {
            let (data, _) = failed(&mut draft, failure);
            let words = Some(failure.diagnostic.clone());
            draft.happened_elsewhere(Stream::House, data, Reason::Refused, words);
        }
    }
    brake::finish(draft, None)
}

/// What history says of it, and of whom.
fn failed(draft: &mut DecisionBuilder<'_>, failure: &Failure) -> (EventData, PersonId) {
    let person = draft.person(&failure.recipient, None, None);
    let data = EventData::DeliveryFailed {
        message: failure.message,
        person,
        status: failure.status.clone(),
    };
    (data, person)
}

/// Writes it down and tells the agents of a mail to the requester, the administrator of a mail to an agent.
pub(super) fn tell(ticket: &mut TicketDraft<'_, '_>, failure: &Failure, reason: Reason) {
    let (data, person) = failed(ticket, failure);
    let words = Private {
        person: Some(person),
        text: failure.diagnostic.clone(),
    };
    ticket.happened_privately(data, reason, Some(words));
    if failure.is_about_failure {
        return;
    }
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let body = Body::Undelivered {
        ticket: Some(facts),
        recipient: failure.recipient.clone(),
        status: failure.status.clone(),
        diagnostic: failure.diagnostic.clone(),
    };
    let key = format!("undelivered:{}:{}", failure.cause, failure.recipient);
    if failure.side == Some(Side::Agents) {
        return tell_administrator(ticket, failure, key, body);
    }
    let to = ticket.agents_to_tell();
    ticket.send(Sending {
        key,
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: None,
        enclosures: None,
        hop: 0,
    });
}

/// A card that does not arrive is the administrator's affair, once a day an address: a full mailbox must not fill
/// another one. Nobody is told that the administrator cannot be told.
fn tell_administrator(
    ticket: &mut TicketDraft<'_, '_>,
    failure: &Failure,
    key: String,
    body: Body,
) {
    let object = failure.recipient.to_string();
    let state = ticket.world.alarm(UNDELIVERED, &object);
    let told_at = state.and_then(|state| state.told_at);
    let now = ticket.given.now;
    let is_told = told_at.is_some_and(|told| now.duration_since(told) < TELL_AGAIN_AFTER);
    if is_told || failure.recipient == ticket.given.policy.administrator {
        return;
    }
    let data = EventData::AlarmRaised {
        alarm: UNDELIVERED.to_owned(),
        object,
        is_told: true,
    };
    ticket.happened_elsewhere(Stream::House, data, Reason::ConditionSeen, None);
    let about = About {
        ticket: Some(ticket.snapshot().number),
        avoid: None,
    };
    ticket.send_to_administrator(key, Class::Alarm, body, about);
}
