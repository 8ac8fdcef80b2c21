//! Until when mailboxes have been read: one row a mailbox, written at the end of every pass.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Db, StoreError, Tx, instant, json_list, opt_instant, sql};
use crate::{
    desk::readiness::Passes,
    model::{
        ids::{MailboxName, TicketNumber},
        ticket::Ticket,
    },
};

/// A mailbox has been read: whatever reached it before `until` is stored.
///
/// # Errors
/// What the database says.
pub async fn passed(db: &Db, mailbox: &MailboxName, until: Timestamp) -> Result<(), StoreError> {
    let input = (mailbox.clone(), until.as_millisecond());
    db.write("note a pass", input, |tx, (mailbox, until)| {
        Box::pin(async move {
            let values = [mailbox.as_str().into(), (*until).into()];
            tx.exec(&sql::PASS_SET, &values).await.map(drop)
        })
    })
    .await
}

/// How far mail is known, for a process that reads since `opened_at`.
///
/// # Errors
/// What the database says.
pub async fn known(db: &Db, opened_at: Timestamp) -> Result<Passes, StoreError> {
    db.read("look how far mail is read", opened_at, |tx, opened_at| {
        Box::pin(load(tx, *opened_at))
    })
    .await
}

pub(super) async fn load(tx: &mut Tx, opened_at: Timestamp) -> Result<Passes, StoreError> {
    let mut until = BTreeMap::new();
    for row in &tx.rows(&sql::PASSES, &[]).await? {
        until.insert(MailboxName(row.string(0)?), instant(row, 1)?);
    }
    let waiting = tx.row_opt(&sql::WORK_FIRST_MAIL, &[]).await?;
    let waits_since = match waiting {
        Some(row) => opt_instant(&row, 0)?,
        None => None,
    };
    Ok(Passes {
        until,
        waits_since,
        opened_at,
    })
}

/// Tickets as they stand, for their appointments. What this program cannot read is left out: whoever decides sees to it.
///
/// # Errors
/// What the database says.
pub async fn tickets(db: &Db, numbers: &[TicketNumber]) -> Result<Vec<Ticket>, StoreError> {
    let numbers: Vec<i64> = numbers.iter().map(|number| number.0).collect();
    db.read("look at tickets", json_list(&numbers), |tx, numbers| {
        Box::pin(async move {
            let rows = tx.rows(&sql::FACTS_TICKETS, &[numbers.into()]).await?;
            let snapshots = rows.iter().map(|row| row.text(0));
            let mut tickets = Vec::new();
            for snapshot in snapshots {
                tickets.extend(serde_json::from_str(snapshot?).ok());
            }
            Ok(tickets)
        })
    })
    .await
}

/// The first appointment after an instant that waits for mail.
///
/// # Errors
/// What the database says.
pub async fn next_after(db: &Db, at: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    db.read("look for an appointment", at, |tx, at| {
        Box::pin(async move {
            let after = [at.as_millisecond().into()];
            let row = tx.row_opt(&sql::TIMER_NEXT_AFTER, &after).await?;
            row.map_or(Ok(None), |row| opt_instant(&row, 0))
        })
    })
    .await
}
