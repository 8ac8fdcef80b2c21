//! A new mail as rules see it: facts only.

use std::borrow::Cow;

use crate::desk::{
    arrival::Arrival,
    calendar::Calendar,
    decision::Given,
    draft::DecisionBuilder,
    filled,
    identity::Speaker,
    origin::Brought,
    rules::{Spoken, folded_title},
    subject::bare,
    world::World,
};
use crate::model::{
    address::{Address, NamedAddress},
    event::Trust,
    ids::MailboxName,
    language::Language,
    message::Attachment,
    person::{Listing, Person},
};

/// A mail, and who asks by it.
#[derive(Debug)]
pub(in crate::desk) struct Considered<'f> {
    pub(super) arrival: &'f Arrival,
    pub(super) author: &'f Address,
    /// What the people directory says of whoever asks.
    pub(super) listing: Option<&'f Listing>,
    pub(super) trust: Trust,
    /// Without prefixes and tags.
    pub(in crate::desk) subject: Spoken<'f>,
    /// What the author has just written: no quote, no signature.
    pub(in crate::desk) text: Spoken<'f>,
    /// What a form says, in order: title and value.
    pub(in crate::desk) fields: Cow<'f, [(String, String)]>,
    /// Its files and fields are the request's, too.
    pub(super) is_whole: bool,
}

impl<'f> Considered<'f> {
    /// A mail whose author asks.
    pub(in crate::desk) fn of(
        arrival: &'f Arrival,
        speaker: &'f Speaker,
        (world, given): (&'f World, &Given<'_>),
    ) -> Self {
        let subject = arrival.reading.message.subject.as_deref();
        Self {
            arrival,
            author: &speaker.address,
            listing: world.person(&speaker.address).and_then(Person::listed),
            trust: speaker.trust,
            subject: Spoken::new(bare(subject.unwrap_or(""), given.key).as_str().to_owned()),
            text: Spoken::new(arrival.new_text()),
            fields: Cow::Owned(filled::fields(arrival, given.policy)),
            is_whole: true,
        }
    }

    /// A mail from which a ticket is made now: of what an agent brings, the request itself.
    pub(in crate::desk) fn at_hand(
        arrival: &'f Arrival,
        speaker: &'f Speaker,
        draft: &'f DecisionBuilder<'_>,
    ) -> Self {
        let mail = &arrival.reading.message;
        let brought = draft.brought.as_ref();
        let subject = brought.and_then(|brought| brought.subject.as_deref());
        let subject = subject.or(mail.subject.as_deref()).unwrap_or("");
        let text = brought.map_or_else(|| arrival.new_text(), |brought| brought.text.as_str());
        let person = draft.person_by_id(speaker.person);
        // Of a mail that is about other things as well only these words are the request.
        let is_whole = brought.is_none_or(Brought::is_whole_mail);
        let fields = match is_whole {
            true => filled::fields(arrival, draft.given.policy),
            false => Vec::new(),
        };
        Self {
            arrival,
            author: &speaker.address,
            listing: person.and_then(Person::listed),
            trust: speaker.trust,
            subject: Spoken::new(bare(subject, draft.given.key).as_str().to_owned()),
            text: Spoken::new(text),
            fields: Cow::Owned(fields),
            is_whole,
        }
    }

    pub(super) const fn language(&self) -> Option<Language> {
        self.arrival.reading.message.language
    }

    /// The files that came with it; pictures within the text are none.
    pub(super) fn files(&self) -> impl Iterator<Item = &Attachment> {
        let files = self.arrival.reading.message.attachments.iter();
        files.filter(|file| self.is_whole && !file.inline)
    }

    /// Everybody it went to, as far as it says.
    pub(super) fn recipients(&self) -> Vec<Address> {
        self.arrival.went_to()
    }

    /// Those whom its author named.
    pub(super) fn named(&self) -> impl Iterator<Item = Address> + '_ {
        let mail = &self.arrival.reading.message;
        let named = mail.to.iter().chain(&mail.cc);
        named.filter_map(NamedAddress::parsed)
    }

    /// The values of the form's field of that title, as [`folded_title`] has it.
    pub(in crate::desk) fn field<'s>(
        &'s self,
        title: &'s str,
    ) -> impl Iterator<Item = &'s str> + 's {
        let fields = self.fields.iter();
        fields
            .filter(move |(own, _)| folded_title(own) == title)
            .map(|(_, value)| value.as_str())
    }
}

/// A mail at one of the mailboxes that it is for.
#[derive(Debug, Clone, Copy)]
pub(in crate::desk) struct Facts<'f> {
    pub(in crate::desk) mail: &'f Considered<'f>,
    pub(in crate::desk) mailbox: &'f MailboxName,
    /// Of the queue that the mailbox's mail goes to.
    pub(in crate::desk) calendar: &'f Calendar,
}
