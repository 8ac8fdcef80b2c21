//! One pass over a Maildir: what is there and not stored yet is new.

use super::{ReceiveError, Receiver, Stored, groups, imap::CUT_BYTES};
use crate::{
    maildir::{Entry, Maildir},
    store::{
        house::Lease,
        journal::{self, Fetched},
    },
};

/// How many files are looked at in one go.
const SCAN_MAX: usize = 64;

impl Receiver {
    /// A Maildir has no uids: what is there and not stored yet is new.
    pub(super) async fn pass_maildir(
        &self,
        maildir: &Maildir,
        lease: &Lease,
    ) -> Result<usize, ReceiveError> {
        let folder = "INBOX";
        let (mut cursor, is_first) = self.start(folder).await?;
        if is_first {
            self.save(folder, Stored::nothing(cursor, lease)).await?;
        }
        let mut scan = maildir.scan()?;
        let mut taken = 0_usize;
        loop {
            let entries = scan.next_batch(SCAN_MAX)?;
            if entries.is_empty() {
                return Ok(taken);
            }
            let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
            let known = journal::known_keys(&self.house.db, &self.mailbox, folder, &keys).await?;
            let is_new =
                |entry: &Entry| !known.contains(&entry.key) && entry.modified >= cursor.since;
            let new: Vec<Entry> = entries.into_iter().filter(is_new).collect();
            for group in groups(new, |entry| entry.size) {
                let mails = self.read_entries(maildir, &group)?;
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

    fn read_entries(
        &self,
        maildir: &Maildir,
        entries: &[Entry],
    ) -> Result<Vec<Fetched>, ReceiveError> {
        let size_max = self.settings.size_max;
        let now = self.house.clock.now();
        let mut mails = Vec::new();
        for entry in entries {
            let is_cut = entry.size > size_max;
            let bytes_max = if is_cut { CUT_BYTES.into() } else { size_max };
            let Some(bytes) = maildir.read(entry, bytes_max)? else {
                continue;
            };
            mails.push(Fetched {
                source_key: entry.key.clone(),
                uid_validity: 0,
                uid: 0,
                arrived_at: entry.modified.min(now),
                size: entry.size,
                is_cut,
                bytes,
                problem: None,
            });
        }
        Ok(mails)
    }
}
