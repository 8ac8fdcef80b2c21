//! Alarms that stand, and the fuse.

use std::collections::BTreeMap;

use super::{Db, Row, StoreError, opt_instant, senders::count_in, sql};
use crate::{
    desk::world::{AlarmState, Fuse, World},
    model::alarm,
};

/// Alarms that are raised and not over: `(alarm, object)`.
///
/// # Errors
/// What the database says.
pub async fn standing(db: &Db) -> Result<Vec<(String, String)>, StoreError> {
    let known = known(db).await?.into_iter();
    let standing = known.filter(|(_, state)| state.raised_at.is_some());
    Ok(standing.map(|(alarm, _)| alarm).collect())
}

/// Alarms that are raised, or were lately, by `(alarm, object)`.
///
/// # Errors
/// What the database says.
pub async fn known(db: &Db) -> Result<BTreeMap<(String, String), AlarmState>, StoreError> {
    db.read("look at alarms", (), |tx, ()| {
        Box::pin(async move {
            let rows = tx.rows(&sql::FACTS_ALARMS, &[]).await?;
            let known = |row: &Row| Ok(((row.string(0)?, row.string(1)?), state(row)?));
            rows.iter().map(known).collect()
        })
    })
    .await
}

fn state(row: &Row) -> Result<AlarmState, StoreError> {
    Ok(AlarmState {
        raised_at: opt_instant(row, 2)?,
        told_at: opt_instant(row, 3)?,
        over_at: opt_instant(row, 4)?,
    })
}

/// How alarms stand, and what the fuse has counted.
pub(super) fn facts(world: &mut World, rows: &[Row], fuse: &[Row]) -> Result<(), StoreError> {
    for row in rows {
        world.set_alarm(row.string(0)?, row.string(1)?, state(row)?);
    }
    let state = world.alarm(alarm::FUSE, alarm::HOUSE);
    let is_blown = state.is_some_and(|state| state.raised_at.is_some());
    let recent = fuse.first().map(|row| count_in(row, 0)).transpose()?;
    world.fuse = Fuse {
        recent: recent.unwrap_or(0),
        is_blown,
    };
    Ok(())
}
