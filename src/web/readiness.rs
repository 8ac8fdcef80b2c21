//! Whether the house does its work: what a monitoring that asks `/readyz` is told, with every cause.

use jiff::SignedDuration;
use serde::Serialize;

use super::{
    pages::PageError,
    status::{DeciderPresence, Status},
};
use crate::store::status::Heap;

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
    /// `database`, `page`, `decider`, `mailbox`, `outbox` or `work`.
    pub check: &'static str,
    /// Which one, where there are several.
    pub name: String,
    /// In words.
    pub detail: String,
}

impl Readiness {
    /// Of a status that was taken `age` ago; `fault`: why the pages could not be rendered from it.
    #[must_use]
    pub fn of(status: Option<&Status>, age: SignedDuration, fault: Option<&PageError>) -> Self {
        let mut causes = Vec::new();
        if let Some(fault) = fault {
            let detail = format!("the pages are older than that: {fault}");
            causes.push(cause("page", "", &detail));
        }
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
    if status.decider == DeciderPresence::Nobody {
        causes.push(cause("decider", "", "no process holds the lease"));
    }
    for (name, mailbox) in &status.mailboxes {
        // What was read last before this process ran may have waited for its start; whoever was never read has had since then.
        let read = mailbox.read_at.map(|at| at.max(status.started_at));
        let (since, words) = match (&mailbox.trouble, read) {
            (Some(trouble), _) => (trouble.since, trouble.words.as_str()),
            (None, Some(at)) => (at, "it was not read since"),
            (None, None) => (status.started_at, "it was never read"),
        };
        if status.at.duration_since(since) > mailbox.patience() {
            let detail = format!("since {since}: {words}");
            causes.push(cause("mailbox", name.as_str(), &detail));
        }
    }
    // One recipient that cannot be reached is tried for days: the age of a mail says nothing of the house.
    if let Heap {
        count: 1..,
        since: Some(since),
    } = status.stuck
    {
        let detail = format!(
            "{} are due and not sent, the first since {since}",
            status.stuck.count
        );
        causes.push(cause("outbox", "", &detail));
    }
    let oldest = status.work.since;
    let late = oldest.filter(|since| status.at.duration_since(*since) > WORK_WITHIN);
    if let Some(since) = late {
        let detail = format!("{} wait, the oldest since {since}", status.work.count);
        causes.push(cause("work", "", &detail));
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
