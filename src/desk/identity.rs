//! Who is speaking, and how far they are believed.

use super::{
    arrival::Arrival,
    decision::{Draft, Given},
    threading::Place,
};
use crate::model::{
    address::{Address, NamedAddress},
    event::{Actor, Role, Trust},
    ids::{AgentName, PersonId},
    ticket::Side,
};

/// Who is speaking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speaker {
    pub(super) person: PersonId,
    pub(super) agent: Option<AgentName>,
    pub(super) trust: Trust,
}

/// The address of a mail that has none: `.invalid` never resolves (RFC 2606), so nothing can ever be sent there.
pub(super) fn nobody() -> Option<Address> {
    Address::parse("nobody@missing.invalid").ok()
}

/// The address a mail was written from, and the name it gives itself.
pub(super) fn author(arrival: &Arrival) -> Option<(Address, Option<String>)> {
    let mail = &arrival.reading.message;
    let candidates = mail.from.iter().chain(&mail.sender).chain(&mail.reply_to);
    candidates
        .filter_map(|named| Some((named.parsed()?, named.name.clone())))
        .next()
        .or_else(|| Some((nobody()?, None)))
}

/// Finds out who wrote this mail. Only the addr-spec counts; a display name proves nothing.
pub(super) fn recognise(
    arrival: &Arrival,
    place: Option<&Place>,
    draft: &mut Draft<'_>,
) -> Option<Speaker> {
    let mail = &arrival.reading.message;
    let (address, name) = author(arrival)?;
    let agent = draft.given.policy.agent_of(&address).cloned();
    let person = draft.person(&address, name.as_deref(), mail.language);
    let trust = trust(arrival, place);
    draft.voice.actor = Actor::Person(person);
    draft.voice.trust = trust;
    Some(Speaker {
        person,
        agent,
        trust,
    })
}

/// From alone is a claim. Knowing a Message-ID that we signed, on the side it was sent to, is more.
fn trust(arrival: &Arrival, place: Option<&Place>) -> Trust {
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
pub(super) fn role(speaker: &Speaker, side: Side, draft: &Draft<'_>) -> Role {
    let Some(ticket) = draft.ticket() else {
        return Role::Requester;
    };
    if ticket.requester == speaker.person {
        return Role::Requester;
    }
    match side {
        Side::Agents if speaker.agent.is_some() => Role::Agent,
        Side::Requester if ticket.has_participant(speaker.person) => Role::Collaborator,
        Side::Requester if speaker.agent.is_some() => Role::Agent,
        Side::Requester | Side::Agents => Role::Stranger,
    }
}

/// The people in To and Cc besides ourselves, the author and the staff: those a requester lets read along.
pub(super) fn others_addressed(arrival: &Arrival, given: &Given<'_>) -> Vec<NamedAddress> {
    let mail = &arrival.reading.message;
    let author = mail.from.as_ref().and_then(NamedAddress::parsed);
    let mut seen: Vec<Address> = Vec::new();
    let mut others = Vec::new();
    for named in mail.to.iter().chain(&mail.cc) {
        let Some(address) = named.parsed() else {
            continue;
        };
        let is_ours = given.policy.mailbox_of(&address).is_some()
            || given.policy.agent_of(&address).is_some();
        if !is_ours && author.as_ref() != Some(&address) && !seen.contains(&address) {
            seen.push(address);
            others.push(named.clone());
        }
    }
    others.truncate(super::wants::PEOPLE_MAX);
    others
}
