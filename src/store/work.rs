//! The decider's work: what waits, what is being tried, what could not be done.

use jiff::Timestamp;

use super::{Db, Row, Statement, StoreError, as_json, instant, json_list, opt_instant, sql};
use crate::{
    desk::{arrival::Again, cause::Operation},
    model::ids::{MailboxName, RawId, WorkId},
};

/// A piece of work as it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Its row.
    pub id: WorkId,
    /// What kind: `mail`, `failure` (a refused delivery), `condition` (an alarm), `directory`, `operation` (the administrator's
    /// order at the terminal), `carried_out` (what became of an order), `switched` (a mailbox's mode), `payroll`, `review`,
    /// `report` (figures on demand), `facts` (a file of external figures), `erase` (somebody).
    pub kind: String,
    /// The mail, for `mail`.
    pub mail: Option<WaitingMail>,
    /// JSON, for the other kinds.
    pub payload: String,
    /// How often it was tried alone.
    pub attempts: i64,
    /// The run that had it at hand and did not say how that ended: it died, or it is this one and could not say.
    pub suspected_by: Option<String>,
}

/// A mail that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingMail {
    /// The raw mail.
    pub raw: RawId,
    /// Where it came in.
    pub mailbox: MailboxName,
    /// When the server received it.
    pub at: Timestamp,
    /// Its size in bytes.
    pub size: i64,
    /// In which folder it lay.
    pub folder: String,
    /// Why it is taken once more, if it is.
    pub again: Option<Again>,
}

/// A piece of work that could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Its row.
    pub id: WorkId,
    /// What kind.
    pub kind: String,
    /// The raw mail, for `mail`.
    pub raw: Option<RawId>,
    /// Where it came in.
    pub mailbox: Option<MailboxName>,
    /// Its size in bytes.
    pub size: Option<i64>,
    /// When the server received it.
    pub arrived_at: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it could not be done.
    pub problem: String,
}

/// The next work in order, at most `most` pieces.
///
/// # Errors
/// What the database says.
pub async fn next(db: &Db, most: usize) -> Result<Vec<Work>, StoreError> {
    next_by(db, &sql::WORK_NEXT, most).await
}

/// The next work in order that is no mail, at most `most` pieces.
///
/// # Errors
/// What the database says.
pub async fn next_besides_mail(db: &Db, most: usize) -> Result<Vec<Work>, StoreError> {
    next_by(db, &sql::WORK_NEXT_NO_MAIL, most).await
}

async fn next_by(
    db: &Db,
    statement: &'static Statement,
    most: usize,
) -> Result<Vec<Work>, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    db.read("look for work", most, move |tx, most| {
        Box::pin(async move {
            tx.rows(statement, &[(*most).into()])
                .await?
                .iter()
                .map(work)
                .collect()
        })
    })
    .await
}

fn work(row: &Row) -> Result<Work, StoreError> {
    let mail = match row.opt_int(2)? {
        Some(raw) => Some(WaitingMail {
            raw: RawId(raw),
            mailbox: MailboxName(row.string(6)?),
            at: instant(row, 7)?,
            size: row.int(8)?,
            folder: row.string(10)?,
            again: again(row.text(3)?)?,
        }),
        None => None,
    };
    Ok(Work {
        id: WorkId(row.int(0)?),
        kind: row.string(1)?,
        mail,
        payload: row.string(3)?,
        attempts: row.int(4)?,
        suspected_by: match row.text(5)? {
            "suspect" => Some(row.opt_string(9)?.unwrap_or_default()),
            _ => None,
        },
    })
}

/// Why a mail is taken once more: the payload of its work; nothing where it is new.
fn again(payload: &str) -> Result<Option<Again>, StoreError> {
    if payload.is_empty() {
        return Ok(None);
    }
    let again = serde_json::from_str(payload).map_err(|error| StoreError::Packed {
        reason: error.to_string(),
    })?;
    Ok(Some(again))
}

/// How much work waits.
///
/// # Errors
/// What the database says.
pub async fn count(db: &Db) -> Result<i64, StoreError> {
    db.read("count the work", (), |tx, ()| {
        Box::pin(async move { tx.row(&sql::WORK_COUNT, &[]).await?.int(0) })
    })
    .await
}

/// Marks a batch before it is looked at: if this run dies now, each of it is tried alone.
///
/// # Errors
/// What the database says.
pub async fn suspect(db: &Db, run: &str, ids: &[WorkId]) -> Result<(), StoreError> {
    let list = json_list(&ids.iter().map(|id| id.0).collect::<Vec<_>>());
    let input = (list, run.to_owned());
    db.write("mark a batch", input, |tx, (list, run)| {
        Box::pin(async move {
            tx.exec(&sql::WORK_SUSPECT, &[list.into(), run.into()])
                .await
                .map(drop)
        })
    })
    .await
}

/// Takes this run's mark off a batch that was not to blame.
///
/// # Errors
/// What the database says.
pub async fn clear(db: &Db, run: &str, ids: &[WorkId]) -> Result<(), StoreError> {
    let list = json_list(&ids.iter().map(|id| id.0).collect::<Vec<_>>());
    let input = (list, run.to_owned());
    db.write("clear a batch", input, |tx, (list, run)| {
        Box::pin(async move {
            tx.exec(&sql::WORK_CLEAR, &[list.into(), run.into()])
                .await
                .map(drop)
        })
    })
    .await
}

/// Counts a try of one piece alone, before it begins.
///
/// # Errors
/// What the database says.
pub async fn attempt(db: &Db, run: &str, id: WorkId) -> Result<(), StoreError> {
    db.write("count a try", (id, run.to_owned()), |tx, (id, run)| {
        Box::pin(async move {
            tx.exec(&sql::WORK_ATTEMPT, &[id.0.into(), run.into()])
                .await
                .map(drop)
        })
    })
    .await
}

/// A try failed in words: the piece waits for the next, alone.
///
/// # Errors
/// What the database says.
pub async fn failed(db: &Db, id: WorkId, problem: &str) -> Result<(), StoreError> {
    db.write(
        "note a failed try",
        (id, problem.to_owned()),
        |tx, (id, problem)| {
            Box::pin(async move {
                tx.exec(&sql::WORK_FAILED, &[id.0.into(), problem.into()])
                    .await
                    .map(drop)
            })
        },
    )
    .await
}

/// Puts a piece into quarantine: kept, announced, released or discarded by the administrator.
///
/// # Errors
/// What the database says.
pub async fn quarantine(db: &Db, id: WorkId, problem: &str) -> Result<(), StoreError> {
    db.write(
        "quarantine",
        (id, problem.to_owned()),
        |tx, (id, problem)| {
            Box::pin(async move {
                tx.exec(&sql::WORK_QUARANTINE, &[id.0.into(), problem.into()])
                    .await
                    .map(drop)
            })
        },
    )
    .await
}

/// Adds work that is not a mail.
///
/// # Errors
/// What the database says.
pub async fn add(
    db: &Db,
    kind: &'static str,
    payload: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.write(
        "add work",
        (payload.to_owned(), now.as_millisecond()),
        move |tx, (payload, now)| {
            Box::pin(async move {
                tx.exec(
                    &sql::WORK_ADD,
                    &[
                        kind.into(),
                        Option::<i64>::None.into(),
                        payload.into(),
                        (*now).into(),
                    ],
                )
                .await
                .map(drop)
            })
        },
    )
    .await
}

/// Leaves an administrator's order for the decider.
///
/// # Errors
/// What the database says.
pub async fn order(db: &Db, operation: Operation, now: Timestamp) -> Result<(), StoreError> {
    let payload = as_json(&operation)?;
    add(db, "operation", &payload, now).await
}

/// What is quarantined, the oldest first.
///
/// # Errors
/// What the database says.
pub async fn quarantined(db: &Db, most: i64) -> Result<Vec<Quarantined>, StoreError> {
    db.read("list the quarantine", most, |tx, most| {
        Box::pin(async move {
            let rows = tx.rows(&sql::QUARANTINE_LIST, &[(*most).into()]).await?;
            rows.iter().map(quarantined_in).collect()
        })
    })
    .await
}

pub(super) fn quarantined_in(row: &Row) -> Result<Quarantined, StoreError> {
    Ok(Quarantined {
        id: WorkId(row.int(0)?),
        kind: row.string(1)?,
        raw: row.opt_int(2)?.map(RawId),
        attempts: row.int(4)?,
        problem: row.opt_string(5)?.unwrap_or_default(),
        mailbox: row.opt_string(6)?.map(MailboxName),
        size: row.opt_int(7)?,
        arrived_at: opt_instant(row, 8)?,
    })
}

/// How many pieces are quarantined, by mailbox (`""`: none).
///
/// # Errors
/// What the database says.
pub async fn quarantine_counts(db: &Db) -> Result<Vec<(String, i64)>, StoreError> {
    db.read("count the quarantine", (), |tx, ()| {
        Box::pin(async move {
            let rows = tx.rows(&sql::QUARANTINE_COUNT, &[]).await?;
            rows.iter()
                .map(|row| Ok((row.string(0)?, row.int(1)?)))
                .collect()
        })
    })
    .await
}
