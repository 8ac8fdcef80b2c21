//! What would have become of a mail that was only tried.

use serde::{Deserialize, Serialize};

use super::parts::When;

/// To an agent who wrote to a dry-run address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedLetter {
    /// The subject of the mail; empty where there is none.
    pub about: String,
    /// What would have become of it, as a code: `opened`, `aside`, `quarantined`, `nothing`.
    pub outcome: String,
    /// Why, in words.
    pub why: String,
    /// The tickets that it would have opened.
    pub tickets: Vec<TriedTicket>,
    /// The mailbox itself was written to as well, and all of this has happened.
    #[serde(default)]
    pub is_real: bool,
    /// Whether its author would have been sent a confirmation.
    pub is_acknowledged: bool,
}

/// A ticket that there might have been.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedTicket {
    /// Its queue's name.
    pub queue: String,
    /// The rules that hold.
    pub rules: Vec<String>,
    /// Its class, as a code; empty: nothing says one.
    pub class: String,
    /// What else it would be, a line each, in words: priority, tags, form, that it is not taken for urgent.
    #[serde(default)]
    pub more: Vec<String>,
    /// Who would answer, and why, in words.
    pub agent: Option<String>,
    /// Why.
    pub agent_why: String,
    /// By when a person would answer.
    pub first_response: Option<When>,
    /// By when it would be solved.
    pub due: Option<When>,
}
