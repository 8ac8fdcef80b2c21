//! Regular letters about how queues work: which there are.

use serde::{Deserialize, Serialize};

/// Which letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// To a queue's team and its head: the week that is over, and what stands.
    Weekly,
    /// To the head of a queue: the month that is over, and what to look at.
    Monthly,
    /// To the director: what departments reached in the month that is over.
    Director,
    /// To the administrator: rules that fitted nothing in the month that is over, of which no head is told.
    Rules,
}

impl ReviewKind {
    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Director => "director",
            Self::Rules => "rules",
        }
    }
}
