//! What an agent is shown who asks for other tickets.

use serde::{Deserialize, Serialize};

use super::parts::{TicketFacts, When};

/// Tickets of an agent's queues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundTickets {
    /// The ticket it was asked in.
    pub ticket: TicketFacts,
    /// What was asked for, as a code: `find`, `history`.
    pub what: String,
    /// The words looked for, or who the requester is.
    pub words: String,
    /// The tickets, the best or the newest first.
    pub tickets: Vec<FoundTicket>,
    /// There are more.
    pub is_more: bool,
    /// Not all mail was looked at: the index of words has just begun.
    pub is_partial: bool,
}

/// A ticket as an agent is told of it who has looked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundTicket {
    /// `IT-1042`.
    pub label: String,
    /// Its subject; empty where there was none.
    pub subject: String,
    /// Its queue's title.
    pub queue: String,
    /// Who asked, display name or address, made inert.
    pub requester: String,
    /// When it was opened.
    pub opened: When,
    /// Where it stands, as a code: `new`, `open`, `pending`, `on_hold`, `resolved`, `closed`.
    pub state: String,
    /// The agent responsible.
    pub agent: Option<String>,
}

/// Articles of the knowledge base that say what an agent has looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundArticles {
    /// The ticket it was asked in.
    pub ticket: TicketFacts,
    /// The words looked for.
    pub words: String,
    /// The articles, the best first.
    pub articles: Vec<ShownArticle>,
    /// Whether they can be put into an answer by their names here.
    pub can_be_called: bool,
}

/// An article in a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownArticle {
    /// What it is called by.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// What it says, as far as there is room.
    pub text: String,
    /// It says more.
    pub is_cut: bool,
}

/// A draft article that waits for the head's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleLetter {
    /// The ticket that it was made of.
    pub ticket: TicketFacts,
    /// Who proposes it.
    pub agent: String,
    /// Its heading.
    pub title: String,
    /// What it says.
    pub text: String,
}
