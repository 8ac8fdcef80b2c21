//! Who is speaking, and how far they are believed.

use super::{
    arrival::Arrival,
    draft::{DecisionBuilder, TicketDraft},
    threading::Seat,
};
use crate::model::{
    address::Address,
    event::{Actor, Role, Trust},
    ids::{AgentName, PersonId},
    ticket::Side,
};

/// Who is speaking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speaker {
    pub(super) person: PersonId,
    /// Where this mail was written from: one of the person's addresses.
    pub(super) address: Address,
    pub(super) agent: Option<AgentName>,
    pub(super) trust: Trust,
}

/// Finds out who wrote this mail. Only the addr-spec counts; a display name proves nothing.
pub(super) fn recognise(
    arrival: &Arrival,
    place: Option<&Seat>,
    draft: &mut DecisionBuilder<'_>,
) -> Option<Speaker> {
    let mail = &arrival.reading.message;
    let (address, name) = arrival.author()?;
    let agent = draft.given.policy.agent_of(&address).cloned();
    let person = draft.person(&address, name.as_deref(), mail.language);
    let trust = trust(arrival, place);
    draft.voice.actor = Actor::Person(person);
    draft.voice.trust = trust;
    Some(Speaker {
        person,
        address,
        agent,
        trust,
    })
}

/// From alone is a claim. Knowing a Message-ID that we signed, on the side it was sent to, is more.
fn trust(arrival: &Arrival, place: Option<&Seat>) -> Trust {
    if arrival.reading.marks.authors > 1 {
        return Trust::Suspicious;
    }
    if place.is_some_and(|place| place.has_token) {
        Trust::Token
    } else {
        Trust::Claimed
    }
}

/// In which capacity somebody speaks in a ticket, from the side they wrote on.
pub(super) fn role(speaker: &Speaker, side: Side, ticket: &TicketDraft<'_, '_>) -> Role {
    let (world, known, person) = (ticket.world, ticket.snapshot(), speaker.person);
    match side {
        // First: an agent who once asked for something themselves must be able to answer it.
        Side::Agents if speaker.agent.is_some() => Role::Agent,
        Side::Requester | Side::Agents if world.is_requester(person, known) => Role::Requester,
        Side::Requester if world.takes_part(person, known) => Role::Collaborator,
        Side::Requester if speaker.agent.is_some() => Role::Agent,
        Side::Requester | Side::Agents => Role::Stranger,
    }
}
