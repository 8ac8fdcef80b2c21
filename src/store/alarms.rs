//! Alarms that stand.

use super::{Db, StoreError, sql};

/// Alarms that are raised and not over: `(alarm, object)`.
///
/// # Errors
/// What the database says.
pub async fn standing(db: &Db) -> Result<Vec<(String, String)>, StoreError> {
    db.read("look at alarms", (), |tx, ()| {
        Box::pin(async move {
            let mut standing = Vec::new();
            for row in tx.rows(&sql::FACTS_ALARMS, &[]).await? {
                if row.opt_int(2)?.is_some() {
                    standing.push((row.string(0)?, row.string(1)?));
                }
            }
            Ok(standing)
        })
    })
    .await
}
