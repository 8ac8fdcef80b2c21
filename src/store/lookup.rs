//! Lookups for the person at the terminal: what was put aside, what is not decided yet, what became of our mails.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Db, StoreError, instant, opt_instant, sql,
    work::{Quarantined, quarantined_in},
};
use crate::model::{
    event::EventData,
    ids::{DeliveryId, MailboxName, QueueName, RawId, TicketNumber, WorkId},
};

/// A mail that was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The raw mail.
    pub raw: RawId,
    /// Where it came in.
    pub mailbox: MailboxName,
    /// When the server received it.
    pub at: Timestamp,
    /// Why: a code.
    pub reason: String,
}

/// Where the work on a mail stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The work.
    pub work: WorkId,
    /// ready, suspect, quarantined, discarded.
    pub state: String,
    /// Why it could not be done, if so.
    pub problem: Option<String>,
}

/// A quarantined piece of work, with what it is beside a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// As it is listed.
    pub listed: Quarantined,
    /// JSON, for work that is not a mail.
    pub payload: String,
    /// Whether it was thrown away.
    pub is_discarded: bool,
}

/// One recipient of a mail of ours in a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMail {
    /// The decision it came from.
    pub decision: i64,
    /// The template.
    pub template: String,
    /// The delivery.
    pub id: DeliveryId,
    /// To whom.
    pub recipient: String,
    /// ready, claimed, unknown, held, stopped, sent, refused, expired, cancelled.
    pub state: String,
    /// When it was done with.
    pub done_at: Option<Timestamp>,
    /// When it is tried next.
    pub next_at: Timestamp,
    /// The server's last words.
    pub reply: Option<String>,
}

/// Mails put aside, the newest first.
///
/// # Errors
/// What the database says.
pub async fn aside(db: &Db, most: i64) -> Result<Vec<Aside>, StoreError> {
    db.read("list what was put aside", most, |tx, most| {
        Box::pin(async move {
            let rows = tx.rows(&sql::ASIDE_LIST, &[(*most).into()]).await?;
            rows.iter()
                .map(|row| {
                    let cause = row.text(4)?;
                    let unknown = |_| StoreError::Unknown {
                        column: "decision.cause_id",
                        found: cause.to_owned(),
                    };
                    Ok(Aside {
                        raw: RawId(cause.parse().map_err(unknown)?),
                        mailbox: MailboxName(row.string(1)?),
                        at: instant(row, 2)?,
                        reason: row.string(3)?,
                    })
                })
                .collect()
        })
    })
    .await
}

/// One piece of work that is quarantined or was discarded.
///
/// # Errors
/// What the database says.
pub async fn quarantined(db: &Db, id: WorkId) -> Result<Option<Shown>, StoreError> {
    db.read("look into the quarantine", id, |tx, id| {
        Box::pin(async move {
            let row = tx.row_opt(&sql::QUARANTINE_GET, &[id.0.into()]).await?;
            row.map(|row| {
                Ok(Shown {
                    listed: quarantined_in(&row)?,
                    payload: row.string(3)?,
                    is_discarded: row.text(9)? == "discarded",
                })
            })
            .transpose()
        })
    })
    .await
}

/// Where the work on a mail stands; `None`: it is decided.
///
/// # Errors
/// What the database says.
pub async fn standing(db: &Db, raw: RawId) -> Result<Option<Standing>, StoreError> {
    db.read("look for a mail's work", raw, |tx, raw| {
        Box::pin(async move {
            let row = tx.row_opt(&sql::WORK_OF_MAIL, &[raw.0.into()]).await?;
            row.map(|row| {
                Ok(Standing {
                    work: WorkId(row.int(0)?),
                    state: row.string(1)?,
                    problem: row.opt_string(2)?,
                })
            })
            .transpose()
        })
    })
    .await
}

/// Mails that are not decided (waiting, quarantined, discarded), the newest first.
///
/// # Errors
/// What the database says.
pub async fn undecided(db: &Db, most: i64) -> Result<Vec<RawId>, StoreError> {
    db.read("list undecided mails", most, |tx, most| {
        Box::pin(async move {
            let rows = tx.rows(&sql::WORK_MAILS, &[(*most).into()]).await?;
            rows.iter().map(|row| row.int(0).map(RawId)).collect()
        })
    })
    .await
}

/// The mails of ours in a ticket, one line a recipient.
///
/// # Errors
/// What the database says.
pub async fn mails_of(db: &Db, ticket: TicketNumber) -> Result<Vec<SentMail>, StoreError> {
    db.read("list a ticket's mails", ticket, |tx, ticket| {
        Box::pin(async move {
            let rows = tx.rows(&sql::EXPLAIN_MAILS, &[ticket.0.into()]).await?;
            rows.iter()
                .map(|row| {
                    Ok(SentMail {
                        decision: row.int(0)?,
                        template: row.string(1)?,
                        id: DeliveryId(row.int(2)?),
                        recipient: row.string(3)?,
                        state: row.string(4)?,
                        done_at: opt_instant(row, 5)?,
                        next_at: instant(row, 6)?,
                        reply: row.opt_string(7)?,
                    })
                })
                .collect()
        })
    })
    .await
}

/// How many tickets were opened since, and by which addresses other than the one they are answered from: `came_by`
/// events as stored, and how many there are of each.
///
/// # Errors
/// What the database says.
pub async fn addresses_used(
    db: &Db,
    since: Timestamp,
) -> Result<(i64, Vec<(String, i64)>), StoreError> {
    db.read("count addresses", since.as_millisecond(), |tx, since| {
        Box::pin(async move {
            let all = tx.row(&sql::TICKETS_SINCE, &[(*since).into()]).await?;
            let rows = tx.rows(&sql::ADDRESSES_USED, &[(*since).into()]).await?;
            let used = rows.iter().map(|row| Ok((row.string(0)?, row.int(1)?)));
            Ok((all.int(0)?, used.collect::<Result<_, StoreError>>()?))
        })
    })
    .await
}

/// How many tickets of a queue are not resolved.
///
/// # Errors
/// What the database says.
pub async fn live_tickets(db: &Db, queue: &QueueName) -> Result<i64, StoreError> {
    db.read("count live tickets", queue.clone(), |tx, queue| {
        Box::pin(async move {
            let row = tx.row(&sql::TICKETS_LIVE, &[queue.as_str().into()]).await?;
            row.int(0)
        })
    })
    .await
}

/// How often each rule held from `since` to before `until`, by its name; those that never did are left out.
///
/// # Errors
/// What the database says.
pub async fn rules_applied(
    db: &Db,
    since: Timestamp,
    until: Timestamp,
) -> Result<BTreeMap<String, i64>, StoreError> {
    db.read("count rules", (since, until), |tx, (since, until)| {
        Box::pin(async move {
            let between = [since.as_millisecond().into(), until.as_millisecond().into()];
            let rows = tx.rows(&sql::RULES_APPLIED, &between).await?;
            let mut counts = BTreeMap::new();
            for row in rows {
                let data = serde_json::from_str(row.text(0)?);
                let data = data.map_err(|error| StoreError::Unknown {
                    column: "event.data",
                    found: error.to_string(),
                })?;
                if let EventData::RuleApplied { rule } = data {
                    counts.insert(rule, row.int(1)?);
                }
            }
            Ok(counts)
        })
    })
    .await
}
