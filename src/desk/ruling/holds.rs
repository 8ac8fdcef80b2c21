//! Whether what a rule asks holds of a mail.

use std::collections::BTreeSet;

use jiff::civil::Weekday;

use super::considered::{Considered, Facts};
use crate::{
    desk::rules::{Condition, FileIs, Place, Spoken, folded},
    model::{address::Address, message::Attachment},
};

impl Condition {
    /// Whether it holds.
    pub(super) fn holds(&self, facts: &Facts<'_>) -> bool {
        let mail = facts.mail;
        match self {
            Self::Mailbox(names) => names.contains(facts.mailbox),
            Self::To(addresses) => is_to(addresses, mail),
            Self::Recipient(any) => {
                let recipients = mail.recipients();
                any.iter()
                    .any(|who| recipients.iter().any(|one| who.is(one)))
            }
            Self::From(any) => any.iter().any(|who| who.is(mail.author)),
            Self::Department(any) => mail
                .listing
                .is_some_and(|listing| any.contains(&folded(listing.department.as_str()))),
            Self::Kind(any) => mail
                .listing
                .is_some_and(|listing| any.contains(&listing.kind)),
            Self::Listed(is_listed) => mail.listing.is_some() == *is_listed,
            Self::Says { place, any } => {
                let says = |spoken: &Spoken<'_>| any.iter().any(|phrase| phrase.is_in(spoken));
                is_there(place, mail, says)
            }
            Self::Matches { place, any } => {
                let matches =
                    |spoken: &Spoken<'_>| any.iter().any(|pattern| pattern.is_in(spoken.as_str()));
                is_there(place, mail, matches)
            }
            Self::File(any) => mail.files().any(|file| any.iter().any(|one| one.is(file))),
            Self::Language(language) => mail.language() == Some(*language),
            Self::Open(is_open) => facts.calendar.is_open(mail.arrival.at) == *is_open,
            Self::Weekday(days) => {
                let day: Weekday = wall(facts).weekday();
                days.contains(&day.to_monday_one_offset())
            }
            Self::Clock { from, until } => {
                let at = wall(facts).time();
                match from <= until {
                    true => *from <= at && at < *until,
                    false => *from <= at || at < *until,
                }
            }
            Self::Trust(least) => mail.trust >= *least,
        }
    }
}

impl FileIs {
    fn is(&self, file: &Attachment) -> bool {
        match self {
            Self::Any => true,
            Self::Ending(ending) => file.name.as_ref().is_some_and(|name| {
                let name = name.to_lowercase();
                let head = name.strip_suffix(ending.as_str());
                head.is_some_and(|head| head.ends_with('.'))
            }),
            Self::Media(media) if media.ends_with('/') => file.media_type.starts_with(media),
            Self::Media(media) => file.media_type == *media,
        }
    }
}

/// By what the author wrote, or by where the servers say that it went: a Bcc, a list, a mailbox that another passes on to.
fn is_to(addresses: &BTreeSet<Address>, mail: &Considered<'_>) -> bool {
    let is_one = |address: &Address| {
        addresses.contains(address) || addresses.contains(&address.without_detail())
    };
    mail.named().any(|address| is_one(&address)) || mail.recipients().iter().any(is_one)
}

fn is_there(place: &Place, mail: &Considered<'_>, is_in: impl Fn(&Spoken<'_>) -> bool) -> bool {
    match place {
        Place::Subject => is_in(&mail.subject),
        Place::Text => is_in(&mail.text),
        Place::Either => is_in(&mail.subject) || is_in(&mail.text),
        Place::Field(title) => mail.field(title).any(|value| is_in(&Spoken::new(value))),
    }
}

fn wall(facts: &Facts<'_>) -> jiff::Zoned {
    let zone = facts.calendar.zone().clone();
    facts.mail.arrival.at.to_zoned(zone)
}
