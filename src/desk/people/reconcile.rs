//! What changes when a directory is taken: who is listed, who is not any more, whose address is whose.

use std::collections::{BTreeMap, HashMap};

use super::{Roster, claims::claims, nowhere, own_addresses};
use crate::model::{
    address::Address,
    ids::PersonId,
    language::Language,
    person::{Entry, Listing, Person},
};

/// What a directory changes. People stand here as they will be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::desk) struct Changes {
    /// Of whom it says something new.
    pub(in crate::desk) listed: Vec<Person>,
    /// Who is no longer in it.
    pub(in crate::desk) gone: Vec<Person>,
    /// Who only lost an address to somebody else.
    pub(in crate::desk) poorer: Vec<Person>,
    /// Numbers that are somebody else's, or their own again.
    pub(in crate::desk) same: Vec<Person>,
    /// Whose address is whose from now on; `None`: nobody's.
    pub(in crate::desk) addresses: Vec<(Address, Option<PersonId>)>,
}

/// Compares the directory with everybody the house knows. `number` gives numbers to new people; who has no language of
/// their own is answered in `language`.
pub(in crate::desk) fn reconcile(
    roster: &Roster,
    entries: &[Entry],
    number: impl FnMut() -> PersonId,
    language: Language,
) -> Changes {
    let mut plan = Plan::new(roster, entries, number);
    for (entry, id) in entries.iter().zip(plan.ids.clone()) {
        plan.list(entry, id, language);
    }
    for person in roster
        .people
        .iter()
        .filter(|person| person.same_as.is_none())
    {
        if !plan.is_claimed(person.id) {
            plan.leave_out(person);
        }
    }
    plan.changes
}

struct Plan<'r> {
    /// Everybody, by number.
    people: BTreeMap<PersonId, &'r Person>,
    /// The numbers that are somebody else's, by whose they are.
    others: HashMap<PersonId, Vec<&'r Person>>,
    /// The person of each entry.
    ids: Vec<PersonId>,
    /// The same, sorted.
    claimed: Vec<PersonId>,
    /// Whose the addresses of the file are.
    owners: HashMap<&'r Address, PersonId>,
    changes: Changes,
}

impl<'r> Plan<'r> {
    fn new(roster: &'r Roster, entries: &'r [Entry], mut number: impl FnMut() -> PersonId) -> Self {
        let claims = claims(&roster.people, entries).into_iter();
        let ids: Vec<PersonId> = claims
            .map(|claim| claim.unwrap_or_else(&mut number))
            .collect();
        let mut claimed = ids.clone();
        claimed.sort_unstable();
        let owned = entries.iter().zip(&ids);
        let mut others: HashMap<PersonId, Vec<&Person>> = HashMap::new();
        for person in &roster.people {
            if let Some(owner) = person.same_as {
                others.entry(owner).or_default().push(person);
            }
        }
        Self {
            others,
            people: roster
                .people
                .iter()
                .map(|person| (person.id, person))
                .collect(),
            owners: owned
                .flat_map(|(entry, id)| entry.addresses.iter().map(|address| (address, *id)))
                .collect(),
            ids,
            claimed,
            changes: Changes::default(),
        }
    }

    fn is_claimed(&self, id: PersonId) -> bool {
        self.claimed.binary_search(&id).is_ok()
    }

    /// Somebody stands in the directory.
    fn list(&mut self, entry: &Entry, id: PersonId, default: Language) {
        let known = self.people.get(&id).copied();
        let Some(now) = listed(entry, id, known, default) else {
            return;
        };
        let had: Vec<&Address> = known
            .filter(|known| known.same_as.is_none())
            .map(|known| own_addresses(known).collect())
            .unwrap_or_default();
        for address in entry
            .addresses
            .iter()
            .filter(|address| !had.contains(address))
        {
            self.changes.addresses.push((address.clone(), Some(id)));
        }
        for address in had {
            if !self.owners.contains_key(address) {
                self.give_up(address, id);
            }
        }
        if known.is_some_and(|known| known.same_as.is_some()) {
            self.changes.same.push(now.clone());
        }
        if known != Some(&now) {
            self.changes.listed.push(now);
        }
    }

    /// The numbers that are this person's and that no entry of the file has taken.
    fn others_of(&self, id: PersonId) -> Vec<&'r Person> {
        let others = self
            .others
            .get(&id)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .copied();
        others.filter(|other| !self.is_claimed(other.id)).collect()
    }

    /// An address is no longer this person's: it is that of the number it was met as again, or nobody's.
    fn give_up(&mut self, address: &Address, id: PersonId) {
        let other = self
            .others_of(id)
            .into_iter()
            .find(|other| other.address == *address);
        if let Some(other) = other {
            self.changes.same.push(Person {
                same_as: None,
                ..other.clone()
            });
        }
        self.changes
            .addresses
            .push((address.clone(), other.map(|other| other.id)));
    }

    /// Somebody does not stand in the directory. They keep what the file gives to nobody else.
    fn leave_out(&mut self, person: &Person) {
        let lost = |address: &&Address| self.owners.contains_key(*address);
        let kept: Vec<Address> = own_addresses(person)
            .filter(|address| !lost(address))
            .cloned()
            .collect();
        let loser = own_addresses(person).find(lost);
        let Some(taken) = loser else {
            if person.listed().is_some() {
                self.changes.gone.push(unlisted(person.clone()));
            }
            return;
        };
        // Who only wrote from an address that the directory gives to somebody was that somebody.
        if kept.is_empty() && person.listing.is_none() {
            if let Some(owner) = self.owners.get(taken).copied() {
                self.become_one(person, owner);
            }
            return;
        }
        let keeps = kept.contains(&person.address);
        let address = if keeps {
            Some(person.address.clone())
        } else {
            kept.first().cloned().or_else(|| nowhere(person.id))
        };
        let Some(address) = address else {
            return;
        };
        let further = kept.into_iter().filter(|other| *other != address).collect();
        let poorer = unlisted(Person {
            address,
            further,
            ..person.clone()
        });
        let list = if person.listed().is_some() {
            &mut self.changes.gone
        } else {
            &mut self.changes.poorer
        };
        list.push(poorer);
    }

    /// A number, and those that were it, are this person's.
    fn become_one(&mut self, person: &Person, owner: PersonId) {
        let were = self.others_of(person.id);
        for one in std::iter::once(person).chain(were) {
            let owner = self.owners.get(&one.address).copied().unwrap_or(owner);
            self.changes.same.push(Person {
                same_as: Some(owner),
                further: Vec::new(),
                ..one.clone()
            });
        }
    }
}

fn unlisted(mut person: Person) -> Person {
    if let Some(listing) = &mut person.listing {
        listing.is_current = false;
    }
    person
}

/// Somebody as the directory says. The name and the language that it leaves out stay as they were.
fn listed(
    entry: &Entry,
    id: PersonId,
    known: Option<&Person>,
    default: Language,
) -> Option<Person> {
    let (address, further) = entry.addresses.split_first()?;
    let mut further = further.to_vec();
    further.sort_unstable();
    let name = known
        .map(|known| &known.name)
        .filter(|_| entry.name.is_blank());
    let spoken = known.map_or(default, |known| known.language);
    Some(Person {
        duty: known.map(|known| known.duty.clone()).unwrap_or_default(),
        id,
        address: address.clone(),
        further,
        name: name.unwrap_or(&entry.name).clone(),
        language: entry.language.unwrap_or(spoken),
        listing: Some(Listing {
            is_current: true,
            kind: entry.kind,
            department: entry.department.clone(),
            employee_number: entry.employee_number.clone(),
            curator: entry.curator.clone(),
            language: entry.language,
            position: entry.position.clone(),
        }),
        same_as: None,
    })
}
