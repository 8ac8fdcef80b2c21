//! One mail for several queues: each has its own ticket, clock and agents. What people add to one reaches all of them, but
//! what is said to a confidential queue only those whom the mail itself names; and whoever wrote hears from us once.

use super::{
    Incoming,
    cards::deal_cards,
    late, offers,
    opening::{acknowledge, open_all, withhold},
    requester, ruled,
};
use crate::desk::{
    arrival::Arrival,
    draft::{Draft, TicketDraft},
    identity,
    lifecycle::Happening,
    loops,
    reason::Reason,
    routing::{self, Addressee, Named},
    threading::Seat,
    world::Known,
};
use crate::model::{
    event::{EventData, Role},
    ids::TicketNumber,
    ticket::{Side, State},
};

/// Links new tickets with each other and with those the mail had opened before.
pub(super) fn link(draft: &mut Draft<'_>, new: &[TicketNumber], before: &[TicketNumber]) {
    for number in new.iter().chain(before) {
        let is_new = new.contains(number);
        let others = new.iter().chain(before.iter().filter(|_| is_new));
        let tickets: Vec<TicketNumber> = others.filter(|other| *other != number).copied().collect();
        if tickets.is_empty() {
            continue;
        }
        if let Some(mut ticket) = draft.ticket(*number) {
            ticket.happened(EventData::Linked { tickets }, Reason::Sibling);
        }
    }
}

/// A second copy of a mail: usually nothing new. Where it shows that another mailbox of ours was asked than those that
/// have a ticket (Bcc), that one gets its own, and the author no second acknowledgement.
pub(super) fn came_again(draft: &mut Draft<'_>, arrival: &Arrival, copies: &[Known]) {
    // In somebody else's ticket, too: there its author alone is forgotten.
    let forgotten = copies.iter().find(|known| {
        draft.world.is_erased(known.person) || draft.world.was_forgotten(known.ticket)
    });
    if let Some(known) = forgotten {
        late::forget_mail(draft, arrival);
        return seen_again(draft, arrival, known);
    }
    if let Some(late) = asked_unknown(draft, arrival, copies) {
        return open_late(draft, arrival, late);
    }
    let own = copies
        .iter()
        .find(|known| is_answered_here(draft, arrival, known));
    let Some(known) = own.or_else(|| copies.first()) else {
        return;
    };
    seen_again(draft, arrival, known);
    if own.is_none()
        && offers::is_copy(draft, arrival)
        && let Some(speaker) = identity::recognise(arrival, None, draft)
    {
        offers::show_copy(draft, arrival, &speaker);
    }
}

fn seen_again(draft: &mut Draft<'_>, arrival: &Arrival, known: &Known) {
    if let Some(mut ticket) = draft.ticket(known.ticket) {
        ticket.decision.reason = Reason::SameMail;
        let data = EventData::DuplicateSeen {
            message: known.message,
            mailbox: arrival.mailbox.clone(),
        };
        ticket.happened(data, Reason::SameMail);
    }
}

/// Whether this ticket is answered from the mailbox that the queue of the copy at hand answers from.
pub(super) fn is_answered_here(draft: &Draft<'_>, arrival: &Arrival, known: &Known) -> bool {
    let policy = draft.given.policy;
    let here = policy.mailboxes.get(&arrival.mailbox);
    let here = here.and_then(|mailbox| policy.queues.get(&mailbox.queue));
    let ticket = draft.world.ticket(known.ticket);
    ticket
        .zip(here)
        .is_some_and(|(ticket, here)| ticket.mailbox == here.mailbox)
}

fn asked_unknown<'a>(
    draft: &Draft<'a>,
    arrival: &Arrival,
    copies: &[Known],
) -> Option<Addressee<'a>> {
    let (world, policy) = (draft.world, draft.given.policy);
    let has_opened = |known: &Known| {
        let ticket = world.ticket(known.ticket);
        ticket.is_some_and(|ticket| ticket.first_message == known.message)
    };
    // Mail to everybody lies in every mailbox and asks none of them.
    let named = routing::named(arrival, &arrival.mailbox, policy);
    // A rule has sent it elsewhere: whoever was named was asked when the first copy came.
    let is_seen_to = !policy.rules.is_empty() && named == Named::To;
    let is_asked = !is_seen_to
        && loops::is_addressed(arrival, draft.given)
        && routing::addressees(arrival, draft.given)
            .iter()
            .any(|to| *to.mailbox == arrival.mailbox);
    if !is_asked
        || !copies.iter().all(has_opened)
        || copies
            .iter()
            .any(|known| is_answered_here(draft, arrival, known))
    {
        return None;
    }
    let (mailbox, here) = policy.mailboxes.get_key_value(&arrival.mailbox)?;
    let (queue, _) = policy.queues.get_key_value(&here.queue)?;
    Some(Addressee {
        mailbox,
        queue,
        is_hidden: routing::named(arrival, mailbox, policy) == Named::Nowhere,
    })
}

fn open_late<'a>(draft: &mut Draft<'a>, arrival: &Arrival, late: Addressee<'a>) {
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return;
    };
    draft.decision.reason = Reason::Sibling;
    draft.voice.role = Role::Requester;
    let before = arrival.own_id().map(|id| draft.world.known(&id));
    let mut before: Vec<TicketNumber> = before
        .into_iter()
        .flatten()
        .map(|known| known.ticket)
        .collect();
    before.dedup();
    let late = ruled::keep(draft, (arrival, &speaker), late);
    let opened = open_all(draft, arrival, &speaker, &[late], &before);
    let forbidden = loops::answer_forbidden(arrival, draft.given);
    let reason = forbidden.unwrap_or(Reason::AcknowledgedOnce);
    withhold(draft, speaker.person, (&opened, reason));
    deal_cards(draft, arrival, &speaker, &opened);
}

/// What a participant adds to one reaches the agents of its siblings. None of them comes back for it: only an answer in
/// its own conversation reopens a ticket.
pub(super) fn hear_too(draft: &mut Draft<'_>, incoming: &Incoming<'_>) {
    let Incoming {
        arrival,
        speaker,
        place,
        ..
    } = incoming;
    let Some(ticket) = draft.ticket(place.ticket) else {
        return;
    };
    let siblings = ticket.snapshot().siblings.clone();
    let queue = &ticket.snapshot().queue;
    let is_confided = ticket.given.policy.is_confidential(queue);
    for number in siblings {
        let Some(mut ticket) = draft.ticket(number) else {
            continue;
        };
        let takes_part = ticket.world.takes_part(speaker.person, ticket.snapshot());
        let may_hear = !is_confided || names(arrival, &ticket);
        if !takes_part || !may_hear || ticket.snapshot().state == State::Closed {
            continue;
        }
        if let Some((mailbox, _)) = ticket.own_mailbox() {
            ticket.comes_in_by(number, mailbox);
        }
        let place = Seat {
            ticket: number,
            side: Side::Requester,
            how: Reason::Sibling,
            is_signed: false,
        };
        super::join(&mut ticket, arrival, speaker, &place);
        if ticket.snapshot().state.is_live() {
            ticket.goes_to_work(Happening::RequesterWrote, Reason::Sibling);
            requester::waits_for_answer(&mut ticket);
        }
        requester::tell_agents(
            &mut ticket,
            arrival,
            speaker,
            (requester::What::Reply, None),
        );
    }
    ask_more(draft, incoming);
}

/// Whether a mail names the mailbox that answers a ticket.
fn names(arrival: &Arrival, ticket: &TicketDraft<'_, '_>) -> bool {
    let own = ticket.own_mailbox();
    own.is_some_and(|(mailbox, _)| {
        let named = routing::named(arrival, mailbox, ticket.given.policy);
        matches!(named, Named::To | Named::Cc)
    })
}

/// A mailbox of ours that a participant names in To only now is asked from now on.
fn ask_more(draft: &mut Draft<'_>, incoming: &Incoming<'_>) {
    let (arrival, policy) = (incoming.arrival, draft.given.policy);
    let Some(ticket) = draft.ticket(incoming.place.ticket) else {
        return;
    };
    let mut before = vec![incoming.place.ticket];
    before.extend(&ticket.snapshot().siblings);
    let answered: Vec<_> = before
        .iter()
        .filter_map(|number| Some(draft.ticket(*number)?.snapshot().mailbox.clone()))
        .collect();
    let mut asked = routing::addressees(arrival, draft.given);
    asked.retain(|to| {
        let queue = policy.queues.get(to.queue);
        routing::named(arrival, to.mailbox, policy) == Named::To
            && queue.is_some_and(|queue| !answered.contains(&queue.mailbox))
    });
    let here = policy.mailboxes.get(&arrival.mailbox);
    let here = here.and_then(|mailbox| policy.queues.get(&mailbox.queue));
    if here.is_some_and(|queue| !answered.contains(&queue.mailbox)) {
        offers::show_copy(draft, arrival, &incoming.speaker);
    }
    if asked.is_empty() {
        return;
    }
    let mut asked = ruled::route(draft, (arrival, &incoming.speaker), asked);
    asked.retain(|one| {
        let queue = policy.queues.get(one.to.queue);
        queue.is_some_and(|queue| !answered.contains(&queue.mailbox))
    });
    if asked.is_empty() {
        return;
    }
    let opened = open_all(draft, arrival, &incoming.speaker, &asked, &before);
    acknowledge(draft, arrival, &incoming.speaker, &opened);
    deal_cards(draft, arrival, &incoming.speaker, &opened);
}
