//! A request that an agent brings for somebody, and whose it is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{AgentName, MessageRow, PersonId, RawId};

/// A request that an agent brings, while it is not sure whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsureOrigin {
    /// The agent's mail.
    pub message: MessageRow,
    /// Its bytes.
    pub raw: RawId,
    /// Who brings it.
    pub agent: AgentName,
    /// What is not sure, as a code.
    pub why: String,
    /// Who it may be.
    pub candidates: Vec<PersonId>,
    /// Without an answer until then it stays the agent's own.
    pub until: Timestamp,
}
