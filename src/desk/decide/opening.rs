//! A mail opens a ticket: number, clock, acknowledgement, card.

use crate::desk::{
    arrival::Arrival,
    draft::{DecisionBuilder, Draft, TicketDraft},
    identity::Speaker,
    loops,
    notify::{self, Sending},
    reason::Reason,
    routing,
    showing::Showing,
    sla,
    subject::bare,
    threading::Seat,
};
use crate::model::{
    address::NamedAddress,
    event::{EventData, NewTicket, Private, Trust},
    ids::PersonId,
    outgoing::{AutoSubmitted, Body, Class},
    person::Person,
    ticket::Side,
};

pub(super) fn open(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) {
    let queues = &draft.given.policy.queues;
    let found =
        routing::queue_for(arrival, draft.given).and_then(|name| queues.get_key_value(&name));
    let Some((name, queue)) = found else {
        return super::machine::put_aside(draft, arrival, Reason::NoQueue);
    };
    draft.decision.reason = Reason::NewTicket;
    let mail = &arrival.reading.message;
    let showing = Showing::of(speaker, draft);
    // Who reads along is not decided by somebody who may be another.
    let others = match speaker.trust {
        Trust::Suspicious => Vec::new(),
        Trust::Claimed | Trust::Token | Trust::Proven => arrival.others(draft.given.policy),
    };
    let mut collaborators = meet(draft, &others);
    collaborators.retain(|person| *person != speaker.person);
    let message = draft.next_message();
    let subject = bare(mail.subject.as_deref().unwrap_or(""), draft.given.key);
    let subject = Private {
        person: Some(speaker.person),
        text: showing.words(subject.as_str()),
    };
    let listed = draft.person_by_id(speaker.person);
    let listed = listed
        .and_then(Person::listed)
        .and_then(|listed| listed.language);
    let new = NewTicket {
        queue: name.clone(),
        mailbox: queue.mailbox.clone(),
        prefix: queue.prefix.clone(),
        requester: speaker.person,
        collaborators,
        language: listed.or(mail.language).unwrap_or(queue.language),
        message,
    };
    let mut ticket = draft.open(new, subject, Reason::NewTicket);
    let place = Seat {
        ticket: ticket.snapshot().number,
        side: Side::Requester,
        how: Reason::NewTicket,
        is_signed: false,
    };
    super::join_as(&mut ticket, arrival, (message, speaker), &place);
    if let Some(clock) = sla::start_resolution(queue, arrival.at) {
        ticket.happened(clock, Reason::TargetOfQueue);
    }
    acknowledge(&mut ticket, arrival, speaker);
    deal_card(&mut ticket, arrival, speaker);
}

fn meet(draft: &mut DecisionBuilder<'_>, people: &[NamedAddress]) -> Vec<PersonId> {
    let known = |named: &NamedAddress| Some((named.parsed()?, named.name.clone()));
    let people = people.iter().filter_map(known);
    let mut met = Vec::new();
    for (address, name) in people {
        let person = draft.person(&address, name.as_deref(), None);
        // One person may stand there under two addresses.
        if !met.contains(&person) {
            met.push(person);
        }
    }
    met
}

/// One acknowledgement a ticket, to the author alone, and only where an automatic answer is wanted.
fn acknowledge(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, speaker: &Speaker) {
    if let Some(reason) = loops::answer_forbidden(arrival, ticket.given).or(ticket.unanswered) {
        let data = EventData::MailWithheld {
            template: "acknowledgement".to_owned(),
            people: vec![speaker.person],
        };
        return ticket.happened(data, reason);
    }
    let (number, language) = (ticket.snapshot().number, ticket.snapshot().language);
    let Some(facts) = ticket.facts(language) else {
        return;
    };
    let calendar = ticket.queue().map(|queue| &queue.calendar);
    let opens = calendar
        .filter(|calendar| !calendar.is_open(ticket.given.now))
        .and_then(|calendar| calendar.next_open(ticket.given.now))
        .map(|at| ticket.when(at));
    ticket.send(Sending {
        key: format!("ack:{number}"),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Replied,
        side: Side::Requester,
        to: vec![speaker.person],
        cc: Vec::new(),
        from_agent: None,
        body: Body::Acknowledgement {
            ticket: facts,
            opens,
            files: Showing::of(speaker, ticket).names(arrival.file_names()),
        },
        offers: None,
        enclosures: None,
        hop: loops::hop(arrival),
    });
}

/// The card: everything an agent needs to answer by Reply.
fn deal_card(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, speaker: &Speaker) {
    let to = ticket.agents_to_tell();
    let number = ticket.snapshot().number;
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let Some(requester) = ticket.person_by_id(speaker.person) else {
        return;
    };
    let address = speaker.address.clone();
    let name = if requester.name.is_blank() {
        address.to_string()
    } else {
        requester.name.to_string()
    };
    let showing = Showing::of(speaker, ticket);
    let (enclosures, files_left_out) =
        arrival.enclosures_for_agents(ticket.given.policy.relay_bytes_max);
    let files = notify::names_of(enclosures.as_ref());
    let mut warnings = showing.warnings(arrival, &files);
    warnings.extend(ticket.unanswered.map(|reason| reason.code().to_owned()));
    ticket.send(Sending {
        key: format!("card:{number}"),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body: Body::Card {
            ticket: facts,
            requester: showing.words(&name),
            requester_address: showing.words(address.as_str()),
            marks: showing.marks(),
            text: showing.words(arrival.reading.message.text.as_deref().unwrap_or_default()),
            warnings,
            files: showing.names(files),
            files_left_out: showing.names(files_left_out),
        },
        offers: None,
        enclosures,
        hop: loops::hop(arrival),
    });
}
