//! How payroll months stand, as history says.

use super::{Db, StoreError, Tx, instant, json_list, opt_instant, people, sql};
use crate::{
    desk::{
        payroll::{Noted, Payrolls, note},
        world::World,
    },
    model::{address::Address, event::EventData, ids::EventSeq},
};

/// How every month stands.
///
/// # Errors
/// What the database says.
pub async fn states(db: &Db) -> Result<Payrolls, StoreError> {
    db.read("look at payrolls", (), |tx, ()| Box::pin(load(tx)))
        .await
}

/// How they stand, and the people who were to get the files of closed months: history alone knows these.
pub(super) async fn facts(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let known = world.asked().addresses.clone();
    world.set_payrolls(load(tx).await?);
    let met: Vec<&Address> = world.asked().addresses.difference(&known).collect();
    if !met.is_empty() {
        for person in people::by_address(tx, &json_list(&met)).await? {
            world.meet(person);
        }
    }
    Ok(())
}

async fn load(tx: &mut Tx) -> Result<Payrolls, StoreError> {
    let begun = tx.row(&sql::HOUSE_BEGUN, &[]).await?;
    let asked = tx.row(&sql::TICKET_FIRST, &[]).await?;
    let known = [opt_instant(&begun, 0)?, opt_instant(&asked, 0)?];
    let mut payrolls = Payrolls {
        begun: known.into_iter().flatten().min(),
        ..Payrolls::default()
    };
    for row in tx.rows(&sql::PAYROLL_EVENTS, &[]).await? {
        let data = serde_json::from_str(row.text(0)?);
        let data: EventData = data.map_err(|error| StoreError::Unknown {
            column: "event.data",
            found: error.to_string(),
        })?;
        let words = row.opt_text(1)?;
        let noted = Noted {
            at: instant(&row, 2)?,
            seq: EventSeq(row.int(3)?),
        };
        note(&mut payrolls, &data, words, noted);
    }
    Ok(payrolls)
}
