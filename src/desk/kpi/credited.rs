//! What counts for whom: a solution and all that is about it for whoever solved, a question to another department for whoever
//! asked; and what is taken back for nobody.

use jiff::Timestamp;

use super::{
    super::undo::Past,
    standing::{Standing, Way},
    story::{Escalation, Fact},
    tally::Count,
    telling::{Telling, is_mistake},
};
use crate::model::{
    event::{ClosedBy, EventData},
    ids::{AgentName, DecisionId, QueueName, TicketNumber},
    undone::Restored,
};

/// Whose a rating is, and when it was asked for or given.
pub(super) type Asked = (Timestamp, QueueName, Option<AgentName>);

/// Whose something is that counts for whoever solved, and which solution it is about.
type Solved = ((QueueName, Option<AgentName>), usize);

impl Telling {
    /// A ticket that somebody of a queue has answered and that goes to another one was too much for theirs; where nobody there
    /// had worked on it, it came to the wrong one, whoever had answered elsewhere (DOMAIN 3.2). It counts for whoever has it, if
    /// they have answered: before that they are as if they never held it (DOMAIN 3.4). Else for who answered there last.
    pub(super) fn passes_on(&mut self, number: TicketNumber, step: &Standing, past: &Past) {
        let last = self.standings.last();
        let Some(from) = last.filter(|last| last.is_open && last.queue != step.queue) else {
            return;
        };
        // What is taken back goes back to where it was, and nobody passes it on.
        if step.way != Way::Passed || matches!(past.event.data, EventData::Undone(_)) {
            return;
        }
        let there = self.answers.iter().rev();
        let there = there.filter(|answer| answer.queue == from.queue);
        let worked: Vec<&AgentName> = there.filter_map(|answer| answer.agent.as_ref()).collect();
        let holder = from.agent.as_ref().filter(|agent| worked.contains(agent));
        if let Some(agent) = holder.or_else(|| worked.first().copied()) {
            self.escalations.push(Escalation {
                at: step.at,
                decision: past.decision,
                ticket: number,
                is_passed_on: true,
                queue: from.queue.clone(),
                agent: agent.clone(),
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
        // Only what that decision passed on, and only soon after: that was a mistake (DOMAIN 3.2).
        let own = self.escalations.iter_mut();
        let own = own.filter(|one| one.is_passed_on && is_it(one.decision));
        own.for_each(|one| one.is_withdrawn = is_mistake(one.at, past.event.at));
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
