//! Mail to a ticket that was closed long ago, or whose requester is erased.

use super::verdict;
use crate::{
    desk::{
        arrival::Arrival, draft::Draft, nps, order::Order, policy::REOPEN_DAYS, threading::Seat,
    },
    model::{
        event::{EventData, Stream},
        ids::TicketNumber,
        ticket::Side,
    },
};

/// A ticket closed long ago is history: the mail opens a new one. A mere word about how it was solved does not.
pub(super) fn is_still_open_to(place: &Seat, draft: &Draft<'_>, arrival: &Arrival) -> bool {
    let ticket = draft.world.ticket(place.ticket);
    // Whoever asked is forgotten: by the same address they are somebody new, and so is what they ask.
    if place.side == Side::Requester && ticket.is_some_and(|known| draft.world.is_forgotten(known))
    {
        return false;
    }
    let Some((ticket, closed)) = ticket.and_then(|ticket| Some((ticket, ticket.closed_at?))) else {
        return true;
    };
    let queue = draft.given.policy.queue_of(ticket);
    let days = queue.map_or(REOPEN_DAYS, |queue| queue.reopen_days);
    place.side == Side::Agents
        || arrival.at.duration_since(closed).as_hours() < i64::from(days).saturating_mul(24)
        || verdict::is_content(arrival)
        || arrival.answers_nps(ticket, draft.given)
        || nps::wants_back(ticket, arrival, draft.world)
}

/// What comes to tickets of people who are erased, and to no other, is known and not kept: below an answer mail programs quote
/// all of the card, and servers return what did not arrive. Unless somebody is asked whether to take it.
pub(super) fn keep_no_words(draft: &mut Draft<'_>, arrival: &Arrival) {
    let events = &draft.decision.events;
    let mut touched = events.iter().filter_map(|event| match &event.stream {
        Stream::Ticket(number) => Some(*number),
        Stream::Mailbox(_)
        | Stream::Queue(_)
        | Stream::Person(_)
        | Stream::Directory
        | Stream::House => None,
    });
    let first = touched.next();
    let is_theirs = |number: TicketNumber| draft.world.was_forgotten(number);
    let are_all_theirs = first.is_some_and(is_theirs) && touched.all(is_theirs);
    let is_asked = |data: &EventData| matches!(data, EventData::MailHeld { .. });
    if are_all_theirs && !events.iter().any(|event| is_asked(&event.data)) {
        forget_mail(draft, arrival);
    }
}

/// The mail loses its bytes and its reading as soon as it is decided on.
pub(super) fn forget_mail(draft: &mut Draft<'_>, arrival: &Arrival) {
    let order = Order::ForgetMail(arrival.raw);
    if !draft.decision.orders.contains(&order) {
        draft.decision.orders.push(order);
    }
}

/// A mere word about how something was solved whose requester is erased: it says nothing by itself.
pub(super) fn is_word_to_nobody(draft: &Draft<'_>, arrival: &Arrival) -> bool {
    let answered = draft
        .continues
        .and_then(|number| draft.world.ticket(number));
    answered.is_some_and(|ticket| draft.world.is_forgotten(ticket)) && verdict::is_content(arrival)
}
