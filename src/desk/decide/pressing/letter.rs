//! The letter that a promise has passed: since when, what was done last, and what can be done.

use crate::desk::{
    command::Verb, decide::agent::help_lines, draft::TicketDraft, notify::Sending, sla::ChainStep,
};
use crate::model::{
    ids::{AgentName, PersonId},
    outgoing::{AutoSubmitted, Body, Class, LateLetter},
    ticket::{Side, Ticket},
};

/// The letter that a promise has passed.
pub(super) fn send_late(
    ticket: &mut TicketDraft<'_, '_>,
    (step, is_further): (ChainStep, bool),
    (heads, away): (&[AgentName], &[AgentName]),
    (to, cc): (Vec<PersonId>, Vec<PersonId>),
) {
    let readers: Vec<PersonId> = to.iter().chain(&cc).copied().collect();
    let Some(facts) = ticket.facts_for(&readers) else {
        return;
    };
    let (length, unit) = length(ticket.given.now.duration_since(step.due_at).as_mins());
    // Who is said to get a copy gets one.
    let mut missed = Vec::new();
    for head in away {
        let person = ticket.agent_person(head);
        if person.is_some_and(|person| readers.contains(&person)) {
            missed.push(ticket.agent_name(head));
        }
    }
    let known = ticket.snapshot();
    let (last, last_at, last_by) = last_action(known);
    let body = Body::Late(LateLetter {
        instead_of: missed.join(", "),
        clock: step.clock.code().to_owned(),
        due: ticket.when(step.due_at),
        length,
        unit: unit.to_owned(),
        heads: heads.iter().map(|head| ticket.agent_name(head)).collect(),
        assignee: known
            .assignee
            .as_ref()
            .map(|agent| ticket.agent_name(agent)),
        last: last.to_owned(),
        last_at: ticket.when(last_at),
        last_by: last_by.map(|agent| ticket.agent_name(agent)),
        is_further,
        commands: help_lines(ticket, [Verb::Transfer, Verb::Assign, Verb::Deadline]),
        ticket: facts,
    });
    let (clock, due) = (step.clock.code(), step.due_at.as_millisecond());
    let (number, seq) = (ticket.snapshot().number, ticket.snapshot().last_seq);
    ticket.send(Sending {
        key: format!("late:{number}:{clock}:{due}:{}:{seq}", step.level),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc,
        from_agent: None,
        body,
        offers: None,
        enclosures: None,
        hop: 0,
    });
}

/// What was done last: an answer, or the requester's own word; else it has only come.
fn last_action(ticket: &Ticket) -> (&'static str, jiff::Timestamp, Option<&AgentName>) {
    let answered = ticket.last_answer.as_ref();
    let asked = ticket.asked_at.filter(|at| *at > ticket.opened_at);
    match (answered, asked) {
        (Some(answer), Some(at)) if at > answer.at => ("asked", at, None),
        (Some(answer), _) => ("answered", answer.at, answer.agent.as_ref()),
        (None, Some(at)) => ("asked", at, None),
        (None, None) => ("opened", ticket.opened_at, None),
    }
}

/// A length of time in the largest unit of which there are two.
fn length(minutes: i64) -> (u64, &'static str) {
    let minutes = u64::try_from(minutes).unwrap_or(0);
    match (minutes.div_euclid(60), minutes.div_euclid(24 * 60)) {
        (_, days) if days >= 2 => (days, "day"),
        (hours, _) if hours >= 2 => (hours, "hour"),
        (_, _) => (minutes, "minute"),
    }
}
