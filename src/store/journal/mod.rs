//! The journal: mail as it was fetched, committed together with the cursor before anything looks at it.
//! `stored` gives it back, `actions` says what is still to be done with it on the server, `pack` makes it small.

mod actions;
mod pack;
mod stored;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

pub use actions::{give_up_server_actions, server_action_ended, server_actions};
pub use pack::Packer;
pub use stored::{Raw, raw, raws, reading};
pub(super) use stored::{reading_in, save_readings, unpack_reading};

use super::{Db, StoreError, Tx, V, instant, json_list, leases, leases::Lease, opt_instant, sql};
use crate::model::ids::MailboxName;

/// Compressed mail longer than this goes on in chunks, so that no row is very long.
const CHUNK_BYTES: usize = 1 << 20;

/// How far a folder has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The UIDVALIDITY the uids belong to; 0 for a Maildir.
    pub uid_validity: i64,
    /// The highest uid taken.
    pub last_uid: i64,
    /// Mail that arrived at the server before this is never taken.
    pub since: Timestamp,
    /// The newest arrival taken.
    pub last_at: Timestamp,
}

/// A mail just fetched.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// What makes it this mail in its folder: `UIDVALIDITY/UID`, or a Maildir file's unique name.
    pub source_key: String,
    /// The UIDVALIDITY; 0 for a Maildir.
    pub uid_validity: i64,
    /// The uid; 0 for a Maildir.
    pub uid: i64,
    /// When the server received it.
    pub arrived_at: Timestamp,
    /// Its full size on the server.
    pub size: u64,
    /// Whether `bytes` is only its beginning.
    pub is_cut: bool,
    /// The mail.
    pub bytes: Vec<u8>,
    /// Why it could not be fetched, if so: it is quarantined instead of being passed over.
    pub problem: Option<&'static str>,
}

/// What one fetch brought from a folder.
#[derive(Debug)]
pub struct Haul {
    /// The mailbox.
    pub mailbox: MailboxName,
    /// Its folder.
    pub folder: String,
    /// The right to poll it.
    pub lease: Lease,
    /// The mails.
    pub mails: Vec<Fetched>,
    /// How far the folder has been read with them.
    pub cursor: Cursor,
    /// What is to be done on the server with each, later.
    pub server_action: Option<String>,
    /// Now.
    pub now: Timestamp,
    /// Whether copies of mails known by their sum are passed over: where all may have new uids (UIDVALIDITY).
    pub skips_known_sums: bool,
}

/// How far a folder has been read; `None`: never seen.
///
/// # Errors
/// What the database says.
pub async fn cursor(
    db: &Db,
    mailbox: &MailboxName,
    folder: &str,
) -> Result<Option<Cursor>, StoreError> {
    let input = (mailbox.clone(), folder.to_owned());
    db.read("read a cursor", input, |tx, (mailbox, folder)| {
        Box::pin(async move {
            let row = tx
                .row_opt(&sql::CURSOR_GET, &[mailbox.as_str().into(), folder.into()])
                .await?;
            row.map(|row| {
                let (uid_validity, last_uid) = (row.int(0)?, row.int(1)?);
                Ok(Cursor {
                    uid_validity,
                    last_uid,
                    since: instant(&row, 2)?,
                    last_at: instant(&row, 3)?,
                })
            })
            .transpose()
        })
    })
    .await
}

/// When the oldest mail that was ever taken from a folder had arrived; `None`: none was.
///
/// # Errors
/// What the database says.
pub async fn oldest(
    db: &Db,
    mailbox: &MailboxName,
    folder: &str,
) -> Result<Option<Timestamp>, StoreError> {
    let input = (mailbox.clone(), folder.to_owned());
    db.read(
        "look for the oldest mail",
        input,
        |tx, (mailbox, folder)| {
            Box::pin(async move {
                let values = [mailbox.as_str().into(), folder.into()];
                opt_instant(&tx.row(&sql::RAW_OLDEST, &values).await?, 0)
            })
        },
    )
    .await
}

/// Which of these source keys of a folder are stored already.
///
/// # Errors
/// What the database says.
pub async fn known_keys(
    db: &Db,
    mailbox: &MailboxName,
    folder: &str,
    keys: &[&str],
) -> Result<Vec<String>, StoreError> {
    let input = (mailbox.clone(), folder.to_owned(), json_list(keys));
    db.read(
        "look for known mails",
        input,
        |tx, (mailbox, folder, keys)| {
            Box::pin(async move {
                let rows = tx
                    .rows(
                        &sql::RAW_KNOWN,
                        &[keys.into(), mailbox.as_str().into(), folder.into()],
                    )
                    .await?;
                rows.iter().map(|row| row.string(0)).collect()
            })
        },
    )
    .await
}

/// Stores what a fetch brought, the cursor, and the decider's work, in one transaction. A mail that is stored already
/// is passed over. When each of those that were new reached the server.
///
/// # Errors
/// [`StoreError::Fenced`] where the lease is lost; what the database says.
pub async fn save(db: &Db, haul: Haul) -> Result<Vec<Timestamp>, StoreError> {
    let mut packer = Packer::new()?;
    let mails = haul.mails.iter();
    let packed: Result<Vec<Packed>, StoreError> =
        mails.map(|mail| pack(mail, &mut packer)).collect();
    db.write(
        "store fetched mail",
        (haul, packed?),
        |tx, (haul, packed)| Box::pin(save_haul(tx, haul, packed)),
    )
    .await
}

struct Packed {
    sha256: String,
    content: Vec<u8>,
}

impl Packed {
    fn head(&self) -> &[u8] {
        self.content.get(..CHUNK_BYTES).unwrap_or(&self.content)
    }

    fn tail(&self) -> &[u8] {
        self.content.get(CHUNK_BYTES..).unwrap_or(&[])
    }
}

fn pack(mail: &Fetched, packer: &mut Packer) -> Result<Packed, StoreError> {
    Ok(Packed {
        sha256: HEXLOWER.encode(&Sha256::digest(&mail.bytes)),
        content: packer.pack(&mail.bytes)?,
    })
}

async fn save_haul(
    tx: &mut Tx,
    haul: &Haul,
    packed: &[Packed],
) -> Result<Vec<Timestamp>, StoreError> {
    leases::fence(tx, &haul.lease).await?;
    let mut new = Vec::new();
    for (mail, packed) in haul.mails.iter().zip(packed) {
        // What could not be fetched has no sum of its own.
        let has_sum = mail.problem.is_none();
        if !haul.skips_known_sums || !has_sum || !is_known_by_sum(tx, haul, packed).await? {
            new.push((mail, packed));
        }
    }
    let rows: Vec<Vec<V<'_>>> = new
        .iter()
        .map(|(mail, packed)| raw_values(haul, mail, packed))
        .collect();
    let mut added: Vec<(i64, &Fetched, &Packed)> = Vec::new();
    for row in &tx.insert_many_returning(&sql::RAW_ADD, &rows).await? {
        let (id, key) = (row.int(0)?, row.text(1)?);
        added.extend(
            new.iter()
                .find(|(mail, _)| mail.source_key == key)
                .map(|(mail, packed)| (id, *mail, *packed)),
        );
    }
    added.sort_unstable_by_key(|(id, _, _)| *id);
    for (id, _, packed) in &added {
        for (n, chunk) in (0_i64..).zip(packed.tail().chunks(CHUNK_BYTES)) {
            tx.insert_many(
                &sql::RAW_CHUNK_ADD,
                &[vec![(*id).into(), n.into(), chunk.into()]],
            )
            .await?;
        }
    }
    let now = haul.now.as_millisecond();
    let work: Vec<Vec<V<'_>>> = added
        .iter()
        .map(|(id, mail, _)| {
            let state = if mail.problem.is_some() {
                "quarantined"
            } else {
                "ready"
            };
            vec![
                "mail".into(),
                Some(*id).into(),
                "".into(),
                now.into(),
                state.into(),
                0_i64.into(),
                mail.problem.into(),
            ]
        })
        .collect();
    tx.insert_many(&sql::WORK_ADD_MANY, &work).await?;
    save_cursor(tx, haul).await?;
    Ok(added.iter().map(|(_, mail, _)| mail.arrived_at).collect())
}

async fn is_known_by_sum(tx: &mut Tx, haul: &Haul, packed: &Packed) -> Result<bool, StoreError> {
    let values = [haul.mailbox.as_str().into(), (&packed.sha256).into()];
    Ok(tx.row_opt(&sql::RAW_WITH_SUM, &values).await?.is_some())
}

fn raw_values<'a>(haul: &'a Haul, mail: &'a Fetched, packed: &'a Packed) -> Vec<V<'a>> {
    vec![
        haul.mailbox.as_str().into(),
        (&haul.folder).into(),
        (&mail.source_key).into(),
        mail.uid_validity.into(),
        mail.uid.into(),
        mail.arrived_at.as_millisecond().into(),
        haul.now.as_millisecond().into(),
        i64::try_from(mail.size).unwrap_or(i64::MAX).into(),
        mail.is_cut.into(),
        (&packed.sha256).into(),
        packed.head().into(),
        i64::try_from(packed.tail().chunks(CHUNK_BYTES).count())
            .unwrap_or(i64::MAX)
            .into(),
        haul.server_action.as_deref().into(),
    ]
}

async fn save_cursor(tx: &mut Tx, haul: &Haul) -> Result<(), StoreError> {
    let Cursor {
        uid_validity,
        last_uid,
        since,
        last_at,
    } = haul.cursor;
    let values = [
        haul.mailbox.as_str().into(),
        (&haul.folder).into(),
        uid_validity.into(),
        last_uid.into(),
        since.as_millisecond().into(),
        last_at.as_millisecond().into(),
    ];
    tx.exec(&sql::CURSOR_SET, &values).await.map(drop)
}
