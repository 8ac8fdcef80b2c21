//! What agents of two departments write each other for a requester's sake.

use serde::{Deserialize, Serialize};

use super::parts::{Canned, TicketFacts};
use crate::model::address::Address;

/// A letter about a question to another department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationLetter {
    /// What it is about, as a code: `asked`, to whoever decides whether it may be; `refused`, it may not; `opened`, it is,
    /// to the agent who asks; `answered`, `asked_back`, `solved`, `ended`, to those who asked.
    pub what: String,
    /// The ticket in whose conversation it stands.
    pub ticket: TicketFacts,
    /// The other of the two, where its readers may know of it.
    pub other: Option<TicketFacts>,
    /// The title of the queue that is asked.
    pub department: String,
    /// Who asks; in an answer, who answers.
    pub agent: String,
    /// What is asked.
    pub why: String,
    /// In an answer, its words; else the requester's, or why it is not asked.
    pub text: String,
    /// Texts of ours that the words call for.
    #[serde(default)]
    pub canned: Vec<Canned>,
    /// Names of the files passed on.
    pub files: Vec<String>,
    /// Files too large to pass on.
    pub files_left_out: Vec<String>,
    /// Where the department itself is written to.
    pub write_to: Option<Address>,
}

/// That agents of another queue ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedBy {
    /// Their queue's title.
    pub department: String,
    /// The ticket for whose sake they ask, where its readers may know of it.
    pub label: Option<String>,
    /// What they ask.
    pub why: String,
}
