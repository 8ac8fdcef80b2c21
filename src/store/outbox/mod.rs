//! The outbox: what is to be sent. An attempt is booked before it is made; a result is written after it.
//! `look` shows it to people and to the watch, `copies` says what is still to be put into folders of sent mail.

mod copies;
mod look;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

pub use copies::{Copy, copies, copy_kept, copy_tried};
pub use look::{About, Waiting, about, held, list, next_at, retriable, stuck};

use super::{Db, Row, StoreError, Tx, json_list, opt_instant, sql};
use crate::model::{
    address::Address,
    ids::{DeliveryId, MailboxName, MessageId, OutgoingId},
};

/// One recipient of one mail, taken to be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The delivery.
    pub id: DeliveryId,
    /// The mail.
    pub outgoing: OutgoingId,
    /// Whose relay sends it.
    pub mailbox: MailboxName,
    /// To whom.
    pub recipient: String,
    /// Where they answer to, where the mail itself does not say.
    pub reply_to: Option<String>,
    /// The how-manieth attempt this is, from 1.
    pub attempt: u32,
    /// Whether an earlier attempt may have got through.
    pub is_repeat: bool,
    /// Its size in bytes.
    pub size: i64,
    /// Of no use after.
    pub expires_at: Option<Timestamp>,
}

/// A mail's bytes and envelope.
#[derive(Debug, Clone)]
pub struct StoredMail {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// `MAIL FROM`; `None`: the null path.
    pub envelope_from: Option<Address>,
    /// The Message-ID.
    pub message_id: MessageId,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The server took it.
    Sent,
    /// Later again.
    Later(Timestamp),
    /// Nobody knows whether the server took it; once more, with the same bytes.
    Unknown(Timestamp),
    /// For good not.
    Refused,
    /// Of no use any more.
    Expired,
}

/// A result to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptResult {
    /// The delivery.
    pub id: DeliveryId,
    /// How it ended.
    pub ending: Ending,
    /// The status code.
    pub code: Option<String>,
    /// The server's words.
    pub reply: String,
    /// When.
    pub at: Timestamp,
}

/// What a claim leaves out, by mailbox.
#[derive(Debug, Clone, Copy, Default)]
pub struct Except<'a> {
    /// They send nobody anything but alarms.
    pub quiet: &'a [MailboxName],
    /// Their relays are at work: nothing.
    pub busy: &'a [MailboxName],
}

/// Takes what is due, at most `most`, and books the attempts.
///
/// # Errors
/// What the database says.
pub async fn claim(
    db: &Db,
    run: &str,
    now: Timestamp,
    most: usize,
    except: Except<'_>,
) -> Result<Vec<Claimed>, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let (quiet, busy) = (json_list(except.quiet), json_list(except.busy));
    db.write(
        "claim deliveries",
        (run.to_owned(), now.as_millisecond(), most, quiet, busy),
        |tx, (run, now, most, quiet, busy)| {
            Box::pin(async move {
                let due = [(*now).into(), (*most).into(), quiet.into(), busy.into()];
                let rows = tx.rows(&sql::DELIVERY_DUE, &due).await?;
                let claimed: Vec<Claimed> = rows.iter().map(claimed).collect::<Result<_, _>>()?;
                if !claimed.is_empty() {
                    let ids = json_list(&claimed.iter().map(|one| one.id.0).collect::<Vec<_>>());
                    tx.exec(&sql::DELIVERY_CLAIM, &[(&ids).into(), run.into()])
                        .await?;
                }
                Ok(claimed)
            })
        },
    )
    .await
}

fn claimed(row: &Row) -> Result<Claimed, StoreError> {
    Ok(Claimed {
        id: DeliveryId(row.int(0)?),
        outgoing: OutgoingId(row.int(1)?),
        mailbox: MailboxName(row.string(2)?),
        recipient: row.string(3)?,
        reply_to: row.opt_string(8)?,
        attempt: u32::try_from(row.int(4)?)
            .unwrap_or(u32::MAX)
            .saturating_add(1),
        is_repeat: row.flag(5)?,
        size: row.int(6)?,
        expires_at: opt_instant(row, 7)?,
    })
}

/// A run that has been silent for a day is forgotten.
const DEAD_FOR_MILLIS: i64 = 86_400_000;

/// Frees claims of runs that are over. How many.
///
/// # Errors
/// What the database says.
pub async fn reclaim(db: &Db, run: &str, now: Timestamp) -> Result<u64, StoreError> {
    db.write(
        "free claims of a dead run",
        (run.to_owned(), now.as_millisecond()),
        |tx, (run, now)| {
            Box::pin(async move {
                let reclaim = [run.into(), (*now).into()];
                let freed = tx.exec(&sql::DELIVERY_RECLAIM, &reclaim).await?;
                tx.exec(&sql::LEASE_FORGET_DEAD, &[DEAD_FOR_MILLIS.into()])
                    .await?;
                Ok(freed)
            })
        },
    )
    .await
}

/// Frees claims of this run that nobody works on any more, which those of the mailboxes in `busy` are not. Whether these
/// mails were sent is not known. How many.
///
/// # Errors
/// What the database says.
pub async fn free_own(
    db: &Db,
    run: &str,
    now: Timestamp,
    busy: &[MailboxName],
) -> Result<u64, StoreError> {
    let input = (run.to_owned(), now.as_millisecond(), json_list(busy));
    db.write("free claims of one's own", input, |tx, (run, now, busy)| {
        Box::pin(async move {
            let own = [run.into(), (*now).into(), busy.into()];
            tx.exec(&sql::DELIVERY_FREE_OWN, &own).await
        })
    })
    .await
}

/// Gives back claims of this run that were not begun.
///
/// # Errors
/// What the database says.
pub async fn give_back(db: &Db, run: &str, ids: &[DeliveryId]) -> Result<(), StoreError> {
    let list = json_list(&ids.iter().map(|id| id.0).collect::<Vec<_>>());
    let input = (list, run.to_owned());
    db.write("give claims back", input, |tx, (list, run)| {
        Box::pin(async move {
            tx.exec(&sql::DELIVERY_GIVE_BACK, &[list.into(), run.into()])
                .await
                .map(drop)
        })
    })
    .await
}

/// A mail's bytes and envelope.
///
/// # Errors
/// [`StoreError::NoRow`] where there is none; what the database says.
pub async fn mail(db: &Db, id: OutgoingId) -> Result<StoredMail, StoreError> {
    db.read("read a mail to be sent", id, |tx, id| {
        Box::pin(async move { mail_in(&tx.row(&sql::OUTGOING_GET, &[id.0.into()]).await?) })
    })
    .await
}

/// The bytes and envelopes of several mails at once. The caller bounds their sum.
///
/// # Errors
/// What the database says.
pub async fn mails(
    db: &Db,
    ids: &[OutgoingId],
) -> Result<BTreeMap<OutgoingId, StoredMail>, StoreError> {
    let list = json_list(&ids.iter().map(|id| id.0).collect::<Vec<_>>());
    db.read("read mails to be sent", list, |tx, list| {
        Box::pin(async move {
            tx.rows(&sql::OUTGOING_GET_MANY, &[list.into()])
                .await?
                .iter()
                .map(|row| Ok((OutgoingId(row.int(3)?), mail_in(row)?)))
                .collect()
        })
    })
    .await
}

fn mail_in(row: &Row) -> Result<StoredMail, StoreError> {
    Ok(StoredMail {
        bytes: row.blob(0)?.to_vec(),
        envelope_from: row.opt_text(1)?.and_then(|from| Address::parse(from).ok()),
        message_id: MessageId(row.string(2)?),
    })
}

/// Writes how attempts of this run ended; a refusal becomes work for the decider in the same transaction. A delivery that has
/// ended meanwhile in another's hands, who took this run for dead, stays as it is.
///
/// # Errors
/// What the database says.
pub async fn settle(db: &Db, run: &str, results: Vec<AttemptResult>) -> Result<(), StoreError> {
    let input = (run.to_owned(), results);
    db.write("settle deliveries", input, |tx, (run, results)| {
        Box::pin(settle_in(tx, run, results))
    })
    .await
}

async fn settle_in(tx: &mut Tx, run: &str, results: &[AttemptResult]) -> Result<(), StoreError> {
    let rows: Vec<_> = results
        .iter()
        .map(|result| {
            let at = result.at.as_millisecond();
            let (state, next_at, done_at) = match result.ending {
                Ending::Sent => ("sent", at, Some(at)),
                Ending::Later(next) => ("ready", next.as_millisecond(), None),
                Ending::Unknown(next) => ("unknown", next.as_millisecond(), None),
                Ending::Refused => ("refused", at, Some(at)),
                Ending::Expired => ("expired", at, Some(at)),
            };
            // PostgreSQL keeps no NUL, and finds one in JSON, too.
            let reply = result.reply.replace('\0', "");
            (result.id.0, state, next_at, done_at, &result.code, reply)
        })
        .collect();
    let rows = json_list(&rows);
    let ended = tx
        .rows(&sql::DELIVERY_RESULTS, &[(&rows).into(), run.into()])
        .await?;
    let ended = ended.iter().map(|row| row.int(0).map(DeliveryId));
    let ended: BTreeSet<DeliveryId> = ended.collect::<Result<_, _>>()?;
    for result in results {
        if result.ending == Ending::Refused && ended.contains(&result.id) {
            let payload = serde_json::json!({"delivery": result.id.0, "status": result.code, "reply": result.reply});
            let payload = payload.to_string();
            let at = result.at.as_millisecond();
            let values = [
                "failure".into(),
                Option::<i64>::None.into(),
                (&payload).into(),
                at.into(),
            ];
            tx.exec(&sql::WORK_ADD, &values).await?;
        }
    }
    Ok(())
}

/// Lets all mail of a relay wait until `until`.
///
/// # Errors
/// What the database says.
pub async fn postpone(db: &Db, mailbox: &MailboxName, until: Timestamp) -> Result<(), StoreError> {
    db.write(
        "let a relay rest",
        (mailbox.clone(), until.as_millisecond()),
        |tx, (mailbox, until)| {
            Box::pin(async move {
                tx.exec(
                    &sql::DELIVERY_POSTPONE,
                    &[mailbox.as_str().into(), (*until).into()],
                )
                .await
                .map(drop)
            })
        },
    )
    .await
}
