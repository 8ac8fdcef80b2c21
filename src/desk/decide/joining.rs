//! Mails take their places in the conversations of tickets.

use crate::desk::{
    arrival::Arrival,
    decision::MessageRecord,
    draft::{DecisionBuilder, TicketDraft},
    identity::Speaker,
    threading::{self, Seat},
};
use crate::model::{
    event::EventData,
    ids::{MessageId, MessageRow, PersonId, TicketNumber},
    ticket::Side,
};

/// A mail takes its place in a ticket's conversation.
pub(super) fn join(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    speaker: &Speaker,
    place: &Seat,
) -> MessageRow {
    let row = ticket.next_message();
    join_as(ticket, arrival, (row, speaker.person), place);
    row
}

/// The same, under a row it has been given.
pub(super) fn join_as(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    (row, person): (MessageRow, PersonId),
    place: &Seat,
) {
    let number = ticket.snapshot().number;
    let message_id = id_of(ticket, arrival, Some(number));
    let lineage = threading::lineage(arrival, ticket.world, ticket.given);
    ticket.record(MessageRecord {
        row,
        ticket: Some(number),
        side: place.side,
        raw: Some(arrival.raw),
        person,
        message_id: message_id.clone(),
        content: arrival.content(),
        lineage,
    });
    let data = EventData::MessageJoined {
        message: row,
        side: place.side,
        message_id,
        is_thanks: place.side == Side::Requester && arrival.is_thanks(),
    };
    ticket.happened(data, place.how);
}

/// The mail's own id; one of ours where it has none, or where another mail has used it before. The same mail keeps it in
/// every ticket that it opened.
pub(super) fn id_of(
    draft: &DecisionBuilder<'_>,
    arrival: &Arrival,
    ticket: Option<TicketNumber>,
) -> MessageId {
    let key = draft.given.key;
    let is_split = draft
        .brought
        .as_ref()
        .is_some_and(|one| !one.is_whole_mail());
    if let Some(number) = ticket.filter(|_| is_split) {
        // The mail itself belongs to the ticket it was split from, and so does whatever answers it.
        let name = format!("split:{}:{number}", arrival.raw);
        return key.plain_message_id(&name, "missing.invalid");
    }
    let content = arrival.content();
    let is_free = |id: &MessageId| {
        let mut known = draft.world.known(id).iter();
        known.all(|known| known.content == content && ticket.is_some_and(|own| own != known.ticket))
    };
    let own = arrival.own_id().filter(is_free);
    own.unwrap_or_else(|| key.plain_message_id(&format!("raw:{}", arrival.raw), "missing.invalid"))
}
