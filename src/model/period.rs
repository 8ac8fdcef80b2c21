//! A period whose figures are closed: what people are paid by does not change any more.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    ids::{AgentName, EventSeq, QueueName},
    language::Language,
    payroll::{DraftSettings, PayFile, PayrollDraft},
};

/// A closed period with its file. The file is sent again as it is, never made anew; what comes later is told as an adjustment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedPeriod {
    /// As people write it: `2026-10`.
    pub period: String,
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
    /// Which version of its figures.
    pub version: u32,
    /// The last event that they know of.
    pub upto: EventSeq,
    /// The hash of that event: all of history up to there.
    pub head_hash: String,
    /// SHA-256 of the unpacked file, in hexadecimal.
    pub sha256: String,
    /// The file: a line a figure, packed with zstd, in base64.
    pub file: String,
    /// By which version of the definitions it was counted (docs/events.md).
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub definitions: u32,
    /// The zone by whose midnights; `None`: it was closed before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Its files, for heads and accountants; `None`: it was closed before they were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<Box<ClosedFiles>>,
}

/// The files of a period that was closed at the terminal: what they were made by, and what they are. They are handed out as they
/// are, never made anew. Their bytes are kept apart from history: there are people's names in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedFiles {
    /// How they are written: `xlsx`, `csv-utf8` or `csv-1251`.
    pub format: String,
    /// The language of their columns.
    pub columns: Language,
    /// The version of the settings of scores; empty: it was closed without any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scores: String,
    /// These settings themselves; `None`: it was closed without any, and nothing is paid by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<DraftSettings>,
    /// The rows of the accountants' file, see [`PayrollDraft::rows`]; empty without settings.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rows: String,
    /// By which rules they were made, see [`ROWS`](super::payroll::ROWS).
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub rules: u32,
    /// Agents without an employee number: it was closed all the same, and there is no file that anybody could be paid by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nameless: Vec<AgentName>,
    /// The accountants' file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<PayFile>,
    /// The heads' files: of all queues, and of each.
    pub heads: Vec<ClosedFile>,
}

/// A head's file of a closed period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedFile {
    /// Which: `kpi`, `kpi_score` or `detail`.
    pub sort: String,
    /// Of this queue alone; `None`: of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueName>,
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many rows it has, the head not counted.
    pub rows: u64,
}

impl ClosedPeriod {
    /// What people are paid by, as a draft of a payroll list has it; `None`: it was closed without settings of scores, or before
    /// they were kept. It has no parts: nobody has approved it by mail.
    #[must_use]
    pub fn paid(&self) -> Option<PayrollDraft> {
        let files = self.files.as_deref()?;
        let settings = files.settings.clone()?;
        Some(PayrollDraft {
            number: self.version,
            from: self.from,
            to: self.to,
            upto: self.upto,
            head_hash: self.head_hash.clone(),
            sha256: self.sha256.clone(),
            figures: self.file.clone(),
            restated: String::new(),
            definitions: self.definitions,
            zone: self.zone.clone(),
            since: None,
            since_of: BTreeMap::new(),
            gone: Vec::new(),
            scores: files.scores.clone(),
            settings: Some(settings),
            rows: files.rows.clone(),
            rules: files.rules,
            unsettled: Vec::new(),
            nameless: files.nameless.clone(),
            pay: files.pay.clone(),
            parts: Vec::new(),
        })
    }
}

/// What was closed before versions were kept was counted by the first.
pub(super) const fn first() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
pub(super) const fn is_first(version: &u32) -> bool {
    *version == first()
}
