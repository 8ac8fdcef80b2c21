//! Answers of two agents that cross each other.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{AgentName, MessageRow, RawId};

/// The last answer that a requester was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastAnswer {
    /// The mail it was written in.
    pub message: MessageRow,
    /// Whose it is, where that is known.
    pub agent: Option<AgentName>,
    /// When it was written.
    pub at: Timestamp,
}

/// An answer that waits for its author's word, since a colleague's has gone before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldAnswer {
    /// The mail.
    pub message: MessageRow,
    /// Its bytes.
    pub raw: RawId,
    /// Whose it is.
    pub agent: AgentName,
}
