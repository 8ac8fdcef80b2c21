//! What an agent's work list of the morning is made of, and what is said of its answers.

use serde::{Deserialize, Serialize};

use super::parts::{Button, TicketFacts, When};
use crate::model::address::Address;

/// A work list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkList {
    /// The queue that sends it.
    pub queue: String,
    /// The heads who are away, for whom the reader decides now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instead_of: Vec<String>,
    /// The lines.
    pub lines: Vec<WorkLine>,
    /// Where the buttons' mail goes.
    pub address: Address,
    /// Mails to everybody that came since the last list.
    pub mails: Vec<OfferedMail>,
    /// The reader's own orders that the configuration's file has overruled since the last list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overruled: Vec<Overruled>,
    /// How many more there are.
    pub more: u64,
}

/// What a head had ordered by mail and the file says otherwise now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overruled {
    /// The queue.
    pub queue: String,
    /// The order, as it may be sent again: `#limit @anna 8`.
    pub order: String,
}

/// A mail that asked nobody of ours and may be made a ticket of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedMail {
    /// Its subject.
    pub about: String,
    /// Who wrote it.
    pub author: String,
    /// What names it in a subject: `[mail:17:k7q4m2p9s1]`.
    pub code: String,
}

/// Lines of an answer that came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkListAnswer {
    /// The subject of the answer.
    pub about: String,
    /// Why nothing of the mail was done, as a code: `not_trusted`, `gone`, `no_lines`, `no_commands`; empty: all but
    /// these lines was.
    pub why: String,
    /// The lines as written.
    pub lines: Vec<String>,
}

/// A line of an agent's work list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkLine {
    /// Its number, by which it is answered; from 1.
    pub number: u64,
    /// Under which heading it stands, as a code: `moved`, `draft`, `rated`, `due`, `free`, `own`, `waiting`,
    /// `withheld`, `done`.
    pub section: String,
    /// It is the first one there.
    pub opens_section: bool,
    /// The ticket.
    pub ticket: TicketFacts,
    /// Nobody has taken it.
    pub is_free: bool,
    /// Its date has passed.
    pub is_late: bool,
    /// While a third party is waited for: until when.
    pub until: Option<When>,
    /// The day that was promised before an agent moved it, and that counts until somebody approves the new one.
    pub moved_from: Option<When>,
    /// How a requester has rated it.
    pub rating: Option<u8>,
    /// What somebody said of that, or the beginning of a draft; empty where nothing was.
    pub words: String,
    /// What the reader's own commands have done with it since the last list, as they wrote them; empty where nothing.
    #[serde(default)]
    pub done: String,
    /// What can be done with a tap.
    #[serde(default)]
    pub buttons: Vec<Button>,
}
