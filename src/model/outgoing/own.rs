//! What an agent is told who asks for something about one ticket: what was taken back, why it is due
//! when it is.

use serde::{Deserialize, Serialize};

use super::parts::{TicketFacts, When};

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneLetter {
    /// The ticket, as it stands again.
    pub ticket: TicketFacts,
    /// Mail of it was handed over in the very instant it was taken back: it has gone, and stands.
    pub is_too_late: bool,
    /// When what is taken back was done.
    pub done_at: When,
    /// What stands again.
    pub lines: Vec<UndoneLine>,
    /// Mails that were still waiting and go to nobody.
    pub stopped: Vec<SentMail>,
    /// Mails that had gone: they stay as they are.
    pub gone: Vec<SentMail>,
    /// What else stays: `note`, `answer`, `number`: the requester knows the number of a part that is none any more.
    pub stays: Vec<String>,
}

/// One thing that stands again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneLine {
    /// Which: `state`, `owner`, `queue`, `kind`, `due`, `people`, `links`, `repeats`, `answer`, `other`, `joined`, `article`,
    /// `lists`, `following`, `self`: what the agent had said of themselves.
    pub what: String,
    /// What it is now: a state's code, a name, words; of `self` `absent`, `back` or `settings`; empty where there is none.
    pub value: String,
    /// By when it is due now.
    pub due: Option<When>,
}

/// A mail of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentMail {
    /// Which template.
    pub template: String,
    /// To which addresses.
    pub to: Vec<String>,
}

/// By when a ticket is due, and why: the story of its clocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyLetter {
    /// The ticket.
    pub ticket: TicketFacts,
    /// Whether it is told to whoever asked for the ticket, not to an agent.
    pub is_own: bool,
    /// Its clocks; none: nothing is promised.
    pub clocks: Vec<ToldClock>,
}

/// The story of one clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldClock {
    /// What it is about, and whose hours count.
    pub title: String,
    /// Its steps in words, in the reader's language.
    pub lines: Vec<String>,
}
