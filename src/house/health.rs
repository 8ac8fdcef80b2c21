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
    web::{
        reports::PlannedReport,
        status::{Trouble, TroubleKind},
    },
};

/// The shares in time are counted so often.
const COUNT_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// What comes by itself is found out so often.
const PLAN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// The shares in time of all queues.
pub(super) type AllShares = Arc<BTreeMap<QueueName, Shares>>;

/// What comes by itself.
pub(super) type Plans = Arc<Vec<PlannedReport>>;

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

/// Something and when it was found out.
type Kept<T> = Arc<Mutex<Option<(Timestamp, T)>>>;

fn fresh<T: Clone>(
    kept: &Kept<T>,
    now: Timestamp,
    within: SignedDuration,
) -> Option<(Timestamp, T)> {
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, known) = kept.as_ref()?;
    // A clock that was set back does not keep old ones for ever.
    let is_fresh = now.duration_since(*at).abs() < within;
    is_fresh.then(|| (*at, known.clone()))
}

fn keep<T>(kept: &Kept<T>, at: Timestamp, found: T) {
    *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, found));
}

/// What is known. A clone is the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Health {
    mailboxes: Arc<Mutex<BTreeMap<MailboxName, Seen>>>,
    shares: Kept<AllShares>,
    plans: Kept<Plans>,
}

impl Health {
    fn all(&self) -> MutexGuard<'_, BTreeMap<MailboxName, Seen>> {
        self.mailboxes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The shares in time and up to when they are counted, if that was lately.
    pub(super) fn shares(&self, now: Timestamp) -> Option<(Timestamp, AllShares)> {
        fresh(&self.shares, now, COUNT_EVERY)
    }

    /// They were counted.
    pub(super) fn counted(&self, at: Timestamp, shares: &AllShares) {
        keep(&self.shares, at, Arc::clone(shares));
    }

    /// What comes by itself, if it was found out lately.
    pub(super) fn plans(&self, now: Timestamp) -> Option<Plans> {
        fresh(&self.plans, now, PLAN_EVERY).map(|(_, plans)| plans)
    }

    /// It was found out.
    pub(super) fn planned(&self, at: Timestamp, plans: &Plans) {
        keep(&self.plans, at, Arc::clone(plans));
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
        let (health, it) = (Health::default(), MailboxName::from("it"));
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
