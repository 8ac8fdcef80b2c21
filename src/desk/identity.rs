//! Who is speaking, and how far they are believed.

use serde_json::json;

use super::{
    arrival::Arrival,
    draft::{DecisionBuilder, TicketDraft},
    permission::Standing,
    policy::Policy,
    threading::{self, Seat},
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
    /// The mail answers one of ours that somebody else alone was sent.
    pub(super) has_anothers_token: bool,
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
    let token = token(arrival, place, (person, agent.as_ref()), draft);
    // A token makes more of a claim; it proves nothing of somebody who is suspicious, and adds nothing to proof.
    let trust = match (ground.trust(), token) {
        (Trust::Claimed, Token::Own) => Trust::Token,
        (trust, Token::None | Token::Own | Token::Anothers) => trust,
    };
    draft.voice.actor = Actor::Person(person);
    draft.voice.trust = trust;
    Some(Speaker {
        person,
        address,
        agent,
        trust,
        ground,
        has_anothers_token: token == Token::Anothers,
    })
}

/// Why the author is believed as far as they are, whatever conversation the mail belongs to.
pub(super) fn ground(arrival: &Arrival, policy: &Policy) -> Ground {
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

/// What a mail shows of its author by naming mails of ours that one person alone was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// It names none.
    None,
    /// It was sent to the author.
    Own,
    /// It was sent to somebody else: mails get forwarded.
    Anothers,
}

fn token(
    arrival: &Arrival,
    place: Option<&Seat>,
    (person, agent): (PersonId, Option<&AgentName>),
    draft: &DecisionBuilder<'_>,
) -> Token {
    let owners = place.map(|place| threading::owners(arrival, place, draft));
    let owners = owners.unwrap_or_default();
    // An agent's mails go to one address, and are answered from any of theirs.
    let main = agent
        .and_then(|agent| draft.given.policy.agents.get(agent))
        .and_then(|agent| draft.world.person(&agent.address))
        .map(|main| main.id);
    let is_own = |owner: &PersonId| *owner == person || Some(*owner) == main;
    match (owners.is_empty(), owners.iter().any(is_own)) {
        (true, _) => Token::None,
        (false, true) => Token::Own,
        (false, false) => Token::Anothers,
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
