//! The letter that asks an agent whose request they bring, and their answer: a number of its list, an address, a name, or
//! that it is their own.

use super::{super::Incoming, again, language_of, whose::look_up};
use crate::desk::{
    arrival::Arrival,
    draft::TicketDraft,
    loops,
    notify::Sending,
    origin::{Answer, read_answer},
    reason::Reason,
};
use crate::model::{
    event::EventData,
    ids::{MessageRow, PersonId},
    inert::inert,
    outgoing::{AutoSubmitted, Body, Candidate, Class, OriginQuestion},
    ticket::Side,
};

/// Asks whoever brought it; `again`: in answer to a mail of theirs, and why, as a code.
pub(super) fn ask(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, again: Option<&str>) {
    let Some(unsure) = ticket.snapshot().origin.clone() else {
        return;
    };
    let facts = ticket.facts(ticket.staff_language());
    let Some((facts, person)) = facts.zip(ticket.agent_person(&unsure.agent)) else {
        return;
    };
    let candidates = unsure.candidates.iter().enumerate();
    let candidates = candidates.filter_map(|(at, id)| candidate(ticket, at, *id));
    let body = Body::Whose(OriginQuestion {
        agent: ticket.agent_name(&unsure.agent),
        why: unsure.why.clone(),
        candidates: candidates.collect(),
        until: ticket.when(unsure.until),
        again: again.map(str::to_owned),
        ticket: facts,
    });
    ticket.send(Sending {
        key: format!("whose:{}", arrival.raw),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Replied,
        side: Side::Agents,
        to: vec![person],
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: None,
        enclosures: None,
        hop: loops::hop(arrival),
    });
}

fn candidate(ticket: &TicketDraft<'_, '_>, at: usize, id: PersonId) -> Option<Candidate> {
    let person = ticket.person_by_id(id)?;
    let department = person.listed().map(|listed| &listed.department);
    // What only a mail says is shown as what it is: somebody's claim.
    let shown = |words: &str| match department {
        Some(_) => words.to_owned(),
        None => inert(words),
    };
    Some(Candidate {
        number: at.saturating_add(1),
        name: shown(person.name.as_str()),
        address: shown(person.address.as_str()),
        department: department.map_or_else(String::new, |named| named.as_str().to_owned()),
    })
}

/// An agent answers in a ticket of which it is not sure whose it is: that is what the answer says, and nothing else.
pub(in crate::desk::decide) fn answered(
    ticket: &mut TicketDraft<'_, '_>,
    incoming: &Incoming<'_>,
    (row, words): (MessageRow, &str),
) {
    let Some(unsure) = ticket.snapshot().origin.clone() else {
        return;
    };
    ticket.decision.reason = Reason::OriginAnswered;
    let noted = EventData::NoteAdded { message: row };
    ticket.happened(noted, Reason::OriginAnswered);
    let found = match read_answer(words) {
        None => Err("unclear"),
        Some(Answer::Own) => Ok(ticket.snapshot().requester),
        Some(Answer::Number(number)) => {
            let at = number.checked_sub(1);
            let chosen = at.and_then(|at| unsure.candidates.get(at));
            chosen.copied().ok_or("unclear")
        }
        Some(Answer::Named(named)) => look_up(ticket, &named).map_err(|(why, _)| why),
    };
    let person = match found {
        Ok(person) => person,
        Err(why) => return ask(ticket, incoming.arrival, Some(why)),
    };
    let own = ticket.snapshot().language;
    let language = ticket.person_by_id(person).map_or(own, language_of);
    let named = EventData::RequesterNamed { person, language };
    ticket.happened(named, Reason::OriginAnswered);
    let order = again(&unsure, ticket.snapshot().number, true);
    ticket.decision.orders.push(order);
}
