//! How the mailboxes of this process are: written by those who read them, shown by the page, forgotten at the end.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;

use crate::{
    model::ids::MailboxName,
    web::status::{Trouble, TroubleKind},
};

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

/// What is known of every mailbox that this process reads. All clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct MailboxHealth(Arc<Mutex<BTreeMap<MailboxName, Seen>>>);

impl MailboxHealth {
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
    pub(super) fn failed(
        &self,
        mailbox: &MailboxName,
        since: Timestamp,
        (kind, words): (TroubleKind, &str),
    ) {
        self.all().entry(mailbox.clone()).or_default().trouble = Some(Trouble {
            since,
            kind,
            words: words.to_owned(),
        });
    }

    /// Another process reads it: what this one knew of it is over.
    pub(super) fn forget(&self, mailbox: &MailboxName) {
        self.all().remove(mailbox);
    }

    /// What is known of it; `None`: this process does not read it.
    pub(super) fn of(&self, mailbox: &MailboxName) -> Option<Seen> {
        self.all().get(mailbox).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two processes share a mailbox; of one that reads it no more nothing stays that it knew.
    #[test]
    fn whoever_hands_a_mailbox_over_knows_nothing_of_it_any_more() {
        let (health, it) = (MailboxHealth::default(), MailboxName::from("it"));
        assert!(health.of(&it).is_none());
        let seen = (TroubleKind::Unreachable, "no such host");
        health.failed(&it, Timestamp::UNIX_EPOCH, seen);
        let seen = health.of(&it).expect("it was looked at");
        assert_eq!(
            seen.trouble.map(|trouble| trouble.words).as_deref(),
            Some("no such host")
        );
        health.forget(&it);
        assert!(health.of(&it).is_none());
    }
}
