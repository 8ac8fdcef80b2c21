//! Mails that could not be fetched: remembered, so that one of them neither stops the mailbox nor is given up before
//! its time.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

/// How often a mail that is listed and not handed out is asked for again.
pub(super) const ASK_MAX: u32 = 3;

/// What is known of one mail.
#[derive(Debug)]
struct Trouble {
    since: Timestamp,
    times: u32,
}

/// Folder and the mail's key in it.
type Key = (String, String);

/// The mails of one mailbox that could not be fetched. They are forgotten with the process.
#[derive(Debug, Default)]
pub(in crate::house) struct Troubles(Mutex<BTreeMap<Key, Trouble>>);

impl Troubles {
    /// One more failure with this mail, the first of them at `now`.
    pub(super) fn note(&self, folder: &str, key: String, now: Timestamp) {
        let mut all = self.all();
        let trouble = all.entry((folder.to_owned(), key)).or_insert(Trouble {
            since: now,
            times: 0,
        });
        trouble.times = trouble.times.saturating_add(1);
    }

    /// Whether anything went wrong with this mail before.
    pub(super) fn is_known(&self, folder: &str, key: String) -> bool {
        self.all().contains_key(&(folder.to_owned(), key))
    }

    /// Whether it failed again and again, and for so long that no passing trouble of the server's explains it.
    pub(super) fn is_hopeless(
        &self,
        folder: &str,
        key: String,
        (now, patience): (Timestamp, SignedDuration),
    ) -> bool {
        self.all()
            .get(&(folder.to_owned(), key))
            .is_some_and(|trouble| {
                trouble.times > ASK_MAX && now.duration_since(trouble.since) >= patience
            })
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<Key, Trouble>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
