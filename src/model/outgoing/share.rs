//! Of sharing out: how a ticket was given, and whom it may be given to.

use serde::{Deserialize, Serialize};

use super::When;

/// How a ticket was given to whoever gets its card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// As a code: `turn`, `fewest`, `curator`, `person`.
    pub how: String,
    /// Who has said so; empty where nobody has.
    pub by: String,
}

/// Whom a ticket may be given to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whom {
    /// The agents, each with a button.
    pub agents: Vec<AgentLoad>,
    /// Until when that may be said.
    pub until: When,
    /// What stands in then, as a code: `turn`, `least`, `self`.
    pub fallback: String,
    /// The time is nearly over.
    pub is_reminder: bool,
}

/// An agent, and what they have to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentLoad {
    /// The name people see.
    pub name: String,
    /// How many active tickets they have.
    pub active: u32,
    /// They are away.
    pub is_away: bool,
    /// What gives it to them: `#назначить anna`.
    pub word: String,
}
