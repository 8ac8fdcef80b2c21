//! Figures from outside that somebody brings by mail.

use serde::{Deserialize, Serialize};

use crate::model::{
    address::Address,
    ids::{PersonId, QueueName, RawId},
    outside::OutsideFacts,
};

/// A mail with a file of figures, of somebody who may bring them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactsAsked {
    /// Where they are answered.
    pub reader: Address,
    /// Of which month, quarter or year: `2026-10`.
    pub period: String,
    /// Of which queues.
    pub queues: Vec<QueueName>,
    /// Whose mailbox answers.
    pub from: QueueName,
    /// Their mail.
    pub raw: RawId,
    /// Who.
    pub by: PersonId,
    /// Why, in their words; empty: they have not said.
    pub reason: String,
}

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactsRead {
    /// What was asked.
    pub asked: FactsAsked,
    /// The figures; `None`: nothing of the file is taken.
    pub facts: Option<OutsideFacts>,
    /// What was read, line by line, in words.
    pub told: Vec<String>,
    /// What is wrong, in words, with line and column.
    pub faults: Vec<String>,
    /// So many figures take the place of others.
    pub replaced: u64,
    /// Whether somebody is, or may be, paid by the period already.
    pub is_closed: bool,
}
