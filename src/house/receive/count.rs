//! What a pass would take, without taking it.

use jiff::Timestamp;

use crate::{
    config::StartFrom,
    imap::{Access, ImapError, Opened, Session},
    store::journal::Cursor,
};

/// How many mails of a folder would be taken now, for `okno check`. `known` is how far it was read, if ever.
///
/// # Errors
/// Why the mailbox cannot be read.
pub async fn count_waiting(
    session: &mut Session,
    folder: &str,
    from: StartFrom,
    known: Option<Cursor>,
) -> Result<(Opened, usize), ImapError> {
    let opened = session.open(folder, Access::ReadOnly).await?;
    let (mut last, since) = match (known, from) {
        (Some(cursor), _) if cursor.uid_validity == i64::from(opened.uid_validity) => {
            let last = u32::try_from(cursor.last_uid).unwrap_or(u32::MAX);
            (last, cursor.since)
        }
        (Some(cursor), _) => (0, cursor.since.max(cursor.last_at)),
        (None, StartFrom::Now) => return Ok((opened, 0)),
        (None, StartFrom::Beginning) => (0, Timestamp::UNIX_EPOCH),
        (None, StartFrom::At(at)) => (0, at),
    };
    let mut count = 0_usize;
    loop {
        let listed = session.list_after(last, 1000).await?;
        let Some(end) = listed.last() else {
            return Ok((opened, count));
        };
        last = end.uid;
        let fresh = listed
            .iter()
            .filter(|mail| mail.internal_date.is_none_or(|at| at >= since))
            .count();
        count = count.saturating_add(fresh);
    }
}
