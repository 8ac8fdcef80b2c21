//! Raw mails and their readings as they come back out of the journal.

use jiff::Timestamp;

use super::pack::{Packer, unpack};
use crate::{
    model::{
        ids::{MailboxName, RawId},
        message::Reading,
    },
    store::{Db, Row, StoreError, Tx, V, instant, json_list, opt_instant, sql},
};

/// The version of stored readings. A reading of another version is read anew from the raw mail.
const READING_VERSION: i64 = 1;

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
    /// The mail; empty where it was erased.
    pub bytes: Vec<u8>,
    /// When its bytes were erased, since somebody has asked for it; `None`: they are here.
    pub erased_at: Option<Timestamp>,
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

/// Several raw mails with their numbers, in the order of these.
///
/// # Errors
/// [`StoreError::NoRow`] where one is missing; what the database says.
pub async fn raws(db: &Db, ids: Vec<RawId>) -> Result<Vec<(RawId, Raw)>, StoreError> {
    let (count, list) = (ids.len(), json_list(&ids));
    let packed = db
        .read("read raw mails", list, |tx, list| {
            Box::pin(async move {
                let mut found = Vec::new();
                for row in tx.rows(&sql::RAW_GET_MANY, &[list.into()]).await? {
                    found.push((RawId(row.int(0)?), packed_raw(tx, &row).await?));
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
    packed
        .into_iter()
        .map(|(id, packed)| Ok((id, packed.unpack()?)))
        .collect()
}

/// A raw mail as it is stored.
struct PackedRaw {
    raw: Raw,
    content: Vec<u8>,
}

impl PackedRaw {
    fn unpack(self) -> Result<Raw, StoreError> {
        if self.raw.erased_at.is_some() {
            return Ok(self.raw);
        }
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
        erased_at: opt_instant(row, 8)?,
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
    match row {
        Some(content) => unpack_reading(&content),
        None => Ok(None),
    }
}

/// A reading as it was before [`Packer::reading`]; `None` where this version does not understand it.
pub(in crate::store) fn unpack_reading(content: &[u8]) -> Result<Option<Reading>, StoreError> {
    let json = unpack(content)?;
    Ok(serde_json::from_slice(&json).ok())
}

/// The same within a transaction.
pub(in crate::store) async fn reading_in(
    tx: &mut Tx,
    id: RawId,
) -> Result<Option<Reading>, StoreError> {
    let row = tx.row_opt(&sql::READING_GET, &[id.0.into()]).await?;
    let content = row.map(|row| row.blob(0).map(<[u8]>::to_vec)).transpose()?;
    let unpacked = content.map(|content| unpack(&content)).transpose()?;
    Ok(unpacked.and_then(|json| serde_json::from_slice(&json).ok()))
}

/// Stores readings beside their raw mails.
pub(in crate::store) async fn save_readings(
    tx: &mut Tx,
    readings: &[(RawId, Vec<u8>)],
) -> Result<(), StoreError> {
    let rows: Vec<Vec<V<'_>>> = readings
        .iter()
        .map(|(raw, content)| vec![raw.0.into(), READING_VERSION.into(), content.into()])
        .collect();
    tx.insert_many(&sql::READING_ADD, &rows).await.map(drop)
}

impl Packer {
    /// A reading as it is stored.
    ///
    /// # Errors
    /// Where zstd fails, which it does only for want of memory.
    pub fn reading(&mut self, reading: &Reading) -> Result<Vec<u8>, StoreError> {
        self.pack(&serde_json::to_vec(reading).unwrap_or_default())
    }
}
