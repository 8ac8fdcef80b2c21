//! What the rules say of a new mail: facts in, a verdict out.

mod considered;
mod holds;

pub(in crate::desk) use considered::{Considered, Facts};

use super::rules::{Assignee, Condition, Rule};
use crate::model::{
    classification::{Priority, RequestClass},
    event::Trust,
    ids::QueueName,
};

impl Rule {
    /// Whether it holds. A mail that pretends to be somebody else's makes no emergency, unless the rule says how far its
    /// senders must be believed.
    fn holds(&self, facts: &Facts<'_>) -> bool {
        let says_trust = self
            .when
            .iter()
            .any(|one| matches!(one, Condition::Trust(_)));
        let is_forged = facts.mail.trust == Trust::Suspicious;
        if self.then.class == Some(RequestClass::Emergency) && is_forged && !says_trust {
            return false;
        }
        self.when.iter().all(|one| one.holds(facts))
            && !self.unless.iter().any(|one| one.holds(facts))
    }
}

/// What one rule has said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct By<'p, T> {
    pub(super) rule: &'p str,
    pub(super) value: T,
}

/// What the rules say of a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Verdict<'p> {
    /// The rules that hold, in order.
    pub(super) held: Vec<&'p str>,
    pub(super) queue: Option<By<'p, &'p QueueName>>,
    pub(super) class: Option<By<'p, RequestClass>>,
    pub(super) priority: Option<By<'p, Priority>>,
    pub(super) assignee: Option<By<'p, &'p Assignee>>,
    pub(super) tags: Vec<By<'p, &'p str>>,
    pub(super) acknowledgement: Option<By<'p, &'p str>>,
}

/// Asks the rules in order. What an earlier one has said stands; words to be found by add up.
pub(super) fn judge<'p>(rules: &'p [Rule], facts: &Facts<'_>) -> Verdict<'p> {
    let mut verdict = Verdict::default();
    for rule in rules.iter().filter(|rule| rule.holds(facts)) {
        verdict.take(rule);
        if !rule.goes_on {
            break;
        }
    }
    verdict
}

impl<'p> Verdict<'p> {
    fn take(&mut self, rule: &'p Rule) {
        let name = rule.name.as_str();
        let then = &rule.then;
        self.held.push(name);
        first(&mut self.queue, name, then.queue.as_ref());
        first(&mut self.class, name, then.class);
        first(&mut self.priority, name, then.priority);
        first(&mut self.assignee, name, then.assignee.as_ref());
        let words = then.acknowledgement.as_deref();
        first(&mut self.acknowledgement, name, words);
        for tag in &then.tags {
            if self.tags.iter().all(|known| known.value != tag) {
                let (rule, value) = (name, tag.as_str());
                self.tags.push(By { rule, value });
            }
        }
    }
}

fn first<'p, T>(said: &mut Option<By<'p, T>>, rule: &'p str, value: Option<T>) {
    if said.is_none() {
        *said = value.map(|value| By { rule, value });
    }
}

#[cfg(test)]
mod tests;
