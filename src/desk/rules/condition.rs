//! What a rule may ask of a mail.

use std::collections::BTreeSet;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::{pattern::Pattern, phrase::Phrase, who::Who};
use crate::model::{
    address::Address, event::Trust, ids::MailboxName, language::Language, person::Kind,
};

/// One thing that a rule asks of a mail. Of several values one is enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// It is for one of these mailboxes.
    Mailbox(BTreeSet<MailboxName>),
    /// It was written to one of these addresses, aliases and former ones of ours among them.
    To(BTreeSet<Address>),
    /// One of those it went to is one of these.
    Recipient(BTreeSet<Who>),
    /// Whoever asks is one of these.
    From(BTreeSet<Who>),
    /// By the people directory whoever asks works in one of these departments, as [`folded`].
    Department(BTreeSet<String>),
    /// By the people directory whoever asks is one of these.
    Kind(BTreeSet<Kind>),
    /// Whoever asks stands in the people directory, or does not.
    Listed(bool),
    /// One of these is said there, in whatever form of the words.
    Says {
        /// Where.
        place: Place,
        /// What.
        any: BTreeSet<Phrase>,
    },
    /// One of these patterns is found there.
    Matches {
        /// Where.
        place: Place,
        /// What.
        any: Vec<Pattern>,
    },
    /// A file of one of these sorts came with it.
    File(BTreeSet<FileIs>),
    /// It is written in this language.
    Language(Language),
    /// It came while the queue of its mailbox was open, or while it was not.
    Open(bool),
    /// It came on one of these days of the week, Monday being 1.
    Weekday(BTreeSet<i8>),
    /// It came between these times of the day: the first one counts, the last one does not; past midnight where the last
    /// is the earlier one.
    Clock {
        /// From then on.
        from: Time,
        /// Until then.
        until: Time,
    },
    /// Whoever asks is believed at least so far.
    Trust(Trust),
}

/// Where words are looked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In the subject.
    Subject,
    /// In what its author has just written.
    Text,
    /// In either.
    Either,
    /// In the form's field of this title, as [`super::folded_title`] has it.
    Field(String),
}

/// A sort of file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileIs {
    /// Any file.
    Any,
    /// One whose name ends like this, in lower case without the dot.
    Ending(String),
    /// One of this media type; `image/` for all of a family.
    Media(String),
}

impl FileIs {
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) => true,
            (Self::Media(family), Self::Media(media)) if family.ends_with('/') => {
                media.starts_with(family)
            }
            (one, other) => one == other,
        }
    }
}

/// Words for comparing: lower case, `е` for `ё`, one space between them.
#[must_use]
pub fn folded(words: &str) -> String {
    let low = words.to_lowercase().replace('ё', "е");
    low.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A field's title for comparing: in lower case, `е` for `ё`, one space between words, no colon.
#[must_use]
pub fn folded_title(title: &str) -> String {
    let low = title.to_lowercase().replace('ё', "е");
    let words = low.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_end_matches([':', ' ']).to_owned()
}

impl Condition {
    /// Whether wherever this holds, the other does, too: asked of conditions that are written, so a *no* may be wrong.
    pub(super) fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Mailbox(own), Self::Mailbox(other)) => own.is_subset(other),
            (Self::To(own), Self::To(other)) => own.is_subset(other),
            (Self::Recipient(own), Self::Recipient(other))
            | (Self::From(own), Self::From(other)) => {
                let is_covered = |one: &Who| other.iter().any(|wide| wide.covers(one));
                own.iter().all(is_covered)
            }
            (Self::Department(own), Self::Department(other)) => own.is_subset(other),
            (Self::Kind(own), Self::Kind(other)) => own.is_subset(other),
            (Self::Department(_) | Self::Kind(_), Self::Listed(is_listed)) => *is_listed,
            (
                Self::Says { place, any },
                Self::Says {
                    place: wide,
                    any: all,
                },
            ) => place.is_within(wide) && any.is_subset(all),
            (
                Self::Matches { place, any },
                Self::Matches {
                    place: wide,
                    any: all,
                },
            ) => place.is_within(wide) && any.iter().all(|one| all.contains(one)),
            (Self::File(own), Self::File(other)) => {
                let is_covered = |one: &FileIs| other.iter().any(|wide| wide.covers(one));
                own.iter().all(is_covered)
            }
            (Self::Weekday(own), Self::Weekday(other)) => own.is_subset(other),
            (Self::Trust(own), Self::Trust(other)) => own >= other,
            (one, other) => one == other,
        }
    }

    /// The mailboxes that it asks for, where it asks for that.
    #[must_use]
    pub const fn mailboxes(&self) -> Option<&BTreeSet<MailboxName>> {
        if let Self::Mailbox(names) = self {
            Some(names)
        } else {
            None
        }
    }

    /// The key under which it is written.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Mailbox(_) => "mailbox",
            Self::To(_) => "to",
            Self::Recipient(_) => "recipient",
            Self::From(_) => "from",
            Self::Department(_) => "department",
            Self::Kind(_) => "kind",
            Self::Listed(_) => "listed",
            Self::Says { place, .. } => match place {
                Place::Subject => "subject",
                Place::Text => "text",
                Place::Either => "words",
                Place::Field(_) => "field",
            },
            Self::Matches { place, .. } => match place {
                Place::Subject => "subject_matches",
                Place::Text => "text_matches",
                Place::Either => "matches",
                Place::Field(_) => "field_matches",
            },
            Self::File(_) => "attachment",
            Self::Language(_) => "language",
            Self::Open(_) => "hours",
            Self::Weekday(_) => "weekday",
            Self::Clock { .. } => "clock",
            Self::Trust(_) => "trust",
        }
    }
}

impl Place {
    fn is_within(&self, other: &Self) -> bool {
        self == other || (*other == Self::Either && matches!(self, Self::Subject | Self::Text))
    }
}
