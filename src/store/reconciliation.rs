//! What the journal and history say became of a mailbox's mails of one day.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Db, StoreError, Tx, instant, json_list, opt_instant, sql};
use crate::{
    desk::reconciliation::{Known, Wrote},
    model::ids::{MailboxName, RawId},
};

/// How many mails' decisions are asked for at once.
const PAGE: usize = 500;

/// The key under which it stands up to which day a mailbox was reconciled, before the mailbox's name.
const RECONCILED: &str = "reconciled:";

/// A mail that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its row.
    pub raw: RawId,
    /// The folder it lay in.
    pub folder: String,
    /// `UIDVALIDITY/UID`, or a Maildir file's unique name.
    pub source_key: String,
    /// When the server received it.
    pub arrived_at: Timestamp,
    /// The sum of its bytes; of what was fetched.
    pub sha256: String,
    /// What is known of it. Whether it was sent from the mailbox is for the caller to say.
    pub known: Known,
}

/// The mails of a mailbox that had reached the server from `from` on, before `until`.
///
/// # Errors
/// What the database says.
pub async fn taken(
    db: &Db,
    mailbox: &MailboxName,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Taken>, StoreError> {
    let input = (
        mailbox.clone(),
        from.as_millisecond(),
        until.as_millisecond(),
    );
    db.read(
        "look what became of a day's mails",
        input,
        |tx, (mailbox, from, until)| Box::pin(taken_in(tx, mailbox, (*from, *until))),
    )
    .await
}

async fn taken_in(
    tx: &mut Tx,
    mailbox: &MailboxName,
    (from, until): (i64, i64),
) -> Result<Vec<Taken>, StoreError> {
    let values = [mailbox.as_str().into(), from.into(), until.into()];
    let mut all: Vec<Taken> = Vec::new();
    for row in &tx.rows(&sql::RAW_OF_DAY, &values).await? {
        let known = Known {
            work: row.opt_string(5)?,
            ..Known::default()
        };
        all.push(Taken {
            raw: RawId(row.int(0)?),
            folder: row.string(1)?,
            source_key: row.string(2)?,
            arrived_at: instant(row, 3)?,
            sha256: row.string(4)?,
            known,
        });
    }
    for page in all.chunks_mut(PAGE) {
        let causes: Vec<String> = page.iter().map(|mail| mail.raw.to_string()).collect();
        let mut decided = decided(tx, &json_list(&causes)).await?;
        for (mail, cause) in page.iter_mut().zip(&causes) {
            if let Some((decisions, events)) = decided.remove(cause) {
                (mail.known.decisions, mail.known.events) = (decisions, events);
            }
        }
    }
    Ok(all)
}

/// Why decisions on a mail ended as they did, and what they wrote.
type Decided = (Vec<String>, Vec<Wrote>);

async fn decided(tx: &mut Tx, causes: &str) -> Result<BTreeMap<String, Decided>, StoreError> {
    let mut found: BTreeMap<String, Decided> = BTreeMap::new();
    let mut last = None;
    for row in &tx.rows(&sql::DECIDED_ON_MAILS, &[causes.into()]).await? {
        let (decisions, events) = found.entry(row.string(0)?).or_default();
        let decision = row.int(1)?;
        if last.replace(decision) != Some(decision) {
            decisions.push(row.string(2)?);
        }
        if let Some(kind) = row.opt_string(3)? {
            let reason = row.opt_string(4)?.unwrap_or_default();
            events.push(Wrote { kind, reason });
        }
    }
    Ok(found)
}

/// Whether a mailbox holds a mail with this sum.
///
/// # Errors
/// What the database says.
pub async fn knows_sum(db: &Db, mailbox: &MailboxName, sha256: &str) -> Result<bool, StoreError> {
    let input = (mailbox.clone(), sha256.to_owned());
    db.read("look for a mail's sum", input, |tx, (mailbox, sha256)| {
        Box::pin(async move {
            let values = [mailbox.as_str().into(), sha256.into()];
            Ok(tx.row_opt(&sql::RAW_WITH_SUM, &values).await?.is_some())
        })
    })
    .await
}

/// Whether a mail with a lower uid was ever taken from a folder under this UIDVALIDITY: what lies before the first was
/// there before okno began.
///
/// # Errors
/// What the database says.
pub async fn had_begun(
    db: &Db,
    (mailbox, folder): (&MailboxName, &str),
    (uid_validity, uid): (i64, i64),
) -> Result<bool, StoreError> {
    let input = (mailbox.clone(), folder.to_owned(), uid_validity, uid);
    db.read(
        "look for a mail taken before",
        input,
        |tx, (mailbox, folder, uid_validity, uid)| {
            Box::pin(async move {
                let values = [
                    mailbox.as_str().into(),
                    folder.into(),
                    (*uid_validity).into(),
                    (*uid).into(),
                ];
                Ok(tx.row_opt(&sql::RAW_BEFORE_UID, &values).await?.is_some())
            })
        },
    )
    .await
}

/// Until when a mailbox has been read: whatever reached it before is stored. `None`: it never was.
///
/// # Errors
/// What the database says.
pub async fn read_until(db: &Db, mailbox: &MailboxName) -> Result<Option<Timestamp>, StoreError> {
    db.read(
        "look how far a mailbox is read",
        mailbox.clone(),
        |tx, mailbox| {
            Box::pin(async move {
                let row = tx
                    .row_opt(&sql::PASS_GET, &[mailbox.as_str().into()])
                    .await?;
                row.map_or(Ok(None), |row| opt_instant(&row, 0))
            })
        },
    )
    .await
}

/// The last day of a mailbox that was reconciled, `2026-11-29`; `None`: none was.
///
/// # Errors
/// What the database says.
pub async fn last_day(db: &Db, mailbox: &MailboxName) -> Result<Option<String>, StoreError> {
    db.read(
        "look up to when a mailbox is reconciled",
        format!("{RECONCILED}{mailbox}"),
        |tx, key| {
            Box::pin(async move {
                let row = tx.row_opt(&sql::HOUSE_GET, &[key.into()]).await?;
                row.map(|row| row.string(0)).transpose()
            })
        },
    )
    .await
}

/// The days of a mailbox are reconciled up to that one, and these conditions are left for the decider: both or nothing.
///
/// # Errors
/// What the database says.
pub async fn note_days(
    db: &Db,
    (mailbox, day): (&MailboxName, &str),
    conditions: Vec<String>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let key = format!("{RECONCILED}{mailbox}");
    let input = (key, day.to_owned(), conditions, now.as_millisecond());
    db.write(
        "note reconciled days",
        input,
        |tx, (key, day, conditions, now)| {
            Box::pin(async move {
                for condition in conditions.iter() {
                    let values = [
                        "condition".into(),
                        Option::<i64>::None.into(),
                        condition.into(),
                        (*now).into(),
                    ];
                    tx.exec(&sql::WORK_ADD, &values).await?;
                }
                let values = [key.into(), day.into()];
                tx.exec(&sql::HOUSE_PUT, &values).await.map(drop)
            })
        },
    )
    .await
}
