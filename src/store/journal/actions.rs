//! What is still to be done with stored mails on the server: moving or marking, where that is configured.

use crate::{
    model::ids::{MailboxName, RawId},
    store::{Db, Row, StoreError, sql},
};

/// What is still to be done on the server with mails of a folder: `(raw, UIDVALIDITY, UID, action)`.
///
/// # Errors
/// What the database says.
pub async fn server_actions(
    db: &Db,
    mailbox: &MailboxName,
    folder: &str,
    attempts_max: u32,
) -> Result<Vec<(RawId, i64, i64, String)>, StoreError> {
    let input = (mailbox.clone(), folder.to_owned(), attempts_max);
    db.read(
        "look for server actions",
        input,
        |tx, (mailbox, folder, attempts)| {
            Box::pin(async move {
                let rows = tx
                    .rows(
                        &sql::RAW_ACTIONS,
                        &[mailbox.as_str().into(), folder.into(), (*attempts).into()],
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
