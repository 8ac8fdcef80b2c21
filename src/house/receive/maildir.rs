//! One pass over a Maildir: what is there and not stored yet is new.

use jiff::SignedDuration;

use super::{ReceiveError, Receiver, Stored, groups, imap::CUT_BYTES};
use crate::{
    maildir::{Entry, Maildir, MaildirError},
    store::{
        journal::{self, Fetched},
        leases::Lease,
    },
};

/// For so long a file must have been unreadable before it is quarantined: the administrator is told long before, and a
/// wrong permission is soon mended.
const PATIENCE: SignedDuration = SignedDuration::from_hours(1);

/// How many files are looked at in one go.
const SCAN_MAX: usize = 64;

impl Receiver {
    /// A Maildir has no uids: what is there and not stored yet is new.
    pub(super) async fn pass_maildir(
        &self,
        (maildir, folder): (&Maildir, &str),
        lease: &Lease,
    ) -> Result<usize, ReceiveError> {
        let (mut cursor, is_first) = self.start(folder).await?;
        if is_first {
            self.save(folder, Stored::nothing(cursor, lease)).await?;
        }
        let listed = maildir.clone();
        let mut scan = self.hand.apart(move || listed.scan()).await??;
        let mut taken = 0_usize;
        let mut unread = None;
        loop {
            let (rest, entries) = self
                .hand
                .apart(move || {
                    let batch = scan.next_batch(SCAN_MAX);
                    (scan, batch)
                })
                .await?;
            scan = rest;
            let entries = entries?;
            if entries.is_empty() {
                // Everything else is stored; the error names the file.
                return unread.map_or(Ok(taken), |error| Err(ReceiveError::Maildir(error)));
            }
            let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
            let known = journal::known_keys(&self.house.db, &self.mailbox, folder, &keys).await?;
            let is_new =
                |entry: &Entry| !known.contains(&entry.key) && entry.modified >= cursor.since;
            let new: Vec<Entry> = entries.into_iter().filter(is_new).collect();
            for group in groups(new, |entry| entry.size) {
                let mails = self
                    .read_entries(maildir, (folder, group), &mut unread)
                    .await?;
                cursor.last_at = mails
                    .iter()
                    .map(|mail| mail.arrived_at)
                    .max()
                    .unwrap_or(cursor.last_at)
                    .max(cursor.last_at);
                let haul = Stored {
                    mails,
                    ..Stored::nothing(cursor, lease)
                };
                taken = taken.saturating_add(self.save(folder, haul).await?);
            }
        }
    }

    async fn read_entries(
        &self,
        maildir: &Maildir,
        (folder, entries): (&str, Vec<Entry>),
        unread: &mut Option<MaildirError>,
    ) -> Result<Vec<Fetched>, ReceiveError> {
        let size_max = self.settings.size_max;
        let now = self.house.clock.now();
        let maildir = maildir.clone();
        let read = self
            .hand
            .apart(move || {
                let read = |entry: Entry| {
                    let is_cut = entry.size > size_max;
                    let bytes_max = if is_cut { CUT_BYTES.into() } else { size_max };
                    let bytes = maildir.read(&entry, bytes_max);
                    (entry, is_cut, bytes)
                };
                entries.into_iter().map(read).collect::<Vec<_>>()
            })
            .await?;
        let mut mails = Vec::new();
        for (entry, mut is_cut, bytes) in read {
            let mut problem = None;
            let bytes = match bytes {
                Ok(Some(bytes)) => bytes,
                Ok(None) => continue,
                Err(error) => {
                    let key = entry.key.clone();
                    self.troubles.note(folder, key.clone(), now);
                    if !self.troubles.is_hopeless(folder, key, (now, PATIENCE)) {
                        unread.get_or_insert(error);
                        continue;
                    }
                    is_cut = true;
                    problem = Some("this file of the Maildir cannot be read");
                    Vec::new()
                }
            };
            mails.push(Fetched {
                source_key: entry.key,
                uid_validity: 0,
                uid: 0,
                arrived_at: entry.modified.min(now),
                size: entry.size,
                is_cut,
                bytes,
                problem,
            });
        }
        Ok(mails)
    }
}
