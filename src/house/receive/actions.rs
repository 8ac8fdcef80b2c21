//! What is still to be done on the server with mails that were taken: moving or marking, where that is configured.

use super::{ReceiveError, Receiver};
use crate::{
    house::watch,
    imap::{ImapError, Moved, Session},
    model::alarm,
    store::journal,
};

/// How often something is tried with one mail: over five days and a half ([`journal::server_actions`] says when).
const ATTEMPTS_MAX: u32 = 20;

/// Does what is due. What the server refuses is tried again later, and in the end given up; the administrator hears of that.
pub(super) async fn act(
    receiver: &Receiver,
    session: &mut Session,
    folder: &str,
    validity: i64,
) -> Result<(), ReceiveError> {
    let (house, mailbox) = (&receiver.house, &receiver.mailbox);
    let limits = (ATTEMPTS_MAX, house.clock.now());
    let mut failed: Option<(String, ImapError)> = None;
    for (raw, raw_validity, uid, action) in
        journal::server_actions(&house.db, mailbox, folder, limits).await?
    {
        // With a new UIDVALIDITY the uid names another mail, or none.
        let done = match raw_validity == validity {
            true => try_action(session, uid, &action).await,
            false => Ok(true),
        };
        let is_done = done.as_ref().is_ok_and(|is_done| *is_done);
        journal::server_action_ended(&house.db, raw, is_done).await?;
        if let Err(error) = done {
            tracing::warn!(raw.id = raw.0, %error, "could not do on the server what is configured; to be tried again");
            let goes_on = error.is_one_folders();
            failed = Some((action, error));
            if !goes_on {
                // The mail at hand may have ended the connection; those behind it are not to blame.
                break;
            }
        }
    }
    let Some((action, error)) = failed else {
        return Ok(());
    };
    let given_up =
        journal::give_up_server_actions(&house.db, mailbox, folder, ATTEMPTS_MAX).await?;
    if given_up > 0 {
        tracing::warn!(mailbox.name = %mailbox, folder, mails = given_up, "mails stay where they are on the server");
        let detail = format!("{folder}, {action}: {error} ({given_up})");
        let seen = Some((detail, house.clock.now()));
        watch::report(house, alarm::UNFILED, mailbox.as_str(), seen).await;
    }
    match error.is_one_folders() {
        true => Ok(()),
        false => Err(error.into()),
    }
}

async fn try_action(session: &mut Session, uid: i64, action: &str) -> Result<bool, ImapError> {
    let Ok(uid) = u32::try_from(uid) else {
        return Ok(true);
    };
    match action.split_once(':') {
        Some(("move", folder)) => session
            .move_to(&[uid], folder)
            .await
            .map(|moved| moved == Moved::Moved || moved == Moved::Marked),
        Some(("keyword", keyword)) => session.store_keyword(&[uid], keyword).await.map(|()| true),
        Some(_) | None => Ok(true),
    }
}
