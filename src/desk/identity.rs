//! Who is speaking, and how far they are believed.

use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    arrival::{Again, Arrival, Automatic},
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
    person::Person,
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
    /// The way the mail came by, as a code, where it is an agent's and may be confirmed for later mails.
    pub(super) route: Option<String>,
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
    let person = draft.person(&address, name.as_deref(), mail.language);
    let agent = draft
        .world
        .agent_at(&address, Some(person), draft.given.policy);
    let ground = match &arrival.automatic {
        // What servers say of a machine says nothing of the one for whom it asks.
        Some(Automatic { requester: Some(_) }) => Ground::NotJudged,
        Some(_) | None => ground(arrival, draft),
    };
    draft.note_fact("trust", json!(ground.code()));
    let token = token(arrival, place, (person, agent.as_ref()), draft);
    let route = agent
        .as_ref()
        .and_then(|_| route(arrival, &address, ground, draft.given.policy));
    let by_author = matches!(
        arrival.again,
        Some(
            Again::Confirmed(_)
                | Again::OwnOrder
                | Again::Brought {
                    is_confirmed: true,
                    ..
                }
        )
    );
    let is_confirmed = by_author
        || route.as_ref().is_some_and(|route| {
            let main = agent
                .as_ref()
                .and_then(|agent| draft.given.policy.agents.get(agent));
            let asking = main.and_then(|agent| draft.world.asking(&agent.address));
            asking.is_some_and(|asking| asking.routes.contains(route))
        });
    // A token, or the agent's own word, makes more of a claim; neither proves anything of somebody who is suspicious,
    // nor adds to proof.
    let trust = match ground.trust() {
        Trust::Claimed if token == Token::Own || is_confirmed => Trust::Token,
        trust @ (Trust::Suspicious | Trust::Claimed | Trust::Token | Trust::Proven) => trust,
    };
    draft.voice.actor = Actor::Person(person);
    draft.voice.trust = trust;
    Some(Speaker {
        person,
        address,
        agent,
        trust,
        ground,
        route,
        has_anothers_token: token == Token::Anothers,
    })
}

/// The way an agent's mail came by: From, and the envelope's sender that our own servers have proven. Where they prove
/// none there is no way to confirm: what anybody can write holds for no later mail.
fn route(arrival: &Arrival, from: &Address, ground: Ground, policy: &Policy) -> Option<String> {
    let may_be_confirmed = matches!(ground, Ground::NotProven | Ground::DmarcFailed);
    if !may_be_confirmed || policy.trust.challenge_days == 0 {
        return None;
    }
    let seen = trust::envelope_seen(&arrival.reading, &policy.trust)?;
    let sum = Sha256::digest(format!("{from}\n{seen}"));
    Some(HEXLOWER.encode(sum.get(..8)?))
}

/// Why the author is believed as far as they are, whatever conversation the mail belongs to.
pub(super) fn ground(arrival: &Arrival, draft: &DecisionBuilder<'_>) -> Ground {
    let policy = draft.given.policy;
    let staff: Vec<Staff<'_>> = policy
        .agents
        .values()
        .map(|agent| {
            let known = draft.world.person(&agent.address).into_iter();
            Staff {
                name: &agent.name,
                addresses: std::iter::once(&agent.address)
                    .chain(&agent.aliases)
                    .chain(known.flat_map(Person::addresses))
                    .collect(),
            }
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
    let is_own = |owner: &PersonId| {
        let owner = draft.world.who(*owner);
        owner == person || Some(owner) == main
    };
    match (owners.is_empty(), owners.iter().any(is_own)) {
        (true, _) => Token::None,
        (false, true) => Token::Own,
        (false, false) => Token::Anothers,
    }
}

/// As whom somebody asks to do something in the ticket at hand; whether they have had a mail of ours is not judged here.
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
        has_our_mail: false,
    }
}

/// Whether they decide for the ticket's queue, or about tickets of its class.
fn is_head(speaker: &Speaker, ticket: &TicketDraft<'_, '_>) -> bool {
    let class = ticket.snapshot().classification.class;
    let agent = speaker.agent.as_ref();
    let decided = agent.zip(ticket.queue());
    decided.is_some_and(|(agent, queue)| {
        let policy = ticket.given.policy;
        policy.decides_about(agent, (queue, class))
            || ticket.stand_in(queue).as_ref() == Some(agent)
    })
}

/// In which capacity somebody speaks in a ticket, from the side they wrote on.
fn role(speaker: &Speaker, side: Side, ticket: &TicketDraft<'_, '_>) -> Role {
    let (world, known, person) = (ticket.world, ticket.snapshot(), speaker.person);
    match side {
        Side::Agents if speaker.agent.is_some() && is_head(speaker, ticket) => Role::Head,
        // First: an agent who once asked for something themselves must be able to answer it.
        Side::Agents if speaker.agent.is_some() => Role::Agent,
        Side::Requester | Side::Agents if world.is_requester(person, known) => Role::Requester,
        Side::Requester if world.takes_part(person, known) => Role::Collaborator,
        Side::Requester if speaker.agent.is_some() => Role::Agent,
        Side::Requester | Side::Agents => Role::Stranger,
    }
}
