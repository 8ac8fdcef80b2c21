//! Facts about what is kept apart: quarantined work, addresses that mail does not reach.

use std::collections::BTreeSet;

use super::{Row, StoreError, Tx, erase, hash_of_id, journal, opt_instant, sql, work};
use crate::{
    desk::world::{Listed, QUARANTINE_MAX, Quarantined, World},
    model::{
        address::Address,
        ids::{MailboxName, MessageId, RawId, WorkId},
    },
};

pub(super) async fn list_quarantine(tx: &mut Tx, world: &mut World) -> Result<(), StoreError> {
    let most = i64::try_from(QUARANTINE_MAX).unwrap_or(i64::MAX);
    for row in tx.rows(&sql::QUARANTINE_LIST, &[most.into()]).await? {
        let found = work::quarantined_in(&row)?;
        let reading = match found.raw {
            Some(raw) => journal::reading_in(tx, raw).await?,
            None => None,
        };
        let message = reading.map(|reading| reading.message);
        let from = message.as_ref().and_then(|mail| mail.from.as_ref());
        let author = from.map(|from| from.address.clone());
        let listed = Listed {
            work: found.id,
            mailbox: found.mailbox,
            at: found.arrived_at,
            problem: found.problem,
            author: author.unwrap_or_default(),
            subject: message.and_then(|mail| mail.subject).unwrap_or_default(),
        };
        // What an erasure has come to stands in its row alone.
        let quarantined = match found.kind == erase::WORK {
            true => quarantined(tx, found.id).await?,
            false => None,
        };
        let quarantined = quarantined.unwrap_or_else(|| Quarantined {
            mailbox: listed.mailbox.clone(),
            raw: found.raw,
            is_begun_erasure: false,
        });
        world.list_quarantined(listed, quarantined);
    }
    Ok(())
}

pub(super) async fn quarantined(
    tx: &mut Tx,
    work: WorkId,
) -> Result<Option<Quarantined>, StoreError> {
    let row = tx.row_opt(&sql::QUARANTINE_GET, &[work.0.into()]).await?;
    let Some(row) = row else { return Ok(None) };
    let quarantined = Quarantined {
        mailbox: row.opt_string(6)?.map(MailboxName),
        raw: row.opt_int(2)?.map(RawId),
        is_begun_erasure: erase::is_begun(row.text(1)?, row.text(3)?),
    };
    Ok((row.text(9)? == "quarantined").then_some(quarantined))
}

pub(super) fn silenced(world: &mut World, rows: &[Row]) -> Result<(), StoreError> {
    for row in rows {
        if let Ok(address) = Address::parse(row.text(0)?) {
            world.set_silenced(address, opt_instant(row, 1)?);
        }
    }
    Ok(())
}

/// Which of the ids asked for are of mails that were put aside.
pub(super) fn asides(world: &mut World, rows: &[Row]) -> Result<(), StoreError> {
    let found = rows.iter().map(|row| row.int(0));
    let found: BTreeSet<i64> = found.collect::<Result<_, _>>()?;
    let asked = world.asked().message_ids.iter();
    let is_found = |id: &&MessageId| !found.is_empty() && found.contains(&hash_of_id(id));
    let asides: Vec<MessageId> = asked.filter(is_found).cloned().collect();
    for id in asides {
        world.set_aside(id);
    }
    Ok(())
}
