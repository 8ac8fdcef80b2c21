//! What agents were asked about mails in their names, as facts for the decider.

use std::collections::BTreeMap;

use super::{Row, StoreError, instant, opt_instant};
use crate::{
    desk::{
        order::Confirmed,
        world::{Asking, Challenge, Held, World},
    },
    model::ids::{MessageRow, PersonId, RawId, TicketNumber},
};

/// Where agents stand: when they were last asked, what waits to be asked, which ways hold.
pub(super) fn askings(
    world: &mut World,
    asked: &[Row],
    waiting: &[Row],
    routes: &[Row],
) -> Result<(), StoreError> {
    let mut found: BTreeMap<PersonId, Asking> = BTreeMap::new();
    for row in asked {
        let asking = found.entry(PersonId(row.int(0)?)).or_default();
        asking.asked_at = opt_instant(row, 1)?;
    }
    for row in waiting {
        let asking = found.entry(PersonId(row.int(5)?)).or_default();
        asking.waiting.push(held(row)?);
    }
    for row in routes {
        let asking = found.entry(PersonId(row.int(0)?)).or_default();
        asking.routes.push(row.string(1)?);
    }
    for (person, asking) in found {
        world.set_asking(person, asking);
    }
    Ok(())
}

/// Questions by their codes, with the mails they are about.
pub(super) fn challenges(
    world: &mut World,
    coded: &[Row],
    about: &[Row],
) -> Result<(), StoreError> {
    let mut found = BTreeMap::new();
    for row in coded {
        let challenge = Challenge {
            person: PersonId(row.int(1)?),
            expires_at: instant(row, 2)?,
            is_answered: row.opt_int(3)?.is_some(),
            held: Vec::new(),
        };
        found.insert(row.string(0)?, challenge);
    }
    for row in about {
        if let Some(challenge) = found.get_mut(row.text(5)?) {
            challenge.held.push(held(row)?);
        }
    }
    for (code, challenge) in found {
        world.set_challenge(code, challenge);
    }
    Ok(())
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
