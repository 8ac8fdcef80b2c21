//! Where a mail belongs: what we signed first, then what the conversation knows, then the tag in the subject.

use super::{
    arrival::Arrival,
    decision::Given,
    draft::DecisionBuilder,
    reason::Reason,
    subject::tags_in,
    token::{Owner, Presented, SEPARATOR},
    world::{Known, World},
};
use crate::model::{
    address::Address,
    ids::{MessageId, PersonId, TicketNumber},
    ticket::Side,
};

/// Where a mail belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) ticket: TicketNumber,
    pub(super) side: Side,
    pub(super) how: Reason,
    /// The mail names an id that we signed for this side.
    pub(super) is_signed: bool,
}

/// The mail that this is a second copy of, in every ticket it stands in: same Message-ID, same author, subject and text.
pub(super) fn copies_of(arrival: &Arrival, world: &World) -> Vec<Known> {
    let content = arrival.content();
    let known = arrival.own_id().map(|id| world.known(&id));
    let same = known.into_iter().flatten();
    same.filter(|known| known.content == content && world.ticket(known.ticket).is_some())
        .cloned()
        .collect()
}

/// How long an id of ours proves that its reader writes: mailboxes are lost, and archives read by others.
pub(super) const TOKEN_DAYS: i64 = 365;

/// Whose mails of ours an answer names: those that were sent to one person alone prove that the answer comes from
/// somebody who had that person's mail. Nobody is proven by what was sent to several, nor by what is too old.
pub(super) fn owners(
    arrival: &Arrival,
    place: &Seat,
    draft: &DecisionBuilder<'_>,
) -> Vec<PersonId> {
    let is_fresh = |known: &Known| {
        arrival.at.duration_since(known.at).as_hours() < TOKEN_DAYS.saturating_mul(24)
    };
    let ours = arrival
        .parents()
        .filter(|id| draft.given.key.verify(id).is_some());
    let known = ours.flat_map(|id| draft.world.known(id));
    let personal = known.filter(|known| {
        known.is_personal
            && (known.ticket, known.side) == (place.ticket, place.side)
            && is_fresh(known)
    });
    let addressed = match presented(arrival, draft.given) {
        Presented::Valid(owner) if (owner.ticket, owner.side) == (place.ticket, place.side) => {
            Some(owner.person)
        }
        Presented::Valid(_) | Presented::Expired(_) | Presented::Forged | Presented::Nothing => {
            None
        }
    };
    let personal = personal.map(|known| known.person);
    personal.chain(addressed).collect()
}

/// What the addresses say that a mail went to: the first that we gave to somebody.
pub(super) fn presented(arrival: &Arrival, given: &Given<'_>) -> Presented {
    let mailboxes = given.policy.mailboxes.values();
    let own: Vec<&Address> = mailboxes
        .flat_map(|mailbox| std::iter::once(&mailbox.address).chain(&mailbox.aliases))
        .collect();
    let keyring = given.keyring();
    keyring.presented(&arrival.went_to(), &own, SEPARATOR, arrival.at)
}

/// To whom an address was given, if we gave it, whether or not its time is over.
pub(super) const fn owner(presented: &Presented) -> Option<Owner> {
    match presented {
        Presented::Valid(owner) | Presented::Expired(owner) => Some(*owner),
        Presented::Forged | Presented::Nothing => None,
    }
}

/// The conversation this mail answers, newest reference first.
pub(super) fn seat(arrival: &Arrival, world: &World, given: &Given<'_>) -> Option<Seat> {
    arrival
        .parents()
        .find_map(|id| by_signed(id, world, given))
        .or_else(|| by_reply_address(arrival, world, given))
        .or_else(|| arrival.parents().find_map(|id| by_known(id, world)))
        .or_else(|| by_tag(arrival, world, given))
}

/// The conversation in which one of our mails took part, for bounces.
pub(super) fn seat_of(id: &MessageId, world: &World, given: &Given<'_>) -> Option<Seat> {
    by_signed(id, world, given).or_else(|| by_known(id, world))
}

fn by_signed(id: &MessageId, world: &World, given: &Given<'_>) -> Option<Seat> {
    let signed = given.key.verify(id)?;
    world.ticket(signed.ticket)?;
    Some(Seat {
        ticket: signed.ticket,
        side: signed.side,
        how: Reason::ByReference,
        is_signed: true,
    })
}

fn by_reply_address(arrival: &Arrival, world: &World, given: &Given<'_>) -> Option<Seat> {
    let owner = owner(&presented(arrival, given))?;
    world.ticket(owner.ticket)?;
    Some(Seat {
        ticket: owner.ticket,
        side: owner.side,
        how: Reason::ByReplyAddress,
        is_signed: true,
    })
}

fn by_known(id: &MessageId, world: &World) -> Option<Seat> {
    let mut known = world.known(id).iter();
    let known = known.find(|known| world.ticket(known.ticket).is_some())?;
    Some(Seat {
        ticket: known.ticket,
        side: known.side,
        how: Reason::ByKnownMessage,
        // Whoever wrote that mail chose its id: it proves nothing.
        is_signed: false,
    })
}

fn by_tag(arrival: &Arrival, world: &World, given: &Given<'_>) -> Option<Seat> {
    let mail = &arrival.reading.message;
    let number = tags_in(mail.subject.as_deref().unwrap_or(""), given.key)
        .into_iter()
        .find(|number| world.ticket(*number).is_some())?;
    let author = mail.from.as_ref().and_then(|from| from.parsed());
    let is_agent = author
        .as_ref()
        .is_some_and(|author| given.policy.agent_of(author).is_some());
    let asked = author
        .and_then(|author| world.person(&author))
        .zip(world.ticket(number));
    let is_participant = asked.is_some_and(|(person, ticket)| world.takes_part(person.id, ticket));
    let side = if is_agent && !is_participant {
        Side::Agents
    } else {
        Side::Requester
    };
    Some(Seat {
        ticket: number,
        side,
        how: Reason::ByTag,
        is_signed: false,
    })
}
