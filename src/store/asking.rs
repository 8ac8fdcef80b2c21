//! What agents were asked about mails in their names, as facts for the decider.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Row, StoreError, Tx, instant, json_list, opt_instant, sql};
use crate::{
    desk::{
        order::Confirmed,
        world::{Asking, Challenge, Held, World},
    },
    model::ids::{MessageRow, PersonId, RawId, TicketNumber},
};

/// Loads what is wanted of the people who are in the world already.
pub(super) async fn load(tx: &mut Tx, world: &mut World, now: Timestamp) -> Result<(), StoreError> {
    let claimants = world.asked().claimants.iter();
    let mut people: Vec<PersonId> = claimants
        .filter_map(|address| world.person(address))
        .map(|person| person.id)
        .collect();
    people.extend(&world.asked().claimant_ids);
    people.sort_unstable();
    people.dedup();
    let codes: Vec<&String> = world.asked().codes.iter().collect();
    let codes = json_list(&codes);
    let askings = askings(tx, &people, now).await?;
    for (person, asking) in askings {
        world.set_asking(person, asking);
    }
    if codes != "[]" {
        for (code, challenge) in challenges(tx, &codes).await? {
            world.set_challenge(code, challenge);
        }
    }
    Ok(())
}

async fn askings(
    tx: &mut Tx,
    people: &[PersonId],
    now: Timestamp,
) -> Result<BTreeMap<PersonId, Asking>, StoreError> {
    let mut found: BTreeMap<PersonId, Asking> = BTreeMap::new();
    if people.is_empty() {
        return Ok(found);
    }
    let list = json_list(people);
    for row in tx.rows(&sql::CHALLENGE_LAST, &[(&list).into()]).await? {
        let asking = found.entry(PersonId(row.int(0)?)).or_default();
        asking.asked_at = opt_instant(&row, 1)?;
    }
    for row in tx.rows(&sql::HELD_WAITING, &[(&list).into()]).await? {
        let asking = found.entry(PersonId(row.int(5)?)).or_default();
        asking.waiting.push(held(&row)?);
    }
    let values = [(&list).into(), now.as_millisecond().into()];
    for row in tx.rows(&sql::ROUTE_LIST, &values).await? {
        let asking = found.entry(PersonId(row.int(0)?)).or_default();
        asking.routes.push(row.string(1)?);
    }
    Ok(found)
}

async fn challenges(tx: &mut Tx, codes: &str) -> Result<BTreeMap<String, Challenge>, StoreError> {
    let mut found = BTreeMap::new();
    for row in tx.rows(&sql::CHALLENGE_GET, &[codes.into()]).await? {
        let challenge = Challenge {
            person: PersonId(row.int(1)?),
            expires_at: instant(&row, 2)?,
            is_answered: row.opt_int(3)?.is_some(),
            held: Vec::new(),
        };
        found.insert(row.string(0)?, challenge);
    }
    for row in tx.rows(&sql::HELD_ASKED, &[codes.into()]).await? {
        if let Some(challenge) = found.get_mut(row.text(5)?) {
            challenge.held.push(held(&row)?);
        }
    }
    Ok(found)
}

fn held(row: &Row) -> Result<Held, StoreError> {
    Ok(Held {
        raw: RawId(row.int(0)?),
        place: Confirmed {
            ticket: TicketNumber(row.int(1)?),
            message: MessageRow(row.int(2)?),
        },
        at: instant(row, 3)?,
        route: row.opt_string(4)?,
        other: row.opt_int(6)?.map(PersonId),
        is_automatic: row.int(7)? == 1,
    })
}
