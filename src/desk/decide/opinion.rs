//! What a requester thinks of a solution: whom it concerns.

use super::{
    Incoming,
    requester::{What, tell_agents},
    verdict::LOW_RATING,
};
use crate::desk::{
    arrival::Arrival,
    command::read_verdict,
    draft::TicketDraft,
    worklist::{ItemKind, ListItem},
};

/// "All is well" needs nobody's eyes, unless it was said with a bad mark, or with words.
pub(super) fn tell(
    ticket: &mut TicketDraft<'_, '_>,
    incoming: &Incoming<'_>,
    (what, rating, has_comment): (What, Option<u8>, bool),
) {
    let is_bad = rating.is_some_and(|score| score <= LOW_RATING);
    if is_bad {
        tell_head(ticket, incoming.arrival);
    }
    if what != What::Confirmed || is_bad || has_comment {
        tell_agents(ticket, incoming.arrival, &incoming.speaker, (what, rating));
    }
}

/// Whoever decides for the queue finds it in their next list.
fn tell_head(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival) {
    let said = read_verdict(arrival.new_text()).map(|said| said.comment.to_owned());
    let item = ListItem {
        number: ticket.snapshot().number.0,
        kind: ItemKind::Rated,
        words: said.unwrap_or_default(),
    };
    ticket.list_for_head(item);
}
