//! Who answered last, and whose answers wait.

use crate::model::{
    crossing::LastAnswer,
    event::{Event, EventData},
    ids::{AgentName, MessageRow},
    ticket::Ticket,
};

#[expect(clippy::wildcard_enum_match_arm, reason = "all others answer nobody")]
pub(super) fn apply(ticket: &mut Ticket, event: &Event) {
    let answered = |message: MessageRow, agent: Option<&AgentName>| {
        Some(LastAnswer {
            message,
            agent: agent.cloned(),
            at: event.at,
        })
    };
    match &event.data {
        EventData::Answered { message, agent } | EventData::Resolved { message, agent, .. } => {
            ticket.last_answer = answered(*message, Some(agent));
            ticket.held.retain(|held| held.agent != *agent);
        }
        EventData::AnsweredOutside { message, agent } => {
            ticket.last_answer = answered(*message, agent.as_ref());
        }
        EventData::AnswerHeld(held) => {
            ticket.held.retain(|other| other.agent != held.agent);
            ticket.held.push(held.clone());
        }
        _ => {}
    }
}
