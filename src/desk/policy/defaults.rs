//! What a queue does unless the file says otherwise, and what it may be told to do instead.

use serde::{Deserialize, Serialize};

/// What becomes of the promise of a solution when a solved ticket comes back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reopened {
    /// It goes on with what was left.
    #[default]
    Resume,
    /// It is made anew.
    Restart,
}

/// What becomes of the promises of a ticket that another queue hands over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transferred {
    /// The time that has passed counts.
    #[default]
    Keep,
    /// They are made anew.
    Restart,
}

/// How another promise takes over when a ticket turns out to be of another class, or another is promised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassChange {
    /// A shorter one counts from the change and never later than what was promised; a longer one from the beginning.
    #[default]
    Fair,
    /// As if it had always been promised.
    FromStart,
    /// Whole, from the change on.
    FromChange,
}

/// What [`super::QueuePolicy::reminders`] is unless somebody says otherwise.
pub const REMINDERS: [u32; 2] = [50, 80];

/// What [`super::QueuePolicy::urgency_limit`] is unless somebody says otherwise.
pub const URGENCY_LIMIT: u32 = 3;

pub(super) const fn urgency_limit() -> u32 {
    URGENCY_LIMIT
}

/// What [`super::QueuePolicy::repeat_days`] is unless somebody says otherwise.
pub const REPEAT_DAYS: u32 = 14;

pub(super) const fn repeat_days() -> u32 {
    REPEAT_DAYS
}

/// What [`super::QueuePolicy::quiet_days`] is unless somebody says otherwise.
pub const QUIET_DAYS: u32 = 5;

/// What [`super::QueuePolicy::reopen_days`] is unless somebody says otherwise.
pub const REOPEN_DAYS: u32 = 30;

/// What [`super::QueuePolicy::crossing_minutes`] is unless somebody says otherwise.
pub const CROSSING_MINUTES: u32 = 10;

pub(super) const fn crossing_minutes() -> u32 {
    CROSSING_MINUTES
}

/// What [`super::QueuePolicy::handover_days`] is unless somebody says otherwise.
pub const HANDOVER_DAYS: u32 = 30;

pub(super) const fn handover_days() -> u32 {
    HANDOVER_DAYS
}

/// What [`super::Policy::unreachable_minutes`] is unless somebody says otherwise.
pub const UNREACHABLE_MINUTES: u32 = 30;

pub(super) const fn unreachable_minutes() -> u32 {
    UNREACHABLE_MINUTES
}

pub(super) const fn reopen_days() -> u32 {
    REOPEN_DAYS
}

pub(super) const fn quiet_days() -> u32 {
    QUIET_DAYS
}
