//! Which sent mails a copy is still to be put of into their mailbox's folder of sent mail.

use jiff::Timestamp;

use crate::{
    model::ids::{MailboxName, MessageId, OutgoingId},
    store::{Db, Row, StoreError, instant, sql},
};

/// A mail that has gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Which.
    pub outgoing: OutgoingId,
    /// Its Message-ID: whether it lies there already is asked by it.
    pub message_id: MessageId,
    /// When it was written; it was sent later.
    pub created_at: Timestamp,
}

/// Those of a mailbox, the oldest first, at most `most`. What is older than `since`, or was tried `attempts_max` times, is
/// given up before; the second number says how many were.
///
/// # Errors
/// What the database says.
pub async fn copies(
    db: &Db,
    mailbox: &MailboxName,
    (since, attempts_max): (Timestamp, u32),
    most: u32,
) -> Result<(Vec<Copy>, u64), StoreError> {
    let input = (mailbox.clone(), since.as_millisecond(), attempts_max, most);
    db.write("look for copies to keep", input, |tx, input| {
        Box::pin(async move {
            let (mailbox, since, attempts, most) = input;
            let old = [mailbox.as_str().into(), (*since).into(), (*attempts).into()];
            let given_up = tx.exec(&sql::COPY_FORGET, &old).await?;
            let due = [mailbox.as_str().into(), (*most).into()];
            let rows = tx.rows(&sql::COPY_DUE, &due).await?;
            let copies: Result<Vec<Copy>, StoreError> = rows.iter().map(copy).collect();
            Ok((copies?, given_up))
        })
    })
    .await
}

fn copy(row: &Row) -> Result<Copy, StoreError> {
    Ok(Copy {
        outgoing: OutgoingId(row.int(0)?),
        message_id: MessageId(row.string(1)?),
        created_at: instant(row, 2)?,
    })
}

/// Books that a copy is about to be put there.
///
/// # Errors
/// What the database says.
pub async fn copy_tried(db: &Db, outgoing: OutgoingId) -> Result<(), StoreError> {
    db.write("book a copy", outgoing, |tx, outgoing| {
        Box::pin(async move {
            tx.exec(&sql::COPY_TRIED, &[outgoing.0.into()])
                .await
                .map(drop)
        })
    })
    .await
}

/// Notes that it lies there.
///
/// # Errors
/// What the database says.
pub async fn copy_kept(db: &Db, outgoing: OutgoingId) -> Result<(), StoreError> {
    db.write("note a copy", outgoing, |tx, outgoing| {
        Box::pin(async move {
            tx.exec(&sql::COPY_KEPT, &[outgoing.0.into()])
                .await
                .map(drop)
        })
    })
    .await
}
