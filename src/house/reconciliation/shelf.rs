//! Where mails lie: an account on a server, or a Maildir. Folders are opened for reading only.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use rustls::ClientConfig;
use sha2::{Digest, Sha256};

use super::Day;
use crate::{
    house::{
        files::apart,
        receive::{CUT_BYTES, ReceiveError},
    },
    imap::{Access, Deadlines, ImapError, Listed, Session},
    maildir::{Entry, Maildir, MaildirError},
    model::account::{ImapAccount, SENT_BY_USE},
};

/// How many files of a Maildir are looked at in one go.
const SCAN_MAX: usize = 256;

/// A mail that lies there.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// What the journal knows it by: `UIDVALIDITY/UID`, or the file's unique name.
    pub(super) key: String,
    /// UIDVALIDITY and UID; `None` in a Maildir.
    pub(super) uid: Option<(u32, u32)>,
    /// When it was received.
    pub(super) at: Timestamp,
    size: u64,
    file: Option<Entry>,
}

/// A mailbox, opened to be looked at.
pub(super) enum Shelf {
    Account(Box<Session>),
    Maildir(PathBuf),
}

impl Shelf {
    pub(super) async fn connect(
        account: &ImapAccount,
        tls: &Arc<ClientConfig>,
    ) -> Result<Self, ImapError> {
        let session = Session::connect(account, tls, &Deadlines::default()).await?;
        Ok(Self::Account(Box::new(session)))
    }

    pub(super) fn maildir(path: &Path) -> Self {
        Self::Maildir(path.to_owned())
    }

    /// What the folder of sent mail is called here.
    pub(super) async fn sent_folder(
        &mut self,
        sent: &str,
        others: &[String],
    ) -> Result<String, ImapError> {
        match self {
            Self::Account(session) if sent == SENT_BY_USE => session.sent_folder(others).await,
            Self::Account(_) | Self::Maildir(_) => Ok(sent.to_owned()),
        }
    }

    /// The mails of a folder that came on that day, perhaps some more, the oldest first. The folder stays open.
    pub(super) async fn list(
        &mut self,
        folder: &str,
        day: &Day,
    ) -> Result<Vec<Seen>, ReceiveError> {
        match self {
            Self::Account(session) => {
                let opened = session.open(folder, Access::ReadOnly).await?;
                let since = day.date.yesterday().unwrap_or(day.date);
                let before = day.date.saturating_add(jiff::Span::new().days(2));
                let listed = session.list_days(since, before).await?;
                let seen = listed
                    .into_iter()
                    .filter_map(|mail| on_server(opened.uid_validity, mail));
                Ok(seen.collect())
            }
            Self::Maildir(path) => {
                let folder = match folder {
                    "INBOX" => path.clone(),
                    sent => path.join(sent),
                };
                Ok(apart(move || in_maildir(&folder)).await??)
            }
        }
    }

    /// The bytes of a mail in the folder that is open, cut as the receiver cuts them; `None`: they cannot be had.
    pub(super) async fn read(
        &mut self,
        mail: &Seen,
        size_max: u64,
    ) -> Result<Option<Vec<u8>>, ReceiveError> {
        let is_cut = mail.size > size_max;
        match (self, mail.uid, &mail.file) {
            (Self::Account(session), Some((_, uid)), _) => {
                let wanted = Listed {
                    uid,
                    size: mail.size,
                    internal_date: None,
                };
                let bytes_max = if is_cut { CUT_BYTES } else { u32::MAX };
                match session.fetch(&[wanted], bytes_max).await {
                    Ok(fetched) => Ok(fetched.into_iter().next().map(|mail| mail.raw)),
                    Err(ImapError::Refused { .. } | ImapError::Withheld { .. }) => Ok(None),
                    Err(error) => Err(error.into()),
                }
            }
            (Self::Maildir(path), _, Some(entry)) => {
                let bytes_max = if is_cut { CUT_BYTES.into() } else { size_max };
                let (maildir, entry) = (Maildir::new(path), entry.clone());
                let read = apart(move || maildir.read(&entry, bytes_max)).await?;
                // What cannot be read has no sum, and is told as missing.
                Ok(read.unwrap_or_default())
            }
            (Self::Account(_) | Self::Maildir(_), ..) => Ok(None),
        }
    }

    /// Says goodbye.
    pub(super) async fn leave(self) {
        if let Self::Account(session) = self {
            // All is known: a server that does not say goodbye changes nothing.
            session.logout().await.unwrap_or_default();
        }
    }
}

fn on_server(uid_validity: u32, mail: Listed) -> Option<Seen> {
    Some(Seen {
        key: format!("{uid_validity}/{}", mail.uid),
        uid: Some((uid_validity, mail.uid)),
        at: mail.internal_date?,
        size: mail.size,
        file: None,
    })
}

fn in_maildir(folder: &Path) -> Result<Vec<Seen>, MaildirError> {
    let mut scan = Maildir::new(folder).scan()?;
    let mut all = Vec::new();
    loop {
        let batch = scan.next_batch(SCAN_MAX)?;
        if batch.is_empty() {
            return Ok(all);
        }
        all.extend(batch.into_iter().map(|entry| Seen {
            key: entry.key.clone(),
            uid: None,
            at: entry.modified,
            size: entry.size,
            file: Some(entry),
        }));
    }
}

/// The sum that the journal would know these bytes by.
pub(super) fn sum(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
