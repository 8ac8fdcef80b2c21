//! Indicators without data, and whose weights are spread for that.

use serde::{Deserialize, Serialize};

/// An indicator that nobody has data of: its weight is spread over the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollLacking {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its weight, per hundred.
    pub weight: String,
    /// Whether a file brings its data.
    pub is_outside: bool,
}

/// An employee whose weights are spread for want of data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollSpread {
    /// Who.
    pub whose: String,
    /// The names of the indicators that there is no data of; empty: there is none at all, and no coefficient.
    pub indicators: Vec<String>,
}
