//! What the facts were asked for.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    desk::search::Search,
    model::{
        address::Address,
        ids::{AgentName, DeliveryId, MessageId, PersonId, QueueName, TicketNumber, WorkId},
    },
};

/// The facts wanted, of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own"
)]
pub struct Wants {
    /// Conversations these Message-IDs belong to.
    pub message_ids: BTreeSet<MessageId>,
    /// To whom we sent the mails of these ids.
    pub posted: BTreeSet<MessageId>,
    /// What we sent by these deliveries.
    pub deliveries: BTreeSet<DeliveryId>,
    /// Tickets whose mails name these ids, or are of these conversations.
    pub lineage: BTreeSet<MessageId>,
    /// These tickets, besides those the ids lead to.
    pub tickets: BTreeSet<TicketNumber>,
    /// People at these addresses, and what they were sent lately.
    pub addresses: BTreeSet<Address>,
    /// People of the directory by these names, as somebody wrote them.
    pub names: BTreeSet<String>,
    /// People by number, besides those of the tickets.
    pub people: BTreeSet<PersonId>,
    /// What the people at these addresses have begun lately, and the sums of what they say now
    /// ([`crate::desk::arrival::Arrival::body`]): only where they said the same before is the ticket wanted too.
    pub senders: BTreeMap<Address, BTreeSet<i64>>,
    /// The tickets whose requesters may be asked for an opinion.
    pub surveys: BTreeSet<TicketNumber>,
    /// The tickets of the people at these addresses, who ask for their history.
    pub histories: BTreeSet<Address>,
    /// What the people at these addresses took part in from the start, with what each has just written.
    pub openings: BTreeMap<Address, BTreeSet<Arc<str>>>,
    /// Whose urgent tickets are counted, however many others they have.
    pub urgencies: BTreeSet<Address>,
    /// What caps withheld from these people, for their digests.
    pub readers: BTreeSet<PersonId>,
    /// Everybody, and the live tickets of these agents; `None`: not wanted.
    pub roster: Option<BTreeSet<AgentName>>,
    /// Whether the last mail of a participant is wanted whole, of every ticket at hand.
    pub originals: bool,
    /// Whether the mails are wanted in which the tickets at hand were answered lately.
    pub answers: bool,
    /// Whether the whole history of the tickets at hand is wanted, and of those they are linked with.
    pub chronicles: bool,
    /// What agents look for.
    pub searches: BTreeSet<Search>,
    /// What else the requesters of the tickets at hand have asked in these queues; none: it is not wanted.
    pub pasts: BTreeSet<QueueName>,
    /// What these agents may have to do: their address, and the queues whose tickets that are nobody's are theirs, too.
    pub mornings: BTreeMap<AgentName, (Address, BTreeSet<QueueName>)>,
    /// What stood in these work lists, by agent and minutes.
    pub work_lists: BTreeSet<(AgentName, i64)>,
    /// Whether this work is quarantined.
    pub quarantined: BTreeSet<WorkId>,
    /// Everything that is quarantined, as far as a letter lists it.
    pub quarantine: bool,
    /// What the agents at these addresses were asked about mails in their names.
    pub claimants: BTreeSet<Address>,
    /// The same, of agents by number.
    pub claimant_ids: BTreeSet<PersonId>,
    /// How far mail is known.
    pub passes: bool,
    /// Which periods are closed.
    pub periods: bool,
    /// Questions by their codes.
    pub codes: BTreeSet<String>,
    /// How many active tickets these agents have.
    pub loads: BTreeSet<AgentName>,
    /// The oldest tickets of these queues that wait for room.
    pub waiting: BTreeSet<QueueName>,
    /// How payroll months stand.
    pub payrolls: bool,
    /// Employee numbers that were said by mail.
    pub numbers: bool,
    /// Which regular letters were written.
    pub reviews: bool,
    /// How these queues stand.
    pub queues: BTreeSet<QueueName>,
}
