//! The outbox as it is looked at: by people, by the watch, by the one who tells of a failure.

use jiff::Timestamp;

use crate::{
    model::{
        ids::{DeliveryId, MailboxName, MessageRow, TicketNumber},
        ticket::Side,
    },
    store::{Db, Row, StoreError, instant, json_list, opt_instant, outbox::Except, sql},
};

/// What a failed delivery was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Of which ticket.
    pub ticket: Option<TicketNumber>,
    /// On which side.
    pub side: Option<Side>,
    /// Its row in the conversation.
    pub message: Option<MessageRow>,
    /// The template.
    pub template: String,
    /// The class.
    pub class: String,
    /// To whom it did not get.
    pub recipient: String,
    /// What the mail is, uniquely.
    pub dedupe_key: String,
}

/// A line of the outbox for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The delivery.
    pub id: DeliveryId,
    /// To whom.
    pub recipient: String,
    /// ready, claimed, unknown, held, stopped, refused, expired.
    pub state: String,
    /// Attempts so far.
    pub attempts: i64,
    /// When the next is made.
    pub next_at: Timestamp,
    /// Since when it waits.
    pub created_at: Timestamp,
    /// The server's last words.
    pub reply: Option<String>,
    /// The template.
    pub template: String,
    /// Of which ticket.
    pub ticket: Option<TicketNumber>,
}

/// What a delivery was about.
///
/// # Errors
/// [`StoreError::NoRow`] where there is none; what the database says.
pub async fn about(db: &Db, id: DeliveryId) -> Result<About, StoreError> {
    db.read("look up a delivery", id, |tx, id| {
        Box::pin(async move {
            let row = tx.row(&sql::DELIVERY_ABOUT, &[id.0.into()]).await?;
            Ok(About {
                ticket: row.opt_int(0)?.map(TicketNumber),
                side: row
                    .opt_text(1)?
                    .and_then(|side| side.chars().next())
                    .and_then(Side::from_letter),
                message: row.opt_int(2)?.map(MessageRow),
                template: row.string(3)?,
                class: row.string(4)?,
                recipient: row.string(5)?,
                dedupe_key: row.string(6)?,
            })
        })
    })
    .await
}

/// What waits, the oldest first; or what was given up, the newest first.
///
/// # Errors
/// What the database says.
pub async fn list(db: &Db, is_given_up: bool, most: i64) -> Result<Vec<Waiting>, StoreError> {
    let statement = if is_given_up {
        &sql::OUTBOX_FAILED
    } else {
        &sql::OUTBOX_LIST
    };
    db.read("list the outbox", most, move |tx, most| {
        Box::pin(async move {
            let rows = tx.rows(statement, &[(*most).into()]).await?;
            rows.iter().map(waiting).collect()
        })
    })
    .await
}

fn waiting(row: &Row) -> Result<Waiting, StoreError> {
    Ok(Waiting {
        id: DeliveryId(row.int(0)?),
        recipient: row.string(1)?,
        state: row.string(2)?,
        attempts: row.int(3)?,
        next_at: instant(row, 4)?,
        created_at: instant(row, 5)?,
        reply: row.opt_string(6)?,
        template: row.string(7)?,
        ticket: row.opt_int(8)?.map(TicketNumber),
    })
}

/// What has waited since before `before`: mailbox, how many, since when.
///
/// # Errors
/// What the database says.
pub async fn stuck(
    db: &Db,
    before: Timestamp,
) -> Result<Vec<(MailboxName, i64, Timestamp)>, StoreError> {
    db.read(
        "look for a stuck outbox",
        before.as_millisecond(),
        |tx, before| {
            Box::pin(async move {
                let rows = tx.rows(&sql::OUTBOX_STUCK, &[(*before).into()]).await?;
                rows.iter()
                    .map(|row| Ok((MailboxName(row.string(0)?), row.int(1)?, instant(row, 2)?)))
                    .collect()
            })
        },
    )
    .await
}

/// How many deliveries the fuse holds.
///
/// # Errors
/// What the database says.
pub async fn held(db: &Db) -> Result<i64, StoreError> {
    db.read("count what is held", (), |tx, ()| {
        Box::pin(async move { tx.row(&sql::OUTBOX_HELD, &[]).await?.int(0) })
    })
    .await
}

/// How many deliveries an order to try again would set going: one, or all that wait for a later try.
///
/// # Errors
/// What the database says.
pub async fn retriable(db: &Db, id: Option<DeliveryId>, now: Timestamp) -> Result<i64, StoreError> {
    let (statement, value) = match id {
        Some(id) => (&sql::OUTBOX_RETRIABLE, id.0),
        None => (&sql::OUTBOX_WAITING, now.as_millisecond()),
    };
    db.read("count what can be tried again", value, move |tx, value| {
        Box::pin(async move { tx.row(statement, &[(*value).into()]).await?.int(0) })
    })
    .await
}

/// When the next delivery is due.
///
/// # Errors
/// What the database says.
pub async fn next_at(db: &Db, except: Except<'_>) -> Result<Option<Timestamp>, StoreError> {
    let input = (json_list(except.quiet), json_list(except.busy));
    db.read("look at the outbox", input, |tx, (quiet, busy)| {
        Box::pin(async move {
            let values = [quiet.into(), busy.into()];
            opt_instant(&tx.row(&sql::DELIVERY_NEXT, &values).await?, 0)
        })
    })
    .await
}
