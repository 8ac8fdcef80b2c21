//! What agents have asked of other departments, and for whose sake they are asked themselves.

use crate::model::{
    escalation::{AskedIn, ESCALATIONS_KEPT, Escalation, EscalationAnswer, EscalationEnd},
    event::{Event, EventData},
    ids::{AgentName, MessageId, QueueName, TicketNumber},
    ticket::{Side, Ticket},
};

#[expect(clippy::wildcard_enum_match_arm, reason = "all others ask nobody")]
pub(super) fn apply(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::EscalationAsked {
            queue,
            agent,
            raw,
            message,
        } => {
            let mut asked = asks(queue, agent);
            let why = event.private.as_ref();
            asked.why = why.map_or_else(String::new, |why| why.text.clone());
            asked.asked_in = Some(AskedIn {
                raw: *raw,
                message: *message,
                question: None,
            });
            add(ticket, asked);
        }
        EventData::MessageSent {
            side: Side::Agents,
            template,
            message_id,
            ..
        } if template == QUESTION => is_asked_by(ticket, message_id),
        EventData::EscalationDecided {
            queue,
            is_approved: false,
        } => {
            if let Some(asked) = waiting(ticket, queue) {
                asked.ended = Some((EscalationEnd::Refused, event.at));
                asked.why.clear();
            }
        }
        EventData::AskedFor { ticket: number } => ticket.asked_for = Some(*number),
        EventData::AnswerPassedOn { ticket: number, .. } => {
            if let Some(asked) = of(ticket, *number) {
                asked.answer = None;
            }
        }
        EventData::EscalationEnded {
            queue,
            ticket: number,
            end,
        } => {
            let asked = match number {
                Some(number) => of(ticket, *number),
                None => waiting(ticket, queue),
            };
            if let Some(asked) = asked {
                asked.ended = Some((*end, event.at));
                if asked.ticket.is_none() {
                    asked.why.clear();
                }
            }
        }
        EventData::EscalationResumed { ticket: number } => {
            if let Some(asked) = of(ticket, *number) {
                asked.ended = None;
            }
        }
        EventData::AskerDone { .. } => ticket.is_needless = true,
        EventData::Reopened => ticket.is_needless = false,
        _ => answered(ticket, event),
    }
}

/// Another department is asked, or has answered.
#[expect(clippy::wildcard_enum_match_arm, reason = "all others ask nobody")]
fn answered(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::EscalatedTo {
            queue,
            ticket: number,
            agent,
        } => {
            let why = event.private.as_ref();
            let why = why.map_or_else(String::new, |why| why.text.clone());
            match waiting(ticket, queue) {
                Some(asked) => (asked.ticket, asked.why) = (Some(*number), why),
                None => add(
                    ticket,
                    Escalation {
                        ticket: Some(*number),
                        why,
                        ..asks(queue, agent)
                    },
                ),
            }
        }
        EventData::EscalationAnswered {
            ticket: number,
            queue,
            raw,
            agent,
        } => {
            let answer = EscalationAnswer {
                raw: *raw,
                agent: agent.clone(),
            };
            match of(ticket, *number) {
                Some(asked) => asked.answer = Some(answer),
                // It was asked for the sake of a ticket that was merged into this one.
                None => add(
                    ticket,
                    Escalation {
                        ticket: Some(*number),
                        answer: Some(answer),
                        ..asks(queue, agent)
                    },
                ),
            }
        }
        _ => {}
    }
}

/// The template of the letter that asks whether another department may be asked.
const QUESTION: &str = "escalation_question";

fn asks(queue: &QueueName, agent: &AgentName) -> Escalation {
    Escalation {
        queue: queue.clone(),
        agent: agent.clone(),
        ticket: None,
        asked_in: None,
        why: String::new(),
        answer: None,
        ended: None,
    }
}

/// The oldest that are over make room.
fn add(ticket: &mut Ticket, asked: Escalation) {
    let is_full = ticket.escalations.len() >= ESCALATIONS_KEPT;
    let over = ticket.escalations.iter().position(|one| !one.is_open());
    if let Some(over) = over.filter(|_| is_full) {
        ticket.escalations.remove(over);
    }
    ticket.escalations.push(asked);
}

fn of(ticket: &mut Ticket, number: TicketNumber) -> Option<&mut Escalation> {
    let mut asked = ticket.escalations.iter_mut().rev();
    asked.find(|one| one.ticket == Some(number))
}

fn waiting<'t>(ticket: &'t mut Ticket, queue: &QueueName) -> Option<&'t mut Escalation> {
    let mut asked = ticket.escalations.iter_mut().rev();
    asked.find(|one| one.queue == *queue && one.waits_for_word())
}

fn is_asked_by(ticket: &mut Ticket, question: &MessageId) {
    let mut asked = ticket.escalations.iter_mut().rev();
    let asked = asked.find(|one| one.waits_for_word());
    if let Some(asked_in) = asked.and_then(|one| one.asked_in.as_mut()) {
        asked_in.question = Some(question.clone());
    }
}
