//! How the mailboxes of this process are: written by those who read them, shown by the page. It is forgotten at the end.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;

use crate::{model::ids::MailboxName, web::status::Trouble};

/// What is known of a mailbox.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// When it was read to the end last.
    pub(super) read_at: Option<Timestamp>,
    /// How long its newest mail took from the server into the database, in milliseconds.
    pub(super) lag_millis: Option<u64>,
    /// What is wrong.
    pub(super) trouble: Option<Trouble>,
}

/// The mailboxes. A clone is the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Health(Arc<Mutex<BTreeMap<MailboxName, Seen>>>);

impl Health {
    fn all(&self) -> MutexGuard<'_, BTreeMap<MailboxName, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It was read to the end.
    pub(super) fn was_read(&self, mailbox: &MailboxName, at: Timestamp) {
        let mut all = self.all();
        let seen = all.entry(mailbox.clone()).or_default();
        (seen.read_at, seen.trouble) = (Some(at), None);
    }

    /// Its newest mail is stored.
    pub(super) fn took(&self, mailbox: &MailboxName, lag_millis: u64) {
        self.all().entry(mailbox.clone()).or_default().lag_millis = Some(lag_millis);
    }

    /// It cannot be read.
    pub(super) fn failed(&self, mailbox: &MailboxName, since: Timestamp, words: &str) {
        self.all().entry(mailbox.clone()).or_default().trouble = Some(Trouble {
            since,
            words: words.to_owned(),
        });
    }

    /// What is known of it.
    pub(super) fn of(&self, mailbox: &MailboxName) -> Seen {
        self.all().get(mailbox).cloned().unwrap_or_default()
    }
}
