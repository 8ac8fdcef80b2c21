//! A question becomes a ticket of the department that is asked.

use super::{files::files, letter, title};
use crate::desk::{
    arrival::Arrival,
    decide::{cards::readers, distribute::distribute, join_as, opening},
    decision::MessageRecord,
    draft::{Draft, TicketDraft},
    escalation::Question,
    loops,
    notify::{Sending, names_of},
    order::Confirmed,
    reason::Reason,
    showing::Showing,
    sla,
    threading::Seat,
};
use crate::model::{
    classification::{Property, RequestClass},
    event::{Actor, EventData, NewTicket, Private, Role, Trust},
    ids::{MessageRow, PersonId, QueueName, TicketNumber},
    language::Language,
    outgoing::{AskedBy, AutoSubmitted, Body, Class},
    ticket::{Side, Ticket},
};

/// How much of an agent's words becomes the subject where the requester's may not.
const SUBJECT_MAX: usize = 80;

/// Whoever decides has agreed: the agent's mail is taken once more, for its question alone.
pub(in super::super) fn take_again(draft: &mut Draft<'_>, place: Confirmed, queue: &QueueName) {
    draft.decision.reason = Reason::EscalatedTo;
    draft.decision.is_fresh_human = true;
    draft.voice.at = draft.given.now;
    let waiting = draft.ticket(place.ticket).and_then(|ticket| {
        let mut asked = ticket.snapshot().escalations.iter();
        asked
            .find(|one| one.queue == *queue && one.waits_for_word())
            .cloned()
    });
    let Some(asked) = waiting else {
        draft.decision.reason = Reason::NothingToDo;
        return;
    };
    speak_as(draft, &asked.agent);
    draft.questions.push(Question {
        of: place.ticket,
        queue: asked.queue,
        agent: asked.agent,
        why: asked.why,
    });
}

/// The agent speaks, by what they have said before.
pub(super) fn speak_as(draft: &mut Draft<'_>, agent: &crate::model::ids::AgentName) {
    if let Some(person) = draft.agent_person(agent) {
        draft.voice.actor = Actor::Person(person);
        draft.voice.role = Role::Agent;
        draft.voice.trust = Trust::Token;
    }
}

/// Opens a ticket for each question that this decision asks.
pub(in super::super) fn ask_questions(draft: &mut Draft<'_>, arrival: &Arrival) {
    for question in std::mem::take(&mut draft.questions) {
        ask(draft, arrival, &question);
    }
}

/// What passes of the ticket for whose sake it is asked: of a confidential queue the agent's words alone.
struct Passed {
    of: Ticket,
    may_meet: bool,
    agent: PersonId,
    language: Language,
}

fn ask(draft: &mut Draft<'_>, arrival: &Arrival, question: &Question) {
    let policy = draft.given.policy;
    let Some((name, queue)) = policy.queues.get_key_value(&question.queue) else {
        return;
    };
    let asking = draft.ticket(question.of).map(|ticket| {
        let language = ticket.staff_language();
        (ticket.snapshot().clone(), language)
    });
    let (Some((of, language)), Some(agent)) = (asking, draft.agent_person(&question.agent)) else {
        return;
    };
    let passed = Passed {
        may_meet: policy.may_meet(&of.queue, name),
        of,
        agent,
        language,
    };
    let subject = match passed.may_meet {
        true => Private {
            person: Some(passed.of.requester),
            text: passed.of.subject.as_str().to_owned(),
        },
        false => Private {
            person: Some(agent),
            text: question.why.chars().take(SUBJECT_MAX).collect(),
        },
    };
    let message = draft.next_message();
    let new = NewTicket {
        queue: name.clone(),
        mailbox: queue.mailbox.clone(),
        prefix: queue.prefix.clone(),
        requester: agent,
        collaborators: Vec::new(),
        language,
        message,
    };
    let mut ticket = draft.open(new, subject, Reason::EscalatedTo);
    let number = ticket.snapshot().number;
    ticket.comes_in_by(number, &queue.mailbox);
    take_place(&mut ticket, arrival, (message, &passed));
    let asked_for = EventData::AskedFor {
        ticket: passed.of.number,
    };
    ticket.happened(asked_for, Reason::EscalatedTo);
    let class = passed.of.classification.class;
    if class != RequestClass::default() {
        let property = Property::Class(class);
        ticket.happened(EventData::Classified { property }, Reason::EscalatedTo);
    }
    opening::start_clocks(&mut ticket, queue);
    note(draft, question, number);
    tell_department(draft, arrival, (question, number), &passed);
    tell_agent(draft, arrival, (question, number), &passed);
}

/// The agent's mail opens it. Whoever may not meet those who ask does not get to read the card that is quoted there.
fn take_place(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    (message, passed): (MessageRow, &Passed),
) {
    let number = ticket.snapshot().number;
    let place = Seat {
        ticket: number,
        side: Side::Requester,
        how: Reason::EscalatedTo,
        is_signed: false,
    };
    if passed.may_meet {
        return join_as(ticket, arrival, (message, passed.agent), &place);
    }
    let key = format!("asked:{number}");
    let message_id = ticket.given.key.plain_message_id(&key, "missing.invalid");
    ticket.record(MessageRecord {
        row: message,
        ticket: Some(number),
        side: Side::Requester,
        raw: None,
        person: passed.agent,
        message_id,
        content: 0,
        lineage: Vec::new(),
    });
}

/// The ticket for whose sake it is asked knows of it; its clocks stand still where its queue says so.
fn note(draft: &mut Draft<'_>, question: &Question, number: TicketNumber) {
    let Some(mut ticket) = draft.ticket(question.of) else {
        return;
    };
    let data = EventData::EscalatedTo {
        queue: question.queue.clone(),
        ticket: number,
        agent: question.agent.clone(),
    };
    let why = Private {
        person: None,
        text: question.why.clone(),
    };
    ticket.happened_privately(data, Reason::EscalatedTo, Some(why));
    stand_still(&mut ticket);
}

/// Time stands still while another department owes an answer, where the queue says so.
pub(super) fn stand_still(ticket: &mut TicketDraft<'_, '_>) {
    let (policy, at) = (ticket.given.policy, ticket.voice.at);
    if !ticket.queue().is_some_and(|queue| queue.asking.pauses) {
        return;
    }
    for clock in sla::pause(ticket.snapshot(), policy, at) {
        ticket.happened(clock, Reason::EscalatedTo);
    }
}

/// The card: what is asked, and what the requester wrote.
fn tell_department(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (question, number): (&Question, TicketNumber),
    passed: &Passed,
) {
    let world = draft.world;
    let original = world
        .original(passed.of.number, (&question.queue, draft.given.policy))
        .filter(|_| passed.may_meet);
    let Some(asking) = draft.ticket(passed.of.number) else {
        return;
    };
    let (department, other) = (title(&asking), asking.facts(asking.staff_language()));
    let Some(mut ticket) = draft.ticket(number) else {
        return;
    };
    // Before anything is said of whose it is.
    distribute(&mut ticket);
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let Some(to) = readers(&mut ticket) else {
        return;
    };
    let agent = ticket.agent_name(&question.agent);
    let address = ticket.given.policy.agents.get(&question.agent);
    let address = address.map(|agent| agent.address.to_string());
    let showing = original.map(|original| Showing::again(original, &ticket));
    let words = |words: &str| showing.map_or_else(|| words.to_owned(), |it| it.words(words));
    let text = original.and_then(|original| original.reading.message.text.as_deref());
    let (enclosures, files_left_out) = files(arrival, original, &ticket);
    let warnings = original
        .zip(showing)
        .map_or_else(Vec::new, |(original, showing)| {
            showing.warnings(original, &[])
        });
    let body = Body::Card {
        ticket: facts,
        asked_by: Some(AskedBy {
            department,
            label: other.filter(|_| passed.may_meet).map(|other| other.label),
            why: question.why.clone(),
        }),
        handed_over: None,
        requester: agent,
        requester_address: address.unwrap_or_default(),
        marks: Vec::new(),
        also: Vec::new(),
        continues: None,
        repeats: None,
        may_belong: Vec::new(),
        earlier: Vec::new(),
        given: ticket.given_as(),
        whom: ticket.whom(),
        brought: None,
        note: String::new(),
        text: words(text.unwrap_or_default()),
        files: names_of(enclosures.as_ref()),
        files_left_out,
        warnings,
    };
    ticket.send(Sending {
        key: format!("card:{number}"),
        class: Class::Human,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: None,
        enclosures,
        hop: loops::hop(arrival),
    });
}

/// Whoever asks hears under which number, by when it is answered, and that a reply reaches the department.
fn tell_agent(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (question, number): (&Question, TicketNumber),
    passed: &Passed,
) {
    let other = draft
        .ticket(passed.of.number)
        .and_then(|ticket| ticket.facts(passed.language));
    let Some(mut ticket) = draft.ticket(number) else {
        return;
    };
    let Some(facts) = ticket.facts(passed.language) else {
        return;
    };
    let mut body = letter(facts, "opened");
    body.other = other;
    body.agent = ticket.agent_name(&question.agent);
    body.why = question.why.clone();
    ticket.send(Sending {
        key: format!("asked:{number}"),
        // An agent has just asked for it, and must know where to add to it.
        class: Class::Human,
        auto_submitted: AutoSubmitted::Replied,
        side: Side::Requester,
        to: vec![passed.agent],
        cc: Vec::new(),
        from_agent: None,
        body: Body::Escalation(body),
        offers: None,
        enclosures: None,
        hop: loops::hop(arrival),
    });
}
