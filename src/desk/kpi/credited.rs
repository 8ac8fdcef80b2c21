//! What counts for whom: a solution and all that is about it for whoever solved, a question to another department for whoever
//! asked; and what is taken back for nobody.

use jiff::Timestamp;

use super::{
    super::undo::Past,
    standing::{Standing, Way},
    story::{Escalation, Fact},
    tally::Count,
    telling::Telling,
};
use crate::model::{
    event::ClosedBy,
    ids::{AgentName, DecisionId, QueueName, TicketNumber},
    undone::Restored,
};

/// Whose a rating is, and when it was asked for or given.
pub(super) type Asked = (Timestamp, QueueName, Option<AgentName>);

/// Whose something is that counts for whoever solved, and which solution it is about.
type Solved = ((QueueName, Option<AgentName>), usize);

impl Telling {
    /// A ticket that somebody has answered and that goes to another queue was too much for theirs; one that nobody had worked on
    /// came to the wrong one.
    pub(super) fn passes_on(&mut self, number: TicketNumber, step: &Standing) {
        let last = self.standings.last();
        let Some(from) = last.filter(|last| last.is_open && last.queue != step.queue) else {
            return;
        };
        let answered = self.answers.last().and_then(|answer| answer.agent.clone());
        let agent = from.agent.clone().or(answered);
        if let Some(agent) = agent.filter(|_| step.way == Way::Passed && !self.answers.is_empty()) {
            self.escalations.push(Escalation {
                at: step.at,
                ticket: number,
                is_passed_on: true,
                queue: from.queue.clone(),
                agent,
                is_withdrawn: false,
            });
        }
    }

    /// Whose the last solution is, and which it is; where there is none, whose it would be.
    pub(super) fn whose_solution(&self, here: &QueueName) -> Solved {
        let last = self.solves.last();
        let whose = last.map_or_else(
            || (here.clone(), self.solver.clone()),
            |solve| (solve.queue.clone(), solve.agent.clone()),
        );
        (whose, self.solves.len().saturating_sub(1))
    }

    /// What a decision did that is taken back was not done; a mail that had gone was sent all the same.
    pub(super) fn undone(&mut self, restored: &Restored, past: &Past) {
        let is_it = |decision: DecisionId| past.event.undoes == Some(decision);
        self.facts.retain(|fact| !is_it(fact.decision));
        self.moves.retain(|decision| !is_it(*decision));
        self.classes.retain(|decision| !is_it(*decision));
        if restored.last_answer.is_some() {
            self.asked.retain(|(.., decision)| !is_it(*decision));
        }
        if restored.queue.is_some()
            && let Some(own) = self.ticket.as_ref().map(|ticket| ticket.number)
        {
            self.asked_of((own, past.event.at), true);
        }
    }

    pub(super) fn closed(&mut self, by: ClosedBy, when: (Timestamp, DecisionId), here: &QueueName) {
        let whose = self.whose_solution(here);
        match by {
            ClosedBy::Requester => {
                self.of_solver(when, whose.clone(), Count::Closed);
                self.of_solver(when, whose, Count::Confirmed);
            }
            ClosedBy::Agent | ClosedBy::Silence => self.of_solver(when, whose, Count::Closed),
            ClosedBy::KbHit | ClosedBy::Switch => {}
        }
    }

    pub(super) fn of_solver(
        &mut self,
        when: (Timestamp, DecisionId),
        (whose, solution): Solved,
        count: Count,
    ) {
        let fact = fact(when, whose, (count, 1));
        self.facts.push(Fact {
            solution: Some(solution),
            ..fact
        });
    }

    /// What was asked of requesters, and what they said: the last word.
    pub(super) fn heard(&mut self) {
        for (solves, (at, queue, agent), decision) in std::mem::take(&mut self.asked) {
            let own = ((queue, agent), solves.saturating_sub(1));
            self.of_solver((at, decision), own, Count::Asked);
        }
        let Some(((at, queue, agent), score, solution)) = self.rated.take() else {
            return;
        };
        // A requester's word is nobody's to take back.
        let well = i64::from(score >= 4);
        for (count, many) in [
            (Count::Rated, 1),
            (Count::RatingSum, i64::from(score)),
            (Count::RatedWell, well),
        ] {
            let whose = (queue.clone(), agent.clone());
            let fact = fact((at, DecisionId(0)), whose, (count, many));
            self.facts.push(Fact {
                solution: Some(solution),
                ..fact
            });
        }
    }
}

pub(super) fn fact(
    (at, decision): (Timestamp, DecisionId),
    (queue, agent): (QueueName, Option<AgentName>),
    (count, many): (Count, i64),
) -> Fact {
    Fact {
        at,
        queue,
        agent,
        count,
        many,
        decision,
        solution: None,
    }
}
