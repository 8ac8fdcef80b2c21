//! The facts a decision may use, loaded in bulk for a whole batch, and kept true within it by [`World::absorb`].

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::{decision::Decision, fold::fold};
use crate::model::{
    address::Address,
    alarm::FUSE,
    event::{EventData, Stream},
    ids::{MessageId, MessageRow, PersonId, TicketNumber},
    outgoing::Class,
    person::Person,
    ticket::{Side, Ticket},
};

/// A mail that is already in some conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The mail.
    pub message: MessageRow,
    /// Its ticket.
    pub ticket: TicketNumber,
    /// On which side.
    pub side: Side,
    /// Sum over sender, subject and text, to tell a second copy from another mail with a reused id.
    pub content: i64,
    /// Who wrote it.
    pub person: PersonId,
}

/// How many automatic mails an address was sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// In the last hour.
    pub hour: u32,
    /// In the last 24 hours.
    pub day: u32,
}

/// The stretch over which the fuse counts.
pub const FUSE_WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// How many tickets a digest lists; the rest comes with the next.
pub const DIGEST_MAX: usize = 50;

/// How long a digest waits for more.
pub const DIGEST_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// The state of the fuse (DOMAIN, decision 4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fuse {
    /// Automatic mails of the last ten minutes that no fresh human mail has caused.
    pub recent: u32,
    /// Whether it has blown and nobody has released it yet.
    pub is_blown: bool,
}

/// An alarm that was raised and is not over, or was lately.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AlarmState {
    /// Since when, while raised.
    pub raised_at: Option<Timestamp>,
    /// When the administrator was last told of it by mail.
    pub told_at: Option<Timestamp>,
    /// When it was last over.
    pub over_at: Option<Timestamp>,
}

/// The numbers that come next. The decider takes them in order; nobody else gives out any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// The next ticket.
    pub ticket: TicketNumber,
    /// The next mail of a conversation.
    pub message: MessageRow,
    /// The next person.
    pub person: PersonId,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            ticket: TicketNumber(FIRST_TICKET),
            message: MessageRow(1),
            person: PersonId(1),
        }
    }
}

/// The first ticket of a new house: four digits from the start, so that a number looks like one.
const FIRST_TICKET: i64 = 1001;

/// The facts.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Mails known by Message-ID.
    pub known: HashMap<MessageId, Known>,
    /// Tickets named by those mails, by tags, or by what is due.
    pub tickets: BTreeMap<TicketNumber, Ticket>,
    /// People by address.
    pub people: HashMap<Address, Person>,
    /// People by number: requesters and collaborators of the tickets.
    pub people_by_id: HashMap<PersonId, Person>,
    /// What addresses were sent.
    pub sent: HashMap<Address, Sent>,
    /// The fuse.
    pub fuse: Fuse,
    /// Alarms by (alarm, object).
    pub alarms: HashMap<(String, String), AlarmState>,
    /// Tickets whose cards caps withheld from a person, for a digest.
    pub withheld: HashMap<PersonId, Vec<TicketNumber>>,
    /// The numbers that come next.
    pub next: Numbers,
}

impl World {
    /// Adds a person under both keys.
    pub fn meet(&mut self, person: Person) {
        self.people_by_id.insert(person.id, person.clone());
        self.people.insert(person.address.clone(), person);
    }

    /// Makes the world what it will be once the decision is applied, so that the next mail of the batch sees it.
    pub fn absorb(&mut self, decision: &Decision) {
        for person in &decision.people {
            self.next.person = self.next.person.max(person.id.next());
            self.meet(person.clone());
        }
        for message in &decision.messages {
            self.next.message = self.next.message.max(message.row.next());
            if let Some(ticket) = message.ticket {
                let (side, content, person) = (message.side, message.content, message.person);
                let known = Known {
                    message: message.row,
                    ticket,
                    side,
                    content,
                    person,
                };
                self.known
                    .entry(message.message_id.clone())
                    .or_insert(known);
            }
        }
        for event in &decision.events {
            if let Stream::Ticket(number) = event.stream {
                let folded = fold(self.tickets.remove(&number), number, event);
                self.tickets.extend(folded.map(|ticket| (number, ticket)));
                self.next.ticket = self.next.ticket.max(number.next());
            }
            self.absorb_alarm(&event.data, event.at);
        }
        for queued in &decision.mails {
            if queued.mail.counts_for_fuse && !queued.is_held {
                self.fuse.recent = self.fuse.recent.saturating_add(1);
            }
            if queued.mail.class != Class::Automatic {
                continue;
            }
            for recipient in &queued.mail.recipients {
                let sent = self.sent.entry(recipient.address.clone()).or_default();
                sent.hour = sent.hour.saturating_add(1);
                sent.day = sent.day.saturating_add(1);
            }
        }
        for (person, tickets) in &decision.digest {
            self.withheld.entry(*person).or_default().extend(tickets);
        }
    }

    fn absorb_alarm(&mut self, data: &EventData, at: Timestamp) {
        #[expect(clippy::wildcard_enum_match_arm, reason = "only alarms are alarms")]
        let (alarm, object, state) = match data {
            EventData::AlarmRaised {
                alarm,
                object,
                is_told,
            } => {
                let told_at = is_told.then_some(at);
                (
                    alarm,
                    object,
                    AlarmState {
                        raised_at: Some(at),
                        told_at,
                        over_at: None,
                    },
                )
            }
            EventData::AlarmOver { alarm, object } => (
                alarm,
                object,
                AlarmState {
                    raised_at: None,
                    told_at: None,
                    over_at: Some(at),
                },
            ),
            _ => return,
        };
        if alarm == FUSE {
            self.fuse.is_blown = state.raised_at.is_some();
            // What was counted before a release does not blow it again.
            if state.over_at.is_some() {
                self.fuse.recent = 0;
            }
        }
        let key = (alarm.clone(), object.clone());
        let before = self.alarms.get(&key).copied().unwrap_or_default();
        let (told_at, over_at) = (
            state.told_at.or(before.told_at),
            state.over_at.or(before.over_at),
        );
        self.alarms.insert(
            key,
            AlarmState {
                told_at,
                over_at,
                ..state
            },
        );
    }
}
