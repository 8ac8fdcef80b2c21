//! Facts about conversations: which mails are known, what names them, and the tickets they are of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Row, StoreError, Tx, hash_of_id, history, instant, json_list, opt_instant, sql};
use crate::{
    desk::{
        fold::FOLD_VERSION,
        world::{Known, MERGES_MAX, World},
    },
    model::{
        ids::{MessageId, MessageRow, PersonId, TicketNumber},
        ticket::{Side, Ticket},
    },
};

pub(super) fn known(world: &mut World, rows: &[Row]) -> Result<(), StoreError> {
    for row in rows {
        let id = MessageId(row.string(0)?);
        // Two ids may share a hash; only the id itself counts.
        if world.asked().message_ids.contains(&id) {
            let known = Known {
                message: MessageRow(row.int(1)?),
                ticket: TicketNumber(row.int(2)?),
                side: side(row, 3)?,
                content: row.int(4)?,
                person: PersonId(row.int(5)?),
                at: opt_instant(row, 6)?.unwrap_or(Timestamp::MIN),
                is_personal: row.int(7)? == 1,
            };
            world.know(id, known);
        }
    }
    Ok(())
}

/// Who names an id is known by its hash alone: whoever is found so proves nothing anyway.
pub(super) fn lineage(world: &mut World, rows: &[Row]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let asked = world.asked().lineage.iter().cloned();
    let asked: BTreeMap<i64, MessageId> = asked.map(|id| (hash_of_id(&id), id)).collect();
    for row in rows {
        let kin = Known {
            message: MessageRow(row.int(4)?),
            ticket: TicketNumber(row.int(1)?),
            side: side(row, 2)?,
            content: row.int(3)?,
            person: PersonId(row.int(5)?),
            // Only an id of ours says whose a mail is.
            is_personal: false,
            at: instant(row, 6)?,
        };
        if let Some(id) = asked.get(&row.int(0)?) {
            world.add_kin(id.clone(), kin);
        }
    }
    Ok(())
}

fn side(row: &Row, column: usize) -> Result<Side, StoreError> {
    let letter = row.text(column)?;
    let side = letter.chars().next().and_then(Side::from_letter);
    side.ok_or_else(|| StoreError::Unknown {
        column: "message.side",
        found: letter.to_owned(),
    })
}

/// The tickets that are still to be looked at, and those that they lead to. Siblings know all the others, so for them one
/// look further is enough; a merge may lead to another.
pub(super) async fn tickets(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let mut loaded: BTreeSet<TicketNumber> = world.tickets().map(|ticket| ticket.number).collect();
    for _ in 0..=MERGES_MAX {
        let asked = world.asked().tickets.difference(&loaded);
        let more: BTreeSet<TicketNumber> = asked.copied().collect();
        if more.is_empty() {
            break;
        }
        for ticket in load_tickets(tx, &more).await? {
            world.take_in(ticket);
        }
        loaded.extend(more);
    }
    Ok(())
}

/// Tickets as they stand.
pub(super) async fn load_tickets(
    tx: &mut Tx,
    numbers: &BTreeSet<TicketNumber>,
) -> Result<Vec<Ticket>, StoreError> {
    let list = json_list(&Vec::from_iter(numbers));
    let mut tickets = Vec::new();
    for row in tx.rows(&sql::FACTS_TICKETS, &[(&list).into()]).await? {
        tickets.extend(ticket(tx, &row).await?);
    }
    Ok(tickets)
}

/// A ticket as it stands; one whose snapshot another version folded is folded anew.
pub(super) async fn ticket(tx: &mut Tx, row: &Row) -> Result<Option<Ticket>, StoreError> {
    let snapshot = serde_json::from_str(row.text(0)?)
        .ok()
        .filter(|_| row.int(1).is_ok_and(|v| v == FOLD_VERSION));
    match snapshot {
        Some(ticket) => Ok(Some(ticket)),
        None => history::refold(tx, TicketNumber(row.int(2)?)).await,
    }
}
