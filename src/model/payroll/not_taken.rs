//! Answers that have led to nothing.

use serde::{Deserialize, Serialize};

/// Why an answer has led to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotTaken {
    /// Nothing in it is an order.
    Unclear,
    /// It was asked whether a mail is theirs, and it says neither yes nor no.
    NoWord,
    /// That was answered before, or is too long ago.
    Over,
    /// It orders something, nothing proves that it is theirs, and so many of them wait for their word already.
    Many,
}
