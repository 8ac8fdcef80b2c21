//! What a ticket says again.

use serde::{Deserialize, Serialize};

use super::ids::TicketNumber;

/// An earlier ticket whose words this one says again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// The earlier ticket.
    pub ticket: TicketNumber,
    /// Whether an agent has said so; otherwise it is a proposal.
    pub is_confirmed: bool,
}

impl Repeat {
    /// What likeness shows.
    #[must_use]
    pub const fn proposed(ticket: TicketNumber) -> Self {
        Self {
            ticket,
            is_confirmed: false,
        }
    }

    /// What an agent has said.
    #[must_use]
    pub const fn confirmed(ticket: TicketNumber) -> Self {
        Self {
            ticket,
            is_confirmed: true,
        }
    }
}
