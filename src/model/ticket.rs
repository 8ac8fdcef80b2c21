//! A ticket as it stands: the fold of its events, stored beside them as a snapshot.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use super::repeat::Repeat;
use super::{
    classification::Classification,
    clock::Clock,
    crossing::{HeldAnswer, LastAnswer},
    distribution::OwnerQuestion,
    escalation::Escalation,
    following::Snooze,
    form::FilledForm,
    ids::{AgentName, MailboxName, MessageId, MessageRow, PersonId, QueueName, TicketNumber},
    kb::ArticleDraft,
    language::Language,
    nps::Nps,
    origin::UnsureOrigin,
    text::Text,
};

/// Where a ticket stands (ARCHITECTURE, table of names).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has answered or taken it.
    New,
    /// An agent works on it.
    Open,
    /// Waits for the requester.
    Pending,
    /// Waits for a third party.
    OnHold,
    /// The agent says it is done; the requester may confirm or return it.
    Resolved,
    /// Confirmed, or silent for long enough.
    Closed,
}

impl State {
    /// All states, in the order a ticket usually takes.
    pub const ALL: [Self; 6] = [
        Self::New,
        Self::Open,
        Self::Pending,
        Self::OnHold,
        Self::Resolved,
        Self::Closed,
    ];

    /// Whether somebody still owes work on it.
    #[must_use]
    pub const fn is_live(self) -> bool {
        match self {
            Self::New | Self::Open | Self::Pending | Self::OnHold => true,
            Self::Resolved | Self::Closed => false,
        }
    }

    /// Whether it is the agents' turn: nothing is waited for.
    #[must_use]
    pub const fn is_active(self) -> bool {
        matches!(self, Self::New | Self::Open)
    }

    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Pending => "pending",
            Self::OnHold => "on_hold",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }
}

/// A side of a conversation. Each has its own References root; mails of one side never thread into the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Mails to and from the requester and those in Cc.
    Requester,
    /// Cards, and what agents write in answer to them.
    Agents,
}

impl Side {
    /// The letter inside our Message-IDs and in the database.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Requester => 'r',
            Self::Agents => 'a',
        }
    }

    /// The side of that letter.
    #[must_use]
    pub const fn from_letter(letter: char) -> Option<Self> {
        match letter {
            'r' => Some(Self::Requester),
            'a' => Some(Self::Agents),
            _ => None,
        }
    }
}

/// Why a ticket counts as no request at all (DOMAIN 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// Nobody asked anything.
    Spam,
}

/// One side's mails, as far as the next mail's References need them (RFC 5322, 3.6.4).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The first mail of the side.
    pub first: Option<MessageId>,
    /// The newest.
    pub last: Option<MessageId>,
    /// The newest of ours.
    pub last_sent: Option<MessageId>,
}

/// An answer that the requester got without okno, and has not written since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideAnswer {
    /// The mail.
    pub message: MessageRow,
    /// When it was sent.
    pub at: Timestamp,
    /// Who wrote it, where that is known.
    pub agent: Option<AgentName>,
}

/// An agent's words on their way to the requester.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentAnswer {
    /// Our mail that bears them.
    pub message: MessageRow,
    /// Whose they are.
    pub agent: AgentName,
    /// Whether they say that it is done.
    pub resolves: bool,
}

/// How many answers a ticket remembers: a report about an older one undoes nothing any more.
pub const ANSWERS_KEPT: usize = 8;

/// How many mails that offer words a ticket remembers.
pub const OFFERED_KEPT: usize = 4;

/// How many relays a ticket remembers: enough to tell a conversation from two machines talking.
pub const RELAYS_KEPT: usize = 12;

/// How many links a ticket remembers.
pub const LINKS_KEPT: usize = 20;

/// How many people a ticket remembers who might read along.
pub const CANDIDATES_KEPT: usize = 10;

/// How many changes of who is responsible a ticket remembers.
pub const HOLDERS_KEPT: usize = 20;

/// A ticket as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
pub struct Ticket {
    /// Its number.
    pub number: TicketNumber,
    /// Who answers.
    pub queue: QueueName,
    /// The mailbox it is answered from.
    pub mailbox: MailboxName,
    /// The tag's prefix, fixed at birth: `IT` in `[IT-1042-K7Q4]`.
    pub prefix: String,
    /// The first mail's subject without reply prefixes and tags; empty where there was none.
    pub subject: Text,
    /// The language the requester is answered in.
    pub language: Language,
    /// Who asked.
    pub requester: PersonId,
    /// Who was in To or Cc of the requester's mails.
    pub collaborators: Vec<PersonId>,
    /// Whom agents let read along.
    pub observers: Vec<PersonId>,
    /// Who knows the ticket, takes no part and has written: the last ones, whom an agent may let read along.
    pub candidates: Vec<PersonId>,
    /// Who does not want to read along any more.
    pub left: Vec<PersonId>,
    /// The requester wants no automatic mail about it.
    pub is_quiet: bool,
    /// The mail that opened it must not be answered by machine: a machine's, a list's, one to everybody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_unanswerable: bool,
    /// Tickets that the same mail opened in other queues.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub siblings: Vec<TicketNumber>,
    /// Tickets that have to do with it, as agents say; at most [`LINKS_KEPT`], the newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<TicketNumber>,
    /// What its agents have asked of other departments, the newest last; at most
    /// [`ESCALATIONS_KEPT`](super::escalation::ESCALATIONS_KEPT).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalations: Vec<Escalation>,
    /// The ticket of another department for whose sake its agents ask this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_for: Option<TicketNumber>,
    /// Those who asked need it no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_needless: bool,
    /// The ticket that goes on for it, once it has turned out to be the same conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<TicketNumber>,
    /// The ticket, closed too long ago to be reopened, that the first mail answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<TicketNumber>,
    /// The ticket whose conversation it is a part of: an agent made it a ticket of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TicketNumber>,
    /// What it is.
    #[serde(default)]
    pub classification: Classification,
    /// The form that it was asked by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FilledForm>,
    /// The head is asked who gets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_asked: Option<OwnerQuestion>,
    /// It is nobody's until somebody has room.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waits_for_room: bool,
    /// What it repeats, or seems to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<Repeat>,
    /// An agent brought it and is asked whose it is; until then it is theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<UnsureOrigin>,
    /// The agent responsible.
    pub assignee: Option<AgentName>,
    /// Who was responsible from when on, nobody included, the newest last; at most [`HOLDERS_KEPT`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holders: Vec<(Timestamp, Option<AgentName>)>,
    /// Where it stands.
    pub state: State,
    /// When it was opened: arrival of the first mail at our server.
    pub opened_at: Timestamp,
    /// When it was last resolved.
    pub resolved_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// While it waits for a third party: until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_until: Option<Timestamp>,
    /// Why it counts as no request at all: it is closed, and nobody is told of what else is written in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excluded: Option<Exclusion>,
    /// When the requester, or somebody in Cc, wrote last.
    #[serde(default)]
    pub asked_at: Option<Timestamp>,
    /// The answer without okno that is the last word so far.
    #[serde(default)]
    pub outside: Option<OutsideAnswer>,
    /// The mail that last asked whether all is well.
    pub resolution: Option<MessageId>,
    /// Mails that offer the requester words to ask by, the newest last; at most [`OFFERED_KEPT`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<MessageId>,
    /// The acknowledgement that shows articles of the knowledge base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub articles_in: Option<MessageId>,
    /// Whether its requester would recommend us, where that is to be asked or was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nps: Option<Nps>,
    /// The draft article that the head is asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleDraft>,
    /// The letters in which the head was asked about drafts, the newest last: what answers them goes to nobody else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub article_letters: Vec<MessageId>,
    /// The requester says that it cannot wait.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_urgent: bool,
    /// When that was said, even if an agent has since said that it can wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgent_at: Option<Timestamp>,
    /// When people's words were last relayed, the newest last; at most [`RELAYS_KEPT`].
    pub relayed: Vec<Timestamp>,
    /// The agent whose words are about to be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaking: Option<AgentName>,
    /// The newest answers sent that nothing has undone, the newest last; at most [`ANSWERS_KEPT`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<SentAnswer>,
    /// The last answer, whoever gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_answer: Option<LastAnswer>,
    /// Answers that wait for their authors' word, one an agent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<HeldAnswer>,
    /// Agents who do not want to see it in their lists for now, one entry an agent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snoozed: Vec<Snooze>,
    /// Agents who follow it, though it is somebody else's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<AgentName>,
    /// How often it came back.
    pub reopened: u32,
    /// The requester's 1 to 5.
    pub rating: Option<u8>,
    /// Its clocks.
    pub clocks: Vec<Clock>,
    /// The mail that opened it.
    pub first_message: MessageRow,
    /// The requester's side of the conversation.
    pub requester_thread: Thread,
    /// The agents' side.
    pub agents_thread: Thread,
    /// How many events it is folded from: the stream sequence of the last one.
    pub last_seq: i64,
}

impl Ticket {
    /// The conversation of that side.
    #[must_use]
    pub const fn thread(&self, side: Side) -> &Thread {
        match side {
            Side::Requester => &self.requester_thread,
            Side::Agents => &self.agents_thread,
        }
    }

    /// The tickets that what happens to it may concern.
    pub fn related(&self) -> impl Iterator<Item = TicketNumber> {
        let asked = self.escalations.iter().filter_map(|one| one.ticket);
        let others = self.merged_into.into_iter().chain(self.asked_for);
        self.siblings.iter().copied().chain(others).chain(asked)
    }

    /// What people call it by: `IT-1042`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}-{}", self.prefix, self.number)
    }

    /// Whether whoever has room first gets it.
    #[must_use]
    pub fn is_waiting_for_room(&self) -> bool {
        let is_work = self.state.is_live() && self.merged_into.is_none();
        self.waits_for_room && is_work && self.assignee.is_none()
    }

    /// Whether another department owes an answer that its agents have asked for.
    #[must_use]
    pub fn is_escalated(&self) -> bool {
        let mut asked = self.escalations.iter();
        asked.any(|one| one.is_open() && one.ticket.is_some())
    }

    /// Who was responsible at an instant, as far back as it is remembered. Who became so at that very instant was not before.
    #[must_use]
    pub fn holder_at(&self, at: Timestamp) -> Option<&AgentName> {
        let mut since = self.holders.iter().rev();
        let found = since.find(|(since, _)| *since < at);
        found.and_then(|(_, holder)| holder.as_ref())
    }

    /// Everybody who reads along.
    pub fn readers(&self) -> impl Iterator<Item = PersonId> {
        self.collaborators.iter().chain(&self.observers).copied()
    }
}
