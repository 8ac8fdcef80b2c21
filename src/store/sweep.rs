//! After the rules of due times have changed everything that runs is counted anew, a page at a time: how far that is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Db, StoreError, Tx, as_json, json_list, sql};
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
    /// Queues that are not counted anew: their rules are as they were.
    #[serde(default)]
    pub left_out: Vec<QueueName>,
    /// It has come to the end.
    pub is_done: bool,
}

/// The sums of the rules that due times of each queue were last counted by.
type Sums = BTreeMap<QueueName, String>;

/// Notes the rules in force, as a sum for each queue. Where those of a queue are others than before, everything there is
/// to be counted anew; what others are counted by, and what was said of them, stays.
///
/// # Errors
/// What the database says.
pub async fn note_rules(db: &Db, sums: Sums) -> Result<(), StoreError> {
    let known = db.read("see the rules of due times", (), |tx, ()| {
        Box::pin(known_in(tx))
    });
    let known = known.await?;
    if known.as_ref() == Some(&sums) {
        return Ok(());
    }
    let input = (sums, known);
    db.write("note the rules of due times", input, |tx, (sums, known)| {
        Box::pin(async move {
            let noted = as_json(sums)?;
            tx.exec(&sql::HOUSE_PUT, &[RULES.into(), (&noted).into()])
                .await?;
            match known {
                None => Ok(()),
                Some(known) => begin(tx, |queue| known.get(queue) == sums.get(queue), sums).await,
            }
        })
    })
    .await
}

/// The rules that due times were last counted by; `None`: they have never been counted.
async fn known_in(tx: &mut Tx) -> Result<Option<Sums>, StoreError> {
    let known = tx.row_opt(&sql::HOUSE_GET, &[RULES.into()]).await?;
    let Some(row) = known else { return Ok(None) };
    // An older okno has kept one sum of everything: then nothing is known to be the same.
    Ok(Some(serde_json::from_str(row.text(0)?).unwrap_or_default()))
}

/// Everything is counted anew from the beginning, but in the queues of these that are to be left out; what was being
/// counted still is.
async fn begin(
    tx: &mut Tx,
    is_left_out: impl Fn(&QueueName) -> bool,
    queues: &Sums,
) -> Result<(), StoreError> {
    let before = state_in(tx).await?.unwrap_or_else(|| Sweep {
        is_done: true,
        ..Sweep::default()
    });
    let was_counted = |queue: &QueueName| before.is_done || before.left_out.contains(queue);
    let left_out = queues.keys();
    let left_out = left_out.filter(|queue| is_left_out(queue) && was_counted(queue));
    let left_out: Vec<QueueName> = left_out.cloned().collect();
    // Of other rules nobody has said anything yet.
    let consented = before.consented.into_iter();
    let consented = consented.filter(|queue| is_left_out(queue));
    let listed = json_list(&left_out);
    let left = tx
        .row(&sql::SWEEP_COUNT, &[(&listed).into()])
        .await?
        .int(0)?;
    let sweep = Sweep {
        left: u64::try_from(left).unwrap_or(0),
        due_at: i64::MIN,
        consented: consented.collect(),
        left_out,
        ..Sweep::default()
    };
    put(tx, &sweep).await
}

async fn put(tx: &mut Tx, sweep: &Sweep) -> Result<(), StoreError> {
    let sweep = as_json(sweep)?;
    let values = [SWEEP.into(), (&sweep).into()];
    tx.exec(&sql::HOUSE_PUT, &values).await.map(drop)
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

/// In these queues what would be late is: they are looked at once more.
pub(super) async fn consent(tx: &mut Tx, queues: &[QueueName]) -> Result<(), StoreError> {
    if queues.is_empty() {
        return Ok(());
    }
    let sums = known_in(tx).await?.unwrap_or_default();
    begin(tx, |queue| !queues.contains(queue), &sums).await?;
    let mut sweep = state_in(tx).await?.unwrap_or_default();
    sweep.consented.extend(queues.iter().cloned());
    put(tx, &sweep).await
}

/// The next tickets to be counted anew, with their due times.
///
/// # Errors
/// What the database says.
pub async fn page(db: &Db, sweep: &Sweep) -> Result<Vec<(i64, TicketNumber)>, StoreError> {
    let after = (sweep.due_at, sweep.ticket, json_list(&sweep.left_out));
    db.read(
        "look for what is counted anew",
        after,
        |tx, (due, ticket, left_out)| {
            Box::pin(async move {
                let after = [(*due).into(), (*ticket).into(), (&*left_out).into()];
                let rows = tx.rows(&sql::SWEEP_PAGE, &after).await?;
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
    db.write("note what was counted anew", sweep.clone(), |tx, sweep| {
        Box::pin(put(tx, sweep))
    })
    .await
}
