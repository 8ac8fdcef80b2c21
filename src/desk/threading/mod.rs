//! Where a mail belongs (DOMAIN 4.7). What is stronger goes first, and within it what is newer:
//!
//! 1. what we signed: our Message-IDs and the roots of the two sides of a ticket, then reply addresses, then buttons;
//! 2. Message-IDs of others that mails of a ticket bear, so that people in Cc who answer each other join;
//! 3. ids that mails of a ticket name although the mails never came to us, and Outlook's conversations, where References
//!    are lost: many people answer one circular, so only who takes part already joins by it;
//! 4. a tag in the subject; the line our letters end with; a number without check letters. All of them only of somebody
//!    who takes part;
//! 5. a tag in the subject, of a stranger: what they write is shown to the agents, and nothing goes to them.
//!
//! None of the second to the last proves anything: whoever wrote those mails chose their ids.

mod rivals;
mod tokens;
mod words;

pub(super) use self::{
    rivals::rivals,
    tokens::{TOKEN_DAYS, has_had_our_mail, owner, owners, presented},
    words::InWords,
};

use super::{
    arrival::Arrival,
    decision::Given,
    policy::ListMail,
    reason::Reason,
    world::{Known, World},
};
use crate::model::{
    address::NamedAddress,
    ids::{MessageId, PersonId, TicketNumber},
    message::Kind,
    ticket::{Side, Ticket},
};

/// Where a mail belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) ticket: TicketNumber,
    pub(super) side: Side,
    pub(super) how: Reason,
    /// The mail names an id that we signed for this side.
    pub(super) is_signed: bool,
}

/// How many ids that a mail names are kept: the newest say which mail it answers, the oldest which conversation it is.
const NAMED_MAX: usize = 16;

/// The mail that this is a second copy of, in every ticket it stands in: same Message-ID, same author and body.
pub(super) fn copies_of(arrival: &Arrival, world: &World) -> Vec<Known> {
    let (Some(id), content) = (arrival.own_id(), arrival.content()) else {
        return Vec::new();
    };
    let known = world.known(&id).iter().chain(world.kin(&late(&id)));
    known
        .filter(|known| known.content == content && world.ticket(known.ticket).is_some())
        .cloned()
        .collect()
}

/// The id that stands in for that of a mail whose Message-ID a different mail has taken already. Both may be meant by whoever answers that id.
pub(super) fn late(id: &MessageId) -> MessageId {
    MessageId(format!("late:{id}"))
}

/// What a mail may be recognised by besides its own id: see [`crate::desk::decision::MessageRecord::lineage`].
pub(super) fn lineage(arrival: &Arrival, world: &World, given: &Given<'_>) -> Vec<MessageId> {
    let parents: Vec<&MessageId> = arrival
        .parents()
        .filter(|id| given.key.verify(id).is_none())
        .collect();
    let newest = parents.iter().take(NAMED_MAX);
    let oldest = parents.iter().skip(NAMED_MAX).last();
    let named = newest.chain(oldest).map(|id| MessageId::clone(id));
    let content = arrival.content();
    let is_used = |id: &MessageId| world.known(id).iter().any(|known| known.content != content);
    let late = arrival.own_id().filter(is_used).map(|id| late(&id));
    named.chain(late).chain(arrival.conversation()).collect()
}

/// The conversation this mail belongs to, by the strongest sign of it.
pub(super) fn seat(arrival: &Arrival, world: &World, given: &Given<'_>) -> Option<Seat> {
    let author = Author::of(arrival, world, given);
    arrival
        .parents()
        .find_map(|id| by_signed(id, world, given))
        .or_else(|| by_reply_address(arrival, world, given))
        .or_else(|| by_button(arrival, world, given))
        .or_else(|| author.by_known())
        .or_else(|| author.by_kin())
        .or_else(|| author.by_words())
}

/// The conversation in which one of our mails took part, for bounces.
pub(super) fn seat_of(id: &MessageId, world: &World, given: &Given<'_>) -> Option<Seat> {
    by_signed(id, world, given).or_else(|| {
        let mut known = world.known(id).iter();
        known.find_map(|known| {
            let ticket = world.going_on(known.ticket)?;
            Some(unsigned(ticket.number, known.side, Reason::ByKnownMessage))
        })
    })
}

/// Whether everybody who writes by this way may join what is said there: the site lets a mailing list open tickets, and
/// whoever is on the list has read all of it.
pub(super) fn is_open_to_all(arrival: &Arrival, given: &Given<'_>) -> bool {
    let mailbox = given.policy.mailboxes.get(&arrival.mailbox);
    arrival.reading.message.kind == Kind::List
        && mailbox.is_some_and(|mailbox| mailbox.list_mail == ListMail::Ticket)
}

/// The other tickets whose mails a mail of a mailing list answers: they are one conversation, as nobody knew before.
pub(super) fn bridged(arrival: &Arrival, world: &World, to: TicketNumber) -> Vec<TicketNumber> {
    let known = arrival.parents().flat_map(|id| world.known(id));
    let kin = named(arrival).flat_map(|id| world.kin(&id));
    let tickets = known
        .chain(kin)
        .filter_map(|one| world.going_on(one.ticket));
    let mut others: Vec<TicketNumber> = Vec::new();
    for ticket in tickets {
        if ticket.number != to && !others.contains(&ticket.number) {
            others.push(ticket.number);
        }
    }
    others
}

/// What a mail answers that may be named by others, and itself, which others may have answered before it came.
fn named(arrival: &Arrival) -> impl Iterator<Item = MessageId> {
    let named = arrival.parents().flat_map(|id| [late(id), id.clone()]);
    named.chain(arrival.own_id())
}

fn by_signed(id: &MessageId, world: &World, given: &Given<'_>) -> Option<Seat> {
    let signed = given.key.verify(id)?;
    let ticket = world.going_on(signed.ticket)?;
    Some(Seat {
        ticket: ticket.number,
        side: signed.side,
        how: Reason::ByReference,
        is_signed: true,
    })
}

fn by_reply_address(arrival: &Arrival, world: &World, given: &Given<'_>) -> Option<Seat> {
    let owner = owner(&presented(arrival, given))?;
    let ticket = world.going_on(owner.ticket)?;
    Some(Seat {
        ticket: ticket.number,
        side: owner.side,
        how: Reason::ByReplyAddress,
        is_signed: true,
    })
}

fn by_button(arrival: &Arrival, world: &World, given: &Given<'_>) -> Option<Seat> {
    let owner = owner(&arrival.pressed(given))?;
    let ticket = world.going_on(owner.ticket)?;
    Some(Seat {
        ticket: ticket.number,
        side: owner.side,
        how: Reason::ByButton,
        is_signed: true,
    })
}

const fn unsigned(ticket: TicketNumber, side: Side, how: Reason) -> Seat {
    Seat {
        ticket,
        side,
        how,
        is_signed: false,
    }
}

/// Who writes, and how they stand to tickets: what is not signed counts only as far as its author takes part.
struct Author<'m> {
    arrival: &'m Arrival,
    world: &'m World,
    given: &'m Given<'m>,
    person: Option<PersonId>,
    is_agent: bool,
    is_open_to_all: bool,
}

impl<'m> Author<'m> {
    fn of(arrival: &'m Arrival, world: &'m World, given: &'m Given<'m>) -> Self {
        let address = arrival.author().map(|(address, _)| address);
        let person = address.as_ref().and_then(|address| world.person(address));
        let person = person.map(|person| person.id);
        let is_agent = |address| world.agent_at(address, person, given.policy).is_some();
        Self {
            arrival,
            world,
            given,
            person,
            is_agent: address.as_ref().is_some_and(is_agent),
            is_open_to_all: is_open_to_all(arrival, given),
        }
    }

    fn takes_part(&self, ticket: &Ticket) -> bool {
        self.person
            .is_some_and(|person| self.world.takes_part(person, ticket))
    }

    /// Whether the mail goes to somebody who takes part: it was written in answer to them.
    fn writes_to_participant(&self, ticket: &Ticket) -> bool {
        let others = self.arrival.others(self.given.policy);
        let mut people = others
            .iter()
            .filter_map(NamedAddress::parsed)
            .filter_map(|address| self.world.person(&address));
        people.any(|person| self.world.takes_part(person.id, ticket))
    }

    /// By the Message-ID of a mail of the ticket. Somebody may have used the id of another's mail before that came:
    /// whoever answers that other then neither takes part in the ticket nor writes to anybody who does.
    fn by_known(&self) -> Option<Seat> {
        let mut known = self.arrival.parents().flat_map(|id| self.world.known(id));
        known.find_map(|known| self.joins_known(known))
    }

    fn joins_known(&self, known: &Known) -> Option<Seat> {
        let ticket = self.world.going_on(known.ticket)?;
        let may = self.is_open_to_all
            || self.is_agent
            || self.takes_part(ticket)
            || self.writes_to_participant(ticket);
        may.then(|| unsigned(ticket.number, known.side, Reason::ByKnownMessage))
    }

    /// By a mail that never came to us, which mails of the ticket name too, or which names this one; by Outlook's
    /// conversation.
    fn by_kin(&self) -> Option<Seat> {
        let newest = |id: MessageId, how| {
            let mut kin = self.world.kin(&id).iter().rev();
            kin.find_map(|kin| self.joins_kin(kin, how))
        };
        named(self.arrival)
            .find_map(|id| newest(id, Reason::ByNamedMessage))
            .or_else(|| newest(self.arrival.conversation()?, Reason::ByConversation))
    }

    fn joins_kin(&self, kin: &Known, how: Reason) -> Option<Seat> {
        let ticket = self.world.going_on(kin.ticket)?;
        let may = self.is_open_to_all || self.takes_part(ticket);
        may.then(|| unsigned(ticket.number, kin.side, how))
    }

    /// By tags and numbers.
    fn by_words(&self) -> Option<Seat> {
        let words = InWords::of(self.arrival, self.given.key);
        let ticket = |number: &TicketNumber| self.world.going_on(*number);
        let tagged = words.tags.iter().filter_map(ticket);
        let lines = match words.lines.as_slice() {
            [one] => ticket(one),
            _ => None,
        };
        let numbers = words.numbers();
        let numbered = numbers
            .filter_map(|number| self.world.going_on(number))
            .find(|ticket| words.means(ticket) && self.takes_part(ticket));
        let is_own = |ticket: &&Ticket| self.is_agent || self.takes_part(ticket);
        tagged
            .clone()
            .find(is_own)
            .map(|ticket| (ticket, Reason::ByTag))
            .or_else(|| Some((lines.filter(is_own)?, Reason::ByLine)))
            .or_else(|| Some((numbered?, Reason::ByNumber)))
            .or_else(|| Some((tagged.clone().next()?, Reason::ByTag)))
            .map(|(ticket, how)| unsigned(ticket.number, self.side(ticket), how))
    }

    /// On which side somebody speaks who names a ticket in words.
    fn side(&self, ticket: &Ticket) -> Side {
        if self.is_agent && !self.takes_part(ticket) {
            Side::Agents
        } else {
            Side::Requester
        }
    }
}
