//! An emergency: whoever decides for the queue is written to at once, whoever said that it is one and by whatever way it
//! became one (DOMAIN, decision 5).

use super::{
    draft::{Draft, TicketDraft},
    notify::Sending,
};
use crate::model::{
    classification::RequestClass,
    clock::ClockKind,
    event::{Actor, Role},
    ids::{PersonId, TicketNumber},
    outgoing::{AutoSubmitted, Body, Class, HeadLetter},
    ticket::{Side, Ticket},
};

/// Writes to the heads of queues that this decision has given an emergency.
pub(super) fn tell_heads(draft: &mut Draft<'_>) {
    for (number, known) in draft.touched() {
        let was_told = known.is_some_and(is_emergency);
        let queue_before = known.map(|known| known.queue.clone());
        let Some(mut ticket) = draft.ticket(number) else {
            continue;
        };
        let is_here = was_told && queue_before.as_ref() == Some(&ticket.snapshot().queue);
        if is_emergency(ticket.snapshot()) && !is_here {
            tell(&mut ticket, number);
        }
    }
}

/// Of a request that may not be the one who brought it nobody else is told.
fn is_emergency(ticket: &Ticket) -> bool {
    ticket.classification.class == RequestClass::Emergency
        && ticket.state.is_live()
        && ticket.origin.is_none()
}

fn tell(ticket: &mut TicketDraft<'_, '_>, number: TicketNumber) {
    let head = ticket.deciding_head();
    let Some(head) = head.and_then(|head| ticket.agent_person(&head)) else {
        return;
    };
    let voice = ticket.voice.clone();
    let said_by = match (&voice.actor, voice.role) {
        (Actor::Person(person), Role::Agent | Role::Head) => Some(*person),
        (Actor::Person(_) | Actor::Okno | Actor::Operator, _) => None,
    };
    // Who has said so knows it.
    if said_by == Some(head) {
        return;
    }
    let agent = said_by.and_then(|person| name_of(ticket, person));
    let first = ticket.snapshot().clock(ClockKind::FirstResponse);
    let first = first.filter(|clock| clock.left_secs.is_none());
    let first_answer = first.map(|clock| ticket.when(clock.due_at));
    let Some(letter) = letter(ticket, "emergency", agent) else {
        return;
    };
    let body = Body::Head(HeadLetter {
        first_answer,
        ..letter
    });
    let key = format!("emergency:{number}:{}", ticket.snapshot().last_seq);
    send(ticket, head, (key, Class::Automatic), body);
}

/// A letter to a head about the ticket at hand.
pub(super) fn letter(
    ticket: &TicketDraft<'_, '_>,
    what: &str,
    agent: Option<String>,
) -> Option<HeadLetter> {
    let known = ticket.snapshot();
    let assignee = known.assignee.as_ref();
    Some(HeadLetter {
        what: what.to_owned(),
        ticket: ticket.facts(ticket.staff_language())?,
        requester: name_of(ticket, known.requester).unwrap_or_default(),
        agent,
        assignee: assignee.map(|agent| ticket.agent_name(agent)),
        first_answer: None,
        moved_from: None,
        words: String::new(),
        instead_of: String::new(),
    })
}

/// To whoever decides, in the agents' conversation; the head who is away reads along.
pub(super) fn send(
    ticket: &mut TicketDraft<'_, '_>,
    head: PersonId,
    (key, class): (String, Class),
    mut body: Body,
) {
    let away = ticket.reads_along();
    if let (Body::Head(letter), Some((_, name))) = (&mut body, &away) {
        letter.instead_of.clone_from(name);
    }
    ticket.send(Sending {
        key,
        class,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to: vec![head],
        cc: away.into_iter().map(|(person, _)| person).collect(),
        from_agent: None,
        body,
        offers: None,
        enclosures: None,
        hop: 0,
    });
}

/// A person's name, or their address where they have none.
fn name_of(ticket: &TicketDraft<'_, '_>, person: PersonId) -> Option<String> {
    let person = ticket.person_by_id(person)?;
    Some(match person.name.is_blank() {
        true => person.address.to_string(),
        false => person.name.to_string(),
    })
}
