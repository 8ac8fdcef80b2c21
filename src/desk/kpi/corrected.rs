//! What heads have corrected: how a request counts, whatever happened to it. A head says so of the queues they decide for,
//! and what counts elsewhere stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::{outcomes::Verdict, story::Story, tally::Count};
use crate::model::{
    classification::RequestClass,
    clock::Outcome,
    ids::{AgentName, QueueName},
    payroll::Correction,
};

/// What stands of all corrections of a ticket: of one sort and queue the last one.
#[derive(Debug, Default)]
pub(super) struct Corrected {
    /// In all queues: so it was before a correction said which it is about.
    everywhere: Said,
    /// In one; what it says stands above the rest.
    own: BTreeMap<QueueName, Said>,
}

/// What was said last, of each sort; `None`: nothing was.
#[derive(Debug, Default, Clone)]
struct Said {
    is_excluded: Option<bool>,
    is_excused: Option<bool>,
    agent: Option<Option<AgentName>>,
    class: Option<Option<RequestClass>>,
}

impl Said {
    fn note(&mut self, how: &Correction) {
        match how {
            Correction::Exclude => self.is_excluded = Some(true),
            Correction::Excuse => self.is_excused = Some(true),
            Correction::Attribute { agent } => self.agent = Some(Some(agent.clone())),
            Correction::Class { class } => self.class = Some(Some(*class)),
            Correction::Restore => {
                *self = Self {
                    is_excluded: Some(false),
                    is_excused: Some(false),
                    agent: Some(None),
                    class: Some(None),
                }
            }
        }
    }

    /// What was said of one queue is overtaken by what is said of all.
    fn forget(&mut self, how: &Correction) {
        match how {
            Correction::Exclude => self.is_excluded = None,
            Correction::Excuse => self.is_excused = None,
            Correction::Attribute { .. } => self.agent = None,
            Correction::Class { .. } => self.class = None,
            Correction::Restore => *self = Self::default(),
        }
    }
}

impl Corrected {
    /// One more. `queues`: in which it counts so; none: in all.
    pub(super) fn note(&mut self, how: &Correction, queues: &[QueueName]) {
        if queues.is_empty() {
            self.everywhere.note(how);
            self.own.values_mut().for_each(|own| own.forget(how));
        }
        for queue in queues {
            self.own.entry(queue.clone()).or_default().note(how);
        }
    }

    fn of<T>(&self, queue: &QueueName, said: impl Fn(&Said) -> Option<T>) -> Option<T> {
        let own = self.own.get(queue).and_then(&said);
        own.or_else(|| said(&self.everywhere))
    }

    /// Those of the queues in which it does not count.
    pub(super) fn out_of<'q>(
        &self,
        queues: impl IntoIterator<Item = &'q QueueName>,
    ) -> BTreeSet<QueueName> {
        let is_out = |queue: &&QueueName| self.of(queue, |said| said.is_excluded) == Some(true);
        queues.into_iter().filter(is_out).cloned().collect()
    }

    fn is_excused(&self, queue: &QueueName) -> bool {
        self.of(queue, |said| said.is_excused) == Some(true)
    }

    fn agent(&self, queue: &QueueName) -> Option<AgentName> {
        self.of(queue, |said| said.agent.clone()).flatten()
    }

    fn class(&self, queue: &QueueName) -> Option<RequestClass> {
        self.of(queue, |said| said.class).flatten()
    }

    /// Tells the story as it counts.
    pub(super) fn apply(&self, story: &mut Story) {
        // Nobody was late, and nobody was in time by that either.
        let is_kept = |verdict: &Verdict| {
            verdict.outcome != Outcome::Breached || !self.is_excused(&verdict.queue)
        };
        story.verdicts.retain(is_kept);
        let solves = story.solves.iter_mut();
        let solves = solves.map(|solve| (&solve.queue, &mut solve.agent));
        let verdicts = story.verdicts.iter_mut();
        let verdicts = verdicts.map(|verdict| (&verdict.queue, &mut verdict.agent));
        let facts = story
            .facts
            .iter_mut()
            .filter(|fact| is_of_solver(fact.count));
        let facts = facts.map(|fact| (&fact.queue, &mut fact.agent));
        for (queue, own) in solves.chain(verdicts).chain(facts) {
            if let Some(agent) = self.agent(queue) {
                *own = Some(agent);
            }
        }
        for solve in &mut story.solves {
            solve.class = self.class(&solve.queue).unwrap_or(solve.class);
        }
        for verdict in &mut story.verdicts {
            verdict.class = self.class(&verdict.queue).or(verdict.class);
        }
    }
}

/// What is counted for whoever has solved it. Who has answered or moved a day stays who has.
const fn is_of_solver(count: Count) -> bool {
    matches!(
        count,
        Count::Asked
            | Count::Rated
            | Count::RatingSum
            | Count::RatedWell
            | Count::Closed
            | Count::Confirmed
            | Count::Reopened
    )
}
