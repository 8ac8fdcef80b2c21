//! Whether the house does its work: what a monitoring that asks `/readyz` is told, with every cause.

use jiff::SignedDuration;
use serde::Serialize;

use super::status::{Decider, Status};

/// A mailbox that was not read for so long is out of its limits.
const MAILBOX_WITHIN: SignedDuration = SignedDuration::from_mins(15);

/// Or that has missed so many looks.
const POLLS_MISSED: u32 = 3;

/// Mail that is not out after so long is stuck.
const OUTBOX_WITHIN: SignedDuration = SignedDuration::from_mins(30);

/// Work that is not decided after so long is stuck.
const WORK_WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// A status as old as that says that the database does not answer.
pub const STATUS_WITHIN: SignedDuration = SignedDuration::from_mins(2);

/// The answer of `/readyz`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Whether nothing is wrong.
    pub ready: bool,
    /// What is.
    pub causes: Vec<Cause>,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// `database`, `decider`, `mailbox`, `outbox` or `work`.
    pub check: &'static str,
    /// Which one, where there are several.
    pub name: String,
    /// In words.
    pub detail: String,
}

impl Readiness {
    /// Of a status that was taken `age` ago.
    #[must_use]
    pub fn of(status: Option<&Status>, age: SignedDuration) -> Self {
        let mut causes = Vec::new();
        match status {
            None => causes.push(cause("database", "", "nothing was read from it yet")),
            Some(_) if age > STATUS_WITHIN => {
                let detail = format!("it has not answered for {} s", age.as_secs());
                causes.push(cause("database", "", &detail));
            }
            Some(status) => causes.extend(in_status(status)),
        }
        Self {
            ready: causes.is_empty(),
            causes,
        }
    }
}

fn in_status(status: &Status) -> Vec<Cause> {
    let mut causes = Vec::new();
    if status.decider == Decider::Nobody {
        causes.push(cause("decider", "", "no process holds the lease"));
    }
    for (name, mailbox) in &status.mailboxes {
        // Another process may read it; then only its trouble would be known there.
        let silent = match (&mailbox.trouble, mailbox.read_at) {
            (Some(trouble), _) => Some((trouble.since, trouble.words.as_str())),
            (None, Some(at)) => Some((at, "it was not read since")),
            (None, None) => None,
        };
        // Whoever is looked at once an hour is silent for an hour.
        let patience = SignedDuration::try_from(mailbox.poll.saturating_mul(POLLS_MISSED));
        let within = patience.unwrap_or(SignedDuration::MAX).max(MAILBOX_WITHIN);
        let late = silent.filter(|(since, _)| status.at.duration_since(*since) > within);
        if let Some((since, words)) = late {
            let detail = format!("since {since}: {words}");
            causes.push(cause("mailbox", name.as_str(), &detail));
        }
    }
    for (check, heap, within) in [
        ("outbox", status.outbox, OUTBOX_WITHIN),
        ("work", status.work, WORK_WITHIN),
    ] {
        let late = heap
            .since
            .filter(|since| status.at.duration_since(*since) > within);
        if let Some(since) = late {
            let detail = format!("{} wait, the oldest since {since}", heap.count);
            causes.push(cause(check, "", &detail));
        }
    }
    // What the administrator has told to wait is as it should be.
    if status.held.count > 0 {
        let detail = format!("the fuse holds {}: `okno outbox`", status.held.count);
        causes.push(cause("outbox", "held", &detail));
    }
    causes
}

fn cause(check: &'static str, name: &str, detail: &str) -> Cause {
    Cause {
        check,
        name: name.to_owned(),
        detail: detail.to_owned(),
    }
}
