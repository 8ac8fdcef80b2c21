//! What a mail splits off its ticket.

use crate::model::ids::{AgentName, PersonId, QueueName, TicketNumber};

/// How many tickets one mail may split off: each is a mail to the requester, who is sent few in an hour.
pub(in crate::desk) const SPLITS_MAX: usize = 3;

/// A part of a ticket that an agent makes a ticket of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desk) struct Split {
    /// Of which ticket.
    pub(in crate::desk) parent: TicketNumber,
    /// Its queue when the agent said so.
    pub(in crate::desk) queue: QueueName,
    /// The agent.
    pub(in crate::desk) agent: AgentName,
    /// The agent's row among people.
    pub(in crate::desk) by: PersonId,
    /// The subject of the new ticket.
    pub(in crate::desk) words: String,
}
