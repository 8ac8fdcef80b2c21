//! Who is told what: mails as values. Words are found by `mail::render`, bytes made by `mail::write`.

use jiff::Timestamp;

use super::{
    arrival::{Arrival, ORIGINAL},
    decision::Queued,
    draft::Draft,
    policy::{Mode, QueuePolicy},
    timer::closes_at,
    token::Signed,
};
use crate::model::{
    address::{Address, NamedAddress},
    ids::{AgentName, MailboxName, MessageId, PersonId},
    language::Language,
    outgoing::{
        AutoSubmitted, Body, Class, Enclosures, OutgoingMail, Recipient, TicketFacts, When,
    },
    ticket::{Side, Ticket},
};

/// A mail about the ticket at hand, before it has headers.
#[derive(Debug)]
pub(super) struct Sending {
    /// Unique: a second mail with this key is never stored.
    pub(super) key: String,
    pub(super) class: Class,
    pub(super) auto_submitted: AutoSubmitted,
    pub(super) side: Side,
    pub(super) to: Vec<PersonId>,
    pub(super) cc: Vec<PersonId>,
    /// Whose name stands before the queue's in From.
    pub(super) from_agent: Option<AgentName>,
    pub(super) body: Body,
    pub(super) enclosures: Option<Enclosures>,
    /// `X-Okno-Loop` hops of the mail that caused this.
    pub(super) hop: u32,
}

impl Draft<'_> {
    /// The queue of the ticket at hand. `None` where the configuration has lost it.
    pub(super) fn queue(&self) -> Option<&QueuePolicy> {
        self.given.policy.queue_of(self.ticket()?)
    }

    /// The mailbox the ticket at hand is answered from: its own, or its queue's where that is gone.
    pub(super) fn own_mailbox(&self) -> Option<(&MailboxName, &Address)> {
        let (mailboxes, ticket) = (&self.given.policy.mailboxes, self.ticket()?);
        let own = mailboxes.get_key_value(&ticket.mailbox);
        let of_queue = || mailboxes.get_key_value(&self.queue()?.mailbox);
        let (name, mailbox) = own.or_else(of_queue)?;
        Some((name, &mailbox.address))
    }

    /// How far okno may act for the ticket at hand.
    pub(super) fn own_mode(&self) -> Option<Mode> {
        let (name, _) = self.own_mailbox()?;
        self.given
            .policy
            .mailboxes
            .get(name)
            .map(|mailbox| mailbox.mode)
    }

    /// The address the ticket at hand is answered from.
    pub(super) fn own_address(&self) -> Option<&Address> {
        self.own_mailbox().map(|(_, address)| address)
    }

    /// What every mail about the ticket at hand tells, in the language of its readers.
    pub(super) fn facts(&self, language: Language) -> Option<TicketFacts> {
        let (ticket, queue) = (self.ticket()?, self.queue()?);
        let calendar = &queue.calendar;
        Some(TicketFacts {
            label: format!("{}-{}", ticket.prefix, ticket.number),
            tag: self.given.key.tag(&ticket.prefix, ticket.number),
            subject: ticket.subject.as_str().to_owned(),
            queue: queue.title.clone(),
            hours: (!calendar.is_always_open()).then(|| calendar.words(language)),
            address: self.own_address()?.clone(),
            due: ticket.next_clock().map(|clock| self.when(clock.due_at)),
        })
    }

    /// An instant in the queue's zone.
    pub(super) fn when(&self, at: Timestamp) -> When {
        let zone = self
            .queue()
            .map_or(&self.given.policy.zone, |queue| &queue.calendar.zone_name);
        When {
            at,
            zone: zone.clone(),
        }
    }

    /// When silence closes the ticket at hand, once it is resolved.
    pub(super) fn closes(&self) -> Option<When> {
        Some(self.when(closes_at(self.ticket()?, self.given.policy)?))
    }

    /// The language of mails among agents.
    pub(super) fn staff_language(&self) -> Language {
        self.queue()
            .map_or(self.given.policy.language, |queue| queue.language)
    }

    /// The agents to be told of the ticket at hand: who is responsible, else everybody of the queue.
    pub(super) fn agents_to_tell(&mut self) -> Vec<PersonId> {
        let agents = &self.given.policy.agents;
        let assignee = self.ticket().and_then(|ticket| ticket.assignee.clone());
        // Somebody who has left answers nobody: then it is the team's again.
        let assignee = assignee.filter(|name| agents.contains_key(name));
        let team = self
            .queue()
            .map(|queue| queue.agents.clone())
            .unwrap_or_default();
        let names = assignee.map_or(team, |assignee| vec![assignee]);
        names
            .into_iter()
            .filter_map(|name| self.agent_person(&name))
            .collect()
    }

    /// The others of the queue, who should know what one of them does.
    pub(super) fn colleagues_of(&mut self, agent: &AgentName) -> Vec<PersonId> {
        let team = self
            .queue()
            .map(|queue| queue.agents.clone())
            .unwrap_or_default();
        team.iter()
            .filter(|name| *name != agent)
            .filter_map(|name| self.agent_person(name))
            .collect()
    }

    /// The person an agent is.
    pub(super) fn agent_person(&mut self, name: &AgentName) -> Option<PersonId> {
        let agent = self.given.policy.agents.get(name)?;
        Some(self.person(&agent.address, Some(&agent.name), None))
    }

    /// The name requesters know an agent by.
    pub(super) fn agent_name(&self, name: &AgentName) -> String {
        self.given
            .policy
            .agents
            .get(name)
            .map_or_else(|| name.to_string(), |agent| agent.name.clone())
    }

    /// Queues a mail about the ticket at hand, in its conversation. Without a recipient there is none.
    pub(super) fn send(&mut self, sending: Sending) {
        let Some(mail) = self.compose(sending) else {
            return;
        };
        if !mail.recipients.is_empty() {
            self.decision.mails.push(Queued {
                mail,
                is_held: false,
            });
        }
    }

    fn compose(&self, sending: Sending) -> Option<OutgoingMail> {
        let (ticket, queue, own) = (self.ticket()?, self.queue()?, self.own_address()?);
        let at = Signed {
            ticket: ticket.number,
            side: sending.side,
        };
        let from_name = match &sending.from_agent {
            Some(agent) => format!("{}, {}", self.agent_name(agent), queue.title),
            None => queue.title.clone(),
        };
        let named = |ids: &[PersonId]| {
            ids.iter()
                .filter_map(|id| self.named(*id))
                .collect::<Vec<_>>()
        };
        let everybody = sending.to.iter().chain(&sending.cc);
        let language = match sending.side {
            Side::Requester => ticket.language,
            Side::Agents => queue.language,
        };
        Some(OutgoingMail {
            message_id: self.given.key.message_id(at, &sending.key, own.domain()),
            dedupe_key: sending.key,
            class: sending.class,
            counts_for_fuse: false,
            ticket: Some(ticket.number),
            side: Some(sending.side),
            message: None,
            queue: Some(ticket.queue.clone()),
            mailbox: self.own_mailbox()?.0.clone(),
            language,
            from: NamedAddress::new(&from_name, own),
            envelope_from: Some(own.clone()),
            to: named(&sending.to),
            cc: named(&sending.cc),
            recipients: everybody.filter_map(|id| self.recipient(*id)).collect(),
            in_reply_to: ticket.thread(sending.side).last.clone(),
            references: self.references(ticket, at, own.domain()),
            auto_submitted: sending.auto_submitted,
            hop: sending.hop.saturating_add(1),
            body: sending.body,
            enclosures: sending.enclosures,
            not_before: None,
            expires_at: None,
        })
    }

    /// Nobody is sent mail at an address that cannot exist.
    fn recipient(&self, id: PersonId) -> Option<Recipient> {
        let person = self.person_by_id(id)?;
        let is_reachable = !person.address.domain().ends_with(".invalid");
        is_reachable.then(|| Recipient {
            address: person.address.clone(),
            person: id,
        })
    }

    /// The side's root, its first mail and its newest: enough for every client to keep one conversation.
    fn references(&self, ticket: &Ticket, at: Signed, domain: &str) -> Vec<MessageId> {
        let thread = ticket.thread(at.side);
        let mut ids = vec![self.given.key.root(at, domain)];
        for id in thread.first.iter().chain(&thread.last) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        ids
    }
}

/// The names of what goes along.
pub(super) fn names_of(enclosures: Option<&Enclosures>) -> Vec<String> {
    let parts = enclosures.into_iter().flat_map(|all| &all.parts);
    parts.map(|part| part.name.clone()).collect()
}

/// Odd things about a mail that an agent should know before acting on it; `files` is what goes along with the words.
pub(super) fn warnings(arrival: &Arrival, files: &[String]) -> Vec<String> {
    const WORTH_TELLING: [&str; 18] = [
        "multiple_from",
        "no_from",
        "fetched_in_part",
        "too_large",
        "header_too_large",
        "too_many_parts",
        "too_deep",
        "too_many_addresses",
        "text_truncated",
        "html_truncated",
        "html_too_deep",
        "reader_panicked",
        "too_slow",
        "charset_guessed",
        "boundary_guessed",
        "boundary_not_closed",
        "header_broken",
        "no_headers",
    ];
    let mail = &arrival.reading.message;
    let odd = mail
        .oddities
        .iter()
        .filter(|oddity| WORTH_TELLING.contains(&oddity.as_str()));
    let mut told: Vec<String> = odd.chain(&mail.security).cloned().collect();
    if files.first().is_some_and(|first| first == ORIGINAL) {
        told.push("original_attached".to_owned());
    }
    told
}
