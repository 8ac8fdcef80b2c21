//! What another department has answered goes on to the requester, by the word of one of those who asked.

use super::opening::speak_as;
use crate::desk::{
    arrival::Arrival,
    decide::{agent, join_as},
    draft::Draft,
    reason::Reason,
    threading::Seat,
};
use crate::model::{
    event::EventData,
    ids::{AgentName, TicketNumber},
    ticket::Side,
};

/// Takes the mail once more that answers those who asked: now it goes to whoever asked them.
pub(in super::super) fn send_on(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (to, of): (TicketNumber, TicketNumber),
    by: &AgentName,
) {
    draft.decision.reason = Reason::PassedOn;
    draft.decision.is_fresh_human = true;
    draft.voice.at = draft.given.now;
    let author = arrival.author();
    let policy = draft.given.policy;
    let author = author.and_then(|(address, _)| policy.agent_of(&address).cloned());
    let author = author.and_then(|author| draft.agent_person(&author));
    speak_as(draft, by);
    let row = draft.next_message();
    let Some(mut ticket) = draft.ticket(to) else {
        return;
    };
    let Some(author) = author.or_else(|| ticket.agent_person(by)) else {
        return;
    };
    let place = Seat {
        ticket: to,
        side: Side::Agents,
        how: Reason::PassedOn,
        is_signed: false,
    };
    join_as(&mut ticket, arrival, (row, author), &place);
    let passed = EventData::AnswerPassedOn {
        ticket: of,
        agent: by.clone(),
    };
    ticket.happened(passed, Reason::PassedOn);
    agent::answer_as(&mut ticket, arrival, (by, row));
}
