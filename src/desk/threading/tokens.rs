//! Whose tokens a mail bears: ids of ours that one person alone was sent, addresses that were given to one person.

use super::Seat;
use crate::desk::{
    arrival::Arrival,
    decision::Given,
    draft::DecisionBuilder,
    token::{Owner, Presented, SEPARATOR},
    world::Known,
};
use crate::model::{address::Address, ids::PersonId, ticket::Side};

/// How long an id of ours proves that its reader writes: mailboxes are lost, and archives read by others.
pub(in crate::desk) const TOKEN_DAYS: i64 = 365;

/// Whose mails of ours an answer names: those that were sent to one person alone prove that the answer comes from
/// somebody who had that person's mail. Nobody is proven by what was sent to several, nor by what is too old.
pub(in crate::desk) fn owners(
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
        let ticket = draft.world.going_on(known.ticket);
        known.is_personal
            && ticket.is_some_and(|ticket| ticket.number == place.ticket)
            && known.side == place.side
            && is_fresh(known)
    });
    let addressed = match presented(arrival, draft.given) {
        Presented::Valid(owner) if is_here(owner, place, draft) => Some(owner.person),
        Presented::Valid(_) | Presented::Expired(_) | Presented::Forged | Presented::Nothing => {
            None
        }
    };
    let pressed = match arrival.pressed(draft.given) {
        Presented::Valid(owner) if is_here(owner, place, draft) => Some(owner.person),
        Presented::Valid(_) | Presented::Expired(_) | Presented::Forged | Presented::Nothing => {
            None
        }
    };
    // What a whole group was sent is nobody's own.
    let queues = draft.given.policy.queues.values();
    let groups = queues.filter_map(|queue| draft.world.person(queue.group.as_ref()?));
    let groups: Vec<PersonId> = groups.map(|group| group.id).collect();
    let personal = personal.map(|known| known.person);
    let personal = personal.filter(|person| !draft.world.is_among(*person, &groups));
    personal.chain(addressed).chain(pressed).collect()
}

/// Whether an answer names a mail of ours that its author was sent in this conversation with a requester. What went to
/// several shows only that one of them writes; the roots of a conversation, and the agents' mails, show nothing.
pub(in crate::desk) fn has_had_our_mail(
    arrival: &Arrival,
    place: &Seat,
    author: PersonId,
    draft: &DecisionBuilder<'_>,
) -> bool {
    let ours = arrival
        .parents()
        .filter(|id| draft.given.key.verify(id).is_some());
    let mut known = ours.flat_map(|id| draft.world.known(id));
    known.any(|known| {
        let ticket = draft.world.going_on(known.ticket);
        let is_theirs = draft.world.who(known.person) == author || !known.is_personal;
        ticket.is_some_and(|ticket| ticket.number == place.ticket)
            && known.side == Side::Requester
            && is_theirs
    })
}

/// Whether it was given for this side of this ticket.
fn is_here(owner: Owner, place: &Seat, draft: &DecisionBuilder<'_>) -> bool {
    let ticket = draft.world.going_on(owner.ticket);
    ticket.is_some_and(|ticket| ticket.number == place.ticket) && owner.side == place.side
}

/// What the addresses say that a mail went to: the first that we gave to somebody.
pub(in crate::desk) fn presented(arrival: &Arrival, given: &Given<'_>) -> Presented {
    let mailboxes = given.policy.mailboxes.values();
    let own: Vec<&Address> = mailboxes
        .flat_map(|mailbox| std::iter::once(&mailbox.address).chain(&mailbox.aliases))
        .collect();
    let keyring = given.keyring();
    keyring.presented(&arrival.went_to(), &own, SEPARATOR, arrival.at)
}

/// To whom an address was given, if we gave it, whether or not its time is over.
pub(in crate::desk) const fn owner(presented: &Presented) -> Option<Owner> {
    match presented {
        Presented::Valid(owner) | Presented::Expired(owner) => Some(*owner),
        Presented::Forged | Presented::Nothing => None,
    }
}
