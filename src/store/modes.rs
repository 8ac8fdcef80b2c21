//! How far okno acts on each mailbox, as of the last start, and what has gathered where it acts further from now on.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Db, StoreError, Tx, as_json, sql};
use crate::{
    desk::{
        cause::{BACKLOG_PAGE, Switched},
        policy::{MailboxPolicy, Mode, OnFull},
    },
    model::ids::{MailboxName, TicketNumber},
};

/// Remembers how far okno acts on each mailbox. Where it does everything from now on and did less before, the decider is
/// left work about what has gathered until now.
///
/// # Errors
/// What the database says.
pub async fn remember(
    db: &Db,
    mailboxes: BTreeMap<MailboxName, MailboxPolicy>,
    now: Timestamp,
) -> Result<(), StoreError> {
    db.write(
        "note the modes",
        (mailboxes, now),
        |tx, (mailboxes, now)| {
            Box::pin(async move {
                for (name, mailbox) in mailboxes {
                    let key = format!("mode:{name}");
                    let before = tx.row_opt(&sql::HOUSE_GET_LOCKED, &[(&key).into()]).await?;
                    let before = before.map(|row| row.string(0)).transpose()?;
                    let did_less = before.is_some_and(|before| before != Mode::Full.code());
                    if did_less && mailbox.mode == Mode::Full {
                        leave_work(tx, (name, mailbox), *now).await?;
                    }
                    let values = [(&key).into(), mailbox.mode.code().into()];
                    tx.exec(&sql::HOUSE_PUT, &values).await?;
                }
                Ok(())
            })
        },
    )
    .await
}

/// A piece of work for each page of the backlog; where it is only listed, the first page will do.
async fn leave_work(
    tx: &mut Tx,
    (name, mailbox): (&MailboxName, &MailboxPolicy),
    now: Timestamp,
) -> Result<(), StoreError> {
    let queue = mailbox.queue.as_str();
    let count = tx.row(&sql::TICKETS_LIVE, &[queue.into()]).await?.int(0)?;
    let mut after = 0;
    loop {
        let values = [queue.into(), after.into(), BACKLOG_PAGE.into()];
        let rows = tx.rows(&sql::BACKLOG_PAGE, &values).await?;
        let page = rows.iter().map(|row| row.int(0));
        let page = page.collect::<Result<Vec<i64>, StoreError>>()?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = *last;
        let named = i64::try_from(page.len()).unwrap_or(i64::MAX);
        let is_listed = mailbox.on_full == OnFull::List;
        let more = if is_listed {
            count.saturating_sub(named)
        } else {
            0
        };
        let switched = Switched {
            mailbox: name.clone(),
            backlog: page.into_iter().map(TicketNumber).collect(),
            more: more.try_into().unwrap_or_default(),
        };
        let payload = as_json(&switched)?;
        let values = [
            "switched".into(),
            Option::<i64>::None.into(),
            (&payload).into(),
            now.as_millisecond().into(),
        ];
        tx.exec(&sql::WORK_ADD, &values).await?;
        if is_listed {
            return Ok(());
        }
    }
}
