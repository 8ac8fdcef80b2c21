//! Questions of one department to another, on their way through a decision: what is asked becomes a ticket, and what is
//! answered goes back, once the tickets in hand are put down.

use crate::model::{
    ids::{AgentName, QueueName, RawId, TicketNumber},
    outgoing::{Canned, Enclosures},
};

/// A question to another department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    /// For the sake of which ticket.
    pub(super) of: TicketNumber,
    /// Whom.
    pub(super) queue: QueueName,
    /// Who asks.
    pub(super) agent: AgentName,
    /// What, in the agent's words.
    pub(super) why: String,
}

/// What another department has answered.
#[derive(Debug)]
pub(super) struct AnswerBack {
    /// The ticket that was answered.
    pub(super) of: TicketNumber,
    /// For the sake of which it is.
    pub(super) to: TicketNumber,
    /// The mail.
    pub(super) raw: RawId,
    /// Who answers.
    pub(super) agent: AgentName,
    /// The words.
    pub(super) text: String,
    pub(super) canned: Vec<Canned>,
    /// What it means: `answered`, `asked_back`, `solved`.
    pub(super) what: &'static str,
    pub(super) enclosures: Option<Enclosures>,
    pub(super) files_left_out: Vec<String>,
    pub(super) hop: u32,
}
