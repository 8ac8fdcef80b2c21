//! One pass over an IMAP folder: from the cursor to the end, in groups bounded by bytes.

use jiff::{SignedDuration, Timestamp};

use super::{ReceiveError, Receiver, Stored, actions, groups, troubles::ASK_MAX};
use crate::{
    config::StartFrom,
    imap::{Access, ImapError, Listed, Opened, Session},
    model::account::ServerAction,
    store::{
        journal::{self, Cursor, Fetched},
        leases::Lease,
    },
};

/// How much of a mail over the size limit is fetched: header and beginning.
pub(in crate::house) const CUT_BYTES: u32 = 256 << 10;

/// How many mails are listed at once.
const LIST_MAX: usize = 200;

/// For so long a mail must have been refused, or have ended the connection, before it is quarantined: a server whose
/// store is out of order for some minutes still opens folders and lists mails.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// A mail may come into a folder later than it reached the server: a person or a filter moves it there. When all mails
/// get new uids, so much is looked through again behind the newest that was taken.
const LATE_MAX: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A folder as a pass takes it.
pub(super) struct Folder<'f> {
    /// What the configuration calls it; under this name it is remembered how far it was read.
    pub(super) key: &'f str,
    /// Its name on the server.
    pub(super) name: &'f str,
    /// What becomes there of the mails taken.
    pub(super) after: Option<&'f ServerAction>,
}

/// Takes everything behind the cursor of one folder. How many mails were new.
pub(super) async fn pass(
    receiver: &Receiver,
    session: &mut Session,
    Folder {
        key: folder,
        name,
        after,
    }: Folder<'_>,
    lease: &Lease,
) -> Result<usize, ReceiveError> {
    let access = if after.is_some() {
        Access::ReadWrite
    } else {
        Access::ReadOnly
    };
    let opened = session.open(name, access).await?;
    let mut cursor = place(receiver, folder, &opened, lease).await?;
    let mut taken = 0_usize;
    loop {
        let last = u32::try_from(cursor.last_uid).unwrap_or(u32::MAX);
        let listed = session.list_after(last, LIST_MAX).await?;
        if listed.is_empty() {
            break;
        }
        for group in careful_groups(receiver, folder, listed) {
            let end = group.last().map_or(last, |mail| mail.uid);
            let mails = fetch(receiver, session, (folder, &group), &cursor).await?;
            // Only what is not newer may have been taken before, under another uid.
            let known_until = cursor.last_at;
            let skips_known_sums = mails.iter().any(|mail| mail.arrived_at <= known_until);
            cursor.last_uid = i64::from(end);
            cursor.last_at = mails
                .iter()
                .map(|mail| mail.arrived_at)
                .fold(cursor.last_at, Ord::max);
            let haul = Stored {
                mails,
                cursor,
                lease,
                after,
                skips_known_sums,
            };
            taken = taken.saturating_add(receiver.save(folder, haul).await?);
        }
    }
    let usual = usual_since(receiver, folder);
    if cursor.since > usual {
        // All that was there is behind the cursor, by its uid; what is moved in later may be as old as it likes.
        cursor.since = usual;
        let nothing = Stored::nothing(cursor, lease);
        receiver.save(folder, nothing).await?;
    }
    if after.is_some() {
        actions::act(receiver, session, folder, cursor.uid_validity).await?;
    }
    Ok(taken)
}

async fn place(
    receiver: &Receiver,
    folder: &str,
    opened: &Opened,
    lease: &Lease,
) -> Result<Cursor, ReceiveError> {
    let (mut cursor, is_first) = receiver.start(folder).await?;
    let validity = i64::from(opened.uid_validity);
    let is_new_validity = !is_first && cursor.uid_validity != validity;
    if is_new_validity {
        tracing::warn!(mailbox.name = %receiver.mailbox, "the server has numbered the folder anew (UIDVALIDITY); mail known by its sum is passed over");
        cursor.since = reread_since(receiver, folder, &cursor).await?;
        cursor.last_uid = 0;
    }
    if is_first && let Some(next) = opened.uid_next.filter(|_| starts_now(receiver, folder)) {
        // What is there before now is nobody's business. The uid says which that is, whatever the server's clock shows.
        cursor.last_uid = i64::from(next).saturating_sub(1);
        cursor.since = Timestamp::UNIX_EPOCH;
    }
    cursor.uid_validity = validity;
    if is_first || is_new_validity {
        receiver
            .save(folder, Stored::nothing(cursor, lease))
            .await?;
    }
    Ok(cursor)
}

/// From when on a folder is read again that has new uids. Where it is read from now on only, nothing is new that is older
/// than all that was ever taken.
async fn reread_since(
    receiver: &Receiver,
    folder: &str,
    cursor: &Cursor,
) -> Result<Timestamp, ReceiveError> {
    let late = cursor.last_at.saturating_sub(LATE_MAX);
    let since = late.unwrap_or(Timestamp::MIN).max(cursor.since);
    if !starts_now(receiver, folder) {
        return Ok(since);
    }
    let oldest = journal::oldest(&receiver.house.db, &receiver.mailbox, folder).await?;
    Ok(since.max(oldest.unwrap_or(cursor.last_at)))
}

/// Before this no mail is taken, whatever its uid.
fn usual_since(receiver: &Receiver, folder: &str) -> Timestamp {
    match receiver.start_from(folder) {
        StartFrom::Now | StartFrom::Beginning => Timestamp::UNIX_EPOCH,
        StartFrom::At(at) => at,
    }
}

fn starts_now(receiver: &Receiver, folder: &str) -> bool {
    matches!(receiver.start_from(folder), StartFrom::Now)
}

/// Fetches a group. What the server lists and does not hand out is asked for again, in this pass and in the next ones, and in
/// the end quarantined, so that one such mail neither stops the folder for good nor is lost in silence.
async fn fetch(
    receiver: &Receiver,
    session: &mut Session,
    (folder, group): (&str, &[Listed]),
    cursor: &Cursor,
) -> Result<Vec<Fetched>, ReceiveError> {
    let since = cursor.since;
    let is_wanted = |mail: &&Listed| mail.internal_date.is_none_or(|at| at >= since);
    let mut missing: Vec<Listed> = group.iter().filter(is_wanted).copied().collect();
    let mut mails: Vec<Fetched> = Vec::new();
    let is_hopeless = is_hopeless(receiver, folder, group);
    let asks = if is_hopeless { 0 } else { ASK_MAX };
    for _ in 0..asks {
        if missing.is_empty() {
            break;
        }
        let (whole, large): (Vec<Listed>, Vec<Listed>) = missing
            .iter()
            .partition(|mail| mail.size <= receiver.settings.size_max);
        for (wanted, bytes_max) in [(whole, u32::MAX), (large, CUT_BYTES)] {
            if wanted.is_empty() {
                continue;
            }
            let got = session.fetch(&wanted, bytes_max).await;
            for got in got.inspect_err(|error| note_trouble(receiver, folder, &wanted, error))? {
                missing.retain(|mail| mail.uid != got.uid);
                let listed = Listed {
                    uid: got.uid,
                    size: got.size,
                    internal_date: got.internal_date,
                };
                mails.push(fetched(receiver, &listed, cursor, (got.raw, got.cut)));
            }
        }
        missing = still_there(session, missing).await?;
    }
    if let (Some(first), false) = (missing.first(), is_hopeless) {
        let error = ImapError::Withheld { uid: first.uid };
        note_trouble(receiver, folder, &missing, &error);
        return Err(error.into());
    }
    for mail in &missing {
        let lost = fetched(receiver, mail, cursor, (Vec::new(), true));
        mails.push(Fetched {
            problem: Some("the server lists this mail and does not hand it out"),
            ..lost
        });
    }
    mails.sort_by_key(|mail| mail.uid);
    Ok(mails)
}

/// Mails that could not be fetched once are fetched alone, so that only the culprit stands in its own way.
fn careful_groups(receiver: &Receiver, folder: &str, listed: Vec<Listed>) -> Vec<Vec<Listed>> {
    let mut all = Vec::new();
    for group in groups(listed, |mail| mail.size) {
        if group
            .iter()
            .any(|mail| receiver.troubles.is_known(folder, mail.uid.to_string()))
        {
            all.extend(group.into_iter().map(|mail| vec![mail]));
        } else {
            all.push(group);
        }
    }
    all
}

/// A fetch that failed as a whole ends the pass; who was being fetched is remembered. That the folder was opened and
/// listed just before says that the server is there.
fn note_trouble(receiver: &Receiver, folder: &str, wanted: &[Listed], error: &ImapError) {
    let since = match error {
        // What cannot be understood is the mail's doing, and does not pass.
        ImapError::Garbled { .. } => Timestamp::UNIX_EPOCH,
        ImapError::Silent { .. }
        | ImapError::Lost { .. }
        | ImapError::Refused { .. }
        | ImapError::Withheld { .. } => receiver.house.clock.now(),
        ImapError::Connect(_)
        | ImapError::LoginRefused { .. }
        | ImapError::NoLogin
        | ImapError::NoStartTls
        | ImapError::NoUidValidity { .. }
        | ImapError::NoSentFolder { .. }
        | ImapError::NoKeywords { .. }
        | ImapError::Unspeakable { .. } => return,
    };
    for mail in wanted {
        receiver.troubles.note(folder, mail.uid.to_string(), since);
    }
}

/// A mail that, alone, could not be fetched so often and for so long is not asked for again: it is quarantined unread.
fn is_hopeless(receiver: &Receiver, folder: &str, group: &[Listed]) -> bool {
    let [alone] = group else { return false };
    let patience = (receiver.house.clock.now(), PATIENCE);
    let key = alone.uid.to_string();
    receiver.troubles.is_hopeless(folder, key, patience)
}

/// Those of the missing that are still listed; the others were deleted meanwhile.
async fn still_there(
    session: &mut Session,
    missing: Vec<Listed>,
) -> Result<Vec<Listed>, ReceiveError> {
    let mut left = Vec::new();
    for mail in missing {
        let listed = session.list_after(mail.uid.saturating_sub(1), 1).await?;
        left.extend(
            listed
                .first()
                .filter(|first| first.uid == mail.uid)
                .map(|_| mail),
        );
    }
    Ok(left)
}

fn fetched(
    receiver: &Receiver,
    mail: &Listed,
    cursor: &Cursor,
    (bytes, is_cut): (Vec<u8>, bool),
) -> Fetched {
    let now = receiver.house.clock.now();
    Fetched {
        source_key: format!("{}/{}", cursor.uid_validity, mail.uid),
        uid_validity: cursor.uid_validity,
        uid: i64::from(mail.uid),
        // A server's clock may be ahead; nobody gains time by that.
        arrived_at: mail.internal_date.unwrap_or(now).min(now),
        size: mail.size,
        is_cut,
        bytes,
        problem: None,
    }
}
