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
