//! People as rows: whose an address is, who a number is, and everybody at once for a decision on the directory.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Db, Row, StoreError, Tx, V, duty, json_list, names, sql};
use crate::{
    desk::{
        decision::Decision,
        people::{LastRead, Roster},
    },
    model::{
        address::Address,
        event::EventData,
        ids::{AgentName, PersonId},
        language::Language,
        person::{Kind, Listing, Person},
        text::Text,
    },
};

/// What became of the directory that was read last.
///
/// # Errors
/// What the database says.
pub async fn last_read(db: &Db) -> Result<Option<LastRead>, StoreError> {
    db.read("look at the directory", (), |tx, ()| {
        Box::pin(last_read_in(tx))
    })
    .await
}

/// The person whose mail comes from an address.
///
/// # Errors
/// What the database says.
pub async fn at(db: &Db, address: &Address) -> Result<Option<Person>, StoreError> {
    Ok(at_any(db, &[address]).await?.pop())
}

/// The people whose mail comes from any of these addresses, each once.
///
/// # Errors
/// What the database says.
pub async fn at_any(db: &Db, addresses: &[&Address]) -> Result<Vec<Person>, StoreError> {
    let list = json_list(addresses);
    db.read("look up addresses", list, |tx, list| {
        Box::pin(by_address(tx, list))
    })
    .await
}

/// People by number, each with the number that was asked for.
///
/// # Errors
/// What the database says.
pub async fn named(db: &Db, ids: &[PersonId]) -> Result<Vec<(PersonId, Person)>, StoreError> {
    db.read("look up people", json_list(ids), |tx, list| {
        Box::pin(by_number(tx, list))
    })
    .await
}

/// People by any of their addresses, with all of them.
pub(super) async fn by_address(tx: &mut Tx, list: &str) -> Result<Vec<Person>, StoreError> {
    let rows = tx.rows(&sql::PEOPLE_BY_ADDRESS, &[list.into()]).await?;
    let owned = tx.rows(&sql::ADDRESSES_OF_OWNERS, &[list.into()]).await?;
    at_addresses(&rows, &owned)
}

/// People by any number that is theirs, each with the number that was asked for.
async fn by_number(tx: &mut Tx, list: &str) -> Result<Vec<(PersonId, Person)>, StoreError> {
    let rows = tx.rows(&sql::PEOPLE_BY_NUMBER, &[list.into()]).await?;
    let owned = tx.rows(&sql::ADDRESSES_OF, &[list.into()]).await?;
    of_numbers(&rows, &owned)
}

/// The people in these rows, each once, with all their addresses.
pub(super) fn at_addresses(rows: &[Row], addresses: &[Row]) -> Result<Vec<Person>, StoreError> {
    let mut people: Vec<Person> = rows.iter().map(person).collect::<Result<_, _>>()?;
    people.sort_by_key(|person| person.id);
    people.dedup_by_key(|person| person.id);
    let owned = owned(addresses)?;
    for person in &mut people {
        give(person, &owned);
    }
    Ok(people)
}

/// The people in these rows, each under the number that was asked for, with all their addresses.
pub(super) fn of_numbers(
    rows: &[Row],
    addresses: &[Row],
) -> Result<Vec<(PersonId, Person)>, StoreError> {
    let asked = |row: &Row| Ok((PersonId(row.int(13)?), person(row)?));
    let mut people: Vec<(PersonId, Person)> =
        rows.iter().map(asked).collect::<Result<_, StoreError>>()?;
    people.sort_by_key(|(number, _)| *number);
    let owned = owned(addresses)?;
    for (_, person) in &mut people {
        give(person, &owned);
    }
    Ok(people)
}

fn owned(rows: &[Row]) -> Result<BTreeMap<PersonId, Vec<Address>>, StoreError> {
    let mut owned: BTreeMap<PersonId, Vec<Address>> = BTreeMap::new();
    for row in rows {
        let all = owned.entry(PersonId(row.int(0)?)).or_default();
        all.push(address(row, 1)?);
    }
    Ok(owned)
}

fn give(person: &mut Person, owned: &BTreeMap<PersonId, Vec<Address>>) {
    let all = owned.get(&person.id).map_or(&[][..], Vec::as_slice);
    let further = all.iter().filter(|address| **address != person.address);
    person.further = further.cloned().collect();
    person.further.sort_unstable();
}

fn address(row: &Row, column: usize) -> Result<Address, StoreError> {
    Address::parse(row.text(column)?).map_err(|error| StoreError::Unknown {
        column: "person.address",
        found: error.0,
    })
}

fn person(row: &Row) -> Result<Person, StoreError> {
    Ok(Person {
        id: PersonId(row.int(0)?),
        address: address(row, 1)?,
        further: Vec::new(),
        name: Text::new(row.text(2)?),
        language: language(row.text(3)?).unwrap_or_default(),
        same_as: row.opt_int(4)?.map(PersonId),
        listing: listing(row)?,
        duty: duty::read(row, 11)?,
    })
}

fn language(code: &str) -> Option<Language> {
    Language::ALL
        .into_iter()
        .find(|language| language.code() == code)
}

const CURRENT: &str = "current";
const FORMER: &str = "former";

fn listing(row: &Row) -> Result<Option<Listing>, StoreError> {
    let Some(state) = row.opt_text(5)? else {
        return Ok(None);
    };
    let unknown = |column, found: &str| StoreError::Unknown {
        column,
        found: found.to_owned(),
    };
    let is_current = match state {
        CURRENT => true,
        FORMER => false,
        other => return Err(unknown("person.listing", other)),
    };
    let kind = row.text(6)?;
    Ok(Some(Listing {
        is_current,
        kind: Kind::from_code(kind).ok_or_else(|| unknown("person.kind", kind))?,
        department: Text::new(row.text(7)?),
        employee_number: Text::new(row.text(8)?),
        curator: Text::new(row.text(9)?),
        language: row.opt_text(10)?.and_then(language),
        position: Text::new(row.text(12)?),
    }))
}

/// Everybody, the live tickets of these agents, and what became of the last directory.
pub(super) async fn roster<'a>(
    tx: &mut Tx,
    agents: impl Iterator<Item = &'a AgentName>,
) -> Result<Roster, StoreError> {
    let mut people: Vec<Person> = Vec::new();
    loop {
        let after = people.last().map_or(0, |person| person.id.0);
        let rows = tx.rows(&sql::PEOPLE_AFTER, &[after.into()]).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            people.push(person(row)?);
        }
    }
    let mut all: BTreeMap<PersonId, Vec<Address>> = BTreeMap::new();
    let mut after = String::new();
    loop {
        let rows = tx.rows(&sql::ADDRESSES_AFTER, &[(&after).into()]).await?;
        let Some(last) = rows.last() else {
            break;
        };
        after = last.string(1)?;
        for (id, addresses) in owned(&rows)? {
            all.entry(id).or_default().extend(addresses);
        }
    }
    for person in &mut people {
        give(person, &all);
    }
    let agents: Vec<&AgentName> = agents.collect();
    let mut live = BTreeMap::new();
    for row in tx
        .rows(&sql::LIVE_TICKETS, &[(&json_list(&agents)).into()])
        .await?
    {
        let count = u64::try_from(row.int(1)?).unwrap_or(0);
        live.insert(AgentName(row.string(0)?), count);
    }
    Ok(Roster {
        people,
        live,
        last: last_read_in(tx).await?,
    })
}

async fn last_read_in(tx: &mut Tx) -> Result<Option<LastRead>, StoreError> {
    let Some(row) = tx.row_opt(&sql::DIRECTORY_GET, &[]).await? else {
        return Ok(None);
    };
    Ok(Some(LastRead {
        sha256: row.string(0)?,
        is_refused: row.int(1)? == 1,
    }))
}

/// People met or changed, whose addresses are, and what became of a directory.
pub(super) async fn save<'d>(
    tx: &mut Tx,
    decisions: impl Iterator<Item = &'d Decision> + Clone,
    now: Timestamp,
) -> Result<(), StoreError> {
    // Only the last state of each: one statement may not touch a row twice.
    let people: BTreeMap<PersonId, &Person> = decisions
        .clone()
        .flat_map(|decision| &decision.people)
        .map(|person| (person.id, person))
        .collect();
    let duties: Vec<Option<String>> = people
        .values()
        .map(|person| duty::json(&person.duty))
        .collect();
    let rows: Vec<Vec<V<'_>>> = people
        .values()
        .zip(&duties)
        .map(|(person, duty)| person_values(person, duty.as_deref()))
        .collect();
    tx.insert_many(&sql::PERSON_SET, &rows).await?;
    names::save_words(tx, &Vec::from_iter(people.values().copied())).await?;
    let addresses: BTreeMap<&Address, Option<PersonId>> = decisions
        .clone()
        .flat_map(|decision| &decision.addresses)
        .map(|(address, person)| (address, *person))
        .collect();
    let rows: Vec<Vec<V<'_>>> = addresses
        .iter()
        .filter_map(|(address, person)| Some(vec![address.as_str().into(), (*person)?.0.into()]))
        .collect();
    tx.insert_many(&sql::ADDRESS_SET, &rows).await?;
    let nobodys = addresses.iter().filter(|(_, person)| person.is_none());
    let nobodys: Vec<&Address> = nobodys.map(|(address, _)| *address).collect();
    if !nobodys.is_empty() {
        let list = json_list(&nobodys);
        tx.exec(&sql::ADDRESSES_CLEAR, &[(&list).into()]).await?;
    }
    for event in decisions.flat_map(|decision| &decision.events) {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "only two are of the directory"
        )]
        let (sha256, is_refused) = match &event.data {
            EventData::DirectoryTaken { sha256, .. } => (sha256, false),
            EventData::DirectoryRefused { sha256 } => (sha256, true),
            _ => continue,
        };
        let values = [
            sha256.into(),
            is_refused.into(),
            now.as_millisecond().into(),
        ];
        tx.exec(&sql::DIRECTORY_SET, &values).await?;
    }
    Ok(())
}

fn person_values<'p>(person: &'p Person, duty: Option<&'p str>) -> Vec<V<'p>> {
    let listing = person.listing.as_ref();
    let words = |of: fn(&Listing) -> &str| listing.map_or("", of);
    vec![
        person.id.0.into(),
        person.address.as_str().into(),
        person.name.as_str().into(),
        person.language.code().into(),
        person.same_as.map(|id| id.0).into(),
        listing
            .map(|listing| if listing.is_current { CURRENT } else { FORMER })
            .into(),
        listing
            .map_or_else(Kind::default, |listing| listing.kind)
            .code()
            .into(),
        words(|listing| listing.department.as_str()).into(),
        words(|listing| listing.employee_number.as_str()).into(),
        words(|listing| listing.curator.as_str()).into(),
        listing
            .and_then(|listing| listing.language)
            .map(Language::code)
            .into(),
        duty.into(),
        words(|listing| listing.position.as_str()).into(),
    ]
}
