//! What is common to everything a decision touches: the rules, the facts, the numbers that come next, who speaks, and
//! what has been decided so far.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::split::Split;
use crate::desk::{
    decision::{Decision, Given, MessageRecord, Queued},
    escalation::{AnswerBack, Question},
    order::{MailOrder, Order, OrderedBy, Which},
    origin::Brought,
    reason::Reason,
    world::{Active, Numbers, World},
};
use crate::model::{
    address::{Address, NamedAddress},
    event::{Actor, Event, EventData, Private, Role, Stream, Trust},
    ids::{DecisionId, MailboxName, MessageId, MessageRow, PersonId, TicketNumber},
    language::Language,
    outgoing::{MailAct, OutgoingMail},
    person::Person,
    text::Text,
    ticket::Side,
};

/// Who speaks in the events that follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desk) struct Voice {
    pub(in crate::desk) actor: Actor,
    pub(in crate::desk) role: Role,
    pub(in crate::desk) trust: Trust,
    pub(in crate::desk) message_id: Option<MessageId>,
    /// The instant that counts.
    pub(in crate::desk) at: Timestamp,
}

impl Voice {
    /// okno itself, at this instant.
    pub(in crate::desk) const fn okno(at: Timestamp) -> Self {
        Self {
            actor: Actor::Okno,
            role: Role::House,
            trust: Trust::Proven,
            message_id: None,
            at,
        }
    }
}

/// A decision as far as it has come. It knows nothing of tickets: whoever has this alone cannot change one.
#[derive(Debug)]
pub(in crate::desk) struct DecisionBuilder<'a> {
    pub(in crate::desk) given: &'a Given<'a>,
    pub(in crate::desk) world: &'a World,
    pub(in crate::desk) decision: Decision,
    pub(in crate::desk) voice: Voice,
    /// Why a ticket that is opened now is not acknowledged, whatever the mail itself allows.
    pub(in crate::desk) unanswered: Option<Reason>,
    /// The request that the mail brings is somebody else's than its author's.
    pub(in crate::desk) brought: Option<Brought>,
    /// The ticket, closed too long ago to be reopened, that the mail answers.
    pub(in crate::desk) continues: Option<TicketNumber>,
    /// Questions to other departments that this decision asks.
    pub(in crate::desk) questions: Vec<Question>,
    pub(in crate::desk) answers_back: Vec<AnswerBack>,
    /// By which mailbox a ticket was asked, where that is another than the one the mail lay in.
    came_in: BTreeMap<TicketNumber, MailboxName>,
    /// Parts of tickets that are tickets of their own once everything else is decided.
    pub(in crate::desk) splits: Vec<Split>,
    /// The decision that is being taken back.
    pub(in crate::desk) undoing: Option<DecisionId>,
    /// What happens to other tickets than the one in hand, once it is put down.
    pub(super) elsewhere: Vec<(TicketNumber, EventData, Reason)>,
    /// By how many active tickets of a queue an agent has more now, or fewer.
    pub(super) loads: BTreeMap<Active, i64>,
    next: Numbers,
}

impl<'a> DecisionBuilder<'a> {
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
            unanswered: None,
            brought: None,
            continues: None,
            questions: Vec::new(),
            answers_back: Vec::new(),
            splits: Vec::new(),
            came_in: BTreeMap::new(),
            undoing: None,
            elsewhere: Vec::new(),
            loads: BTreeMap::new(),
            next: world.next,
        }
    }

    /// What follows in this ticket follows from mail to that mailbox, wherever the copy at hand lay.
    pub(in crate::desk) fn comes_in_by(&mut self, ticket: TicketNumber, mailbox: &MailboxName) {
        self.came_in.insert(ticket, mailbox.clone());
    }

    /// Which mailbox that was, where it was said.
    pub(in crate::desk) fn came_in_by(&self, ticket: TicketNumber) -> Option<&MailboxName> {
        self.came_in.get(&ticket)
    }

    /// A number no ticket has had.
    pub(super) const fn next_ticket(&mut self) -> TicketNumber {
        let number = self.next.ticket;
        self.next.ticket = number.next();
        number
    }

    /// A row for a mail of a conversation.
    pub(in crate::desk) const fn next_message(&mut self) -> MessageRow {
        let row = self.next.message;
        self.next.message = row.next();
        row
    }

    /// Whether an address is sent nothing automatic for now, with what this decision has changed. Staff always is.
    pub(in crate::desk) fn is_silenced(&self, address: &Address) -> bool {
        let policy = self.given.policy;
        if policy.is_staff(address) {
            return false;
        }
        let mut changed = self.decision.silence.iter().rev();
        let until = match changed.find(|(changed, _)| changed == address) {
            Some((_, until)) => *until,
            None => self.world.silenced(address),
        };
        until.is_some_and(|until| until > self.given.now)
    }

    /// One more fact that the decision rests on, for `okno explain`.
    pub(in crate::desk) fn note_fact(&mut self, name: &str, value: serde_json::Value) {
        if let Some(facts) = self.decision.facts.as_object_mut() {
            facts.insert(name.to_owned(), value);
        }
    }

    /// A mail takes its row, in a ticket's conversation or in none.
    pub(in crate::desk) fn record(&mut self, message: MessageRecord) {
        self.decision.messages.push(message);
    }

    /// A mail is to be sent, if the brake agrees.
    pub(in crate::desk) fn queue_mail(&mut self, mut mail: OutgoingMail) {
        let from = self.given.policy.mailboxes.get(&mail.mailbox);
        // Cards and notices are of no use to whoever looks into that folder for what people were told.
        mail.keeps_copy =
            mail.side == Some(Side::Requester) && from.is_some_and(|own| own.append_sent);
        self.decision.mails.push(Queued {
            mail,
            is_held: false,
        });
    }

    /// A number nobody has had.
    pub(in crate::desk) const fn next_person(&mut self) -> PersonId {
        let id = self.next.person;
        self.next.person = id.next();
        id
    }

    /// Something is to be done to mails that wait, perhaps for a ticket's sake; the voice that speaks now orders it.
    pub(in crate::desk) fn order_mail(
        &mut self,
        ticket: Option<TicketNumber>,
        (act, which): (MailAct, Which),
        reason: Reason,
    ) {
        let by = OrderedBy {
            actor: self.voice.actor.clone(),
            role: self.voice.role,
            trust: self.voice.trust,
            ticket,
            reason: reason.code().to_owned(),
        };
        let order = MailOrder { act, which, by };
        self.decision.orders.push(Order::Mail(order));
    }

    /// The person behind an address, met now if never before.
    pub(in crate::desk) fn person(
        &mut self,
        address: &Address,
        name: Option<&str>,
        language: Option<Language>,
    ) -> PersonId {
        let name = name.map(Text::line).filter(|name| !name.is_blank());
        let met = self.decision.people.iter().find(|person| {
            person.same_as.is_none() && person.addresses().any(|own| own == address)
        });
        let Some(known) = met.or_else(|| self.world.person(address)).cloned() else {
            let id = self.next_person();
            let (name, language) = (
                name.unwrap_or_default(),
                language.unwrap_or(self.given.policy.language),
            );
            let person = Person::met(id, address.clone(), name, language);
            self.decision.people.push(person);
            self.decision.addresses.push((address.clone(), Some(id)));
            return id;
        };
        let id = known.id;
        // What the directory says is not changed by a mail.
        let listed = known.listed();
        let is_named = listed.is_some() && !known.name.is_blank();
        let speaks = listed.and_then(|listed| listed.language);
        let updated = Person {
            name: name
                .filter(|_| !is_named)
                .unwrap_or_else(|| known.name.clone()),
            language: speaks.or(language).unwrap_or(known.language),
            ..known.clone()
        };
        if updated != known {
            self.decision.people.retain(|person| person.id != id);
            self.decision.people.push(updated);
        }
        id
    }

    /// A person by number, with what this decision has changed.
    pub(in crate::desk) fn person_by_id(&self, id: PersonId) -> Option<&Person> {
        self.decision
            .people
            .iter()
            .find(|person| person.id == id)
            .or_else(|| self.world.person_by_id(id))
    }

    /// A person's address as a recipient, named.
    pub(in crate::desk) fn named(&self, id: PersonId) -> Option<NamedAddress> {
        self.person_by_id(id)
            .map(|person| NamedAddress::new(person.name.as_str(), self.address_of(person)))
    }

    /// Where a person is written to: an agent where the configuration says, whatever the directory does, since answers
    /// count from there.
    pub(in crate::desk) fn address_of<'p>(&self, person: &'p Person) -> &'p Address {
        let agents = &self.given.policy.agents;
        let is_agents = |own: &&Address| agents.values().any(|agent| agent.address == **own);
        person
            .addresses()
            .find(is_agents)
            .unwrap_or(&person.address)
    }

    /// Something happened outside any ticket.
    pub(in crate::desk) fn happened_elsewhere(
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

    /// Something happened to a person. The words are theirs and may be erased.
    pub(in crate::desk) fn happened_to(
        &mut self,
        person: PersonId,
        data: EventData,
        reason: Reason,
        words: Option<String>,
    ) {
        let private = words.map(|text| Private {
            person: Some(person),
            text,
        });
        let event = self.event(Stream::Person(person), data, reason, private);
        self.decision.events.push(event);
    }

    /// An event in the voice that speaks now.
    pub(super) fn event(
        &self,
        stream: Stream,
        data: EventData,
        reason: Reason,
        private: Option<Private>,
    ) -> Event {
        let is_undone = matches!(data, EventData::Undone(_));
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
            undoes: self.undoing.filter(|_| is_undone),
        }
    }
}
