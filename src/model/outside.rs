//! Figures from outside: what okno cannot count and a head knows from another system, as a file hands it over.

use serde::{Deserialize, Serialize};

use super::ids::{AgentName, PersonId, QueueName};

/// How the codes of figures from outside begin, so that none is ever taken for one that was counted.
pub const OUTSIDE: &str = "x:";

/// One of them: an exact fraction, or a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideFact {
    /// In which queue.
    pub queue: QueueName,
    /// Whose.
    pub agent: AgentName,
    /// Which: `x:PAYMENTS`.
    pub figure: String,
    /// The count, the good ones of a share, the sum of a mean.
    pub numerator: i64,
    /// Of how many; `None`: it is a count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<i64>,
    /// What was taken before does not count: there is no such figure any more.
    #[serde(default, skip_serializing_if = "is_not")]
    pub is_withdrawn: bool,
    /// Who that agent was when it was taken: an agent may have another name later. `None`: nobody has met them yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_not(flag: &bool) -> bool {
    !*flag
}

impl OutsideFact {
    /// What it is of: of the same period the last one of that key counts.
    #[must_use]
    pub fn key(&self) -> (QueueName, AgentName, String) {
        (self.queue.clone(), self.agent.clone(), self.figure.clone())
    }

    /// Whether another one says the same of the same.
    #[must_use]
    pub fn says(&self, other: &Self) -> bool {
        let value = |fact: &Self| (fact.numerator, fact.denominator, fact.is_withdrawn);
        self.key() == other.key() && value(self) == value(other)
    }
}

/// What one file has brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideFacts {
    /// Of which period: `2026-10`.
    pub period: String,
    /// Of the file's bytes.
    pub sha256: String,
    /// The figures, in the order of the file.
    pub facts: Vec<OutsideFact>,
}
