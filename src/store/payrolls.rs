//! How payroll months stand, as history says.

use super::{Db, StoreError, Tx, instant, sql};
use crate::{
    desk::payroll::{Noted, Payrolls, note},
    model::{event::EventData, ids::EventSeq},
};

/// How every month stands.
///
/// # Errors
/// What the database says.
pub async fn states(db: &Db) -> Result<Payrolls, StoreError> {
    db.read("look at payrolls", (), |tx, ()| Box::pin(load(tx)))
        .await
}

pub(super) async fn load(tx: &mut Tx) -> Result<Payrolls, StoreError> {
    let mut payrolls = Payrolls::default();
    for row in tx.rows(&sql::PAYROLL_EVENTS, &[]).await? {
        let data = serde_json::from_str(row.text(0)?);
        let data: EventData = data.map_err(|error| StoreError::Unknown {
            column: "event.data",
            found: error.to_string(),
        })?;
        let words = row.opt_text(1)?;
        let noted = Noted {
            at: instant(&row, 2)?,
            seq: EventSeq(row.int(3)?),
        };
        note(&mut payrolls, &data, words, noted);
    }
    Ok(payrolls)
}
