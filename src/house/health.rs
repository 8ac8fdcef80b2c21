//! How the mailboxes of this process are: written by those who read them, shown by the page. And what is too dear to be counted
//! for every status. It is forgotten at the end.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use crate::{
    model::ids::{MailboxName, QueueName},
    store::shares::Shares,
    web::status::Trouble,
};

/// The shares in time are counted so often.
const COUNT_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// The shares in time of all queues.
pub(super) type AllShares = Arc<BTreeMap<QueueName, Shares>>;

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

/// What is known. A clone is the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Health {
    mailboxes: Arc<Mutex<BTreeMap<MailboxName, Seen>>>,
    shares: Arc<Mutex<Option<(Timestamp, AllShares)>>>,
}

impl Health {
    fn all(&self) -> MutexGuard<'_, BTreeMap<MailboxName, Seen>> {
        self.mailboxes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The shares in time, if they were counted lately.
    pub(super) fn shares(&self, now: Timestamp) -> Option<AllShares> {
        let shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, shares) = shares.as_ref()?;
        // A clock that was set back does not keep old ones for ever.
        let is_fresh = now.duration_since(*at).abs() < COUNT_EVERY;
        is_fresh.then(|| Arc::clone(shares))
    }

    /// They were counted.
    pub(super) fn counted(&self, at: Timestamp, shares: &AllShares) {
        let mut known = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Some((at, Arc::clone(shares)));
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
        let (health, it) = (Health::default(), MailboxName::from("it"));
        assert!(health.of(&it).is_none());
        health.failed(&it, Timestamp::UNIX_EPOCH, "no such host");
        let seen = health.of(&it).expect("it was looked at");
        assert_eq!(
            seen.trouble.map(|trouble| trouble.words).as_deref(),
            Some("no such host")
        );
        health.forget(&it);
        assert!(health.of(&it).is_none());
    }
}
