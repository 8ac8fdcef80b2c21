//! What heads have corrected: how a request counts, whatever happened to it.

use super::{outcomes::Verdict, story::Story, tally::Count};
use crate::model::{
    classification::RequestClass, clock::Outcome, ids::AgentName, payroll::Correction,
};

/// What stands of all corrections of a ticket: of one sort the last one.
#[derive(Debug, Default)]
pub(super) struct Corrected {
    pub(super) is_excluded: bool,
    is_excused: bool,
    agent: Option<AgentName>,
    class: Option<RequestClass>,
}

impl Corrected {
    /// One more.
    pub(super) fn note(&mut self, how: &Correction) {
        match how {
            Correction::Exclude => self.is_excluded = true,
            Correction::Excuse => self.is_excused = true,
            Correction::Attribute { agent } => self.agent = Some(agent.clone()),
            Correction::Class { class } => self.class = Some(*class),
            Correction::Restore => *self = Self::default(),
        }
    }

    /// Tells the story as it counts.
    pub(super) fn apply(&self, story: &mut Story) {
        if self.is_excused {
            // Nobody was late, and nobody was in time by that either.
            let is_kept = |verdict: &Verdict| verdict.outcome != Outcome::Breached;
            story.verdicts.retain(is_kept);
        }
        if let Some(agent) = &self.agent {
            let agent = Some(agent.clone());
            let solves = story.solves.iter_mut().map(|solve| &mut solve.agent);
            let verdicts = story.verdicts.iter_mut().map(|verdict| &mut verdict.agent);
            let facts = story
                .facts
                .iter_mut()
                .filter(|fact| is_of_solver(fact.count));
            let facts = facts.map(|fact| &mut fact.agent);
            for own in solves.chain(verdicts).chain(facts) {
                own.clone_from(&agent);
            }
        }
        if let Some(class) = self.class {
            story
                .solves
                .iter_mut()
                .for_each(|solve| solve.class = class);
            for verdict in &mut story.verdicts {
                verdict.class = Some(class);
            }
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
