//! After the rules of due times have changed everything that runs is counted anew, a page at a time: how far that is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Db, StoreError, Tx, as_json, sql};
use crate::model::ids::{QueueName, TicketNumber};

/// The rules that due times were last counted by stand under this key of the house.
const RULES: &str = "clock_rules";
/// How far counting anew has come.
const SWEEP: &str = "clock_sweep";

/// How far counting anew has come: the due time and the number of the last ticket, how many are left, and how many due times
/// would lie in the past and were left where they were.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sweep {
    /// The due time of the last ticket that was looked at, in milliseconds.
    pub due_at: i64,
    /// Its number.
    pub ticket: i64,
    /// How many are left, about.
    pub left: u64,
    /// By queue, how many tickets would be late, and one of them.
    pub kept: BTreeMap<QueueName, (u64, TicketNumber)>,
    /// Queues where they are: whoever decides has said so.
    pub consented: Vec<QueueName>,
    /// It has come to the end.
    pub is_done: bool,
}

/// Notes the rules in force. Where they are others than before, everything is to be counted anew.
///
/// # Errors
/// What the database says.
pub async fn note_rules(db: &Db, sum: &str) -> Result<(), StoreError> {
    let known = db.read("see the rules of due times", (), |tx, ()| {
        Box::pin(async move {
            let known = tx.row_opt(&sql::HOUSE_GET, &[RULES.into()]).await?;
            known.map(|row| row.string(0)).transpose()
        })
    });
    let known = known.await?;
    if known.as_deref() == Some(sum) {
        return Ok(());
    }
    let input = (sum.to_owned(), known);
    db.write("note the rules of due times", input, |tx, (sum, known)| {
        Box::pin(async move {
            tx.exec(&sql::HOUSE_PUT, &[RULES.into(), (&*sum).into()])
                .await?;
            if known.is_none() {
                return Ok(());
            }
            let left = tx.row(&sql::SWEEP_COUNT, &[]).await?.int(0)?;
            let sweep = Sweep {
                left: u64::try_from(left).unwrap_or(0),
                due_at: i64::MIN,
                ..Sweep::default()
            };
            let sweep = as_json(&sweep)?;
            let values = [SWEEP.into(), (&sweep).into()];
            tx.exec(&sql::HOUSE_PUT, &values).await.map(drop)
        })
    })
    .await
}

/// How far it is; `None`: the rules have never changed.
///
/// # Errors
/// What the database says.
pub async fn state(db: &Db) -> Result<Option<Sweep>, StoreError> {
    db.read("see what is counted anew", (), |tx, ()| {
        Box::pin(state_in(tx))
    })
    .await
}

/// The same within a unit of work.
pub(super) async fn state_in(tx: &mut Tx) -> Result<Option<Sweep>, StoreError> {
    let row = tx.row_opt(&sql::HOUSE_GET, &[SWEEP.into()]).await?;
    let Some(row) = row else { return Ok(None) };
    let stored = row.string(0)?;
    let sweep = serde_json::from_str(&stored);
    sweep.map(Some).map_err(|_error| StoreError::Unknown {
        column: "house.clock_sweep",
        found: stored,
    })
}

/// In these queues what would be late is: everything is looked at once more.
pub(super) async fn consent(tx: &mut Tx, queues: &[QueueName]) -> Result<(), StoreError> {
    if queues.is_empty() {
        return Ok(());
    }
    let mut sweep = state_in(tx).await?.unwrap_or_default();
    sweep.consented.extend(queues.iter().cloned());
    (sweep.due_at, sweep.ticket, sweep.is_done) = (i64::MIN, 0, false);
    sweep.kept.retain(|queue, _| !queues.contains(queue));
    let sweep = as_json(&sweep)?;
    let values = [SWEEP.into(), (&sweep).into()];
    tx.exec(&sql::HOUSE_PUT, &values).await.map(drop)
}

/// The next tickets to be counted anew, with their due times.
///
/// # Errors
/// What the database says.
pub async fn page(db: &Db, sweep: &Sweep) -> Result<Vec<(i64, TicketNumber)>, StoreError> {
    let after = (sweep.due_at, sweep.ticket);
    db.read(
        "look for what is counted anew",
        after,
        |tx, (due, ticket)| {
            Box::pin(async move {
                let rows = tx
                    .rows(&sql::SWEEP_PAGE, &[(*due).into(), (*ticket).into()])
                    .await?;
                rows.iter()
                    .map(|row| Ok((row.int(0)?, TicketNumber(row.int(1)?))))
                    .collect()
            })
        },
    )
    .await
}

/// Notes how far it is.
///
/// # Errors
/// What the database says.
pub async fn note(db: &Db, sweep: &Sweep) -> Result<(), StoreError> {
    let sweep = as_json(sweep)?;
    db.write("note what was counted anew", sweep, |tx, sweep| {
        Box::pin(async move {
            let values = [SWEEP.into(), (&*sweep).into()];
            tx.exec(&sql::HOUSE_PUT, &values).await.map(drop)
        })
    })
    .await
}
