//! Other tickets that a mail names: one of several is its place, the rest is said beside it, so that whoever wonders why
//! the mail went where it did finds both.

use super::{InWords, Seat, by_reply_address, by_signed};
use crate::{
    desk::{arrival::Arrival, decision::Given, reason::Reason, world::World},
    model::ids::TicketNumber,
};

/// How many are told.
const TOLD_MAX: usize = 8;

/// The tickets that a mail names besides its place, each once, by the strongest sign of it.
pub(in crate::desk) fn rivals(
    arrival: &Arrival,
    place: Option<&Seat>,
    world: &World,
    given: &Given<'_>,
) -> Vec<(TicketNumber, Reason)> {
    let going_on = |number: TicketNumber| world.going_on(number).map(|ticket| ticket.number);
    let named = |seat: Seat| (seat.ticket, seat.how);
    let signed = arrival
        .parents()
        .filter_map(|id| by_signed(id, world, given));
    let addressed = by_reply_address(arrival, world, given);
    let known = arrival.parents().flat_map(|id| world.known(id));
    let known = known.filter_map(|known| Some((going_on(known.ticket)?, Reason::ByKnownMessage)));
    let words = InWords::of(arrival, given.key);
    let tags = words.tags.iter().map(|number| (*number, Reason::ByTag));
    let lines = words.lines.iter().map(|number| (*number, Reason::ByLine));
    let in_words = tags.chain(lines);
    let in_words = in_words.filter_map(|(number, how)| Some((going_on(number)?, how)));
    let numbers = words.numbers().filter_map(|number| world.going_on(number));
    let numbers = numbers.filter(|ticket| words.means(ticket));
    let numbers = numbers.map(|ticket| (ticket.number, Reason::ByNumber));
    let all = signed.chain(addressed).map(named);
    let mut found: Vec<(TicketNumber, Reason)> = Vec::new();
    for (number, how) in all.chain(known).chain(in_words).chain(numbers) {
        let is_place = place.is_some_and(|place| place.ticket == number);
        if !is_place && found.iter().all(|(one, _)| *one != number) {
            found.push((number, how));
        }
    }
    found.truncate(TOLD_MAX);
    found
}
