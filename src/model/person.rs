//! A person: somebody known by one or more addresses, and what the people directory says of them.

use serde::{Deserialize, Serialize};

use super::{
    address::Address,
    duty::{Duty, ListTime, Preferences},
    ids::PersonId,
    language::Language,
    text::Text,
};

/// The domain of those who are erased: nobody writes from there.
const ERASED: &str = "erased.invalid";

/// Somebody who wrote to us, whom we wrote to, or who stands in the people directory. History names people by number
/// alone, so that a person's words and name can be erased without touching it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The number events use.
    pub id: PersonId,
    /// Where the person is written to.
    pub address: Address,
    /// The other addresses the person writes from, sorted.
    pub further: Vec<Address>,
    /// The name: the directory's, or the display name last seen, empty where there was none.
    pub name: Text,
    /// The language to answer in: the directory's, or the one the person wrote in last.
    pub language: Language,
    /// What the people directory says, or last said.
    pub listing: Option<Listing>,
    /// The person that this number turned out to be, where it was met as somebody of its own.
    pub same_as: Option<PersonId>,
    /// What they have said of themselves as an agent.
    pub duty: Duty,
}

impl Person {
    /// Somebody met at an address.
    #[must_use]
    pub const fn met(id: PersonId, address: Address, name: Text, language: Language) -> Self {
        Self {
            id,
            address,
            further: Vec::new(),
            name,
            language,
            listing: None,
            same_as: None,
            duty: Duty {
                absence: None,
                prefers: Preferences {
                    tells_all: false,
                    list: ListTime::Queue,
                    drafts_at_once: false,
                },
                before: None,
            },
        }
    }

    /// The addresses the person writes from, the one to write to first.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        std::iter::once(&self.address).chain(&self.further)
    }

    /// Where somebody who is erased is written to: nowhere. The top-level domain `.invalid` never exists (RFC 2606).
    #[must_use]
    pub fn erased_address(id: PersonId) -> String {
        format!("erased-{id}@erased.invalid")
    }

    /// Whether they are erased: of the person nothing is left but the number, which history names.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.address.domain() == ERASED
    }

    /// What the directory says now; `None` for those who are not, or no longer, in it.
    #[must_use]
    pub fn listed(&self) -> Option<&Listing> {
        self.listing.as_ref().filter(|listing| listing.is_current)
    }
}

/// What the people directory says of a person, besides the name and the addresses. What it leaves out is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Whether the person stands in the directory now; otherwise this is what it said last.
    pub is_current: bool,
    /// A person or a shared mailbox.
    pub kind: Kind,
    /// Where they work.
    pub department: Text,
    /// The employee number: text, since its leading zeros count.
    pub employee_number: Text,
    /// Who looks after them, as written: an agent's name or address.
    pub curator: Text,
    /// The language to answer in.
    pub language: Option<Language>,
    /// What they are at work.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub position: Text,
}

/// Who writes from an address.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One person.
    #[default]
    Person,
    /// A mailbox that several people write from.
    Shared,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Person, Self::Shared];

    /// The kind of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The name stored and printed.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Shared => "shared",
        }
    }
}

/// One line of the people directory: somebody and what is known of them. Words that the file leaves out are empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// A person or a shared mailbox.
    pub kind: Kind,
    /// Where they write from, the one to write to first; never empty, none twice.
    pub addresses: Vec<Address>,
    /// The name in full.
    pub name: Text,
    /// Where they work.
    pub department: Text,
    /// The employee number as written: text, since its leading zeros count.
    pub employee_number: Text,
    /// Who looks after them, as written: an agent's name or address.
    pub curator: Text,
    /// The language to answer in.
    pub language: Option<Language>,
    /// What they are at work.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub position: Text,
}

/// What the people directory says of a person in words: the erasable part of a `person_listed` event, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedWords {
    /// The name in full.
    pub name: Text,
    /// All addresses, the one to write to first.
    pub addresses: Vec<Address>,
    /// Where they work.
    pub department: Text,
    /// The employee number.
    pub employee_number: Text,
    /// Who looks after them, as written.
    pub curator: Text,
    /// What they are at work.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub position: Text,
}
