//! A decision being written.

use jiff::Timestamp;

use super::{
    decision::{Decision, Given},
    fold::fold,
    reason::Reason,
    world::{Numbers, World},
};
use crate::model::{
    address::{Address, NamedAddress},
    event::{Actor, Event, EventData, Private, Role, Stream, Trust},
    ids::{MessageId, MessageRow, PersonId, TicketNumber},
    language::Language,
    person::Person,
    text::Text,
    ticket::Ticket,
};

/// Who speaks in the events that follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Voice {
    pub(super) actor: Actor,
    pub(super) role: Role,
    pub(super) trust: Trust,
    pub(super) message_id: Option<MessageId>,
    /// The instant that counts.
    pub(super) at: Timestamp,
}

impl Voice {
    /// okno itself, at this instant.
    pub(super) const fn okno(at: Timestamp) -> Self {
        Self {
            actor: Actor::Okno,
            role: Role::House,
            trust: Trust::Proven,
            message_id: None,
            at,
        }
    }
}

/// A decision being written: it gives out numbers and keeps one ticket folded, so that later steps see earlier ones.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) given: &'a Given<'a>,
    pub(super) world: &'a World,
    pub(super) decision: Decision,
    pub(super) voice: Voice,
    next: Numbers,
    ticket: Option<Ticket>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        given: &'a Given<'a>,
        world: &'a World,
        voice: Voice,
        reason: Reason,
    ) -> Self {
        Self {
            given,
            world,
            decision: Decision::new(reason),
            voice,
            next: world.next,
            ticket: None,
        }
    }

    /// Takes a ticket to work on. One decision works on one ticket.
    pub(super) fn take_ticket(&mut self, ticket: Ticket) {
        self.ticket = Some(ticket);
    }

    /// The ticket as it stands after the events so far.
    pub(super) const fn ticket(&self) -> Option<&Ticket> {
        self.ticket.as_ref()
    }

    pub(super) const fn next_ticket(&self) -> TicketNumber {
        self.next.ticket
    }

    /// The row the next mail will take.
    pub(super) const fn upcoming_message(&self) -> MessageRow {
        self.next.message
    }

    pub(super) fn next_message(&mut self) -> MessageRow {
        let row = self.next.message;
        self.next.message = row.next();
        row
    }

    /// The person behind an address, met now if never before.
    pub(super) fn person(
        &mut self,
        address: &Address,
        name: Option<&str>,
        language: Option<Language>,
    ) -> PersonId {
        let name = name.map(Text::line).filter(|name| !name.is_blank());
        let met = self
            .decision
            .people
            .iter()
            .find(|person| person.address == *address);
        let Some(known) = met.or_else(|| self.world.people.get(address)).cloned() else {
            let id = self.next.person;
            self.next.person = id.next();
            let (name, language) = (
                name.unwrap_or_default(),
                language.unwrap_or(self.given.policy.language),
            );
            self.decision.people.push(Person {
                id,
                address: address.clone(),
                name,
                language,
            });
            return id;
        };
        let id = known.id;
        let updated = Person {
            name: name.unwrap_or_else(|| known.name.clone()),
            language: language.unwrap_or(known.language),
            ..known.clone()
        };
        if updated != known {
            self.decision.people.retain(|person| person.id != id);
            self.decision.people.push(updated);
        }
        id
    }

    /// A person by number, with what this decision has changed.
    pub(super) fn person_by_id(&self, id: PersonId) -> Option<&Person> {
        self.decision
            .people
            .iter()
            .find(|person| person.id == id)
            .or_else(|| self.world.people_by_id.get(&id))
    }

    /// A person's address as a recipient, named.
    pub(super) fn named(&self, id: PersonId) -> Option<NamedAddress> {
        self.person_by_id(id)
            .map(|person| NamedAddress::new(person.name.as_str(), &person.address))
    }

    /// Something happened to the ticket at hand.
    pub(super) fn happened(&mut self, data: EventData, reason: Reason) {
        self.happened_privately(data, reason, None);
    }

    /// Something happened to the ticket at hand, with words that may be erased.
    pub(super) fn happened_privately(
        &mut self,
        data: EventData,
        reason: Reason,
        private: Option<Private>,
    ) {
        let number = self
            .ticket
            .as_ref()
            .map_or(self.next.ticket, |ticket| ticket.number);
        let event = self.event(Stream::Ticket(number), data, reason, private);
        self.ticket = fold(self.ticket.take(), number, &event);
        self.decision.events.push(event);
    }

    /// Something happened outside any ticket.
    pub(super) fn happened_elsewhere(
        &mut self,
        stream: Stream,
        data: EventData,
        reason: Reason,
        words: Option<String>,
    ) {
        let private = words.map(|text| Private { person: None, text });
        let event = self.event(stream, data, reason, private);
        self.decision.events.push(event);
    }

    fn event(
        &self,
        stream: Stream,
        data: EventData,
        reason: Reason,
        private: Option<Private>,
    ) -> Event {
        Event {
            stream,
            data,
            at: self.voice.at,
            actor: self.voice.actor.clone(),
            role: self.voice.role,
            trust: self.voice.trust,
            message_id: self.voice.message_id.clone(),
            reason: reason.code().to_owned(),
            private,
            undoes: None,
        }
    }
}
