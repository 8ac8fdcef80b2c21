//! Named rules: whose a new mail is, how urgent it is, who answers it. The first rule that holds decides; one that says
//! that it goes on leaves the rest to those behind it. Rules see facts only, and what they have decided is history under
//! their names.
//!
//! A rule is asked of new requests alone: what belongs to a ticket stays there, and a ticket that an agent has passed on
//! is not routed again.

mod condition;
mod pattern;
mod phrase;
mod shadow;
mod who;

pub use condition::{Condition, FileIs, Place, folded, folded_title};
pub use pattern::{PATTERN_MAX, Pattern};
pub use phrase::{Phrase, Spoken};
pub use shadow::{contradiction, hidden_by};
pub use who::Who;

use serde::{Deserialize, Serialize};

use crate::model::{
    classification::{Priority, RequestClass},
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

#[cfg(test)]
pub(in crate::desk) mod tests;
