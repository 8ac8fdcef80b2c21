//! What happens to one of two tickets, of which one is asked for the other's sake, and what follows from it for the other.
//! Derived from the events of a decision, whatever caused them: a word, silence, a merge, a date.

use super::{DEPTH_MAX, as_other, going_on, letter, once, opening::stand_still, title};
use crate::desk::{
    decide::notices::notify_agents,
    draft::{Draft, TicketDraft},
    escalation::AnswerBack,
    lifecycle::{Happening, Transition, transition},
    notify::Sending,
    reason::Reason,
};
use crate::model::{
    escalation::EscalationEnd,
    event::{EventData, Stream},
    ids::{QueueName, TicketNumber},
    outgoing::{AutoSubmitted, Body, Class},
    ticket::Side,
};

/// What has become of a ticket, as far as another one is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    Solved,
    Closed,
    Merged,
    Reopened,
    /// Those who asked take their question back: the ticket that it is.
    TakenBack(TicketNumber),
}

/// Lets follow what has to.
pub(in crate::desk) fn follow(draft: &mut Draft<'_>) {
    let answers = std::mem::take(&mut draft.answers_back);
    let mut news = news_from(draft, 0);
    let mut told = draft.decision.events.len();
    for answer in &answers {
        tell_answer(draft, answer);
    }
    // Whoever is asked may have asked others: what follows is news to those, as far as questions go.
    for _ in 0..DEPTH_MAX {
        for (number, news) in std::mem::take(&mut news) {
            if let News::TakenBack(of) = news {
                take_back(draft, of);
                continue;
            }
            let is_told = answers
                .iter()
                .any(|answer| answer.of == number && answer.what == "solved");
            for_those_who_ask(draft, number, (news, is_told));
            for_those_who_are_asked(draft, number, news);
        }
        news = news_from(draft, told);
        told = draft.decision.events.len();
    }
}

/// The news in the events of a decision, from that one on.
fn news_from(draft: &Draft<'_>, from: usize) -> Vec<(TicketNumber, News)> {
    let events = draft.decision.events.iter().skip(from);
    let news = events.filter_map(|event| match &event.stream {
        Stream::Ticket(number) => Some((*number, news_in(&event.data)?)),
        Stream::Mailbox(_)
        | Stream::Queue(_)
        | Stream::Person(_)
        | Stream::Directory
        | Stream::House => None,
    });
    news.collect()
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest concerns nobody else"
)]
const fn news_in(data: &EventData) -> Option<News> {
    match data {
        EventData::Resolved { .. } | EventData::ResolvedOutside { .. } => Some(News::Solved),
        EventData::Closed { .. } | EventData::Withdrawn | EventData::Excluded { .. } => {
            Some(News::Closed)
        }
        EventData::Merged { .. } => Some(News::Merged),
        EventData::Reopened => Some(News::Reopened),
        EventData::EscalationEnded {
            end: EscalationEnd::Withdrawn,
            ticket: Some(number),
            ..
        } => Some(News::TakenBack(*number)),
        _ => None,
    }
}

/// The answer becomes a card of those who asked, with one button that sends it on.
fn tell_answer(draft: &mut Draft<'_>, answer: &AnswerBack) {
    let Some(to) = going_on(draft, answer.to) else {
        return;
    };
    let other = as_other(draft, (answer.of, to));
    let Some(asked) = draft.ticket(answer.of) else {
        return;
    };
    let (department, queue) = (title(&asked), asked.snapshot().queue.clone());
    let write_to = asked.own_address().cloned();
    let Some(mut ticket) = draft.ticket(to) else {
        return;
    };
    if let Some((mailbox, _)) = ticket.own_mailbox() {
        ticket.comes_in_by(to, mailbox);
    }
    let data = EventData::EscalationAnswered {
        ticket: answer.of,
        queue: queue.clone(),
        raw: answer.raw,
        agent: answer.agent.clone(),
    };
    ticket.happened(data, Reason::EscalationAnswered);
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let mut body = letter(facts, answer.what);
    body.department = department;
    body.other = other;
    body.agent = ticket.agent_name(&answer.agent);
    body.text.clone_from(&answer.text);
    body.canned.clone_from(&answer.canned);
    body.files = crate::desk::notify::names_of(answer.enclosures.as_ref());
    body.files_left_out.clone_from(&answer.files_left_out);
    body.write_to = write_to;
    let recipients = those_who_asked(&mut ticket, (&queue, answer.of));
    ticket.send(Sending {
        key: format!("escalation:{}:{}", answer.of, answer.raw),
        class: Class::Human,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to: recipients,
        cc: Vec::new(),
        from_agent: None,
        body: Body::Escalation(body),
        offers: None,
        enclosures: answer.enclosures.clone(),
        hop: answer.hop,
    });
}

/// Whoever is responsible, and who asked, if they are somebody else.
fn those_who_asked(
    ticket: &mut TicketDraft<'_, '_>,
    (queue, number): (&QueueName, TicketNumber),
) -> Vec<crate::model::ids::PersonId> {
    let mut people = ticket.agents_to_tell();
    let mut asked = ticket.snapshot().escalations.iter().rev();
    let asked = asked.find(|one| one.ticket == Some(number) && one.queue == *queue);
    let agent = asked.map(|asked| asked.agent.clone());
    let serves = |agent: &crate::model::ids::AgentName| {
        let own = ticket.queue();
        own.is_some_and(|own| own.agents.contains(agent))
    };
    // Where nobody is responsible all of the queue hear of it anyway.
    let agent = agent.filter(|agent| serves(agent) && ticket.snapshot().assignee.is_some());
    people.extend(agent.and_then(|agent| ticket.agent_person(&agent)));
    once(people)
}

/// A ticket that is asked for another's sake has ended, or has come back.
fn for_those_who_ask(draft: &mut Draft<'_>, number: TicketNumber, (news, is_told): (News, bool)) {
    let Some(asked) = draft.ticket(number) else {
        return;
    };
    let (department, queue) = (title(&asked), asked.snapshot().queue.clone());
    let Some(to) = asked.snapshot().asked_for else {
        return;
    };
    let Some(to) = going_on(draft, to) else {
        return;
    };
    let other = as_other(draft, (number, to));
    let Some(mut ticket) = draft.ticket(to) else {
        return;
    };
    if let Some((mailbox, _)) = ticket.own_mailbox() {
        ticket.comes_in_by(to, mailbox);
    }
    let is_open = is_owed(&ticket, number);
    let end = match news {
        News::Solved => EscalationEnd::Solved,
        News::Closed | News::Merged => EscalationEnd::Closed,
        News::Reopened => {
            if !is_open && ticket.snapshot().state.is_live() {
                let data = EventData::EscalationResumed { ticket: number };
                ticket.happened(data, Reason::Reopened);
                stand_still(&mut ticket);
            }
            return;
        }
        News::TakenBack(_) => return,
    };
    if !is_open {
        return;
    }
    let data = EventData::EscalationEnded {
        queue,
        ticket: Some(number),
        end,
    };
    ticket.happened(data, Reason::EscalationAnswered);
    go_on(&mut ticket);
    if is_told || !ticket.snapshot().state.is_live() {
        return;
    }
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let mut body = letter(facts, "ended");
    body.department = department;
    body.other = other;
    let recipients = ticket.agents_to_tell();
    ticket.send(Sending {
        key: format!("escalation_ended:{number}:{}", ticket.snapshot().last_seq),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to: recipients,
        cc: Vec::new(),
        from_agent: None,
        body: Body::Escalation(body),
        offers: None,
        enclosures: None,
        hop: 0,
    });
}

fn is_owed(ticket: &TicketDraft<'_, '_>, number: TicketNumber) -> bool {
    let mut asked = ticket.snapshot().escalations.iter();
    asked.any(|one| one.ticket == Some(number) && one.is_open())
}

/// Time goes on where nobody else owes an answer, and nothing else makes it stand still.
fn go_on(ticket: &mut TicketDraft<'_, '_>) {
    let known = ticket.snapshot();
    let is_ours = matches!(
        known.state,
        crate::model::ticket::State::New | crate::model::ticket::State::Open
    );
    let pauses = ticket.queue().is_some_and(|queue| queue.asking.pauses);
    if !pauses || known.is_escalated() || !is_ours {
        return;
    }
    ticket.resumes(Reason::EscalationAnswered);
}

/// A ticket for whose sake others are asked has ended: they hear that no answer is needed any more, once.
fn for_those_who_are_asked(draft: &mut Draft<'_>, number: TicketNumber, news: News) {
    if !matches!(news, News::Solved | News::Closed) {
        return;
    }
    let Some(ticket) = draft.ticket(number) else {
        return;
    };
    let asked = ticket.snapshot().escalations.iter();
    let asked: Vec<TicketNumber> = asked
        .filter(|one| one.is_open())
        .filter_map(|one| one.ticket)
        .collect();
    for of in asked {
        let Some(mut ticket) = draft.ticket(of) else {
            continue;
        };
        if ticket.snapshot().is_needless || !ticket.snapshot().state.is_live() {
            continue;
        }
        if let Some((mailbox, _)) = ticket.own_mailbox() {
            ticket.comes_in_by(of, mailbox);
        }
        let data = EventData::AskerDone { ticket: number };
        ticket.happened(data, Reason::AskerDone);
        let key = format!("asker_done:{}", ticket.snapshot().last_seq);
        notify_agents(&mut ticket, key, "asker_done");
    }
}

/// Those who asked need no answer: the ticket is closed, and who would have answered hear so.
fn take_back(draft: &mut Draft<'_>, number: TicketNumber) {
    let asking = draft.ticket(number);
    let asking = asking.and_then(|ticket| ticket.snapshot().asked_for);
    if let Some(mut ticket) = asking.and_then(|of| draft.ticket(of)) {
        go_on(&mut ticket);
    }
    let Some(mut ticket) = draft.ticket(number) else {
        return;
    };
    let state = ticket.snapshot().state;
    if transition(state, Happening::RequesterWithdrew) != Transition::Close {
        return;
    }
    if let Some((mailbox, _)) = ticket.own_mailbox() {
        ticket.comes_in_by(number, mailbox);
    }
    ticket.happened(EventData::Withdrawn, Reason::QuestionTakenBack);
    let key = format!("taken_back:{}", ticket.snapshot().last_seq);
    notify_agents(&mut ticket, key, "taken_back");
}
