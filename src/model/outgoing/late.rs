//! What is told of a promise that was not kept.

use serde::{Deserialize, Serialize};

use super::parts::{HelpLine, TicketFacts, When};

/// A promise has passed (T11): to whoever decides, and to those who work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateLetter {
    /// The ticket.
    pub ticket: TicketFacts,
    /// Which clock, as a code: `resolution`, `first_response`.
    pub clock: String,
    /// By when it was promised.
    pub due: When,
    /// For how long it has been late.
    pub length: u64,
    /// In what, as a code: `minute`, `hour`, `day`.
    pub unit: String,
    /// Who decides and is told now; empty: nobody is named.
    pub heads: Vec<String>,
    /// The head of the queue who is away, so that one of these decides; empty: nobody is missed.
    #[serde(default)]
    pub instead_of: String,
    /// The agent responsible.
    pub assignee: Option<String>,
    /// What was done last, as a code: `answered`, `asked`, `opened`.
    pub last: String,
    /// When.
    pub last_at: When,
    /// By whom, where an agent did it.
    pub last_by: Option<String>,
    /// It was told before, to somebody nearer to the work.
    pub is_further: bool,
    /// What can be commanded about it where it is on: to hand it over, to assign it, to move its date.
    #[serde(default)]
    pub commands: Vec<HelpLine>,
}
