//! An agent and a ticket that they do not want to see for now.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::AgentName;

/// How many agents a ticket remembers who follow it, or do not want to see it for now.
pub const FOLLOWERS_KEPT: usize = 20;

/// A ticket is in no list of this agent's before then; its time goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// Whose lists.
    pub agent: AgentName,
    /// Until when.
    pub until: Timestamp,
}
