//! What figures are held against: the table of tickets as it is now, and what was written late of a time before.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Histories;
use crate::{
    model::ids::QueueName,
    store::{Db, StoreError, sql},
};

/// How many tickets of each queue somebody owes work on, as the table of tickets says, after that event; `None`: something was
/// written meanwhile, so that nobody knows after which.
///
/// # Errors
/// What the database says.
pub async fn open_at(db: &Db, upto: i64) -> Result<Option<BTreeMap<QueueName, i64>>, StoreError> {
    db.read("count open tickets", upto, |tx, upto| {
        Box::pin(async move {
            let mut found = BTreeMap::new();
            for row in tx.rows(&sql::TICKETS_OPEN_COUNTS, &[]).await? {
                found.insert(QueueName::from(row.text(0)?), row.int(1)?);
            }
            // Asked last: whatever was written before the rows were read is seen.
            let last = tx.row(&sql::EVENT_LAST, &[]).await?;
            let last = last.opt_int(0)?.unwrap_or(0);
            Ok((last == *upto).then_some(found))
        })
    })
    .await
}

impl Histories {
    /// The histories of the tickets of which something that happened before an instant was written only after one event, and up to
    /// another.
    ///
    /// # Errors
    /// What the database says.
    pub async fn late(
        db: &Db,
        (after, upto): (i64, i64),
        before: Timestamp,
    ) -> Result<Self, StoreError> {
        let asked = [after, upto, before.as_millisecond()];
        let numbers = db
            .read("find what was written late", asked, |tx, asked| {
                Box::pin(async move {
                    let rows = tx.rows(&sql::EVENTS_LATE, &asked.map(Into::into)).await?;
                    let numbers = rows.iter().map(|row| Ok(row.text(0)?.parse::<i64>().ok()));
                    numbers.collect::<Result<Vec<_>, StoreError>>()
                })
            })
            .await?;
        Ok(Self::about(
            db,
            numbers.into_iter().flatten().collect(),
            upto,
        ))
    }
}
