//! Figures that somebody has asked for by mail.

use serde::{Deserialize, Serialize};

use super::{parts::When, payroll::PayrollNotDone};
use crate::model::{
    address::Address,
    ids::{QueueName, RawId},
};

/// What somebody has asked for, who may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportAsked {
    /// Who.
    pub reader: Address,
    /// Which figures, as a code: `kpi`, `sla`, `csat`, `forms`.
    pub what: String,
    /// Of which month, quarter or year: `2026-10`.
    pub period: String,
    /// Of which queues.
    pub queues: Vec<QueueName>,
    /// Whose mailbox answers.
    pub from: QueueName,
    /// Their mail.
    pub raw: RawId,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportCounted {
    /// What was asked.
    pub asked: ReportAsked,
    /// The figures.
    pub lines: Vec<ReportLine>,
    /// So many more a letter cannot hold.
    pub more: u64,
    /// The sums of these queues do not close: nothing of it can be trusted.
    pub unbalanced: Vec<QueueName>,
    /// Whether the period is over.
    pub is_over: bool,
    /// The last event that those know of that are not closed; `None`: all are.
    pub upto: Option<i64>,
    /// Those that are closed: they are as they were.
    pub closed: Vec<ReportClosed>,
    /// Closed months of a longer period that was counted now, as people write them.
    pub within: Vec<String>,
}

/// Figures that are closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportClosed {
    /// Of which queues: their titles.
    pub queues: Vec<String>,
    /// Since when.
    pub at: When,
    /// Which version.
    pub version: u32,
    /// The last event that they know of.
    pub upto: i64,
    /// So many figures of tickets have changed since: the next month carries them.
    pub changed: u64,
}

/// A figure, as a letter shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// Whose: a queue's title, or an agent's name.
    pub whose: String,
    /// Which figure.
    pub figure: String,
    /// What it is: `95,24 % (20/21)`.
    pub value: String,
}

/// The answer to whoever asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLetter {
    /// Which figures, as a code; `numbers`: employee numbers that were said; `facts`: a file of figures from outside.
    pub what: String,
    /// Of which period.
    pub period: String,
    /// What was taken of what the reader has sent, a line each.
    #[serde(default)]
    pub done: Vec<String>,
    /// The lines that were not, as written.
    #[serde(default)]
    pub not_done: Vec<PayrollNotDone>,
    /// What is wrong in a file, in words.
    #[serde(default)]
    pub faults: Vec<String>,
    /// So many figures of a file take the place of others.
    #[serde(default)]
    pub replaced: u64,
    /// Why there are none, as a code: `no_right`, `no_what`, `no_period`, `no_queue`, `unbalanced`; of what was
    /// sent, `not_proven`, `no_table`, `wrong`; empty: there are.
    pub why: String,
    /// The queues that may be asked about.
    pub queues: Vec<String>,
    /// The figures.
    pub lines: Vec<ReportLine>,
    /// So many more a letter cannot hold.
    #[serde(default)]
    pub more: u64,
    /// Whether the period is over.
    pub is_over: bool,
    /// The last event that those know of that are not closed; 0: all are.
    pub upto: i64,
    /// Those that are closed.
    #[serde(default)]
    pub closed: Vec<ReportClosed>,
    /// Closed months of a longer period that was counted now.
    #[serde(default)]
    pub within: Vec<String>,
}
