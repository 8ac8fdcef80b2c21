//! Quarantined work among the facts.

use jiff::Timestamp;

use super::World;
use crate::model::ids::{MailboxName, RawId, WorkId};

/// A piece of work in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Where the mail came in, if it is one.
    pub mailbox: Option<MailboxName>,
    /// The raw mail.
    pub raw: Option<RawId>,
    /// Somebody who is half erased: it must be done to its end.
    pub is_begun_erasure: bool,
}

/// A quarantined piece of work as a letter lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub work: WorkId,
    /// Where the mail came in, if it is one.
    pub mailbox: Option<MailboxName>,
    /// When it arrived, if it is a mail.
    pub at: Option<Timestamp>,
    /// Why it is there.
    pub problem: String,
    /// Who wrote it, where it could be read.
    pub author: String,
    /// Its subject, where it could be read.
    pub subject: String,
}

/// How much of the quarantine is known to a decision.
pub const QUARANTINE_MAX: usize = 200;

impl World {
    /// A piece of work, if it is quarantined.
    #[must_use]
    pub fn quarantined(&self, work: WorkId) -> Option<&Quarantined> {
        debug_assert!(
            self.asked.quarantined.contains(&work),
            "work {work} was not wanted"
        );
        self.quarantined.get(&work)
    }

    /// What is quarantined, the oldest first, at most [`QUARANTINE_MAX`].
    #[must_use]
    pub fn quarantine(&self) -> &[Listed] {
        debug_assert!(self.asked.quarantine, "the quarantine was not wanted");
        &self.quarantine
    }

    /// Says that a piece of work is quarantined.
    pub fn set_quarantined(&mut self, work: WorkId, quarantined: Quarantined) {
        self.quarantined.insert(work, quarantined);
    }

    /// Adds quarantined work to the list.
    pub fn list_quarantined(&mut self, listed: Listed, quarantined: Quarantined) {
        self.asked.quarantined.insert(listed.work);
        self.set_quarantined(listed.work, quarantined);
        self.quarantine.push(listed);
    }
}
