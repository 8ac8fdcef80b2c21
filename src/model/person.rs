//! A person: somebody known by an address.

use serde::{Deserialize, Serialize};

use super::{address::Address, ids::PersonId, language::Language, text::Text};

/// Somebody who wrote to us or whom we wrote to. History names people by number alone, so that a person's
/// words and name can be erased without touching it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The number events use.
    pub id: PersonId,
    /// Where the person writes from.
    pub address: Address,
    /// The display name last seen, empty where there was none.
    pub name: Text,
    /// The language the person wrote in last.
    pub language: Language,
}

/// What an address of the directory stands for.
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
}
