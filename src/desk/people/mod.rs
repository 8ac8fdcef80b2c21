//! People and the directory: what the house has read, whom it knows, and who of the one is who of the other.

mod claims;
mod reconcile;
mod shrink;

use std::collections::BTreeMap;

pub(super) use reconcile::{Changes, reconcile};
pub(super) use shrink::objections;

use crate::model::{
    address::Address,
    ids::{AgentName, PersonId},
    person::{Entry, Person},
};

/// A people directory as the house has found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryFile {
    /// The file, as messages call it.
    pub file: String,
    /// The SHA-256 of its bytes, in lower-case hexadecimal; empty where they could not be read.
    pub sha256: String,
    /// Its people, or everything that is wrong with it, a line each.
    pub found: Result<Vec<Entry>, Vec<String>>,
    /// Whether the administrator has said that it is right, however many people vanish.
    pub is_confirmed: bool,
}

/// What became of the directory that was read last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRead {
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Whether it was refused.
    pub is_refused: bool,
}

/// Everybody the house knows: what a decision on the directory rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// All people, also the numbers that are somebody else's; by number.
    pub people: Vec<Person>,
    /// How many live tickets agents have.
    pub live: BTreeMap<AgentName, u64>,
    /// What became of the directory that was read last.
    pub last: Option<LastRead>,
}

/// The addresses that mail can come from.
fn own_addresses(person: &Person) -> impl Iterator<Item = &Address> {
    person
        .addresses()
        .filter(|address| address.domain() != NOWHERE)
}

/// Where somebody is written to who has no address left: nowhere, rather than to whoever has the old one now.
fn nowhere(id: PersonId) -> Option<Address> {
    Address::parse(&format!("nobody-{id}@{NOWHERE}")).ok()
}

/// The domain of [`super::arrival::nobody`].
const NOWHERE: &str = "missing.invalid";

#[cfg(test)]
mod tests;
