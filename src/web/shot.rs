//! A shot: everything that is served, rendered once from one status.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    access::Sees,
    chart::weeks,
    pages::{Look, PageError, Pages},
    status::Status,
    words::exact,
};
use crate::{model::ids::QueueName, store::status::Heap};

/// Something that is served as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Its bytes.
    pub body: String,
    /// What it is known by, so that it is not sent twice (RFC 9110, 8.8.3).
    pub etag: String,
}

impl Served {
    /// With the tag of its bytes.
    #[must_use]
    pub fn new(body: String) -> Self {
        let digest = Sha256::digest(body.as_bytes());
        let short = digest.get(..12).unwrap_or_default();
        Self {
            etag: format!("\"{}\"", HEXLOWER.encode(short)),
            body,
        }
    }
}

/// What is served until the next one.
#[derive(Debug, Clone)]
pub struct Shot {
    /// What it was taken of.
    pub status: Status,
    overviews: BTreeMap<Look, Served>,
    queues: BTreeMap<(QueueName, Look), Served>,
    json: Served,
}

impl Shot {
    /// Renders everything.
    ///
    /// # Errors
    /// Why a template cannot be filled.
    pub fn take(status: Status, pages: &Pages) -> Result<Self, PageError> {
        let (mut overviews, mut queues) = (BTreeMap::new(), BTreeMap::new());
        for look in Look::ALL {
            overviews.insert(
                look,
                Served::new(pages.overview(&status, look, &Sees::All)?),
            );
            for name in status.queues.keys() {
                if let Some(page) = pages.queue(&status, name, look)? {
                    queues.insert((name.clone(), look), Served::new(page));
                }
            }
        }
        let json = Json::of(&status, &Sees::All);
        Ok(Self {
            json: Served::new(json.written()),
            status,
            overviews,
            queues,
        })
    }

    /// The first page of somebody who may see everything.
    #[must_use]
    pub fn overview(&self, look: Look) -> Option<&Served> {
        self.overviews.get(&look)
    }

    /// The page of a queue.
    #[must_use]
    pub fn queue(&self, name: &QueueName, look: Look) -> Option<&Served> {
        self.queues.get(&(name.clone(), look))
    }

    /// `/status.json` of somebody who may see everything.
    #[must_use]
    pub const fn json(&self) -> &Served {
        &self.json
    }
}

/// `/status.json`. Keys never change their meaning; new ones may come. Instants are RFC 3339 in UTC, ages and lags are
/// derived from them; what is not known is null.
#[derive(Debug, Clone, Serialize)]
pub struct Json<'s> {
    /// The version of this shape.
    schema: u32,
    at: String,
    started_at: String,
    version: &'static str,
    queues: BTreeMap<&'s str, JsonQueue<'s>>,
    mailboxes: BTreeMap<&'s str, JsonMailbox<'s>>,
    outbox: JsonHeap,
    held: JsonHeap,
    stopped: JsonHeap,
    work: JsonHeap,
    quarantine: u64,
    recomputing: u64,
}

#[derive(Debug, Clone, Serialize)]
struct JsonQueue<'s> {
    title: &'s str,
    is_open: bool,
    open: u64,
    unassigned: u64,
    waiting: u64,
    at_risk: u64,
    overdue: u64,
    oldest_at: Option<String>,
    met_30_days: u64,
    judged_30_days: u64,
    target_percent: Option<u32>,
    weeks: Vec<JsonWeek>,
}

/// Seven days, from that instant on.
#[derive(Debug, Clone, Serialize)]
struct JsonWeek {
    from: String,
    met: u64,
    judged: u64,
}

#[derive(Debug, Clone, Serialize)]
struct JsonMailbox<'s> {
    mode: &'static str,
    read_at: Option<String>,
    newest_at: Option<String>,
    lag_millis: Option<u64>,
    trouble: Option<&'s str>,
    trouble_since: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct JsonHeap {
    count: u64,
    oldest_at: Option<String>,
}

impl<'s> Json<'s> {
    /// Of a status, with what may be seen.
    #[must_use]
    pub fn of(status: &'s Status, sees: &Sees) -> Self {
        let seen = status.queues.iter().filter(|(name, _)| sees.queue(name));
        let mailboxes = status.mailboxes.iter().filter(|_| sees.house());
        Self {
            schema: 1,
            at: exact(status.at),
            started_at: exact(status.started_at),
            version: env!("CARGO_PKG_VERSION"),
            queues: seen
                .map(|(name, queue)| (name.as_str(), queue_in(queue, status.at)))
                .collect(),
            mailboxes: mailboxes
                .map(|(name, mailbox)| (name.as_str(), mailbox_in(mailbox)))
                .collect(),
            outbox: heap_in(status.outbox),
            held: heap_in(status.held),
            stopped: heap_in(status.stopped),
            work: heap_in(status.work),
            quarantine: status.quarantine.values().sum(),
            recomputing: status.recomputing,
        }
    }

    /// As it is sent.
    #[must_use]
    pub fn written(&self) -> String {
        let mut written = serde_json::to_string_pretty(self).unwrap_or_else(|_| "{}".to_owned());
        written.push('\n');
        written
    }
}

fn queue_in(queue: &super::status::QueueStatus, now: Timestamp) -> JsonQueue<'_> {
    let figures = &queue.figures;
    let weeks = weeks(&queue.shares, now).map(|(from, share)| JsonWeek {
        from: exact(from),
        met: share.met,
        judged: share.judged,
    });
    JsonQueue {
        title: &queue.title,
        is_open: queue.is_open,
        open: figures.open,
        unassigned: figures.unassigned,
        waiting: figures.waiting,
        at_risk: figures.at_risk,
        overdue: figures.overdue,
        oldest_at: instant(figures.oldest_at),
        met_30_days: queue.shares.month.met,
        judged_30_days: queue.shares.month.judged,
        target_percent: queue.target_percent,
        weeks: weeks.collect(),
    }
}

fn mailbox_in(mailbox: &super::status::MailboxStatus) -> JsonMailbox<'_> {
    let trouble = mailbox.trouble.as_ref();
    JsonMailbox {
        mode: mailbox.mode.code(),
        read_at: instant(mailbox.read_at),
        newest_at: instant(mailbox.newest_at),
        lag_millis: mailbox.lag_millis,
        trouble: trouble.map(|one| one.words.as_str()),
        trouble_since: instant(trouble.map(|one| one.since)),
    }
}

fn heap_in(heap: Heap) -> JsonHeap {
    JsonHeap {
        count: heap.count,
        oldest_at: instant(heap.since),
    }
}

fn instant(at: Option<Timestamp>) -> Option<String> {
    at.map(exact)
}
