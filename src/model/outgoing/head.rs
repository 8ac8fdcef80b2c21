//! What whoever decides for a queue is told at once.

use serde::{Deserialize, Serialize};

use super::parts::{TicketFacts, When};

/// Something that does not wait for the list of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadLetter {
    /// What, as a code: `emergency`; `moved`, another date is asked for when the first one is near.
    pub what: String,
    /// The ticket.
    pub ticket: TicketFacts,
    /// Who asks, display name or address.
    pub requester: String,
    /// Which agent said so; `None`: a rule of the queue's.
    pub agent: Option<String>,
    /// The agent responsible.
    pub assignee: Option<String>,
    /// Until when somebody has to answer first, where that is promised and nobody has.
    pub first_answer: Option<When>,
    /// The day that was promised before.
    pub moved_from: Option<When>,
    /// Why, in the agent's words; empty where there are none.
    pub words: String,
    /// The head who is away, where the letter goes to who decides instead, and to them as a copy; empty: it is the head's.
    #[serde(default)]
    pub instead_of: String,
}
