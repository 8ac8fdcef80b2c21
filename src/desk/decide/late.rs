//! Mail to a ticket that was closed long ago.

use super::verdict;
use crate::{
    desk::{arrival::Arrival, draft::Draft, nps, policy::REOPEN_DAYS, threading::Seat},
    model::ticket::Side,
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

/// A mere word about how something was solved whose requester is erased: it says nothing by itself.
pub(super) fn is_word_to_nobody(draft: &Draft<'_>, arrival: &Arrival) -> bool {
    let answered = draft
        .continues
        .and_then(|number| draft.world.ticket(number));
    answered.is_some_and(|ticket| draft.world.is_forgotten(ticket)) && verdict::is_content(arrival)
}
