//! Facts about people who write: what they have begun lately, when they were last asked to rate, what they have asked.

use std::collections::BTreeSet;

use super::{StoreError, Tx, instant, json_list, sql};
use crate::{
    desk::{
        decision::Survey,
        world::{BEGUN_KEPT, Beginning, HISTORY_MAX, World},
    },
    model::{
        address::Address,
        ids::{MessageRow, PersonId, QueueName, TicketNumber},
    },
};

/// What the person at an address has begun, the newest first.
pub(super) async fn begun(tx: &mut Tx, sender: &Address) -> Result<Vec<Beginning>, StoreError> {
    let most = i64::try_from(BEGUN_KEPT).unwrap_or(i64::MAX);
    let values = [sender.as_str().into(), most.into()];
    let rows = tx.rows(&sql::FACTS_BEGUN, &values).await?;
    rows.iter()
        .map(|row| {
            Ok(Beginning {
                message: MessageRow(row.int(0)?),
                ticket: TicketNumber(row.int(1)?),
                at: instant(row, 2)?,
                body: row.int(3)?,
                is_flood: row.int(4)? == 1,
                is_reflex: row.int(5)? == 1,
                guesses: u32::try_from(row.int(6)?).unwrap_or(u32::MAX),
                queue: QueueName(row.string(7)?),
            })
        })
        .collect()
}

/// When the people at hand were last asked to rate.
pub(super) async fn surveyed(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let asked = world.asked().people.iter();
    let people: BTreeSet<PersonId> = asked.map(|person| world.who(*person)).collect();
    if people.is_empty() {
        return Ok(());
    }
    let list = json_list(&Vec::from_iter(&people));
    for row in tx.rows(&sql::FACTS_SURVEYED, &[(&list).into()]).await? {
        let survey = Survey {
            ticket: TicketNumber(row.int(1)?),
            at: instant(&row, 2)?,
        };
        world.set_surveyed(PersonId(row.int(0)?), survey);
    }
    Ok(())
}

/// The tickets of the person at an address, the newest first; one more than a history lists, where there are more.
pub(super) async fn own_tickets(
    tx: &mut Tx,
    author: &Address,
) -> Result<Vec<TicketNumber>, StoreError> {
    let most = i64::try_from(HISTORY_MAX).unwrap_or(i64::MAX);
    let values = [author.as_str().into(), most.saturating_add(1).into()];
    let rows = tx.rows(&sql::FACTS_OWN_TICKETS, &values).await?;
    rows.iter()
        .map(|row| row.int(0).map(TicketNumber))
        .collect()
}
