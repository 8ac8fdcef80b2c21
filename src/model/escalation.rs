//! What one department asks of another for a requester's sake.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{AgentName, MessageId, MessageRow, QueueName, RawId, TicketNumber};

/// How many questions to other departments a ticket remembers; as many may be open at once.
pub const ESCALATIONS_KEPT: usize = 8;

/// A question of a ticket's agents to another department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// Whom they ask.
    pub queue: QueueName,
    /// Who of them asks.
    pub agent: AgentName,
    /// The ticket that it is there; `None`: whoever decides for their queue has not agreed yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<TicketNumber>,
    /// The mail that asks; `None`: it came about otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_in: Option<AskedIn>,
    /// Why, in the agent's words: the card says it, however late it is dealt.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The newest answer that the requester has not been sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<EscalationAnswer>,
    /// How it ended, and when; `None`: it has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<(EscalationEnd, Timestamp)>,
}

impl Escalation {
    /// Whether an answer is owed.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// Whether somebody is to say first whether it may be asked.
    #[must_use]
    pub const fn waits_for_word(&self) -> bool {
        self.is_open() && self.ticket.is_none()
    }
}

/// The mail that asks another department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedIn {
    /// The mail.
    pub raw: RawId,
    /// Its place in the conversation.
    pub message: MessageRow,
    /// Our letter that asks whether it may be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<MessageId>,
}

/// What the other department has answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationAnswer {
    /// The mail.
    pub raw: RawId,
    /// Who wrote it.
    pub agent: AgentName,
}

/// How a question to another department ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalationEnd {
    /// They have solved it.
    Solved,
    /// They have closed it otherwise.
    Closed,
    /// Whoever asked needs it no more.
    Withdrawn,
    /// Whoever decides for the asking queue did not agree.
    Refused,
}

impl EscalationEnd {
    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
        }
    }
}
