//! What a draft's letter says of whose figures it has.

use serde::{Deserialize, Serialize};

use crate::model::outgoing::When;

/// Something that is said of whose figures a draft has, and of what it carries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollNote {
    /// As a code: `omitted`, a queue of the list is paid for this month by another one; `gone`, no list has a queue any more, and
    /// there are adjustments of its closed months alone; `not_scored`, what has changed in a month is passed on without scores;
    /// `bounds`, the month begins or ends at another instant than the zone says, or than in the draft before.
    pub what: String,
    /// The title of the queue.
    pub queue: String,
    /// The title of the other list.
    pub list: String,
    /// The month that is not scored.
    pub period: String,
    /// Where the month begins.
    pub from: Option<When>,
    /// The first instant after it.
    pub to: Option<When>,
}
