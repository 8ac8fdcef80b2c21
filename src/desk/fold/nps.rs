//! The question whether somebody would recommend us.

use crate::model::{
    event::{Event, EventData},
    nps::Nps,
    outgoing::Offer,
    ticket::Ticket,
};

/// One more event that may be about it.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest asks nobody")]
pub(super) fn apply(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::NpsPlanned { at } => of(ticket).planned_at = *at,
        EventData::NpsAsked => {
            let nps = of(ticket);
            nps.planned_at = None;
            nps.asked_at = Some(event.at);
        }
        EventData::MessageSent {
            message_id,
            offers: Some(Offer::Nps),
            ..
        } => of(ticket).asked_in = Some(message_id.clone()),
        EventData::NpsAnswered { score, .. } => of(ticket).score = Some(*score),
        // It was not solved after all: nothing is asked of it.
        EventData::Reopened => {
            if let Some(nps) = &mut ticket.nps {
                nps.planned_at = None;
            }
        }
        _ => {}
    }
}

fn of(ticket: &mut Ticket) -> &mut Nps {
    ticket.nps.get_or_insert_default()
}
