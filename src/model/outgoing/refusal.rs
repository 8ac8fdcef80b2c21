//! A polite no to somebody whom a queue is not open to.

use serde::{Deserialize, Serialize};

use crate::model::address::Address;

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalLetter {
    /// The queue's title.
    pub queue: String,
    /// The address that was written to.
    pub address: Address,
    /// The subject of the mail, without prefixes; empty where there is none.
    pub about: String,
}
