//! An administrator's order that is followed: whoever leaves it waits for what comes of it.

use jiff::Timestamp;

use super::{Db, StoreError, as_json, sql, work::quarantined_in};
use crate::{desk::cause::Operation, model::ids::WorkId};

/// Leaves an order for the decider: the number of that work.
///
/// # Errors
/// What the database says.
pub async fn order(db: &Db, operation: Operation, now: Timestamp) -> Result<WorkId, StoreError> {
    let input = (as_json(&operation)?, now.as_millisecond());
    db.write("add work", input, |tx, (payload, now)| {
        Box::pin(async move {
            let values = [
                "operation".into(),
                Option::<i64>::None.into(),
                payload.into(),
                (*now).into(),
            ];
            Ok(WorkId(tx.row(&sql::WORK_ADD, &values).await?.int(0)?))
        })
    })
    .await
}

/// Why an order could not be done, if it stands in the quarantine.
///
/// # Errors
/// What the database says.
pub async fn problem_of(db: &Db, work: WorkId) -> Result<Option<String>, StoreError> {
    db.read("look for an order", work, |tx, work| {
        Box::pin(async move {
            let row = tx.row_opt(&sql::QUARANTINE_GET, &[work.0.into()]).await?;
            let Some(row) = row.filter(|row| row.text(9).is_ok_and(|state| state == "quarantined"))
            else {
                return Ok(None);
            };
            Ok(Some(quarantined_in(&row)?.problem))
        })
    })
    .await
}
