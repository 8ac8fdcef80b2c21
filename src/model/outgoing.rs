//! A mail to be sent, as values: what it says, to whom, in which conversation.
//! [`crate::mail::render`] makes words of [`Body`], [`crate::mail::write`] makes bytes of the whole.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    address::{Address, NamedAddress},
    ids::{MailboxName, MessageId, MessageRow, PersonId, QueueName, RawId, TicketNumber},
    language::Language,
    message::Place,
    ticket::Side,
};

/// What sort of mail leaves: it decides on caps, on order in the outbox and on `Auto-Submitted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// A person's words relayed. Never capped; carries no `Auto-Submitted`.
    Human,
    /// An acknowledgement, a card, a notice.
    Automatic,
    /// A file or a letter at a promised time.
    Report,
    /// For the administrator.
    Alarm,
}

impl Class {
    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Automatic => "automatic",
            Self::Report => "report",
            Self::Alarm => "alarm",
        }
    }
}

/// The value of `Auto-Submitted` (RFC 3834, section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutoSubmitted {
    /// A person wrote it: no header, else auto-responders' peers would drop it.
    No,
    /// An answer to one mail.
    Replied,
    /// Nobody's answer: a card, a reminder, an alarm.
    Generated,
}

/// Who gets a mail: an envelope recipient, and the person if known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The envelope address.
    pub address: Address,
    /// Who that is.
    pub person: PersonId,
}

/// Where the attachments of a relayed mail come from: parts of a raw mail, copied when the bytes are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosures {
    /// The raw mail.
    pub raw: RawId,
    /// Its parts.
    pub parts: Vec<Enclosure>,
}

/// One part to pass on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// The file name to show; always given, made up where the original had none.
    pub name: String,
    /// `type/subtype`.
    pub media_type: String,
    /// Where in the raw mail.
    pub place: Place,
}

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
}

/// What a mail says: one variant a template, named like the template's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "template", rename_all = "snake_case")]
pub enum Body {
    /// To the requester: registered, number, by when, what to do (T1).
    Acknowledgement {
        /// The ticket.
        ticket: TicketFacts,
        /// When work begins, where the queue is closed now.
        opens: Option<When>,
        /// Names of the files received.
        files: Vec<String>,
    },
    /// To agents: a new ticket (T2, T3). Reply is the answer.
    Card {
        /// The ticket.
        ticket: TicketFacts,
        /// Who asks, display name or address.
        requester: String,
        /// The address.
        requester_address: Address,
        /// The whole text.
        text: String,
        /// Names of the files passed on.
        files: Vec<String>,
        /// Files too large to pass on.
        files_left_out: Vec<String>,
        /// Odd things an agent should know, as codes.
        warnings: Vec<String>,
    },
    /// To agents: something new in a ticket of theirs.
    FollowUp {
        /// The ticket.
        ticket: TicketFacts,
        /// What happened: `reply`, `confirmed`, `returned`, `reopened`, `stranger`, `machine`, `bounce`, `note`, `taken`.
        what: String,
        /// Who wrote, display name or address.
        author: String,
        /// The address.
        author_address: Option<Address>,
        /// What they wrote (for a note or a reply); empty otherwise.
        text: String,
        /// The requester's rating given with it.
        rating: Option<u8>,
        /// Names of the files passed on.
        files: Vec<String>,
        /// Files too large to pass on.
        files_left_out: Vec<String>,
        /// Odd things an agent should know, as codes.
        warnings: Vec<String>,
        /// The agent responsible.
        assignee: Option<String>,
    },
    /// To the requester: an agent's words (T4).
    Reply {
        /// The ticket.
        ticket: TicketFacts,
        /// The agent's name.
        agent: String,
        /// The agent's words.
        text: String,
        /// Files too large to pass on.
        files_left_out: Vec<String>,
    },
    /// To the requester: resolved, please confirm, return or rate (T6).
    Resolution {
        /// The ticket.
        ticket: TicketFacts,
        /// The agent's name.
        agent: String,
        /// The agent's words; empty where there were none.
        text: String,
        /// When silence closes it.
        closes: When,
        /// Files too large to pass on.
        files_left_out: Vec<String>,
    },
    /// To an agent: some commands of a mail were not carried out.
    Refusal {
        /// The ticket.
        ticket: TicketFacts,
        /// Each command and why: a code (`already_taken`, `not_live`, `empty_note`, ...).
        refused: Vec<RefusedCommand>,
    },
    /// To the author of a mail that could not be delivered (T20).
    Undelivered {
        /// The ticket, where it is about one.
        ticket: Option<TicketFacts>,
        /// To whom it did not get.
        recipient: Address,
        /// The status code.
        status: Option<String>,
        /// The other server's words.
        diagnostic: String,
    },
    /// To an agent: mails that a cap withheld in the last hour, one line each.
    Digest {
        /// The tickets.
        tickets: Vec<TicketFacts>,
        /// How many more than are listed.
        more: u64,
    },
    /// To the administrator: something needs a hand (T24).
    Alarm {
        /// Which: `login`, `outbox`, `quarantine`, `fuse`.
        alarm: String,
        /// Of which mailbox, relay or mail.
        object: String,
        /// What was seen, for a person.
        detail: String,
        /// Since when.
        since: When,
        /// Whether it is over now.
        over: bool,
    },
}

/// A command that was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedCommand {
    /// The command as the person wrote it.
    pub command: String,
    /// Why: a code, put into words by the template.
    pub why: String,
    /// A name or number that belongs to the reason: who has taken it.
    pub detail: String,
}

impl Body {
    /// The template's name: `templates/mail/<language>/<name>.{subject,txt,html}`.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        match self {
            Self::Acknowledgement { .. } => "acknowledgement",
            Self::Card { .. } => "card",
            Self::FollowUp { .. } => "follow_up",
            Self::Reply { .. } => "reply",
            Self::Resolution { .. } => "resolution",
            Self::Refusal { .. } => "refusal",
            Self::Undelivered { .. } => "undelivered",
            Self::Digest { .. } => "digest",
            Self::Alarm { .. } => "alarm",
        }
    }
}

/// A mail to be sent. The decider makes it; it becomes bytes once, before it is stored, and those bytes are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingMail {
    /// What this mail is, uniquely: a second mail with the same key is never stored.
    pub dedupe_key: String,
    /// What sort.
    pub class: Class,
    /// Whether the fuse counts it: automatic, and no fresh human mail under its sender's caps has caused it.
    pub counts_for_fuse: bool,
    /// Of which ticket.
    pub ticket: Option<TicketNumber>,
    /// On which side of its conversation.
    pub side: Option<Side>,
    /// The row it takes in the conversation.
    pub message: Option<MessageRow>,
    /// From which queue, for `X-Okno-Queue`.
    pub queue: Option<QueueName>,
    /// Whose relay and account send it: the mailbox's queue decides.
    pub mailbox: MailboxName,
    /// The language of its words.
    pub language: Language,
    /// `From`.
    pub from: NamedAddress,
    /// `MAIL FROM`; `None` is the null path.
    pub envelope_from: Option<Address>,
    /// `To`, visible.
    pub to: Vec<NamedAddress>,
    /// `Cc`, visible.
    pub cc: Vec<NamedAddress>,
    /// Who gets it.
    pub recipients: Vec<Recipient>,
    /// `Message-ID`.
    pub message_id: MessageId,
    /// `In-Reply-To`.
    pub in_reply_to: Option<MessageId>,
    /// `References`, oldest first, the side's root among them.
    pub references: Vec<MessageId>,
    /// `Auto-Submitted`.
    pub auto_submitted: AutoSubmitted,
    /// `X-Okno-Loop` hop count, one more than that of the mail it answers.
    pub hop: u32,
    /// What it says.
    pub body: Body,
    /// What is passed on with it.
    pub enclosures: Option<Enclosures>,
    /// Not to be sent before.
    pub not_before: Option<Timestamp>,
    /// Of no use after.
    pub expires_at: Option<Timestamp>,
}
