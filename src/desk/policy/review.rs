//! When regular letters about a queue come.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// A queue's regular letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPolicy {
    /// At which time, on the first working day of a week or a month.
    pub at: Time,
    /// With charts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub charts: bool,
}
