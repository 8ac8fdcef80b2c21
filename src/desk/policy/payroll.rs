//! Payroll lists: whose figures go to which accountants, when, and who approves them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Policy;
use crate::model::{
    address::Address,
    ids::{AgentName, QueueName},
    language::Language,
};

/// The day of the next month on which accountants get the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayDay {
    /// The so-manieth working day.
    Working(u32),
    /// That day, or the first working day after it.
    Date(u32),
}

/// A payroll list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollPolicy {
    /// What people call it.
    pub title: String,
    /// Whose agents are paid by it, in order. The first one's mailbox sends its letters, and the calendar of the first one that
    /// does not work round the clock says which days are working days.
    pub queues: Vec<QueueName>,
    /// The accountants.
    pub to: Vec<Address>,
    /// The first month it is about: `2026-10`.
    pub first: String,
    /// When the file is promised.
    pub day: PayDay,
    /// How the file is written: `xlsx`, `csv-utf8` or `csv-1251`.
    pub format: String,
    /// The language of its columns.
    pub columns: Language,
    /// The language of its letters.
    pub language: Language,
    /// Who approves all of it; `None`: whoever decides for each queue.
    pub approver: Option<AgentName>,
    /// Who may approve in their place, and gets the same letters.
    pub deputy: Option<AgentName>,
    /// Drafts bring charts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub charts: bool,
    /// Codes of the indicators that come from outside: reasons are named by them, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<String>,
}

impl PayrollPolicy {
    /// Who approves which queues.
    #[must_use]
    pub fn parts(&self, policy: &Policy) -> BTreeMap<AgentName, Vec<QueueName>> {
        let mut parts: BTreeMap<AgentName, Vec<QueueName>> = BTreeMap::new();
        for name in &self.queues {
            let heads = policy.queues.get(name).map(|queue| policy.heads_of(queue));
            let head = heads.and_then(|heads| heads.first().copied().cloned());
            if let Some(approver) = self.approver.clone().or(head) {
                parts.entry(approver).or_default().push(name.clone());
            }
        }
        parts
    }

    /// Its queues that nobody approves: their figures would be paid by, and nobody would have seen them.
    #[must_use]
    pub fn unapproved(&self, policy: &Policy) -> Vec<QueueName> {
        let parts = self.parts(policy);
        let is_approved = |queue: &&QueueName| parts.values().any(|own| own.contains(queue));
        let queues = self.queues.iter();
        queues
            .filter(|queue| !is_approved(queue))
            .cloned()
            .collect()
    }
}
