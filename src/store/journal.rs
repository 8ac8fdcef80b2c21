//! The journal: mail as it was fetched, committed together with the cursor before anything looks at it.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Db, Row, StoreError, Tx, V, house, house::Lease, instant, json_list, sql};
use crate::model::{
    ids::{MailboxName, RawId},
    message::Reading,
};

/// Compressed mail longer than this goes on in chunks, so that no row is very long.
const CHUNK_BYTES: usize = 1 << 20;

/// zstd level: mail is written once and read a few times.
const LEVEL: i32 = 1;

/// A mail is at most this long when unpacked; a longer one was never written.
const UNPACKED_MAX: usize = 1 << 30;

/// The version of stored readings. A reading of another version is read anew from the raw mail.
const READING_VERSION: i64 = 1;

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
    /// Whether copies of mails known by their sum are passed over: after a changed UIDVALIDITY.
    pub skips_known_sums: bool,
}

/// A raw mail as it was stored.
#[derive(Debug, Clone)]
pub struct Raw {
    /// Where it came in.
    pub mailbox: MailboxName,
    /// In which folder.
    pub folder: String,
    /// When the server received it.
    pub arrived_at: Timestamp,
    /// Its size on the server.
    pub size: i64,
    /// Whether `bytes` is only its beginning.
    pub is_cut: bool,
    /// The mail.
    pub bytes: Vec<u8>,
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
/// is passed over. How many were new.
///
/// # Errors
/// [`StoreError::Fenced`] where the lease is lost; what the database says.
pub async fn save(db: &Db, haul: Haul) -> Result<usize, StoreError> {
    let packed: Result<Vec<Packed>, StoreError> = haul.mails.iter().map(pack).collect();
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

fn pack(mail: &Fetched) -> Result<Packed, StoreError> {
    Ok(Packed {
        sha256: HEXLOWER.encode(&Sha256::digest(&mail.bytes)),
        content: compress(&mail.bytes)?,
    })
}

async fn save_haul(tx: &mut Tx, haul: &Haul, packed: &[Packed]) -> Result<usize, StoreError> {
    house::fence(tx, &haul.lease).await?;
    let mut new = Vec::new();
    for (mail, packed) in haul.mails.iter().zip(packed) {
        if !haul.skips_known_sums || !is_known_by_sum(tx, haul, packed).await? {
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
    Ok(added.len())
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

/// A raw mail by its number.
///
/// # Errors
/// [`StoreError::NoRow`] where there is none; what the database says.
pub async fn raw(db: &Db, id: RawId) -> Result<Raw, StoreError> {
    db.read("read a raw mail", id, |tx, id| Box::pin(raw_in(tx, *id)))
        .await
}

async fn raw_in(tx: &mut Tx, id: RawId) -> Result<Raw, StoreError> {
    let row = tx.row(&sql::RAW_GET, &[id.0.into()]).await?;
    let packed = packed_raw(tx, &row).await?;
    packed.unpack()
}

/// Several raw mails, in the order of their numbers.
///
/// # Errors
/// [`StoreError::NoRow`] where one is missing; what the database says.
pub async fn raws(db: &Db, ids: Vec<RawId>) -> Result<Vec<Raw>, StoreError> {
    let (count, list) = (ids.len(), json_list(&ids));
    let packed = db
        .read("read raw mails", list, |tx, list| {
            Box::pin(async move {
                let mut found = Vec::new();
                for row in tx.rows(&sql::RAW_GET_MANY, &[list.into()]).await? {
                    found.push(packed_raw(tx, &row).await?);
                }
                Ok(found)
            })
        })
        .await?;
    if packed.len() != count {
        return Err(StoreError::NoRow {
            statement: "a raw mail of the batch".to_owned(),
        });
    }
    packed.into_iter().map(PackedRaw::unpack).collect()
}

/// A raw mail as it is stored.
struct PackedRaw {
    raw: Raw,
    content: Vec<u8>,
}

impl PackedRaw {
    fn unpack(self) -> Result<Raw, StoreError> {
        Ok(Raw {
            bytes: unpack(&self.content)?,
            ..self.raw
        })
    }
}

async fn packed_raw(tx: &mut Tx, row: &Row) -> Result<PackedRaw, StoreError> {
    let mut content = row.blob(6)?.to_vec();
    if row.int(7)? > 0 {
        for chunk in tx.rows(&sql::RAW_CHUNKS, &[row.int(0)?.into()]).await? {
            content.extend_from_slice(chunk.blob(0)?);
        }
    }
    let raw = Raw {
        mailbox: MailboxName(row.string(1)?),
        folder: row.string(2)?,
        arrived_at: instant(row, 3)?,
        size: row.int(4)?,
        is_cut: row.flag(5)?,
        bytes: Vec::new(),
    };
    Ok(PackedRaw { raw, content })
}

/// What a raw mail was understood to say; `None` where it was not read yet.
///
/// # Errors
/// What the database says.
pub async fn reading(db: &Db, id: RawId) -> Result<Option<Reading>, StoreError> {
    let row = db
        .read("read a reading", id, |tx, id| {
            Box::pin(async move {
                let row = tx.row_opt(&sql::READING_GET, &[id.0.into()]).await?;
                row.map(|row| row.blob(0).map(<[u8]>::to_vec)).transpose()
            })
        })
        .await?;
    let unpacked = row.map(|content| unpack(&content)).transpose()?;
    Ok(unpacked.and_then(|json| serde_json::from_slice(&json).ok()))
}

/// Stores readings beside their raw mails.
pub(super) async fn save_readings(
    tx: &mut Tx,
    readings: &[(RawId, Vec<u8>)],
) -> Result<(), StoreError> {
    let rows: Vec<Vec<V<'_>>> = readings
        .iter()
        .map(|(raw, content)| vec![raw.0.into(), READING_VERSION.into(), content.into()])
        .collect();
    tx.insert_many(&sql::READING_ADD, &rows).await.map(drop)
}

/// A reading as it is stored.
///
/// # Errors
/// Where zstd fails, which it does only for want of memory.
pub fn pack_reading(reading: &Reading) -> Result<Vec<u8>, StoreError> {
    compress(&serde_json::to_vec(reading).unwrap_or_default())
}

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

fn compress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(bytes, LEVEL).map_err(|error| StoreError::Packed {
        reason: error.to_string(),
    })
}

fn unpack(content: &[u8]) -> Result<Vec<u8>, StoreError> {
    let size = zstd::zstd_safe::get_frame_content_size(content)
        .ok()
        .flatten()
        .and_then(|size| usize::try_from(size).ok());
    zstd::bulk::decompress(content, size.unwrap_or(UNPACKED_MAX).min(UNPACKED_MAX)).map_err(
        |error| StoreError::Packed {
            reason: error.to_string(),
        },
    )
}
