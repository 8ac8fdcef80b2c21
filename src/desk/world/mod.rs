//! The facts a decision may use, loaded in bulk for a whole batch, and kept true within it by [`World::absorb`].
//!
//! The world knows what it was asked for ([`Wants`]). What was asked for and is not here does not exist; what was never
//! asked for nobody may look up: the answer "not there" would be a guess, and a person met on it would be met twice.
//! Such a lookup is a bug of `wants` and ends a debug build, every test among them.

mod absorb;
mod alarms;
mod apart;
mod asking;
mod chronicles;
mod known;
mod loads;
mod mornings;
mod openings;
mod originals;
mod payrolls;
mod people;
mod periods;
mod posted;
mod reviews;
mod searches;
mod sent;
mod wanted;

pub use apart::{Listed, QUARANTINE_MAX, Quarantined};
pub use openings::{OPENINGS_KEPT, Opening, READ_AGAIN_MAX, URGENT_LOOKED_AT};
pub use posted::Posted;
pub use sent::{HISTORY_MAX, Sent};
pub use wanted::Wants;

pub use super::decision::{BEGUN_KEPT, Beginning, OpeningRecord};

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

pub use asking::{Asking, Challenge, Held};
pub use known::Known;
pub use loads::{Active, active_of};

use super::{
    arrival::Arrival,
    decision::Survey,
    payroll::Payrolls,
    people::Roster,
    readiness::Passes,
    review::Written,
    search::{Hit, Search},
    undo::Chronicle,
    worklist::ListItem,
};
use crate::model::{
    address::Address,
    distribution::QueueState,
    ids::{
        AgentName, DecisionId, DeliveryId, MessageId, MessageRow, PersonId, QueueName,
        TicketNumber, WorkId,
    },
    numbers::NumberSaid,
    outgoing::ReportAsked,
    person::Person,
    ticket::Ticket,
};

/// The stretch over which the fuse counts.
pub const FUSE_WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// How many tickets a digest lists; the rest comes with the next.
pub const DIGEST_MAX: usize = 50;

/// How many merges one after the other are followed.
pub const MERGES_MAX: usize = 8;

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
    /// The next decision.
    pub decision: DecisionId,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            ticket: TicketNumber(FIRST_TICKET),
            message: MessageRow(1),
            person: PersonId(1),
            decision: DecisionId(1),
        }
    }
}

/// The first ticket of a new house: four digits from the start, so that a number looks like one.
const FIRST_TICKET: i64 = 1001;

/// The facts.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// What was looked for.
    asked: Wants,
    known: HashMap<MessageId, Vec<Known>>,
    kin: HashMap<MessageId, Vec<Known>>,
    posted: BTreeMap<DeliveryId, Posted>,
    /// Ids of mails that were put aside.
    asides: HashSet<MessageId>,
    tickets: BTreeMap<TicketNumber, Ticket>,
    addresses: HashMap<Address, PersonId>,
    people: HashMap<PersonId, Person>,
    /// Whom the directory may mean by the names that were looked for.
    namesakes: Vec<PersonId>,
    /// Numbers that are somebody else's.
    same: HashMap<PersonId, PersonId>,
    roster: Option<Roster>,
    sent: HashMap<Address, Sent>,
    /// The tickets of people who asked for them, the newest first.
    own: HashMap<Address, Vec<TicketNumber>>,
    /// What agents look for, and where it was found.
    found: BTreeMap<Search, Vec<Hit>>,
    /// All mail is in the index of words.
    is_index_whole: bool,
    /// What people have asked, the newest first.
    pasts: HashMap<PersonId, Vec<TicketNumber>>,
    /// How payroll months stand.
    payrolls: Payrolls,
    /// Employee numbers that were said by mail, in order.
    numbers: Vec<NumberSaid>,
    /// Which figures were asked for in this batch, and are not counted yet.
    reports_asked: Vec<ReportAsked>,
    /// Which regular letters were written.
    reviews: Written,
    /// When people were last asked to rate.
    surveyed: HashMap<PersonId, Survey>,
    unsolved: HashSet<TicketNumber>,
    silenced: HashMap<Address, Timestamp>,
    quarantine: Vec<Listed>,
    /// Automatic mails about a ticket to an address, of the last 24 hours.
    sent_about: HashMap<(TicketNumber, Address), u32>,
    /// What senders have begun, the newest first.
    begun: HashMap<Address, Vec<Beginning>>,
    /// What people's tickets were opened with, the newest first.
    openings: HashMap<PersonId, Vec<Opening>>,
    alarms: HashMap<(String, String), AlarmState>,
    withheld: HashMap<PersonId, Vec<TicketNumber>>,
    mornings: HashMap<AgentName, Vec<TicketNumber>>,
    list_items: HashMap<AgentName, Vec<ListItem>>,
    work_lists: HashMap<(AgentName, i64), Vec<TicketNumber>>,
    /// How many active tickets agents have, by queue.
    loads: HashMap<AgentName, BTreeMap<QueueName, u32>>,
    queue_states: BTreeMap<QueueName, QueueState>,
    waiting: BTreeMap<QueueName, Vec<TicketNumber>>,
    quarantined: HashMap<WorkId, Quarantined>,
    asking: HashMap<PersonId, Asking>,
    challenges: HashMap<String, Challenge>,
    originals: HashMap<TicketNumber, Arrival>,
    wholes: HashMap<TicketNumber, QueueName>,
    answers: HashMap<TicketNumber, Arrival>,
    passes: Passes,
    /// The names of the periods that are closed.
    periods: HashSet<String>,
    chronicles: HashMap<TicketNumber, Chronicle>,
    /// The fuse.
    pub fuse: Fuse,
    /// The numbers that come next.
    pub next: Numbers,
}

/// Looking up.
impl World {
    /// A ticket as it stands.
    #[must_use]
    pub fn ticket(&self, number: TicketNumber) -> Option<&Ticket> {
        let found = self.tickets.get(&number);
        debug_assert!(
            found.is_some() || self.asked.tickets.contains(&number),
            "ticket {number} was not wanted"
        );
        found
    }

    /// The ticket that goes on for this one: itself, or what it was merged into.
    #[must_use]
    pub fn going_on(&self, number: TicketNumber) -> Option<&Ticket> {
        let mut ticket = self.ticket(number)?;
        for _ in 0..MERGES_MAX {
            let Some(into) = ticket.merged_into else {
                break;
            };
            ticket = self.ticket(into)?;
        }
        Some(ticket)
    }

    /// What the person at an address has begun, the newest first; at most [`BEGUN_KEPT`].
    #[must_use]
    pub fn begun(&self, address: &Address) -> &[Beginning] {
        debug_assert!(
            self.asked.senders.contains_key(address),
            "what {address} has begun was not wanted"
        );
        self.begun.get(address).map_or(&[], Vec::as_slice)
    }

    /// The queue that the ticket of a beginning is in: a decision of this batch may have moved it.
    #[must_use]
    pub fn queue_of<'b>(&'b self, beginning: &'b Beginning) -> &'b QueueName {
        let ticket = self.tickets.get(&beginning.ticket);
        ticket.map_or(&beginning.queue, |ticket| &ticket.queue)
    }

    /// Every ticket that is here, in order.
    pub fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets.values()
    }
}

/// Filling.
impl World {
    /// A world in which this was looked for, and nothing found yet.
    #[must_use]
    pub fn new(asked: Wants, next: Numbers) -> Self {
        Self {
            asked,
            next,
            ..Self::default()
        }
    }

    /// What was looked for so far: whoever finds one thing may have to look for the next.
    #[must_use]
    pub const fn asked(&self) -> &Wants {
        &self.asked
    }

    /// Adds a ticket; its people, its siblings and what it was merged into are wanted too.
    pub fn take_in(&mut self, ticket: Ticket) {
        self.asked.tickets.extend(ticket.related());
        let members = std::iter::once(ticket.requester).chain(ticket.readers());
        self.asked.people.extend(members);
        self.asked.people.extend(&ticket.candidates);
        let unsure = ticket.origin.iter().flat_map(|unsure| &unsure.candidates);
        self.asked.people.extend(unsure);
        self.tickets.insert(ticket.number, ticket);
    }

    /// Says what the person at an address has begun, the newest first. Of the tickets only those are wanted too that
    /// more may be gathered in: floods, and those that began with the same words. The rest is only counted.
    pub fn set_begun(&mut self, address: Address, begun: Vec<Beginning>) {
        let bodies = self.asked.senders.get(&address);
        let is_said_again = |body| bodies.is_some_and(|bodies| bodies.contains(body));
        let gathering = begun
            .iter()
            .filter(|one| one.is_flood || is_said_again(&one.body));
        let tickets = gathering.map(|one| one.ticket);
        self.asked.tickets.extend(tickets);
        self.begun.insert(address, begun);
    }

    /// Says how far mail is known.
    pub fn set_passes(&mut self, passes: Passes) {
        self.passes = passes;
    }

    /// Says what was withheld from a reader. The first [`DIGEST_MAX`] tickets are wanted too, the rest is only counted.
    pub fn withhold(&mut self, reader: PersonId, tickets: Vec<TicketNumber>) {
        self.asked.people.insert(reader);
        self.asked.readers.insert(reader);
        self.asked.tickets.extend(tickets.iter().take(DIGEST_MAX));
        self.withheld.insert(reader, tickets);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{
        arrival::nobody,
        cause::Cause,
        decide::decide,
        fixture::{address, given, mail, policy},
    };

    /// A world of which nothing was asked but what a mail of olga's needs.
    fn of_a_mail() -> World {
        let policy = policy();
        let cause = Cause::Mail(Box::new(mail(1, "olga@customers.test", "It smokes.")));
        World::new(Wants::of([&cause], &given(&policy)), Numbers::default())
    }

    #[test]
    fn what_was_asked_for_and_is_not_there_does_not_exist() {
        let world = of_a_mail();
        for who in ["olga@customers.test", "anna@uni.test", "root@uni.test"] {
            assert_eq!(world.person(&address(who)), None, "{who}");
            assert_eq!(world.sent(&address(who)), Sent::default(), "{who}");
        }
        assert_eq!(world.person(&nobody().expect("an address")), None);
        assert!(world.known(&"1@customers.test".into()).is_empty());
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "boris@customers.test")]
    fn nobody_is_met_without_having_been_looked_for() {
        let (world, policy) = (of_a_mail(), policy());
        let other = Cause::Mail(Box::new(mail(1, "boris@customers.test", "It burns.")));
        let decision = decide(&other, &world, &given(&policy));
        assert!(decision.people.is_empty(), "not reached");
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "ticket 1001 was not wanted")]
    fn no_ticket_is_looked_up_by_chance() {
        assert_eq!(of_a_mail().ticket(TicketNumber(1001)), None);
    }
}
