//! A meeting that a mail invites to or answers, as values.

use serde::{Deserialize, Serialize};

/// A meeting invitation or answer (RFC 5545, 5546): its first event, summed up.
///
/// Instants stand as their sender's clock shows them: `2026-11-23T10:15:00` in `zone`, `…Z` in UTC, `2026-11-23` for
/// whole days, then `end` is the last day. What cannot be read as one stands as written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// `request`, `reply`, `cancel`, `counter`, ... (RFC 5546, 1.4).
    pub method: Option<String>,
    /// What.
    pub summary: Option<String>,
    /// From when.
    pub start: Option<String>,
    /// Until when.
    pub end: Option<String>,
    /// The zone of `start` and `end` as named by the sender: `Europe/Moscow`, `Russian Standard Time`.
    #[serde(default)]
    pub zone: Option<String>,
    /// How it is repeated, a recurrence rule as written: `FREQ=WEEKLY;BYDAY=MO` (RFC 5545, 3.3.10).
    #[serde(default)]
    pub rule: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// What it is about, and how to take part.
    #[serde(default)]
    pub description: Option<String>,
    /// Who invites: the address.
    pub organizer: Option<String>,
    /// Who invites: the name.
    #[serde(default)]
    pub organizer_name: Option<String>,
    /// Who is invited: the addresses.
    pub attendees: Vec<String>,
    /// Who is invited or answers, in full.
    #[serde(default)]
    pub participants: Vec<Participant>,
    /// Further events in the same invitation, and single times of a repeated one that differ.
    #[serde(default)]
    pub more: Vec<Occasion>,
}

/// Somebody who takes part in a meeting, or is asked to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// The name, where it is told.
    pub name: Option<String>,
    /// The address.
    pub address: String,
    /// `chair`, `req-participant`, `opt-participant`, `non-participant` (RFC 5545, 3.2.16).
    pub role: Option<String>,
    /// `accepted`, `declined`, `tentative`, `delegated`, `needs-action` (RFC 5545, 3.2.12).
    pub answer: Option<String>,
}

/// Another event of an invitation, told like the first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    /// What.
    pub summary: Option<String>,
    /// From when.
    pub start: Option<String>,
    /// Until when.
    pub end: Option<String>,
    /// The zone of both.
    pub zone: Option<String>,
    /// Where.
    pub location: Option<String>,
}
