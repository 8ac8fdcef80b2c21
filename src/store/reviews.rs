//! Regular letters: which were written, and the tickets that they are about.

use super::{Db, StoreError, Tx, passes, sql};
use crate::{
    desk::{
        kpi::Period,
        review::{ReviewStep, Written},
    },
    model::{
        event::EventData,
        ids::{QueueName, TicketNumber},
        ticket::Ticket,
    },
};

/// So many tickets of a queue are looked at, the oldest.
const LOOKED_AT_MAX: i64 = 5000;

/// Which were written, as history says.
///
/// # Errors
/// What the database says.
pub async fn written(db: &Db) -> Result<Written, StoreError> {
    db.read("look at regular letters", (), |tx, ()| Box::pin(load(tx)))
        .await
}

pub(super) async fn load(tx: &mut Tx) -> Result<Written, StoreError> {
    let mut written = Written::default();
    for row in tx.rows(&sql::REVIEW_EVENTS, &[]).await? {
        let data = serde_json::from_str(row.text(0)?);
        let data: EventData = data.map_err(|error| StoreError::Unknown {
            column: "event.data",
            found: error.to_string(),
        })?;
        written.note(&data);
    }
    Ok(written)
}

/// Whether one is left to be decided: then no other is counted, which would only be left beside it.
///
/// # Errors
/// What the database says.
pub async fn is_any_left(db: &Db) -> Result<bool, StoreError> {
    db.read("look for regular letters", (), |tx, ()| {
        Box::pin(async move {
            let waits = tx.row_opt(&sql::REVIEW_WAITS, &[]).await?;
            Ok(waits.is_some())
        })
    })
    .await
}

/// Those that could not be decided and are quarantined: they hold back no others. What is not understood is none.
///
/// # Errors
/// What the database says.
pub async fn kept(db: &Db) -> Result<Vec<ReviewStep>, StoreError> {
    db.read("look for quarantined regular letters", (), |tx, ()| {
        Box::pin(async move {
            let mut found = Vec::new();
            for row in tx.rows(&sql::REVIEW_KEPT, &[]).await? {
                found.extend(serde_json::from_str::<ReviewStep>(row.text(0)?).ok());
            }
            Ok(found)
        })
    })
    .await
}

/// The requests that a queue got in a period, as they stand; those that were put together with others are not looked at.
///
/// # Errors
/// What the database says.
pub async fn opened_tickets(
    db: &Db,
    queue: &QueueName,
    period: &Period,
) -> Result<Vec<Ticket>, StoreError> {
    let asked = (
        queue.clone(),
        period.from.as_millisecond(),
        period.to.as_millisecond(),
    );
    let numbers = db.read("look at requests of a period", asked, |tx, asked| {
        Box::pin(async move {
            let (queue, from, to) = asked;
            let values = [
                queue.as_str().into(),
                (*from).into(),
                (*to).into(),
                LOOKED_AT_MAX.into(),
            ];
            let rows = tx.rows(&sql::REVIEW_OPENED, &values).await?;
            let numbers = rows.iter().map(|row| row.int(0).map(TicketNumber));
            numbers.collect::<Result<Vec<_>, StoreError>>()
        })
    });
    passes::tickets(db, &numbers.await?).await
}

/// The tickets of a queue that are not resolved, as they stand.
///
/// # Errors
/// What the database says.
pub async fn open_tickets(db: &Db, queue: &QueueName) -> Result<Vec<Ticket>, StoreError> {
    let numbers = db.read("look at open tickets", queue.clone(), |tx, queue| {
        Box::pin(async move {
            let values = [queue.as_str().into(), LOOKED_AT_MAX.into()];
            let rows = tx.rows(&sql::REVIEW_TICKETS, &values).await?;
            let numbers = rows.iter().map(|row| row.int(0).map(TicketNumber));
            numbers.collect::<Result<Vec<_>, StoreError>>()
        })
    });
    passes::tickets(db, &numbers.await?).await
}
