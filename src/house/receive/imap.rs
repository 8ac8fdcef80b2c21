//! One pass over an IMAP folder: from the cursor to the end, in groups bounded by bytes.

use jiff::{SignedDuration, Timestamp};

use super::{ReceiveError, Receiver, Stored, groups, troubles::ASK_MAX};
use crate::{
    imap::{Access, ImapError, Listed, Moved, Opened, Session},
    model::{account::ServerAction, ids::RawId},
    store::{
        journal::{self, Cursor, Fetched},
        leases::Lease,
    },
};

/// How much of a mail over the size limit is fetched: header and beginning.
pub(super) const CUT_BYTES: u32 = 256 << 10;

/// How many mails are listed at once.
const LIST_MAX: usize = 200;

/// For so long a mail must have been refused, or have ended the connection, before it is quarantined: a server whose
/// store is out of order for some minutes still opens folders and lists mails.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// How often something is tried on the server with a stored mail.
const ACTION_ATTEMPTS_MAX: u32 = 20;

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
    let mut place = place(receiver, folder, &opened, lease).await?;
    let mut taken = 0_usize;
    loop {
        let last = u32::try_from(place.cursor.last_uid).unwrap_or(u32::MAX);
        let listed = session.list_after(last, LIST_MAX).await?;
        if listed.is_empty() {
            break;
        }
        for group in careful_groups(receiver, folder, listed) {
            let end = group.last().map_or(last, |mail| mail.uid);
            let mails = fetch(receiver, session, (folder, &group), &place).await?;
            place.cursor.last_uid = i64::from(end);
            place.cursor.last_at = mails
                .iter()
                .map(|mail| mail.arrived_at)
                .fold(place.cursor.last_at, Ord::max);
            let haul = Stored {
                mails,
                cursor: place.cursor,
                lease,
                after,
                skips_known_sums: place.is_new_validity,
            };
            taken = taken.saturating_add(receiver.save(folder, haul).await?);
        }
    }
    if after.is_some() {
        act(receiver, session, folder, place.cursor.uid_validity).await?;
    }
    Ok(taken)
}

/// Where the folder is read from.
struct FolderPlace {
    cursor: Cursor,
    /// The server has given all mails new uids since last time: mails stored before are known by their sums.
    is_new_validity: bool,
}

async fn place(
    receiver: &Receiver,
    folder: &str,
    opened: &Opened,
    lease: &Lease,
) -> Result<FolderPlace, ReceiveError> {
    let (mut cursor, is_first) = receiver.start(folder).await?;
    let validity = i64::from(opened.uid_validity);
    let is_new_validity = !is_first && cursor.uid_validity != validity;
    if is_new_validity {
        tracing::warn!(mailbox.name = %receiver.mailbox, "the server has numbered the folder anew (UIDVALIDITY); mail known by its sum is passed over");
        cursor.since = cursor.since.max(cursor.last_at);
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
    Ok(FolderPlace {
        cursor,
        is_new_validity,
    })
}

fn starts_now(receiver: &Receiver, folder: &str) -> bool {
    matches!(receiver.start_from(folder), crate::config::StartFrom::Now)
}

/// Fetches a group. What the server lists and does not hand out is asked for again, and in the end quarantined, so that
/// one such mail neither stops the folder nor is lost in silence.
async fn fetch(
    receiver: &Receiver,
    session: &mut Session,
    (folder, group): (&str, &[Listed]),
    place: &FolderPlace,
) -> Result<Vec<Fetched>, ReceiveError> {
    let since = place.cursor.since;
    let is_wanted = |mail: &&Listed| mail.internal_date.is_none_or(|at| at >= since);
    let mut missing: Vec<Listed> = group.iter().filter(is_wanted).copied().collect();
    let mut mails: Vec<Fetched> = Vec::new();
    let asks = if is_hopeless(receiver, folder, group) {
        0
    } else {
        ASK_MAX
    };
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
                mails.push(fetched(receiver, &listed, place, (got.raw, got.cut)));
            }
        }
        missing = still_there(session, missing).await?;
    }
    for mail in &missing {
        let lost = fetched(receiver, mail, place, (Vec::new(), true));
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
        ImapError::Silent { .. } | ImapError::Lost { .. } | ImapError::Refused { .. } => {
            receiver.house.clock.now()
        }
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
    place: &FolderPlace,
    (bytes, is_cut): (Vec<u8>, bool),
) -> Fetched {
    let now = receiver.house.clock.now();
    Fetched {
        source_key: format!("{}/{}", place.cursor.uid_validity, mail.uid),
        uid_validity: place.cursor.uid_validity,
        uid: i64::from(mail.uid),
        // A server's clock may be ahead; nobody gains time by that.
        arrived_at: mail.internal_date.unwrap_or(now).min(now),
        size: mail.size,
        is_cut,
        bytes,
        problem: None,
    }
}

/// Does on the server what is still to be done with stored mails.
async fn act(
    receiver: &Receiver,
    session: &mut Session,
    folder: &str,
    validity: i64,
) -> Result<(), ReceiveError> {
    let db = &receiver.house.db;
    for (raw, raw_validity, uid, action) in
        journal::server_actions(db, &receiver.mailbox, folder, ACTION_ATTEMPTS_MAX).await?
    {
        // With a new UIDVALIDITY the uid names another mail, or none.
        let is_done = raw_validity != validity || try_action(session, (raw, uid), &action).await;
        journal::server_action_ended(db, raw, is_done).await?;
    }
    Ok(())
}

async fn try_action(session: &mut Session, (raw, uid): (RawId, i64), action: &str) -> bool {
    let Ok(uid) = u32::try_from(uid) else {
        return true;
    };
    let done = match action.split_once(':') {
        Some(("move", folder)) => session
            .move_to(&[uid], folder)
            .await
            .map(|moved| moved == Moved::Moved || moved == Moved::Marked),
        Some(("keyword", keyword)) => session.store_keyword(&[uid], keyword).await.map(|()| true),
        Some(_) | None => Ok(true),
    };
    done.unwrap_or_else(|error| {
        tracing::warn!(raw.id = raw.0, %error, "could not do on the server what is configured; to be tried again");
        false
    })
}
