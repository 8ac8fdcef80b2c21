//! What the values of several mails are made of.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::form::FormView;
use crate::model::address::Address;

/// An instant to be shown in a zone: templates print it with the filter `date`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The instant.
    pub at: Timestamp,
    /// The IANA name of the zone to show it in.
    pub zone: String,
}

/// What every mail about a ticket tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketFacts {
    /// `IT-1042`.
    pub label: String,
    /// `[IT-1042-K7Q4]`.
    pub tag: String,
    /// The subject without tag and prefixes; empty where there was none.
    pub subject: String,
    /// The queue's title.
    pub queue: String,
    /// The queue's hours in words, where it has hours: `пн–пт 9:00–18:00`.
    pub hours: Option<String>,
    /// The address that answers; `mailto:` links go there.
    pub address: Address,
    /// By when it is promised, if anything is.
    pub due: Option<When>,
    /// To agents: who else gets what they answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<String>,
    /// What of its kind is out of the ordinary.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<KindPart>,
    /// Its reader only follows it: others answer it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_followed: bool,
    /// Another department asks it: answers go there, not to a requester.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_question: bool,
    /// The form that it was asked by, as it is filled in.
    #[serde(default)]
    pub form: Option<FormView>,
}

/// A ticket as its requester is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTicket {
    /// The ticket.
    pub ticket: TicketFacts,
    /// Where it stands, as a code: `new`, `open`, `pending`, `on_hold`, `resolved`, `closed`.
    pub state: String,
    /// The requester says that it cannot wait.
    pub is_urgent: bool,
    /// When it was opened.
    pub opened: When,
    /// The agent responsible.
    pub agent: Option<String>,
    /// When silence closes it, once it is resolved.
    pub closes: Option<When>,
}

/// An earlier ticket that a new one may have to do with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierTicket {
    /// `IT-1042`.
    pub label: String,
    /// Its subject; empty where there was none.
    pub subject: String,
    /// Who asked, display name or address, made inert.
    pub requester: String,
    /// When it was opened.
    pub opened: When,
    /// Whether somebody still owes work on it.
    pub is_live: bool,
    /// The agent responsible.
    pub assignee: Option<String>,
    /// Commands, by their codes, that bring the new ticket together with it here: `merge`, `link`.
    pub ways: Vec<String>,
}

/// One thing out of the ordinary of a ticket's kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindPart {
    /// Which: `class`, `priority`, `category`, `tag`.
    pub what: String,
    /// A code of class or priority, else the words themselves: `emergency`, `high`, `принтеры`.
    pub word: String,
}

/// What the requester of a new ticket has asked before, as its card tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastTicket {
    /// `IT-1042`.
    pub label: String,
    /// Its subject; empty where there was none.
    pub subject: String,
    /// When it was opened.
    pub opened: When,
    /// Where it stands, as a code: `new`, `open`, `pending`, `on_hold`, `resolved`, `closed`.
    pub state: String,
    /// The agent responsible.
    pub agent: Option<String>,
}

/// A quarantined mail in a list. Its words are made inert: it is there because it may be dangerous.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantinedItem {
    /// Its number, by which it is released or discarded.
    pub work: i64,
    /// When it arrived.
    pub at: Option<When>,
    /// Who wrote it, where it could be read.
    pub author: String,
    /// Its subject, where it could be read.
    pub subject: String,
    /// Why it is there: `spam: x-spam-flag: YES`.
    pub problem: String,
}

/// That a ticket has come from another queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The agent who has sent it.
    pub by: String,
    /// Why, in their words; empty where they gave none.
    pub why: String,
}

/// A mail in an agent's name that waits for their word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldMail {
    /// The ticket.
    pub ticket: TicketFacts,
    /// When it came.
    pub at: When,
}

/// Who brought a request that is somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bringer {
    /// How: `forwarded`, `written_down`, `split`.
    pub way: String,
    /// The agent's name.
    pub agent: String,
    /// What it was part of, as people name it; empty where it stood alone.
    pub of: String,
}

/// Somebody whose request it may be that an agent brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The number that stands for them in the answer, from 1.
    pub number: usize,
    /// The name; empty where it is not known.
    pub name: String,
    /// The address, made inert where the directory does not know it.
    pub address: String,
    /// Where they work, where the directory says so.
    pub department: String,
}

/// A button: what it says when it is pressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it does, as a code: `take`, `done`, `spam`, `cancel`, `urgent`.
    pub what: String,
    /// The word for it.
    pub word: String,
    /// The subject of the mail that it opens.
    pub subject: String,
}

/// A text of ours that an agent's words call for, on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canned {
    /// The line that calls for it.
    pub written: String,
    /// What stands there instead.
    pub template: String,
    /// Whether it has variables to be filled; an article has none.
    pub has_variables: bool,
    /// Whom it is said to: a name, or nothing.
    pub requester: String,
}

/// A mail for information, of which a ticket can be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCopy {
    /// The queue's title.
    pub queue: String,
    /// What names the mail and this reader: `[mail:17:k7q4m2p9]`.
    pub code: String,
    /// Where the button's mail goes.
    pub address: Address,
    /// The subject without prefixes; empty where there was none.
    pub about: String,
    /// Who wrote, display name or address.
    pub author: String,
    /// The address, made inert where the sender is suspicious.
    pub author_address: String,
    /// Whom it asks.
    pub to: Vec<String>,
    /// What is said of the sender in passing, as codes: `outside`, `unproven`.
    pub marks: Vec<String>,
    /// The whole text.
    pub text: String,
    /// Names of the files passed on.
    pub files: Vec<String>,
    /// Files too large to pass on.
    pub files_left_out: Vec<String>,
    /// Odd things an agent should know, as codes.
    pub warnings: Vec<String>,
}

/// Two answers to one question, of which the second waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossedAnswers {
    /// The ticket.
    pub ticket: TicketFacts,
    /// Who has answered; `None`: somebody from the shared mailbox.
    pub colleague: Option<String>,
    /// When.
    pub at: When,
    /// What; empty where that is not at hand.
    pub theirs: String,
    /// What waits.
    pub yours: String,
}

/// An agent brings somebody's request, and it is not sure whose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginQuestion {
    /// The ticket.
    pub ticket: TicketFacts,
    /// The agent's name.
    pub agent: String,
    /// What is not sure: `nobody`, `no_address`, `unknown`, `several`, `ours`, `staff`, `automatic`, `old`, `unproven`.
    pub why: String,
    /// Who it may be.
    pub candidates: Vec<Candidate>,
    /// Without an answer until then it stays the agent's own.
    pub until: When,
    /// Why it is asked once more: `unclear`, or one of the above; `None`: it is asked for the first time.
    pub again: Option<String>,
}

/// What became of one command of a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptLine {
    /// The command as the person wrote it.
    pub written: String,
    /// Whether it was carried out.
    pub is_done: bool,
    /// Why not: a code, put into words by the template; empty where it was.
    pub why: String,
    /// A name or number that belongs to the reason: who has taken it.
    pub detail: String,
    /// The right way to write it, where it was written wrongly and that is known.
    pub form: String,
}

/// The commands that can be given in a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpList {
    /// The ticket it was asked in.
    pub ticket: TicketFacts,
    /// Each command.
    pub lines: Vec<HelpLine>,
}

/// A command that can be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpLine {
    /// How it is written: `#назначить anna`.
    pub form: String,
    /// Its name, put into words by the template: `assign`.
    pub verb: String,
}

/// What a letter says of its coming late; one that comes on its day says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateShown {
    /// When it was promised.
    #[serde(default)]
    pub promised: Option<When>,
    /// What no letter was ever written about, and none will be.
    #[serde(default)]
    pub missed: Option<MissedShown>,
}

/// Periods in a row that no letter was written about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedShown {
    /// The first of them, where they are months: `2026-07`.
    pub first: String,
    /// The last.
    pub last: String,
    /// The first day of all.
    pub from: When,
    /// The last day.
    pub to: When,
}
