//! Somebody is erased: how much there was of them.

use serde::{Deserialize, Serialize};

/// How much was erased of somebody, or would be. Numbers alone: this stands in history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Their requests, whose words went.
    pub requests: u64,
    /// Mails that came in: theirs, and all of their requests.
    pub letters_in: u64,
    /// Mails that went out: to them, and about their requests.
    pub letters_out: u64,
    /// Letters that list requests of many people, of the time of theirs.
    pub lists: u64,
    /// Pieces of words beside events: subjects, comments, what the people directory said.
    pub words: u64,
    /// Their addresses.
    pub addresses: u64,
}
