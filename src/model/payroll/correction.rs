//! How a head corrects figures.

use serde::{Deserialize, Serialize};

use crate::model::{classification::RequestClass, ids::AgentName};

/// What a head corrects in figures. No number is typed: it says how a request counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "correction", rename_all = "snake_case")]
pub enum Correction {
    /// The request does not count.
    Exclude,
    /// What was solved, promised and rated is that agent's.
    Attribute {
        /// Whose.
        agent: AgentName,
    },
    /// Its broken promises do not count.
    Excuse,
    /// It counts as one of that class. Whether it was in time stays as it was judged.
    Class {
        /// Which.
        class: RequestClass,
    },
    /// Everything that was corrected is taken back.
    Restore,
}
