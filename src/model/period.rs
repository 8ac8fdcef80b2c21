//! A period whose figures are closed: what people are paid by does not change any more.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::EventSeq;

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
}

/// What was closed before versions were kept was counted by the first.
pub(super) const fn first() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
pub(super) const fn is_first(version: &u32) -> bool {
    *version == first()
}
