//! What a head is hinted at once a month.

use serde::{Deserialize, Serialize};

/// Where a queue works well, and where it could do better (DOMAIN 1.9). Numbers of a language, empty where there is no data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HintsShown {
    /// Solutions that were late.
    pub late: u64,
    /// Why, those that come most often first.
    pub causes: Vec<CauseShown>,
    /// Requests that repeat an earlier one, as an agent or a head says.
    pub repeats: i64,
    /// Of so many that came.
    pub received: i64,
    /// Requests that went on to another queue before anybody had answered.
    pub misrouted: u64,
    /// Names of rules that lead to the queue and fitted nothing all month.
    pub rules: Vec<String>,
    /// Who has solved how much of it.
    pub shares: Vec<AgentShare>,
    /// The four lines of growth.
    pub trends: Vec<TrendShown>,
}

/// Why solutions were late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseShown {
    /// Why, as a code: `came_back`, `asked`, `passed_on`, `nobody`, `unanswered`, `reassigned`, `in_hand`.
    pub why: String,
    /// How many.
    pub count: u64,
}

/// An agent's share of what was solved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentShare {
    /// Who.
    pub name: String,
    /// So many.
    pub solved: i64,
    /// Of a hundred.
    pub percent: String,
}

/// How something has gone over some months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendShown {
    /// What, as a code: `response`, `quality`, `complaints`, `late`.
    pub what: String,
    /// A value a month, the last one last; empty where there is no data.
    pub values: Vec<String>,
    /// Against the month before, as a code: `better`, `worse`, `same`; empty where nothing can be said.
    pub way: String,
}
