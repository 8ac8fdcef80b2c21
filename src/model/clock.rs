//! The clocks that run on a ticket: what was promised, by when, and how it ended.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Which clock of a ticket (DOMAIN 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// From creation until the ticket is resolved.
    Resolution,
}

impl ClockKind {
    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
        }
    }
}

/// How a clock ended, judged once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Satisfied at or before due.
    Met,
    /// Due passed first.
    Breached,
}

/// One clock of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Which.
    pub kind: ClockKind,
    /// From when time counts.
    pub started_at: Timestamp,
    /// The promise, in seconds of business time.
    pub target_secs: i64,
    /// By when; the promise in the calendar in force when it was made.
    pub due_at: Timestamp,
    /// How it ended; `None` while it runs.
    pub outcome: Option<Outcome>,
    /// By when it is promised now, where an agent has moved the day; it is judged by `due_at` all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<Timestamp>,
    /// Business time left when it was paused, in seconds; `None` while it is not. `due_at` says nothing then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_secs: Option<i64>,
}

impl Clock {
    /// What the requester has been told last.
    #[must_use]
    pub fn promised_at(&self) -> Timestamp {
        self.moved_to.unwrap_or(self.due_at)
    }
}
