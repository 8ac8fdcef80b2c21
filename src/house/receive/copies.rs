//! What okno has sent requesters from a mailbox is put into its folder of sent mail, where the site wants that.

use jiff::{SignedDuration, Timestamp};

use super::{ReceiveError, Receiver};
use crate::{
    imap::{Access, ImapError, Session},
    store::outbox::{self, Copy},
};

/// A copy of a mail that was written longer ago is of no use any more.
const WORTH_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// So often the server is asked to take one.
const ATTEMPTS_MAX: u32 = 10;

/// How many are put there in one pass, so that reading goes on.
const COPIES_MAX: u32 = 50;

/// Clocks and days differ between us and the server by so much at most.
const SLACK: SignedDuration = SignedDuration::from_hours(24);

/// Puts there what is missing. Whether a copy lies there is asked before each: an earlier try may have got through without
/// our hearing of it, and some servers keep what passes through them.
pub(super) async fn keep(
    receiver: &Receiver,
    session: &mut Session,
    folder: &str,
) -> Result<(), ReceiveError> {
    let db = &receiver.house.db;
    let now = receiver.house.clock.now();
    let since = now.saturating_sub(WORTH_FOR).unwrap_or(Timestamp::MIN);
    let limits = (since, ATTEMPTS_MAX);
    let (copies, given_up) = outbox::copies(db, &receiver.mailbox, limits, COPIES_MAX).await?;
    if given_up > 0 {
        tracing::warn!(mailbox.name = %receiver.mailbox, mails = given_up, "no copies in the folder of sent mail; the server did not take them");
    }
    if copies.is_empty() {
        return Ok(());
    }
    session.open(folder, Access::ReadOnly).await?;
    for copy in copies {
        if is_there(session, &copy).await? || put(receiver, session, folder, &copy).await? {
            outbox::copy_kept(db, copy.outgoing).await?;
        }
    }
    Ok(())
}

async fn is_there(session: &mut Session, copy: &Copy) -> Result<bool, ImapError> {
    let since = copy.created_at.saturating_sub(SLACK);
    let since = since.unwrap_or(copy.created_at);
    session.holds(copy.message_id.as_str(), since).await
}

/// Whether the server has taken it; a refusal is no reason to stop reading.
async fn put(
    receiver: &Receiver,
    session: &mut Session,
    folder: &str,
    copy: &Copy,
) -> Result<bool, ReceiveError> {
    let db = &receiver.house.db;
    let mail = outbox::mail(db, copy.outgoing).await?;
    outbox::copy_tried(db, copy.outgoing).await?;
    match session.append(folder, &mail.bytes).await {
        Ok(()) => Ok(true),
        Err(error @ ImapError::Refused { .. }) => {
            tracing::warn!(mailbox.name = %receiver.mailbox, %error, "a copy of a sent mail was not taken; to be tried again");
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
