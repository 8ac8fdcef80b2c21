//! What the administrator is told of the quarantine.

use serde::{Deserialize, Serialize};

use super::parts::QuarantinedItem;
use crate::model::address::Address;

/// What is quarantined. Its answer says what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantineLetter {
    /// Of which mailbox; `house`: work that is no mail.
    pub object: String,
    /// What names this letter: `[quarantine:29843100:k7q4m2p9s1]`.
    pub code: String,
    /// Where the buttons' mail goes.
    pub address: Address,
    /// The mails, the oldest first.
    pub items: Vec<QuarantinedItem>,
    /// How many more than are listed.
    pub more: u64,
}

/// What such an answer came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantineAnswer {
    /// The subject of the answer.
    pub about: String,
    /// Whether it is clear that the administrator wrote it; if not, nothing was done.
    pub is_believed: bool,
    /// What is taken now.
    pub released: Vec<i64>,
    /// What is thrown away.
    pub discarded: Vec<i64>,
    /// What cannot be thrown away: somebody is half erased.
    #[serde(default)]
    pub begun: Vec<i64>,
    /// What is not in quarantine.
    pub unknown: Vec<i64>,
}
