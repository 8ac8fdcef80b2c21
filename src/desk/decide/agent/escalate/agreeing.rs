//! Whoever decides for a queue says whether its agent may ask another department.

use super::{
    super::{NotDone, Said, hold_whole, mails::tell_colleagues},
    title_of,
};
use crate::desk::{
    arrival::{Again, Arrival},
    command::{OneWord, Verb, read_one_word},
    decide::become_responsible,
    draft::TicketDraft,
    identity,
    notify::Sending,
    order::{Confirmed, Order},
    permission::{Act, may},
    reason::Reason,
    showing::Showing,
    worklist::{ItemKind, ListItem},
};
use crate::model::{
    escalation::Escalation,
    event::{EventData, Private},
    ids::{AgentName, QueueName},
    outgoing::{AutoSubmitted, Body, Class, EscalationLetter},
    ticket::{Side, Ticket},
};

/// Whoever decides is asked at once, and finds it in their next list, too.
pub(super) fn ask_head(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    (queue, why): (QueueName, String),
    head: AgentName,
) {
    become_responsible(ticket, &said.agent);
    let department = title_of(ticket, &queue);
    let data = EventData::EscalationAsked {
        queue,
        agent: said.agent.clone(),
        raw: arrival.raw,
        message: said.row,
    };
    let words = Private {
        person: Some(said.speaker.person),
        text: why.clone(),
    };
    ticket.happened_privately(data, Reason::AgentCommand, Some(words));
    let item = ListItem {
        number: ticket.snapshot().number.0,
        kind: ItemKind::Asks,
        words: format!("{department}: {why}"),
    };
    ticket.list_for_head(item);
    let original = ticket.original();
    let showing = original.map(|original| Showing::again(original, ticket));
    let text = original.and_then(|original| original.reading.message.text.as_deref());
    let text = text.unwrap_or_default();
    let text = showing.map_or_else(|| text.to_owned(), |showing| showing.words(text));
    let facts = ticket.facts(ticket.staff_language());
    let (Some(facts), Some(person)) = (facts, ticket.agent_person(&head)) else {
        return;
    };
    let body = Body::EscalationQuestion(EscalationLetter {
        what: "asked".to_owned(),
        ticket: facts,
        other: None,
        department,
        agent: ticket.agent_name(&said.agent),
        why,
        text,
        canned: Vec::new(),
        files: Vec::new(),
        files_left_out: Vec::new(),
        write_to: None,
    });
    let cc = ticket.reads_along().into_iter().map(|(head, _)| head);
    let cc = cc.collect();
    ticket.send(Sending {
        to: vec![person],
        cc,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        ..Sending::to_author(
            (arrival, said.speaker.person),
            format!("may_ask:{}:{}", arrival.raw, said.row),
            // Somebody waits for the word: no cap may swallow it.
            Class::Human,
            body,
        )
    });
}

/// What waits for a word.
pub(in super::super) fn waiting(ticket: &Ticket) -> Option<&Escalation> {
    let mut asked = ticket.escalations.iter();
    asked.find(|one| one.waits_for_word())
}

/// Whether a mail answers the letter that asks whether another department may be asked.
pub(in super::super) fn is_answer(ticket: &TicketDraft<'_, '_>, arrival: &Arrival) -> bool {
    let newest = arrival.newest_of_ours(ticket.given.key);
    let asked = ticket.snapshot().escalations.iter();
    let mut questions = asked.filter_map(|one| one.asked_in.as_ref()?.question.as_ref());
    newest.is_some() && questions.any(|question| newest == Some(question))
}

/// The word of whoever decides. Other words stay inside, and who asked reads them.
pub(in super::super) fn answered(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
    words: &str,
) {
    let is_head = ticket.is_decided_by(&said.agent);
    if !is_head || waiting(ticket.snapshot()).is_none() {
        return hold_whole(ticket, arrival, said, (Reason::NotInRole, "not_asked"));
    }
    let standing = identity::standing(said.speaker, Side::Agents, ticket);
    if may(Act::Decide, standing).is_err() {
        return hold_whole(ticket, arrival, said, (Reason::NotTrusted, "not_proven"));
    }
    let commands: Vec<Verb> = said.mail.commands.iter().map(|one| one.verb).collect();
    let is_approved = match commands.as_slice() {
        [Verb::Approve] => Some(true),
        [Verb::Reject] => Some(false),
        [] => first_word(words),
        [..] => None,
    };
    let Some(is_approved) = is_approved else {
        return hold_whole(ticket, arrival, said, (Reason::HeldUnclear, "may_ask"));
    };
    ticket.decision.reason = Reason::AgentCommand;
    // Without the word that decides.
    let text = match commands.is_empty() {
        true => words.trim().split_once('\n').map_or("", |(_, rest)| rest),
        false => &said.mail.answer,
    };
    let text = said
        .mail
        .note
        .as_deref()
        .unwrap_or_else(|| text.trim())
        .to_owned();
    if !text.is_empty() {
        ticket.happened(
            EventData::NoteAdded { message: said.row },
            Reason::AgentNote,
        );
    }
    if decide(ticket, said, (is_approved, &text)).is_ok() && is_approved && !text.is_empty() {
        tell_colleagues(ticket, arrival, said, ("note", &text));
    }
}

/// `да`, or `нет` with its reason below.
fn first_word(words: &str) -> Option<bool> {
    let words = words.trim();
    let first = words.split_once('\n').map_or(words, |(first, _)| first);
    match read_one_word(first) {
        Some(OneWord::Confirmed) => Some(true),
        Some(OneWord::Returned) => Some(false),
        Some(OneWord::Rated(_)) | None => None,
    }
}

/// Whoever decides for the queue says whether another department may be asked.
pub(in super::super) fn decide(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
    (is_approved, text): (bool, &str),
) -> Result<(), NotDone> {
    let asked = waiting(ticket.snapshot()).cloned();
    let asked = asked.ok_or(Reason::NotMoved)?;
    let number = ticket.snapshot().number;
    if is_approved && !ticket.snapshot().state.is_live() {
        return Err(Reason::NotLive.into());
    }
    let done = (said.agent.clone(), number.0, ItemKind::Asks);
    ticket.decision.list_items_done.push(done);
    let data = EventData::EscalationDecided {
        queue: asked.queue.clone(),
        is_approved,
    };
    ticket.happened(data, Reason::AgentCommand);
    if !is_approved {
        tell_refused(ticket, &asked, text);
        return Ok(());
    }
    if let Some(asked_in) = asked.asked_in {
        ticket.decision.orders.push(Order::TakeAgain {
            raw: asked_in.raw,
            again: Again::Escalated {
                place: Confirmed {
                    ticket: number,
                    message: asked_in.message,
                },
                queue: asked.queue,
            },
        });
    }
    Ok(())
}

/// Who asked hears that it is not asked, and why.
fn tell_refused(ticket: &mut TicketDraft<'_, '_>, asked: &Escalation, text: &str) {
    let facts = ticket.facts(ticket.staff_language());
    let (Some(facts), Some(person)) = (facts, ticket.agent_person(&asked.agent)) else {
        return;
    };
    let body = Body::Escalation(EscalationLetter {
        what: "refused".to_owned(),
        ticket: facts,
        other: None,
        department: title_of(ticket, &asked.queue),
        agent: ticket.agent_name(&asked.agent),
        why: asked.why.clone(),
        text: text.to_owned(),
        canned: Vec::new(),
        files: Vec::new(),
        files_left_out: Vec::new(),
        write_to: None,
    });
    ticket.send(Sending {
        key: format!("not_asked:{}", ticket.snapshot().last_seq),
        class: Class::Human,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to: vec![person],
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: None,
        enclosures: None,
        hop: 0,
    });
}
