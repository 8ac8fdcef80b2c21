//! The mails of a ticket, as far as the next one's References, and what may be answered, need them.

use jiff::Timestamp;

use crate::model::{
    ids::{MessageId, MessageRow},
    outgoing::{Class, Offer},
    ticket::{ANSWERS_KEPT, OFFERED_KEPT, RELAYS_KEPT, SentAnswer, Side, Thread, Ticket},
};

fn thread_of(ticket: &mut Ticket, side: Side) -> &mut Thread {
    match side {
        Side::Requester => &mut ticket.requester_thread,
        Side::Agents => &mut ticket.agents_thread,
    }
}

pub(super) fn sent(ticket: &mut Ticket, side: Side, message_id: &MessageId, offers: Option<Offer>) {
    thread_of(ticket, side).last_sent = Some(message_id.clone());
    match offers {
        Some(Offer::Confirmation) => ticket.resolution = Some(message_id.clone()),
        Some(offer @ (Offer::Wishes | Offer::Articles)) => {
            if offer == Offer::Articles {
                ticket.articles_in = Some(message_id.clone());
            }
            ticket.offered.push(message_id.clone());
            let surplus = ticket.offered.len().saturating_sub(OFFERED_KEPT);
            ticket.offered.drain(..surplus);
        }
        Some(Offer::Nps) | None => {}
    }
}

pub(super) fn answered(ticket: &mut Ticket, message: MessageRow, resolves: bool) {
    if let Some(agent) = ticket.speaking.take() {
        ticket.answers.push(SentAnswer {
            message,
            agent,
            resolves,
        });
    }
    let surplus = ticket.answers.len().saturating_sub(ANSWERS_KEPT);
    ticket.answers.drain(..surplus);
}

pub(super) fn relayed(ticket: &mut Ticket, class: Class, at: Timestamp) {
    if class == Class::Human {
        ticket.relayed.push(at);
    }
    let surplus = ticket.relayed.len().saturating_sub(RELAYS_KEPT);
    ticket.relayed.drain(..surplus);
}

pub(super) fn follow(ticket: &mut Ticket, side: Side, message_id: &MessageId) {
    let thread = thread_of(ticket, side);
    thread.first.get_or_insert_with(|| message_id.clone());
    thread.last = Some(message_id.clone());
}
