//! Of what of a queue its head hears at once.

use serde::{Deserialize, Serialize};

/// What is told of a queue; nothing unless somebody says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueAlarms {
    /// More wait for a first answer than its agents can see to.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overload: bool,
    /// A request comes in, and nobody is there to answer it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nobody: bool,
    /// Fewer than so many of a hundred promises were kept lately.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub efficiency_red: Option<u32>,
    /// So many requests a month are what it can see to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
}

impl QueueAlarms {
    /// Whether anything is told.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.overload || self.nobody || self.efficiency_red.is_some() || self.capacity.is_some()
    }

    /// Whether nothing is.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        !self.is_any()
    }
}
