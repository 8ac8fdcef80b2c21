//! What requesters hear and say, read event by event.

use super::{
    super::undo::Past,
    story::{Answer, Late},
    telling::Telling,
};
use crate::model::{
    clock::ClockKind,
    event::{Actor, ClosedBy, EventData, Role},
    ids::{AgentName, DecisionId, MessageRow, QueueName},
    outgoing::Offer,
    ticket::{Side, Ticket},
    undone::Restored,
};

impl Telling {
    /// Answers that reach the requester, and those that did not after all.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest answers nobody")]
    pub(super) fn answered(&mut self, past: &Past, queue: &QueueName) {
        let mut answer = |message: MessageRow, agent: Option<&AgentName>| {
            if self.answers.iter().any(|known| known.message == message) {
                return;
            }
            self.answers.push(Answer {
                at: past.event.at,
                decision: past.decision,
                message,
                queue: queue.clone(),
                agent: agent.cloned(),
            });
        };
        match &past.event.data {
            EventData::Answered { message, agent } => answer(*message, Some(agent)),
            EventData::Resolved { message, agent, .. } => {
                answer(*message, Some(agent));
                self.solver = Some(agent.clone());
            }
            EventData::AnsweredOutside { message, agent } => answer(*message, agent.as_ref()),
            EventData::ResolvedOutside { message, agent } => {
                answer(*message, agent.as_ref());
                self.solver.clone_from(agent);
            }
            // Nobody is asked whether all is well: nothing was sent.
            EventData::Closed {
                by: ClosedBy::Agent,
            } => self.was_silent(past.decision),
            EventData::Closed {
                by: ClosedBy::KbHit,
            } => self.solver = None,
            EventData::AnswerUndone { agent, .. } => {
                let mut last = self.answers.iter();
                let last = last.rposition(|one| one.agent.as_ref() == Some(agent));
                last.map(|last| self.answers.remove(last));
            }
            EventData::Undone(restored) => self.taken_back(restored, past.event.undoes),
            _ => {}
        }
    }

    fn was_silent(&mut self, decision: DecisionId) {
        self.answers.retain(|one| one.decision != decision);
        let answers = self.answers.len();
        let own = self.solves.iter_mut();
        own.filter(|solve| solve.decision == decision)
            .for_each(|solve| solve.answers = answers);
    }

    /// An answer that had gone stays; what was measured by the decision does not.
    fn taken_back(&mut self, restored: &Restored, decision: Option<DecisionId>) {
        if restored.last_answer.is_some() {
            self.answers.retain(|one| Some(one.decision) != decision);
        }
        let is_out =
            |late: &Late| restored.last_answer.is_some() || late.clock == ClockKind::Resolution;
        self.lates
            .retain(|one| Some(one.decision) != decision || !is_out(one));
    }

    /// Mails of both sides, as far as they are counted.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest is no mail")]
    pub(super) fn mails(&mut self, past: &Past, (opening, here): (MessageRow, &QueueName)) {
        match &past.event.data {
            EventData::MessageJoined {
                message,
                side: Side::Requester,
                is_thanks: false,
                ..
            } if *message != opening
                && matches!(past.event.role, Role::Requester | Role::Collaborator) =>
            {
                self.asked_back = self.asked_back.saturating_add(1);
            }
            EventData::MessageSent {
                offers: Some(Offer::Confirmation),
                is_copy: false,
                ..
            } => {
                // Reminders of it, and what others are sent, ask no second time.
                let solution = self.solves.len();
                let mut known = self.asked.iter();
                if !known.any(|(of, ..)| *of == solution) {
                    let ((queue, agent), _) = self.whose_solution(here);
                    let asked = (past.event.at, queue, agent);
                    self.asked.push((solution, asked, past.decision));
                }
            }
            _ => {}
        }
    }
}

/// Whoever asked has answered: an agent's own request to themselves.
pub(super) const fn is_answered_by_asker(ticket: &Ticket, past: &Past) -> bool {
    let is_answer = matches!(
        past.event.data,
        EventData::Answered { .. } | EventData::Resolved { .. }
    );
    let Actor::Person(author) = past.event.actor else {
        return false;
    };
    is_answer && author.0 == ticket.requester.0
}
