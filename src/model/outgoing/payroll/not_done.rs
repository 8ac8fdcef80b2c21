//! What of an answer was not carried out, and why.

use serde::{Deserialize, Serialize};

/// A line that was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollNotDone {
    /// As written.
    pub written: String,
    /// Why, as a code: `no_ticket`, `not_yours`, `which_part`, `no_reason`, `no_agent`, `no_class`, `unclear`, `outdated`, `nameless`,
    /// `with_corrections`, `with_facts`, `closed`, `not_sent`, `two_tickets`, `two_tables`, `pressed` (a button, and words besides), `not_head` (of
    /// the closed month any more).
    pub why: String,
    /// Where the request counts, and stays as it is.
    #[serde(default)]
    pub elsewhere: Vec<PayrollElsewhere>,
}

/// A queue in which a request counts, and that somebody else decides for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayrollElsewhere {
    /// The queue's title.
    pub queue: String,
    /// Who decides for it; empty: nobody is named.
    pub head: String,
}
