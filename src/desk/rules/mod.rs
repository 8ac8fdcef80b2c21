//! Named rules: whose a new mail is, how urgent it is, who answers it. The first rule that holds decides; one that says
//! that it goes on leaves the rest to those behind it. Rules see facts only, and what they have decided is history under
//! their names.
//!
//! A rule is asked of new requests alone: what belongs to a ticket stays there, and a ticket that an agent has passed on
//! is not routed again.

mod condition;
mod considered;
mod pattern;
mod phrase;
mod shadow;
mod who;

pub use condition::{Condition, FileIs, Place, folded};
pub use considered::folded_title;
pub(in crate::desk) use considered::{Considered, Facts};
pub use pattern::{PATTERN_MAX, Pattern};
pub use phrase::{Phrase, Spoken};
pub use shadow::{contradiction, hidden_by};
pub use who::Who;

use serde::{Deserialize, Serialize};

use crate::model::{
    classification::{Priority, RequestClass},
    event::Trust,
    ids::{AgentName, QueueName},
};

/// A rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its name: what history says of what it has done.
    pub name: String,
    /// All of these hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<Condition>,
    /// None of these holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Condition>,
    /// What follows.
    pub then: Actions,
    /// The rules behind it are asked, too: for what it does not say itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub goes_on: bool,
}

/// What a rule does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actions {
    /// The request is this queue's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueName>,
    /// It is of this class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<RequestClass>,
    /// It comes before others, or after them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Somebody answers it from the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Assignee>,
    /// Words that it bears, to be found and counted by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The canned answer of that name stands in its acknowledgement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledgement: Option<String>,
}

impl Actions {
    /// Whether there is none.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assignee {
    /// This agent.
    Agent(AgentName),
    /// Whom the form's field of that title names.
    Field(String),
    /// Whoever looks after the requester by the people directory.
    Curator,
}

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
