//! Who of the file is whom: by employee number, else by address.

use std::collections::{HashMap, HashSet};

use super::own_addresses;
use crate::model::{
    address::Address,
    ids::PersonId,
    person::{Entry, Person},
};

/// The people of the file, in its order: the person each of them is, `None` for somebody new.
///
/// The employee number decides where both sides have one: names and addresses change. Else it is whoever owns one of
/// the addresses, those in the directory before those who were once in it and those who only wrote, so that nobody
/// loses their history to a second address; last, a number that was given to somebody else by an address in the file.
pub(super) fn claims(people: &[Person], entries: &[Entry]) -> Vec<Option<PersonId>> {
    let known = Known::of(people);
    let mut taken: HashSet<PersonId> = HashSet::new();
    let mut claims: Vec<Option<PersonId>> = entries
        .iter()
        .map(|entry| {
            let number = number_of(entry)?;
            let id = *known.by_number.get(&number)?;
            taken.insert(id).then_some(id)
        })
        .collect();
    for rank in [Rank::Listed, Rank::Former, Rank::Met, Rank::Other] {
        for (claim, entry) in claims.iter_mut().zip(entries) {
            if claim.is_none() {
                *claim = known.owner(entry, rank, &taken);
                taken.extend(*claim);
            }
        }
    }
    claims
}

/// How well the house knows somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// In the directory.
    Listed,
    /// Once in the directory.
    Former,
    /// Only wrote, or was written to.
    Met,
    /// A number that is somebody else's.
    Other,
}

fn rank(person: &Person) -> Rank {
    match &person.listing {
        _ if person.same_as.is_some() => Rank::Other,
        Some(listing) if listing.is_current => Rank::Listed,
        Some(_) => Rank::Former,
        None => Rank::Met,
    }
}

fn number_of(entry: &Entry) -> Option<String> {
    let number = entry.employee_number.as_str();
    (!number.is_empty()).then(|| number.to_lowercase())
}

fn known_number_of(person: &Person) -> Option<String> {
    let number = person.listing.as_ref()?.employee_number.as_str();
    (!number.is_empty()).then(|| number.to_lowercase())
}

/// People by what a file may say of them.
struct Known<'p> {
    by_number: HashMap<String, PersonId>,
    by_address: HashMap<&'p Address, Vec<&'p Person>>,
}

impl<'p> Known<'p> {
    fn of(people: &'p [Person]) -> Self {
        let mut known = Self {
            by_number: HashMap::new(),
            by_address: HashMap::new(),
        };
        for person in people {
            for address in own_addresses(person) {
                known.by_address.entry(address).or_default().push(person);
            }
            let Some(number) = known_number_of(person).filter(|_| person.same_as.is_none()) else {
                continue;
            };
            // A number that was given anew belongs to whoever has it now.
            if person.listed().is_some() {
                known.by_number.insert(number, person.id);
            } else {
                known.by_number.entry(number).or_insert(person.id);
            }
        }
        known
    }

    /// The owner of the first of the entry's addresses that has one of this rank, whom no other entry has taken and
    /// who has no other employee number.
    fn owner(&self, entry: &Entry, wanted: Rank, taken: &HashSet<PersonId>) -> Option<PersonId> {
        let number = number_of(entry);
        let may_be = |person: &&&Person| {
            let is_another = number.is_some()
                && known_number_of(person).is_some_and(|known| Some(known) != number);
            rank(person) == wanted && !taken.contains(&person.id) && !is_another
        };
        let owners = entry
            .addresses
            .iter()
            .filter_map(|address| self.by_address.get(address));
        owners.flatten().find(may_be).map(|person| person.id)
    }
}
