//! What a command does to two tickets: one is named, and both must be the agent's to work on.

use super::{NotDone, Said};
use crate::desk::{command::ticket_named, draft::TicketDraft, reason::Reason};
use crate::model::{event::EventData, ids::PersonId, ticket::Ticket};

/// This ticket goes on in the one named: its people read along there, and what they still write goes there.
pub(super) fn merge(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
    named: &str,
) -> Result<(), NotDone> {
    let other = other_ticket(ticket, said, named)?;
    let known = ticket.snapshot();
    if known.merged_into.is_some() || known.excluded.is_some() {
        return Err(Reason::NotLive.into());
    }
    if !other.state.is_live() {
        return Err(NotDone {
            reason: Reason::OtherNotLive,
            detail: other.label(),
        });
    }
    // What was promised first is promised still: into what came later nobody merges it.
    let age = |ticket: &Ticket| (ticket.opened_at, ticket.number);
    if age(known) < age(&other) {
        return Err(NotDone {
            reason: Reason::OlderGoesOn,
            detail: other.label(),
        });
    }
    let people = std::iter::once(known.requester).chain(known.readers());
    let mut new: Vec<PersonId> = Vec::new();
    for person in people {
        if !ticket.world.takes_part(person, &other) && !new.contains(&person) {
            new.push(person);
        }
    }
    let (number, into) = (ticket.snapshot().number, other.number);
    ticket.happened(EventData::Merged { into }, Reason::AgentCommand);
    ticket.happens_to(
        into,
        EventData::TookIn { ticket: number },
        Reason::AgentCommand,
    );
    if !new.is_empty() {
        let data = EventData::CollaboratorsAdded { people: new };
        ticket.happens_to(into, data, Reason::AgentCommand);
    }
    Ok(())
}

/// Each is shown with the other.
pub(super) fn link(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
    named: &str,
) -> Result<(), NotDone> {
    let other = other_ticket(ticket, said, named)?.number;
    let own = ticket.snapshot().number;
    if ticket.snapshot().links.contains(&other) {
        return Err(Reason::LinkedAlready.into());
    }
    ticket.happened(EventData::LinkedTo { ticket: other }, Reason::AgentCommand);
    ticket.happens_to(
        other,
        EventData::LinkedTo { ticket: own },
        Reason::AgentCommand,
    );
    Ok(())
}

/// The ticket named; not this one, and in a queue that the agent serves. Of others not even their existence is told.
pub(super) fn other_ticket(
    ticket: &TicketDraft<'_, '_>,
    said: &Said<'_>,
    named: &str,
) -> Result<Ticket, NotDone> {
    let number = ticket_named(named, ticket.given.key).ok_or(Reason::NoSuchTicket)?;
    let policy = ticket.given.policy;
    let serves = |other: &&Ticket| {
        let queue = policy.queue_of(other);
        queue.is_some_and(|queue| queue.agents.contains(&said.agent))
    };
    let other = ticket.world.ticket(number).filter(serves);
    let other = other.ok_or(Reason::NoSuchTicket)?;
    if other.number == ticket.snapshot().number {
        return Err(Reason::SameTicket.into());
    }
    if !policy.may_meet(&ticket.snapshot().queue, &other.queue) {
        return Err(Reason::Confidential.into());
    }
    Ok(other.clone())
}
