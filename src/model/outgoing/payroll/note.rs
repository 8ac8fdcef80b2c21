//! What a draft's letter says of whose figures it has.

use serde::{Deserialize, Serialize};

use crate::model::outgoing::When;

/// Something that is said of whose figures a draft has, and of what it carries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollNote {
    /// As a code: `omitted`, a queue of the list is paid for this month by another one; `gone`, no list has a queue any more, and
    /// there are adjustments of its closed months alone; `left`, this list has paid for it the month before, and no list pays
    /// for this one; `not_scored`, what has changed in a month is passed on without scores;
    /// `other_rules`, a month is not scored again, since it was counted by definitions of an earlier program; `number`, somebody's
    /// adjustments of a month stand under another employee number than they were paid by for it; `bounds`, the month begins or ends
    /// at another instant than the zone says, or than in the draft before.
    pub what: String,
    /// The title of the queue.
    pub queue: String,
    /// The title of the other list.
    pub list: String,
    /// The month that is not scored or not paid for, or that was paid under another number.
    pub period: String,
    /// Whose number is another.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub whose: String,
    /// What it was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub now: String,
    /// Where the month begins.
    pub from: Option<When>,
    /// The first instant after it.
    pub to: Option<When>,
}
