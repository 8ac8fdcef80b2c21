//! Facts about people who write: what they have begun lately, when they were last asked to rate, what they
//! have asked, what they were sent.

use std::collections::BTreeMap;

use super::{Row, StoreError, Tx, instant, opt_instant, sql};
use crate::{
    desk::{
        decision::Survey,
        world::{Beginning, HISTORY_MAX, Sent, World},
    },
    model::{
        address::Address,
        ids::{MessageRow, PersonId, QueueName, TicketNumber},
    },
};

/// What people have begun, the newest first.
pub(super) fn begun(world: &mut World, rows: &[Row]) -> Result<(), StoreError> {
    let mut all: BTreeMap<Address, Vec<Beginning>> = BTreeMap::new();
    for row in rows {
        let Ok(sender) = Address::parse(row.text(0)?) else {
            continue;
        };
        all.entry(sender).or_default().push(Beginning {
            message: MessageRow(row.int(1)?),
            ticket: TicketNumber(row.int(2)?),
            at: instant(row, 3)?,
            body: row.int(4)?,
            is_flood: row.int(5)? == 1,
            is_reflex: row.int(6)? == 1,
            guesses: u32::try_from(row.int(7)?).unwrap_or(u32::MAX),
            queue: QueueName(row.string(8)?),
        });
    }
    for (sender, begun) in all {
        world.set_begun(sender, begun);
    }
    Ok(())
}

/// When the people at hand were last asked to rate.
pub(super) fn surveyed(world: &mut World, rows: &[Row]) -> Result<(), StoreError> {
    for row in rows {
        let survey = Survey {
            ticket: TicketNumber(row.int(1)?),
            at: instant(row, 2)?,
            nps_at: row
                .opt_int(3)?
                .and_then(|at| jiff::Timestamp::from_millisecond(at).ok()),
            wants_nps: row.opt_int(4)?.map(|wants| wants != 0),
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

/// What addresses were sent by machine lately.
pub(super) fn sent(world: &mut World, rows: &[Row]) -> Result<(), StoreError> {
    for row in rows {
        let Ok(address) = Address::parse(row.text(0)?) else {
            continue;
        };
        let sent = Sent {
            hour: count_in(row, 1)?,
            day: count_in(row, 2)?,
            last_at: opt_instant(row, 3)?,
            reports: count_in(row, 4)?,
        };
        world.set_sent(address, sent);
    }
    Ok(())
}

/// What they were sent about tickets.
pub(super) fn sent_about(world: &mut World, rows: &[Row]) -> Result<(), StoreError> {
    for row in rows {
        let Ok(address) = Address::parse(row.text(1)?) else {
            continue;
        };
        world.set_sent_about((TicketNumber(row.int(0)?), address), count_in(row, 2)?);
    }
    Ok(())
}

pub(super) fn count_in(row: &Row, column: usize) -> Result<u32, StoreError> {
    Ok(u32::try_from(row.int(column)?).unwrap_or(u32::MAX))
}
