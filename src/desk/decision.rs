//! A decision: what happened, what is to be sent, and why. The shell stores it whole, in one transaction.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{
    kb::Kb,
    order::Order,
    policy::Policy,
    reason::Reason,
    similarity::Sketch,
    token::{Key, Keyring},
    worklist::{ItemKind, ListItem},
};
use crate::model::{
    address::Address,
    distribution::QueueState,
    event::{Event, EventData, Stream},
    ids::{AgentName, MessageId, MessageRow, PersonId, QueueName, RawId, TicketNumber},
    outgoing::OutgoingMail,
    person::Person,
    ticket::Side,
};

/// What a decision is made under: the rules, the key, the time.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The rules in force.
    pub policy: &'a Policy,
    /// The rules as the file has them: what heads of queues change is laid over these.
    pub file: &'a Policy,
    /// The instance key.
    pub key: &'a Key,
    /// The texts at hand.
    pub kb: &'a Kb,
    /// Now.
    pub now: Timestamp,
    /// The name of this okno in `X-Okno-Loop`: one for each database, so that its own mails are known when they return.
    pub instance: &'a str,
}

impl Given<'_> {
    /// The keys that reply addresses are signed with.
    #[must_use]
    pub fn keyring(&self) -> Keyring {
        self.key.keyring()
    }
}

/// A mail of a conversation, as it will be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRecord {
    /// Its row.
    pub row: MessageRow,
    /// Its ticket; `None` for a mail that belongs to none.
    pub ticket: Option<TicketNumber>,
    /// On which side.
    pub side: Side,
    /// Came in: the raw mail; `None` for ours.
    pub raw: Option<RawId>,
    /// Who wrote it; for ours, its first recipient.
    pub person: PersonId,
    /// Its Message-ID; made up where it had none.
    pub message_id: MessageId,
    /// Sum over sender, text and files.
    pub content: i64,
    /// What else it may be recognised by: the ids it names, the conversation it is of.
    pub lineage: Vec<MessageId>,
}

/// How many beginnings of a sender are looked at, the newest: more than any rule here counts to.
pub const BEGUN_KEPT: usize = 64;

/// A mail that opened a ticket, or was gathered in one instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// The mail.
    pub message: MessageRow,
    /// Where it is.
    pub ticket: TicketNumber,
    /// The queue of that ticket, when it was last looked at.
    pub queue: QueueName,
    /// When it arrived.
    pub at: Timestamp,
    /// Sum over what it says, whatever its ids ([`super::arrival::Arrival::body`]).
    pub body: i64,
    /// It came when its sender had begun too much already.
    pub is_flood: bool,
    /// It came right after an automatic mail of ours.
    pub is_reflex: bool,
    /// How many tags with wrong letters its subject names.
    pub guesses: u32,
}

/// A mail that opened a ticket, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningRecord {
    /// The ticket.
    pub ticket: TicketNumber,
    /// The mail.
    pub message: MessageRow,
    /// Everybody who takes part from the start, its author first.
    pub people: Vec<PersonId>,
    /// What it says. Of this only the `SimHash` is stored.
    pub sketch: Sketch,
}

/// Nobody is asked for an opinion more often.
pub const SURVEY_EVERY: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A question how well the work was done, or whether somebody would recommend us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Survey {
    /// On which ticket.
    pub ticket: TicketNumber,
    /// When it was asked.
    pub at: Timestamp,
    /// When they were last asked whether they would recommend us.
    pub nps_at: Option<Timestamp>,
    /// Whether they want to be asked that; `None`: they have said nothing, or nothing new.
    pub wants_nps: Option<bool>,
}

/// A mail to be sent, and whether the fuse holds it back.
#[derive(Debug, Clone, PartialEq)]
pub struct Queued {
    /// The mail.
    pub mail: OutgoingMail,
    /// Held until the administrator releases it.
    pub is_held: bool,
}

/// What one piece of work led to.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The headline: why it ended as it did.
    pub reason: Reason,
    /// The facts it rests on, as JSON: codes and numbers, for `okno explain`.
    pub facts: serde_json::Value,
    /// People met or changed.
    pub people: Vec<Person>,
    /// Whose addresses are from now on; `None`: nobody's.
    pub addresses: Vec<(Address, Option<PersonId>)>,
    /// Mails that took a place in a conversation, in and out.
    pub messages: Vec<MessageRecord>,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// What is to be sent.
    pub mails: Vec<Queued>,
    /// Mails that opened a ticket or were gathered in one, with their authors.
    pub begun: Vec<(Address, Beginning)>,
    /// What tickets were opened with.
    pub openings: Vec<OpeningRecord>,
    /// What is to be done to what waits already.
    pub orders: Vec<Order>,
    /// Tickets to name in a person's next digest.
    pub digest: Vec<(PersonId, Vec<TicketNumber>)>,
    /// Whose digest has just been written.
    pub digest_done: Vec<PersonId>,
    /// The mail is kept apart, and why, for the administrator: its work waits until it is released.
    pub quarantine: Option<String>,
    /// Addresses that mail does not reach, and until when; `None`: it does again.
    pub silence: Vec<(Address, Option<Timestamp>)>,
    /// Who is asked now to rate the work on a ticket.
    pub surveyed: Vec<(PersonId, Survey)>,
    /// Agents to be asked whether mails are theirs, and when.
    pub to_be_asked: Vec<(PersonId, Timestamp)>,
    /// When the work list of an agent comes next.
    pub mornings: Vec<(i64, Timestamp)>,
    /// What agents find in their next lists besides their tickets.
    pub list_items: Vec<(AgentName, ListItem)>,
    /// What of that is done with, by its number.
    pub list_items_done: Vec<(AgentName, i64, ItemKind)>,
    /// When an absence of an agent begins, by the number of their appointment.
    pub absences: Vec<(i64, Timestamp)>,
    /// What stands in an agent's work list, by its minutes: its lines in order.
    pub work_lists: Vec<(AgentName, i64, Vec<TicketNumber>)>,
    /// Queues as they stand after it.
    pub queue_states: Vec<(QueueName, QueueState)>,
    /// When a queue looks whether it can give out what waits, by the number of its appointment.
    pub give_outs: Vec<(i64, Timestamp)>,
    /// Whether a fresh mail of a person, whom automatic mail may answer, has caused this.
    pub is_fresh_human: bool,
    /// Tickets that would be late by the rules of today, and were left as they were.
    pub kept_due: Vec<(QueueName, TicketNumber)>,
    /// Queues where what would be late by the rules of today is.
    pub recounts: Vec<QueueName>,
}

impl Decision {
    /// A decision with nothing in it yet.
    #[must_use]
    pub fn new(reason: Reason) -> Self {
        Self {
            reason,
            facts: json!({}),
            people: Vec::new(),
            addresses: Vec::new(),
            messages: Vec::new(),
            events: Vec::new(),
            mails: Vec::new(),
            begun: Vec::new(),
            openings: Vec::new(),
            orders: Vec::new(),
            digest: Vec::new(),
            digest_done: Vec::new(),
            quarantine: None,
            silence: Vec::new(),
            surveyed: Vec::new(),
            to_be_asked: Vec::new(),
            mornings: Vec::new(),
            absences: Vec::new(),
            list_items: Vec::new(),
            list_items_done: Vec::new(),
            work_lists: Vec::new(),
            queue_states: Vec::new(),
            give_outs: Vec::new(),
            is_fresh_human: false,
            kept_due: Vec::new(),
            recounts: Vec::new(),
        }
    }

    /// Whether it changes how a queue works.
    #[must_use]
    pub fn changes_queues(&self) -> bool {
        let is_change = |event: &Event| {
            matches!(
                event.data,
                EventData::QueueChanged { .. } | EventData::QueueChangeOver { .. }
            )
        };
        self.events.iter().any(is_change)
    }

    /// The tickets it touches, each once, in order.
    #[must_use]
    pub fn tickets(&self) -> Vec<TicketNumber> {
        let mut numbers: Vec<TicketNumber> = self
            .events
            .iter()
            .filter_map(|event| match &event.stream {
                Stream::Ticket(number) => Some(*number),
                Stream::Mailbox(_)
                | Stream::Queue(_)
                | Stream::Person(_)
                | Stream::Directory
                | Stream::House => None,
            })
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}
