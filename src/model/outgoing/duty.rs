//! What agents are told of absences and of their settings.

use serde::{Deserialize, Serialize};

use super::{parts::When, work::WorkLine};

/// A letter about an agent's absence or settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyLetter {
    /// What it is about, as a code: `absent`, `back`, `settings`, `not_done`, `not_sure`, to the agent; `handed_over`,
    /// to the deputy; `free`, to the team.
    pub what: String,
    /// The queue that sends it.
    pub queue: String,
    /// Whose absence or settings.
    pub agent: String,
    /// From when they are away, if that is still to come.
    pub from: Option<When>,
    /// When they are back.
    pub until: Option<When>,
    /// Who takes over.
    pub deputy: Option<String>,
    /// Why nothing was done, as a code; empty: it was.
    pub why: String,
    /// A name that belongs to that.
    pub detail: String,
    /// The line that it is about, as written.
    pub written: String,
    /// They are told of commands that went well, too.
    pub tells_all: bool,
    /// They decide for a queue and get each draft article at once.
    #[serde(default)]
    pub drafts_at_once: bool,
    /// When their work list comes: `queue`, `never`, `8:30`.
    pub list: String,
    /// The tickets that are the reader's now, or nobody's.
    pub lines: Vec<WorkLine>,
    /// How many more there are.
    pub more: u64,
}
