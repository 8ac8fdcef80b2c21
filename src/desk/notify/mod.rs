//! Who is told what: mails as values. Words are found by `mail::render`, bytes made by `mail::write`.

mod conversation;
mod followers;
mod form;
mod sending;

pub(super) use sending::Sending;

use jiff::{SignedDuration, Timestamp};

use super::{
    arrival::{Arrival, ORIGINAL},
    buttons,
    draft::TicketDraft,
    policy::QueuePolicy,
    threading::TOKEN_DAYS,
    timer::closes_at,
    token::{Owner, SEPARATOR, Signed},
};
use crate::model::{
    address::Address,
    clock::ClockKind,
    ids::{MailboxName, MessageId, PersonId},
    language::Language,
    message::WORTH_TELLING,
    outgoing::{Body, Enclosures, OutgoingMail, Recipient, Sender, TicketFacts, When},
    ticket::{Side, Ticket},
};

impl<'a> TicketDraft<'_, 'a> {
    /// The queue of the ticket at hand. `None` where the configuration has lost it.
    pub(super) fn queue(&self) -> Option<&'a QueuePolicy> {
        self.given.policy.queue_of(self.snapshot())
    }

    /// The mailbox the ticket at hand is answered from: its own, or its queue's where that is gone.
    pub(super) fn own_mailbox(&self) -> Option<(&'a MailboxName, &'a Address)> {
        let mailboxes = &self.given.policy.mailboxes;
        let own = mailboxes.get_key_value(&self.snapshot().mailbox);
        let of_queue = || mailboxes.get_key_value(&self.queue()?.mailbox);
        let (name, mailbox) = own.or_else(of_queue)?;
        Some((name, &mailbox.address))
    }

    /// The address the ticket at hand is answered from.
    pub(super) fn own_address(&self) -> Option<&'a Address> {
        self.own_mailbox().map(|(_, address)| address)
    }

    /// What every mail about the ticket at hand tells, in the language of its readers.
    pub(super) fn facts(&self, language: Language) -> Option<TicketFacts> {
        let (ticket, queue) = (self.snapshot(), self.queue()?);
        let calendar = &queue.calendar;
        Some(TicketFacts {
            label: ticket.label(),
            tag: self.given.key.tag(&ticket.prefix, ticket.number),
            subject: ticket.subject.as_str().to_owned(),
            queue: queue.title.clone(),
            hours: (!calendar.is_always_open()).then(|| calendar.words(language)),
            address: self.own_address()?.clone(),
            due: ticket
                .clock(ClockKind::Resolution)
                .or_else(|| ticket.moved_clock())
                .filter(|clock| clock.left_secs.is_none())
                .map(|clock| self.when(clock.promised_at())),
            readers: Vec::new(),
            kind: ticket.classification.remarkable(),
            is_followed: false,
            is_question: ticket.asked_for.is_some(),
            form: self.form(language),
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
        Some(self.when(closes_at(self.snapshot(), self.given.policy)?))
    }

    /// The language of mails among agents.
    pub(super) fn staff_language(&self) -> Language {
        self.queue()
            .map_or(self.given.policy.language, |queue| queue.language)
    }

    /// Queues a mail about the ticket at hand, in its conversation. Without a recipient there is none.
    pub(super) fn send(&mut self, sending: Sending) {
        let followed = self.for_followers(&sending);
        self.send_this(sending);
        if let Some(followed) = followed {
            self.send_this(followed);
        }
    }

    fn send_this(&mut self, sending: Sending) {
        let Some(mail) = self.compose(sending) else {
            return;
        };
        match mail.side {
            Some(Side::Agents) if mail.recipients.len() > 1 && !is_told_apart(&mail) => {
                self.send_copies(&mail);
            }
            Some(_) | None if mail.recipients.is_empty() => {}
            Some(side) => {
                let reader = self.whose_buttons(&mail);
                let buttons = reader.map(|person| buttons::of(self, &mail.body, (person, side)));
                let buttons = buttons.unwrap_or_default();
                self.queue_mail(OutgoingMail { buttons, ..mail });
            }
            None => self.queue_mail(mail),
        }
    }

    /// For whom a mail's buttons are: its only reader. How a request was solved is asked of whoever made it, also where
    /// others read along: from them the buttons say nothing.
    fn whose_buttons(&self, mail: &OutgoingMail) -> Option<PersonId> {
        match mail.recipients.as_slice() {
            [only] => mail.list_id.is_none().then_some(only.person),
            several => {
                let requester = self.snapshot().requester;
                let asks = matches!(mail.body, Body::Resolution { .. });
                let mut people = several.iter().map(|recipient| recipient.person);
                people.find(|person| asks && *person == requester)
            }
        }
    }

    /// Every agent gets a copy with an id of its own, so that whoever answers it shows to be the one it was sent to. All
    /// see all names in To.
    fn send_copies(&mut self, mail: &OutgoingMail) {
        let (Some(ticket), Some(side)) = (mail.ticket, mail.side) else {
            return;
        };
        let own = self.own_address().map(Address::domain);
        let domain = own.unwrap_or_default().to_owned();
        for recipient in &mail.recipients {
            let key = format!("{}:{}", mail.dedupe_key, recipient.person);
            let at = Signed { ticket, side };
            let message_id = self.given.key.message_id(at, &key, &domain);
            let buttons = buttons::of(self, &mail.body, (recipient.person, side));
            let thread_index = Some(self.thread_index(&message_id, at, &domain));
            self.queue_mail(OutgoingMail {
                thread_index,
                message_id,
                dedupe_key: key,
                buttons,
                copies_of: Some(mail.dedupe_key.clone()),
                recipients: vec![recipient.clone()],
                ..mail.clone()
            });
        }
    }

    fn compose(&self, sending: Sending) -> Option<OutgoingMail> {
        let (ticket, queue, own) = (self.snapshot(), self.queue()?, self.own_address()?);
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
        let is_shared = sending.side == Side::Agents || everybody.clone().count() > 1;
        let language = match sending.side {
            Side::Requester => ticket.language,
            Side::Agents => queue.language,
        };
        let sender = Sender {
            mailbox: self.own_mailbox()?.0.clone(),
            name: from_name,
            address: own.clone(),
        };
        // One mail may have the same to say in several tickets.
        let key = format!("{}:{}", ticket.number, sending.key);
        let message_id = self.given.key.message_id(at, &key, own.domain());
        Some(OutgoingMail {
            ticket: Some(ticket.number),
            side: Some(sending.side),
            queue: Some(ticket.queue.clone()),
            to: named(&sending.to),
            cc: named(&sending.cc),
            recipients: everybody.filter_map(|id| self.recipient(*id, at)).collect(),
            in_reply_to: ticket
                .thread(sending.side)
                .last
                .clone()
                .filter(|id| self.may_name(id, is_shared)),
            references: self.references(ticket, at, (own.domain(), is_shared)),
            thread_index: Some(self.thread_index(&message_id, at, own.domain())),
            auto_submitted: sending.auto_submitted,
            hop: sending.hop.saturating_add(1),
            offers: sending.offers,
            enclosures: sending.enclosures,
            list_id: self.list_of(&sending.to),
            ..OutgoingMail::new(
                (key, message_id),
                sending.class,
                sender,
                language,
                sending.body,
            )
        })
    }

    /// Where a mail stands in its side's conversation, for programs that go by an index of their own.
    fn thread_index(&self, id: &MessageId, at: Signed, domain: &str) -> String {
        let ticket = self.snapshot();
        let root = self.given.key.root(at, domain);
        let is_first = ticket.thread(at.side).first.is_none();
        let own = (!is_first).then_some((id, self.given.now));
        conversation::index(&root, ticket.opened_at, own)
    }

    /// What names the group that a mail goes to (RFC 2919), so that rules can sort it.
    fn list_of(&self, to: &[PersonId]) -> Option<String> {
        let [only] = to else { return None };
        let address = self.address_of(self.person_by_id(*only)?);
        let (queue, own) = (self.queue()?, self.own_address()?);
        let is_group = self.given.policy.is_group(address);
        is_group.then(|| queue.list_id(own.domain()))
    }

    /// Nobody is sent mail at an address that cannot exist.
    fn recipient(&self, id: PersonId, at: Signed) -> Option<Recipient> {
        let person = self.person_by_id(id)?;
        let address = self.address_of(person);
        let is_reachable = !address.domain().ends_with(".invalid");
        is_reachable.then(|| Recipient {
            address: address.clone(),
            person: id,
            // Whoever answers from a group does not show by that who they are.
            reply_to: self
                .reply_to(id, at)
                .filter(|_| !self.given.policy.is_group(address)),
        })
    }

    /// The address under which a person answers this side, where the mailbox has such.
    fn reply_to(&self, person: PersonId, at: Signed) -> Option<Address> {
        let (name, own) = self.own_mailbox()?;
        let mailbox = self.given.policy.mailboxes.get(name)?;
        if !mailbox.plus_addresses {
            return None;
        }
        let owner = Owner {
            ticket: at.ticket,
            side: at.side,
            person,
        };
        let until = SignedDuration::from_hours(TOKEN_DAYS.saturating_mul(24));
        let until = self.given.now.checked_add(until).ok()?;
        let keyring = self.given.keyring();
        keyring.reply_address(own, SEPARATOR, owner, until)
    }

    /// An id of ours may be somebody's token: a mail that others read, too, does not tell it.
    fn may_name(&self, id: &MessageId, is_shared: bool) -> bool {
        !is_shared || self.given.key.verify(id).is_none()
    }

    /// The side's root, its first mail and its newest: enough for every client to keep one conversation.
    fn references(
        &self,
        ticket: &Ticket,
        at: Signed,
        (domain, is_shared): (&str, bool),
    ) -> Vec<MessageId> {
        let thread = ticket.thread(at.side);
        let mut ids = vec![self.given.key.root(at, domain)];
        for id in thread.first.iter().chain(&thread.last) {
            if !ids.contains(id) && self.may_name(id, is_shared) {
                ids.push(id.clone());
            }
        }
        ids
    }
}

/// Whether each recipient answers to an address of their own.
fn is_told_apart(mail: &OutgoingMail) -> bool {
    mail.recipients.iter().all(|to| to.reply_to.is_some())
}

/// The names of what goes along.
pub(super) fn names_of(enclosures: Option<&Enclosures>) -> Vec<String> {
    let parts = enclosures.into_iter().flat_map(|all| &all.parts);
    parts.map(|part| part.name.clone()).collect()
}

/// Odd things about a mail that an agent should know before acting on it; `files` is what goes along with the words.
pub(super) fn warnings(arrival: &Arrival, files: &[String]) -> Vec<String> {
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
