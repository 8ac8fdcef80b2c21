//! What is still to be done with stored mails on the server: moving or marking, where that is configured.

use jiff::Timestamp;

use crate::{
    model::ids::{MailboxName, RawId},
    store::{Db, Row, StoreError, sql},
};

/// What is to be done on the server with mails of a folder now: `(raw, UIDVALIDITY, UID, action)`. The n-th try in vain lets a
/// mail wait until n³ minutes after it came in: a minute, eight, half an hour, the third day after fifteen.
///
/// # Errors
/// What the database says.
pub async fn server_actions(
    db: &Db,
    mailbox: &MailboxName,
    folder: &str,
    (attempts_max, now): (u32, Timestamp),
) -> Result<Vec<(RawId, i64, i64, String)>, StoreError> {
    let now = now.as_millisecond();
    let input = (mailbox.clone(), folder.to_owned(), attempts_max, now);
    db.read(
        "look for server actions",
        input,
        |tx, (mailbox, folder, attempts, now)| {
            Box::pin(async move {
                let rows = tx
                    .rows(
                        &sql::RAW_ACTIONS,
                        &[
                            mailbox.as_str().into(),
                            folder.into(),
                            (*attempts).into(),
                            (*now).into(),
                        ],
                    )
                    .await?;
                let action =
                    |row: &Row| Ok((RawId(row.int(0)?), row.int(1)?, row.int(2)?, row.string(3)?));
                rows.iter().map(action).collect()
            })
        },
    )
    .await
}

/// Gives up what was tried `attempts_max` times with mails of a folder. With how many.
///
/// # Errors
/// What the database says.
pub async fn give_up_server_actions(
    db: &Db,
    mailbox: &MailboxName,
    folder: &str,
    attempts_max: u32,
) -> Result<u64, StoreError> {
    let input = (mailbox.clone(), folder.to_owned(), attempts_max);
    db.write(
        "give server actions up",
        input,
        |tx, (mailbox, folder, attempts)| {
            Box::pin(async move {
                let values = [mailbox.as_str().into(), folder.into(), (*attempts).into()];
                tx.exec(&sql::RAW_ACTION_GIVE_UP, &values).await
            })
        },
    )
    .await
}

/// Notes that something was done on the server with a mail, or was tried in vain.
///
/// # Errors
/// What the database says.
pub async fn server_action_ended(db: &Db, id: RawId, is_done: bool) -> Result<(), StoreError> {
    db.write(
        "note a server action",
        (id, is_done),
        |tx, (id, is_done)| {
            let statement = if *is_done {
                &sql::RAW_ACTION_DONE
            } else {
                &sql::RAW_ACTION_FAILED
            };
            Box::pin(async move { tx.exec(statement, &[id.0.into()]).await.map(drop) })
        },
    )
    .await
}
