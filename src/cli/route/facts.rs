//! What a mail that is only tried is decided on: the database where there is one, else the people directory alone.

use anyhow::Context as _;
use jiff::Timestamp;

use crate::{
    cli::visit,
    config::Config,
    desk::{
        wants::Wants,
        world::{Numbers, World},
    },
    house::people::find,
    model::{
        duty::Duty,
        ids::PersonId,
        person::{Entry, Listing, Person},
    },
    store::facts,
};

/// What is known.
pub(super) struct Found {
    pub(super) world: World,
    /// The database was asked.
    pub(super) has_history: bool,
}

/// Asks whatever there is; writes nothing.
pub(super) fn load(
    config: &Config,
    wants: Wants,
    (now, is_offline): (Timestamp, bool),
) -> anyhow::Result<Found> {
    if !is_offline && let Some(world) = from_database(config, wants.clone(), now)? {
        return Ok(Found {
            world,
            has_history: true,
        });
    }
    let mut world = World::new(wants, Numbers::default());
    if let Some(path) = &config.directory
        && let Ok(directory) = find(path).directory
    {
        let entries = (1..).zip(&directory.people);
        for person in entries.filter_map(|(number, entry)| person(PersonId(number), entry, config))
        {
            world.meet(person);
        }
        world.next.person = PersonId(i64::try_from(directory.people.len())?.saturating_add(1));
    }
    Ok(Found {
        world,
        has_history: false,
    })
}

fn from_database(config: &Config, wants: Wants, now: Timestamp) -> anyhow::Result<Option<World>> {
    visit::runtime()?.block_on(async {
        let db = visit::found(config).await;
        let Some(db) = db.context("Cannot open the database")? else {
            return Ok(None);
        };
        let world = facts::load(&db, wants, now).await;
        db.close().await;
        Ok(Some(world.context("Cannot read the facts")?))
    })
}

/// Somebody of the people directory, as if it had been taken.
fn person(id: PersonId, entry: &Entry, config: &Config) -> Option<Person> {
    let (address, further) = entry.addresses.split_first()?;
    let mut further = further.to_vec();
    further.sort();
    Some(Person {
        id,
        address: address.clone(),
        further,
        name: entry.name.clone(),
        language: entry.language.unwrap_or(config.policy.language),
        listing: Some(Listing {
            is_current: true,
            kind: entry.kind,
            department: entry.department.clone(),
            employee_number: entry.employee_number.clone(),
            curator: entry.curator.clone(),
            position: entry.position.clone(),
            language: entry.language,
        }),
        same_as: None,
        duty: Duty::default(),
    })
}
