//! What happened, in the words history keeps.
//!
//! [`EventData`] is stored as text and hashed exactly so; it holds ids, codes, numbers and instants only. Words and
//! names of people go into [`Private`], the one part of history that may be erased.

mod actor;
mod data;
mod kinds;
mod verdict;

pub use actor::{Actor, Role, Trust};
pub use data::{ClosedBy, EventData, NewTicket};
pub use verdict::Verdict;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::{DecisionId, MailboxName, MessageId, PersonId, QueueName, TicketNumber};

/// Whose history an event belongs to. Each stream counts its events from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "stream", content = "id", rename_all = "snake_case")]
pub enum Stream {
    /// A ticket's.
    Ticket(TicketNumber),
    /// A mailbox's: mails that belong to no ticket.
    Mailbox(MailboxName),
    /// A queue's: to whom it gives its tickets.
    Queue(QueueName),
    /// A person's: what the people directory says of them.
    Person(PersonId),
    /// That of the people directory.
    Directory,
    /// The house's own: alarms, the fuse, operator commands, payroll months, closed periods, regular letters, figures from
    /// outside, exports.
    House,
}

impl Stream {
    /// `(stream_kind, stream_id)` as stored.
    #[must_use]
    pub fn key(&self) -> (&'static str, String) {
        match self {
            Self::Ticket(number) => ("ticket", number.to_string()),
            Self::Mailbox(name) => ("mailbox", name.to_string()),
            Self::Queue(name) => ("queue", name.to_string()),
            Self::Person(id) => ("person", id.to_string()),
            Self::Directory => ("configuration", "directory".to_owned()),
            Self::House => ("house", "house".to_owned()),
        }
    }
}

/// Words of a person inside history: kept apart, salted, and deletable; the event keeps only their hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Private {
    /// Whose words.
    pub person: Option<PersonId>,
    /// The words.
    pub text: String,
}

/// One thing that happened, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Whose history.
    pub stream: Stream,
    /// What.
    pub data: EventData,
    /// The instant that counts (a mail's arrival at our server, a due time), which may lie before it was recorded.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// In which capacity.
    pub role: Role,
    /// How far they were believed.
    pub trust: Trust,
    /// The mail that caused it.
    pub message_id: Option<MessageId>,
    /// Why: a code that `okno explain` puts into words.
    pub reason: String,
    /// The deletable words.
    pub private: Option<Private>,
    /// The decision that this takes back.
    pub undoes: Option<DecisionId>,
}
