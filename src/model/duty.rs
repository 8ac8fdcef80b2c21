//! What an agent has said of themselves: that they are away, and how they want to be written to.

use jiff::{Timestamp, civil::Time};
use serde::{Deserialize, Serialize};

use super::ids::{AgentName, TicketNumber};

/// What is known of an agent besides the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The absence they announced last, over or not.
    pub absence: Option<Absence>,
    /// How they want to be written to.
    #[serde(default)]
    pub prefers: Preferences,
    /// How it stood before their last word about themselves, while that may be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
}

/// What an agent had said of themselves before they said something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// When they said that.
    pub at: Timestamp,
    /// In a mail about which ticket; `None`: about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketNumber>,
    /// The absence before.
    pub absence: Option<Absence>,
    /// The preferences before.
    pub prefers: Preferences,
}

/// A time in which an agent gets no work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant at which they are back.
    pub until: Timestamp,
    /// Who takes over their tickets; `None`: they are the team's.
    pub deputy: Option<AgentName>,
    /// Nobody announced it: an automatic answer of theirs told of it. Their first own mail ends it.
    pub is_noted: bool,
}

impl Absence {
    /// Whether they are away at that instant.
    #[must_use]
    pub fn covers(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// How an agent wants to be written to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// They are told also of commands that all went well.
    pub tells_all: bool,
    /// Their work list of the morning.
    pub list: ListTime,
    /// As who decides for a queue they get each draft article at once, not in the list.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub drafts_at_once: bool,
}

/// When an agent gets their work list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListTime {
    /// When the queue says.
    #[default]
    Queue,
    /// At that time of a working day.
    At(Time),
    /// Never.
    Never,
}
