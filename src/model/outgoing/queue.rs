//! What is told of a queue: how it stands, and what it promises.

use serde::{Deserialize, Serialize};

use super::{hints::CauseShown, parts::TicketFacts};

/// An alarm of a queue (T12, T13, T29): to whoever decides for it, with what is to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueLetter {
    /// Which, as a code: `overload`, `efficiency`, `capacity`, `nobody`.
    pub alarm: String,
    /// The queue's name.
    pub queue: String,
    /// So many requests wait, or came in this month; of a hundred solutions so many were in time.
    pub count: u64,
    /// There are more than so many, and nobody has counted them; 0: [`Self::count`] is exact.
    #[serde(default)]
    pub more_than: u64,
    /// So many may wait or come, or are to be in time.
    pub limit: u64,
    /// How many agents are here; how many solutions were judged; how many of a hundred parts of what it can take are reached.
    pub of: u64,
    /// Who decides while the head is away; empty: the head does.
    #[serde(default)]
    pub decides: String,
    /// The head who is away.
    #[serde(default)]
    pub instead_of: String,
    /// How many requests came in each of the months before, the last one last.
    pub before: Vec<u64>,
    /// Why solutions were late, what comes most often first.
    #[serde(default)]
    pub causes: Vec<CauseShown>,
    /// The oldest requests that wait.
    pub tickets: Vec<TicketFacts>,
    /// How many more wait than are listed.
    pub more: u64,
}

/// What a queue does, as it is configured (DOMAIN 1.1, 5): to whoever decides for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassportLetter {
    /// The queue's name.
    pub queue: String,
    /// What `okno check` says of it, line by line.
    pub lines: Vec<String>,
}
