//! What a queue's head has changed by mail: it stands until somebody who decides takes it back, or the file changes the same
//! key.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{distribution::Method, ids::AgentName};

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum QueueChange {
    /// Its tickets are shared out by this method.
    Method {
        /// Which.
        method: Method,
    },
    /// An agent is given nothing.
    Out {
        /// Who.
        agent: AgentName,
    },
    /// An agent of the house whom the file does not name there serves the queue, too.
    In {
        /// Who.
        agent: AgentName,
    },
    /// So many active tickets of the queue at most.
    Limit {
        /// Whose; `None`: each agent's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agent: Option<AgentName>,
        /// How many.
        max_active: u32,
    },
    /// A day has no hours.
    Closed {
        /// Which.
        on: Date,
    },
}

impl QueueChange {
    /// The key of the configuration in whose place it stands.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Method { .. } => "distribution",
            Self::Out { .. } | Self::In { .. } => "agents",
            Self::Limit { .. } => "max_active",
            Self::Closed { .. } => "hours",
        }
    }

    /// Whether one of two stands in the other's place.
    #[must_use]
    pub fn replaces(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Method { .. }, Self::Method { .. }) => true,
            (Self::Out { agent: one }, Self::Out { agent: other })
            | (Self::In { agent: one }, Self::In { agent: other }) => one == other,
            (Self::Limit { agent: one, .. }, Self::Limit { agent: other, .. }) => one == other,
            (Self::Closed { on: one }, Self::Closed { on: other }) => one == other,
            (
                Self::Method { .. }
                | Self::Out { .. }
                | Self::In { .. }
                | Self::Limit { .. }
                | Self::Closed { .. },
                _,
            ) => false,
        }
    }
}

/// A change that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// What.
    pub change: QueueChange,
    /// What the file said of that key then.
    pub file: String,
    /// Since when.
    pub at: Timestamp,
}
