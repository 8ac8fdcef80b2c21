//! What heads have corrected: how a request counts, whatever happened to it. A head says so of the queues they decide for, and
//! of what there was when they said it: what counts elsewhere, and what happens later, stays as it is.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{outcomes::Verdict, story::Story};
use crate::model::{
    classification::RequestClass,
    clock::Outcome,
    ids::{AgentName, QueueName},
    payroll::Correction,
};

/// All corrections of a ticket, in their order. Of one sort and queue the last one counts.
#[derive(Debug, Default)]
pub(super) struct Corrected(Vec<Said>);

/// A correction.
#[derive(Debug)]
struct Said {
    how: Correction,
    /// In which queues; none: in all, as it was before a correction said which it is about.
    queues: Vec<QueueName>,
    at: Timestamp,
    /// How many solutions there were.
    solves: usize,
}

impl Corrected {
    /// One more: when it was said, and how many solutions there were. `queues`: in which it counts so; none: in all.
    pub(super) fn note(
        &mut self,
        how: &Correction,
        queues: &[QueueName],
        (at, solves): (Timestamp, usize),
    ) {
        self.0.push(Said {
            how: how.clone(),
            queues: queues.to_vec(),
            at,
            solves,
        });
    }

    /// What was said last of a queue: `pick` knows the sort, `is_meant` whether it was about what is asked.
    fn of<T>(
        &self,
        queue: &QueueName,
        is_meant: impl Fn(&Said) -> bool,
        pick: impl Fn(&Correction) -> Option<T>,
    ) -> Option<T> {
        let own = self.0.iter().rev();
        let own = own.filter(|said| said.queues.is_empty() || said.queues.contains(queue));
        // What was said before it was all taken back does not stand.
        let mut own = own.take_while(|said| said.how != Correction::Restore);
        own.find_map(|said| pick(&said.how).filter(|_| is_meant(said)))
    }

    /// Those of the queues in which it does not count.
    pub(super) fn out_of<'q>(
        &self,
        queues: impl IntoIterator<Item = &'q QueueName>,
    ) -> BTreeSet<QueueName> {
        let excludes = |how: &Correction| (*how == Correction::Exclude).then_some(());
        let is_out = |queue: &&QueueName| self.of(queue, |_| true, excludes).is_some();
        queues.into_iter().filter(is_out).cloned().collect()
    }

    /// Tells the story as it counts.
    pub(super) fn apply(&self, story: &mut Story) {
        let excuses = |how: &Correction| (*how == Correction::Excuse).then_some(());
        // Nobody was late, and nobody was in time by that either.
        story.verdicts.retain(|one| {
            let is_excused = || self.of(&one.queue, is_known_of(one), excuses).is_some();
            one.outcome != Outcome::Breached || !is_excused()
        });
        for verdict in &mut story.verdicts {
            let agent = self.of(&verdict.queue, is_known_of(verdict), agent_of);
            let class = self.of(&verdict.queue, is_known_of(verdict), class_of);
            verdict.agent = agent.or_else(|| verdict.agent.take());
            verdict.class = class.or(verdict.class);
        }
        for (place, solve) in story.solves.iter_mut().enumerate() {
            let is_meant = |said: &Said| place < said.solves;
            let agent = self.of(&solve.queue, is_meant, agent_of);
            solve.agent = agent.or_else(|| solve.agent.take());
            solve.class = self
                .of(&solve.queue, is_meant, class_of)
                .unwrap_or(solve.class);
        }
        // Who has answered or moved a day stays who has.
        for fact in &mut story.facts {
            let is_meant = |said: &Said| fact.solution.is_some_and(|own| own < said.solves);
            let agent = self.of(&fact.queue, is_meant, agent_of);
            fact.agent = agent.or_else(|| fact.agent.take());
        }
    }
}

/// Whether a verdict was known when something was said.
fn is_known_of(verdict: &Verdict) -> impl Fn(&Said) -> bool + use<> {
    let known = verdict.known_at();
    move |said: &Said| known <= said.at
}

fn agent_of(how: &Correction) -> Option<AgentName> {
    match how {
        Correction::Attribute { agent } => Some(agent.clone()),
        Correction::Exclude
        | Correction::Excuse
        | Correction::Class { .. }
        | Correction::Restore => None,
    }
}

const fn class_of(how: &Correction) -> Option<RequestClass> {
    match how {
        Correction::Class { class } => Some(*class),
        Correction::Exclude
        | Correction::Excuse
        | Correction::Attribute { .. }
        | Correction::Restore => None,
    }
}
