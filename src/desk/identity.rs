//! Who is speaking, and how far they are believed.

use serde_json::json;

use super::{
    arrival::Arrival,
    draft::{DecisionBuilder, TicketDraft},
    permission::Standing,
    policy::Policy,
    threading::Seat,
    trust::{self, Ground, Staff},
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
    /// What the mail itself shows, whatever conversation it belongs to.
    pub(super) ground: Ground,
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
    let ground = ground(arrival, draft.given.policy);
    draft.note_fact("trust", json!(ground.code()));
    let trust = in_conversation(ground.trust(), place);
    draft.voice.actor = Actor::Person(person);
    draft.voice.trust = trust;
    Some(Speaker {
        person,
        address,
        agent,
        trust,
        ground,
    })
}

/// Why the author is believed as far as they are, whatever conversation the mail belongs to.
fn ground(arrival: &Arrival, policy: &Policy) -> Ground {
    let staff: Vec<Staff<'_>> = policy
        .agents
        .values()
        .map(|agent| Staff {
            name: &agent.name,
            addresses: std::iter::once(&agent.address)
                .chain(&agent.aliases)
                .collect(),
        })
        .collect();
    trust::judge(&arrival.reading, &policy.trust, &staff)
}

/// What knowing an id that we signed, on the side it was sent to, adds: a claim becomes more. It proves nothing of
/// somebody who is suspicious, and adds nothing to what is proven.
fn in_conversation(author: Trust, place: Option<&Seat>) -> Trust {
    if author == Trust::Claimed && place.is_some_and(|place| place.has_token) {
        Trust::Token
    } else {
        author
    }
}

/// As whom somebody asks to do something in the ticket at hand.
pub(super) fn standing(speaker: &Speaker, side: Side, ticket: &TicketDraft<'_, '_>) -> Standing {
    let serves = |agent| {
        let queue = ticket.queue();
        queue.is_some_and(|queue| queue.agents.contains(agent))
    };
    Standing {
        role: role(speaker, side, ticket),
        trust: speaker.trust,
        side,
        serves_queue: speaker.agent.as_ref().is_some_and(serves),
    }
}

/// In which capacity somebody speaks in a ticket, from the side they wrote on.
fn role(speaker: &Speaker, side: Side, ticket: &TicketDraft<'_, '_>) -> Role {
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
