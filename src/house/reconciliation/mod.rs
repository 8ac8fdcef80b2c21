//! Reconciliation: a mailbox's day on the server against the journal. The server is asked what it got that day, the
//! journal what was taken and what became of it ([`crate::desk::reconciliation`] counts); a mail that only one side knows
//! is named. Nothing is changed anywhere. [`daily`] does so by itself for every day that is over.

pub mod daily;
mod day;
mod shelf;

use std::{collections::BTreeMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use rustls::ClientConfig;

pub use self::day::Day;
use self::shelf::{Seen, Shelf};
use super::receive::ReceiveError;
use crate::{
    config::{Config, StartFrom},
    desk::reconciliation::{Account, Became},
    mail::read::{Limits, read},
    model::{
        account::Source,
        ids::{MailboxName, MessageId, RawId},
    },
    store::{
        Db, StoreError, journal,
        reconciliation::{self, Taken},
    },
};

/// A mail may have come into a folder while it was being read: so shortly before a pass began it may well be new.
const SLACK: SignedDuration = SignedDuration::from_mins(5);

/// A mail that is not accounted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The folder it lies in, or lay in.
    pub folder: String,
    /// What it is known by there: `UID 17`, or a Maildir file's unique name.
    pub place: String,
    /// When the server received it.
    pub at: Timestamp,
    /// Its Message-ID, where it has one and can be read.
    pub message_id: Option<MessageId>,
    /// Its number in the journal, where it was taken, and nothing is known of it all the same.
    pub raw: Option<RawId>,
}

/// A mailbox's day, reconciled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// The sums.
    pub account: Account,
    /// The mails that make the difference.
    pub lost: Vec<Lost>,
}

/// Where both sides are found.
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'l> {
    /// The database.
    pub db: &'l Db,
    /// The configuration.
    pub config: &'l Config,
    /// Which certificates are believed.
    pub tls: &'l Arc<ClientConfig>,
}

/// One mailbox's day at work.
struct Work<'w> {
    ledger: &'w Ledger<'w>,
    mailbox: &'w MailboxName,
    day: &'w Day,
    taken: Vec<Taken>,
    /// Which of these lie on the server now.
    is_there: Vec<bool>,
    /// Until when the mailbox has been read.
    read_until: Timestamp,
    reconciled: Reconciled,
}

impl Ledger<'_> {
    /// Reconciles a mailbox's day; `None`: there is no such mailbox.
    ///
    /// # Errors
    /// Why the mailbox or the database cannot be read.
    pub async fn reconcile(
        &self,
        mailbox: &MailboxName,
        day: &Day,
    ) -> Result<Option<Reconciled>, ReceiveError> {
        let Some(settings) = self.config.mailboxes.get(mailbox) else {
            return Ok(None);
        };
        let policy = self.config.policy.mailboxes.get(mailbox);
        let sent = policy.and_then(|own| own.sent.clone());
        let read_until = reconciliation::read_until(self.db, mailbox).await?;
        let taken = reconciliation::taken(self.db, mailbox, (day.from, day.until)).await?;
        let mut work = Work {
            ledger: self,
            mailbox,
            day,
            is_there: vec![false; taken.len()],
            taken,
            read_until: read_until.unwrap_or(Timestamp::MIN),
            reconciled: Reconciled::default(),
        };
        work.count_taken(sent.as_deref()).await?;
        let (mut shelf, folders) = match &settings.source {
            Source::Imap {
                account, folders, ..
            } => (Shelf::connect(account, self.tls).await?, folders.clone()),
            Source::Maildir { path } => (Shelf::maildir(path), vec!["INBOX".to_owned()]),
        };
        for folder in &folders {
            let from = settings.start_from;
            work.look(&mut shelf, (folder, folder), from).await?;
        }
        if let Some(sent) = &sent {
            let name = shelf.sent_folder(sent, &folders).await?;
            work.look(&mut shelf, (sent, &name), StartFrom::Now).await?;
        }
        shelf.leave().await;
        let there = work.is_there.iter().filter(|is_there| !**is_there).count();
        work.reconciled.account.gone = u64::try_from(there).unwrap_or(u64::MAX);
        Ok(Some(work.reconciled))
    }
}

impl Work<'_> {
    /// What became of the mails that were taken.
    async fn count_taken(&mut self, sent: Option<&str>) -> Result<(), StoreError> {
        for mail in &mut self.taken {
            mail.known.is_sent = sent == Some(mail.folder.as_str());
            let became = mail.known.became();
            self.reconciled.account.count(became);
            if became == Became::Unknown {
                let bytes = journal::raw(self.ledger.db, mail.raw).await?.bytes;
                self.reconciled.lost.push(Lost {
                    folder: mail.folder.clone(),
                    place: place_of(&mail.source_key),
                    at: mail.arrived_at,
                    message_id: message_id(&bytes),
                    raw: Some(mail.raw),
                });
            }
        }
        Ok(())
    }

    /// Looks through a folder: `key` is what the journal calls it, `name` the server.
    async fn look(
        &mut self,
        shelf: &mut Shelf,
        (key, name): (&str, &str),
        from: StartFrom,
    ) -> Result<(), ReceiveError> {
        let mut seen = shelf.list(name, self.day).await?;
        seen.retain(|mail| self.day.holds(mail.at));
        let known: BTreeMap<&str, usize> = (0..)
            .zip(&self.taken)
            .filter(|(_, mail)| mail.folder == key)
            .map(|(n, mail)| (mail.source_key.as_str(), n))
            .collect();
        let (known, unknown): (Vec<_>, Vec<_>) = seen
            .into_iter()
            .map(|mail| (known.get(mail.key.as_str()).copied(), mail))
            .partition(|(known, _)| known.is_some());
        for n in known.into_iter().filter_map(|(known, _)| known) {
            self.found(n);
        }
        let unknown: Vec<Seen> = unknown.into_iter().map(|(_, mail)| mail).collect();
        let keys: Vec<&str> = unknown.iter().map(|mail| mail.key.as_str()).collect();
        let other_day = journal::known_keys(self.ledger.db, self.mailbox, key, &keys).await?;
        let unknown = unknown
            .iter()
            // A server's clock may be ahead: the journal has the mail under the day on which it was taken.
            .filter(|mail| !other_day.contains(&mail.key));
        for mail in unknown {
            self.unknown(shelf, (key, from), mail).await?;
        }
        Ok(())
    }

    /// A mail that was taken lies on the server.
    fn found(&mut self, n: usize) {
        if let Some(is_there) = self.is_there.get_mut(n)
            && !*is_there
        {
            *is_there = true;
            let there = &mut self.reconciled.account.there;
            *there = there.saturating_add(1);
        }
    }

    /// A mail on the server that the journal does not know under this number.
    async fn unknown(
        &mut self,
        shelf: &mut Shelf,
        (folder, from): (&str, StartFrom),
        mail: &Seen,
    ) -> Result<(), ReceiveError> {
        let (db, mailbox) = (self.ledger.db, self.mailbox);
        let cursor = journal::cursor(db, mailbox, folder).await?;
        if self.was_there_before(folder, from, mail).await? {
            let before = &mut self.reconciled.account.before;
            *before = before.saturating_add(1);
            return Ok(());
        }
        let settings = self.ledger.config.mailboxes.get(mailbox);
        let size_max = settings.map_or(u64::MAX, |settings| settings.size_max);
        let bytes = shelf.read(mail, size_max).await?;
        let sum = bytes.as_deref().map(shelf::sum);
        let mut same = (0..).zip(&self.taken).filter(|(n, taken)| {
            sum.as_ref() == Some(&taken.sha256) && self.is_there.get(*n) == Some(&false)
        });
        if let Some((n, _)) = same.next() {
            self.found(n);
            return Ok(());
        }
        let is_copy = match &sum {
            Some(sum) => reconciliation::knows_sum(db, mailbox, sum).await?,
            None => false,
        };
        let is_behind = match mail.uid {
            Some((_, uid)) => cursor.is_none_or(|cursor| cursor.last_uid < i64::from(uid)),
            None => true,
        };
        let read_until = self.read_until.saturating_sub(SLACK);
        let is_new = is_behind && mail.at >= read_until.unwrap_or(Timestamp::MIN);
        let account = &mut self.reconciled.account;
        account.there = account.there.saturating_add(1);
        if is_copy {
            account.copies = account.copies.saturating_add(1);
        } else if is_new {
            account.unread = account.unread.saturating_add(1);
        } else {
            self.reconciled.lost.push(Lost {
                folder: folder.to_owned(),
                place: place_of(&mail.key),
                at: mail.at,
                message_id: bytes.as_deref().and_then(message_id),
                raw: None,
            });
        }
        Ok(())
    }

    /// Whether a mail that was never taken had lain there before okno began to read the folder.
    async fn was_there_before(
        &self,
        folder: &str,
        from: StartFrom,
        mail: &Seen,
    ) -> Result<bool, StoreError> {
        let (db, mailbox) = (self.ledger.db, self.mailbox);
        match (from, mail.uid) {
            (StartFrom::Beginning, _) => Ok(false),
            (StartFrom::At(since), _) => Ok(mail.at < since),
            (StartFrom::Now, Some((uid_validity, uid))) => {
                let place = (uid_validity.into(), uid.into());
                let cursor = journal::cursor(db, mailbox, folder).await?;
                let is_passed = cursor.is_none_or(|cursor| i64::from(uid) <= cursor.last_uid);
                let had_begun = reconciliation::had_begun(db, (mailbox, folder), place).await?;
                Ok(is_passed && !had_begun)
            }
            (StartFrom::Now, None) => {
                let cursor = journal::cursor(db, mailbox, folder).await?;
                Ok(cursor.is_none_or(|cursor| mail.at < cursor.since))
            }
        }
    }
}

/// What a source key says to a person.
fn place_of(source_key: &str) -> String {
    let uid = source_key.split_once('/');
    let uid = uid.filter(|(validity, _)| validity.parse::<u32>().is_ok());
    uid.map_or_else(|| source_key.to_owned(), |(_, uid)| format!("UID {uid}"))
}

/// The Message-ID in a mail's header; the body is left alone.
fn message_id(bytes: &[u8]) -> Option<MessageId> {
    let mut end = 0_usize;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        end = end.saturating_add(line.len());
        if line == b"\n" || line == b"\r\n" {
            break;
        }
    }
    let head = bytes.get(..end).unwrap_or(bytes);
    read(head, &Limits::default()).message.message_id
}
