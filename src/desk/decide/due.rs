//! Something has fallen due. What is due is derived anew from the ticket as it stands before anything happens.

use crate::desk::{
    brake,
    decision::{Decision, Given, Queued},
    draft::{Draft, Voice},
    lifecycle::{Happening, Transition, transition},
    reason::Reason,
    sla,
    timer::{Due, TimerKind, closes_at},
    world::{DIGEST_MAX, World},
};
use crate::model::{
    address::NamedAddress,
    event::{ClosedBy, EventData},
    ids::{PersonId, TicketNumber},
    outgoing::{Body, Class, OutgoingMail, Recipient, Sender},
    ticket::Side,
};

/// Decides on something due.
pub(super) fn decide_due(due: Due, world: &World, given: &Given<'_>) -> Decision {
    match due {
        Due::Ticket(number, TimerKind::ClockDue) => clock_due(number, world, given),
        Due::Ticket(number, TimerKind::Close) => close(number, world, given),
        Due::Ticket(_, TimerKind::Digest) => Decision::new(Reason::NothingToDo),
        Due::Digest(person) => digest(person, world, given),
    }
}

fn clock_due(number: TicketNumber, world: &World, given: &Given<'_>) -> Decision {
    let Some(ticket) = world.tickets.get(&number) else {
        return Decision::new(Reason::NothingToDo);
    };
    let passed = sla::judge_passed(ticket, given.now);
    if passed.is_empty() || !ticket.state.is_live() {
        return Decision::new(Reason::NothingToDo);
    }
    let due_at = ticket.next_clock().map_or(given.now, |clock| clock.due_at);
    let mut draft = Draft::new(given, world, Voice::okno(due_at), Reason::TimePassed);
    draft.take_ticket(ticket.clone());
    for judgement in passed {
        draft.happened(judgement, Reason::TimePassed);
    }
    brake::finish(draft, None)
}

fn close(number: TicketNumber, world: &World, given: &Given<'_>) -> Decision {
    let Some(ticket) = world.tickets.get(&number) else {
        return Decision::new(Reason::NothingToDo);
    };
    let Some(at) = closes_at(ticket, given.policy).filter(|at| *at <= given.now) else {
        return Decision::new(Reason::NothingToDo);
    };
    let mut draft = Draft::new(given, world, Voice::okno(at), Reason::Silence);
    draft.take_ticket(ticket.clone());
    if transition(ticket.state, Happening::SilencePassed) == Transition::Close {
        draft.happened(
            EventData::Closed {
                by: ClosedBy::Silence,
            },
            Reason::Silence,
        );
    }
    brake::finish(draft, None)
}

/// One mail that lists what caps withheld; what does not fit comes with the next. It is itself outside the caps: at most
/// one an hour is ever due.
fn digest(person: PersonId, world: &World, given: &Given<'_>) -> Decision {
    let mut draft = Draft::new(given, world, Voice::okno(given.now), Reason::DigestDue);
    draft.decision.digest_done.push(person);
    let withheld = world.withheld.get(&person).map_or(&[][..], Vec::as_slice);
    let (now, later) = withheld.split_at(withheld.len().min(DIGEST_MAX));
    let mut tickets = Vec::new();
    for ticket in now.iter().filter_map(|number| world.tickets.get(number)) {
        draft.take_ticket(ticket.clone());
        tickets.extend(draft.facts(draft.staff_language()));
    }
    if !later.is_empty() {
        draft.decision.digest.push((person, later.to_vec()));
    }
    let more = u64::try_from(later.len()).unwrap_or(u64::MAX);
    if let Some(mail) = digest_mail(&draft, person, Body::Digest { tickets, more }) {
        draft.decision.mails.push(Queued {
            mail,
            is_held: false,
        });
    }
    brake::finish(draft, None)
}

/// A digest belongs to no ticket; it comes from the queue of the last one it lists.
fn digest_mail(draft: &Draft<'_>, person: PersonId, body: Body) -> Option<OutgoingMail> {
    let (ticket, queue, own) = (draft.ticket()?, draft.queue()?, draft.own_address()?);
    let reader = draft.person_by_id(person)?;
    let key = format!("digest:{person}:{}", draft.given.now.as_millisecond());
    let sender = Sender {
        mailbox: draft.own_mailbox()?.0.clone(),
        name: queue.title.clone(),
        address: own.clone(),
    };
    let message_id = draft.given.key.plain_message_id(&key, own.domain());
    Some(OutgoingMail {
        side: Some(Side::Agents),
        queue: Some(ticket.queue.clone()),
        to: vec![NamedAddress::new(reader.name.as_str(), &reader.address)],
        recipients: vec![Recipient {
            address: reader.address.clone(),
            person,
        }],
        ..OutgoingMail::new(
            (key, message_id),
            Class::Report,
            sender,
            queue.language,
            body,
        )
    })
}
