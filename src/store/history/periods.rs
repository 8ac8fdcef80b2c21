//! Closed periods as history keeps them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::{
    model::{
        event::EventData,
        ids::{QueueName, TicketNumber},
        period::ClosedPeriod,
    },
    store::{Db, Row, StoreError, Tx, instant, sql},
};

/// The periods that are closed, in the order in which they were, and when.
///
/// # Errors
/// What the database says.
pub async fn closed_periods(db: &Db) -> Result<Vec<(ClosedPeriod, Timestamp)>, StoreError> {
    db.read("list closed periods", (), |tx, ()| {
        Box::pin(periods_closed(tx))
    })
    .await
}

pub(in crate::store) async fn periods_closed(
    tx: &mut Tx,
) -> Result<Vec<(ClosedPeriod, Timestamp)>, StoreError> {
    let mut closed = Vec::new();
    for row in tx.rows(&sql::PERIODS_CLOSED, &[]).await? {
        let data = serde_json::from_str(row.text(0)?);
        let data: EventData = data.map_err(|error| StoreError::Unknown {
            column: "event.data",
            found: error.to_string(),
        })?;
        if let EventData::PeriodClosed(period) = data {
            closed.push((*period, instant(&row, 1)?));
        }
    }
    Ok(closed)
}

/// The files of a period that was closed at the terminal by name: their bytes in base64, empty where these are gone. None, of one
/// that was closed before they were kept.
///
/// # Errors
/// What the database says.
pub async fn period_files(db: &Db, period: &str) -> Result<BTreeMap<String, String>, StoreError> {
    // A period's name has neither quotes nor what LIKE reads as something else.
    let asked = format!("%\"period\":\"{period}\"%");
    db.read("read the files of a closed period", asked, |tx, asked| {
        Box::pin(async move {
            let mut found = BTreeMap::new();
            for row in tx
                .rows(&sql::PERIOD_FILES, &[asked.as_str().into()])
                .await?
            {
                let data = serde_json::from_str(row.text(0)?);
                let data: EventData = data.map_err(|error| StoreError::Unknown {
                    column: "event.data",
                    found: error.to_string(),
                })?;
                if let EventData::PeriodFile { name, .. } | EventData::PeriodPay { name, .. } = data
                {
                    let bytes = row.opt_text(1)?.unwrap_or_default();
                    found.insert(name, bytes.to_owned());
                }
            }
            Ok(found)
        })
    })
    .await
}

/// The tickets that were to end by themselves before an instant, and have not: each once, with its queue, in order.
///
/// # Errors
/// What the database says.
pub async fn still_to_end(
    db: &Db,
    before: Timestamp,
) -> Result<BTreeSet<(QueueName, TicketNumber)>, StoreError> {
    let before = before.as_millisecond();
    db.read("look what is still to end", before, |tx, before| {
        Box::pin(async move {
            let rows = tx.rows(&sql::TIMERS_ENDING, &[(*before).into()]).await?;
            let ticket = |row: &Row| {
                let queue = QueueName::from(row.text(0)?);
                Ok::<_, StoreError>((queue, TicketNumber(row.int(1)?)))
            };
            rows.iter().map(ticket).collect()
        })
    })
    .await
}

/// The hash of an event; `None`: there is no such event.
///
/// # Errors
/// What the database says.
pub async fn hash_at(db: &Db, seq: i64) -> Result<Option<String>, StoreError> {
    db.read("read a hash", seq, |tx, seq| {
        Box::pin(async move {
            let rows = tx.rows(&sql::EVENT_HASH, &[(*seq).into()]).await?;
            rows.first().map(|row| row.string(0)).transpose()
        })
    })
    .await
}

/// Whether anything after an event was decided before that instant: then the clock was ahead when whoever knows of no later
/// event took the instant for past. `upto`: no later events are looked at.
///
/// # Errors
/// What the database says.
pub async fn is_decided_before(
    db: &Db,
    (after, upto): (i64, i64),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let input = (after, upto, at.as_millisecond());
    db.read("look whether the clock was ahead", input, |tx, input| {
        Box::pin(async move {
            let values = [input.0.into(), input.1.into(), input.2.into()];
            let row = tx.row_opt(&sql::EVENT_DECIDED_BEFORE, &values).await?;
            Ok(row.is_some())
        })
    })
    .await
}
