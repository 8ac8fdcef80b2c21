//! One department asks another: the question is a ticket of its own there, with its own clock, and its requester are the
//! agents who ask. What is answered goes back to them, never to the requester by itself; what becomes of one of the two
//! tickets the other hears of.

mod again;
mod files;
mod follow;
mod opening;
mod passing_on;

pub(super) use again::asked_again;
pub(in crate::desk) use follow::follow;
pub(super) use opening::{ask_questions, take_again};
pub(super) use passing_on::send_on;

use crate::desk::draft::{Draft, TicketDraft};
use crate::model::{
    ids::{PersonId, TicketNumber},
    outgoing::{EscalationLetter, TicketFacts},
};

/// How many departments may ask each other in a row for one requester's sake.
pub(super) const DEPTH_MAX: usize = 4;

/// The ticket that goes on for this one.
fn going_on(draft: &mut Draft<'_>, number: TicketNumber) -> Option<TicketNumber> {
    let mut number = number;
    for _ in 0..crate::desk::world::MERGES_MAX {
        let Some(into) = draft.ticket(number)?.snapshot().merged_into else {
            break;
        };
        number = into;
    }
    Some(number)
}

/// What a ticket is to the agents of another queue: what is confidential stays where it is.
fn as_other(
    draft: &mut Draft<'_>,
    (number, reader): (TicketNumber, TicketNumber),
) -> Option<TicketFacts> {
    let theirs = draft.ticket(reader)?.snapshot().queue.clone();
    let ticket = draft.ticket(number)?;
    let own = ticket.snapshot().queue.clone();
    let facts = ticket.facts(ticket.staff_language())?;
    draft.given.policy.may_meet(&own, &theirs).then_some(facts)
}

/// A letter about a question, before it says anything in particular.
fn letter(ticket: TicketFacts, what: &str) -> EscalationLetter {
    EscalationLetter {
        what: what.to_owned(),
        department: ticket.queue.clone(),
        ticket,
        other: None,
        agent: String::new(),
        why: String::new(),
        text: String::new(),
        canned: Vec::new(),
        files: Vec::new(),
        files_left_out: Vec::new(),
        write_to: None,
    }
}

/// Nobody twice.
fn once(mut people: Vec<PersonId>) -> Vec<PersonId> {
    people.sort_unstable();
    people.dedup();
    people
}

/// The title of the queue of the ticket at hand.
fn title(ticket: &TicketDraft<'_, '_>) -> String {
    ticket
        .queue()
        .map_or_else(String::new, |queue| queue.title.clone())
}
