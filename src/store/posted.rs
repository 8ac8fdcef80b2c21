//! Looks up our sent mails that bounces report on.

use super::{Row, StoreError, Tx, hash_of_id, json_list, people, sql};
use crate::{
    desk::world::{Posted, World},
    model::{
        address::Address,
        ids::{DeliveryId, MessageId, MessageRow, TicketNumber},
        ticket::Side,
    },
};

pub(super) async fn load(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let asked = world.asked();
    let hashes: Vec<i64> = asked.posted.iter().map(hash_of_id).collect();
    let known = asked.addresses.clone();
    let deliveries: Vec<i64> = asked.deliveries.iter().map(|one| one.0).collect();
    for (statement, list) in [
        (&sql::FACTS_POSTED, hashes),
        (&sql::FACTS_POSTED_BY, deliveries),
    ] {
        if list.is_empty() {
            continue;
        }
        for row in tx.rows(statement, &[(&json_list(&list)).into()]).await? {
            // Nothing was ever sent to what is no address.
            if let Some(posted) = posted(&row)? {
                world.add_posted(posted);
            }
        }
    }
    // Whom we wrote to, where the report names another address.
    let met: Vec<&Address> = world.asked().addresses.difference(&known).collect();
    if !met.is_empty() {
        for person in people::by_address(tx, &json_list(&met)).await? {
            world.meet(person);
        }
    }
    Ok(())
}

fn posted(row: &Row) -> Result<Option<Posted>, StoreError> {
    let Ok(recipient) = Address::parse(row.text(5)?) else {
        return Ok(None);
    };
    let side = row.opt_string(3)?;
    Ok(Some(Posted {
        delivery: DeliveryId(row.int(0)?),
        message_id: MessageId(row.string(1)?),
        ticket: row.opt_int(2)?.map(TicketNumber),
        side: side.and_then(|letter| Side::from_letter(letter.chars().next()?)),
        message: row.opt_int(4)?.map(MessageRow),
        recipient,
    }))
}
