//! `/status.json`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::{
    access::Sees,
    chart::weeks,
    reports::{JsonReport, report_in},
    status::{AgentLoad, MailboxStatus, QueueStatus, Status},
    words::exact,
};
use crate::store::status::{Heap, QueueFigures};

/// `/status.json`, as docs/status.md promises it: keys never change their meaning; new ones may come. Instants are RFC 3339 in
/// UTC, ages are derived from them; what is not known, or not open to whoever asks, is null.
#[derive(Debug, Clone, Serialize)]
pub struct Json<'s> {
    /// The version of this shape.
    schema: u32,
    at: String,
    started_at: String,
    shares_at: String,
    version: &'static str,
    queues: BTreeMap<&'s str, JsonQueue<'s>>,
    agents: Option<BTreeMap<&'s str, &'s AgentLoad>>,
    /// Of queues that the configuration has lost.
    other: Option<JsonCounts>,
    mailboxes: Option<BTreeMap<&'s str, JsonMailbox<'s>>>,
    outbox: Option<JsonHeap>,
    stuck: Option<JsonHeap>,
    held: Option<JsonHeap>,
    stopped: Option<JsonHeap>,
    work: Option<JsonHeap>,
    quarantine: Option<u64>,
    recomputing: Option<u64>,
    decider: &'static str,
    reports: Vec<JsonReport<'s>>,
}

#[derive(Debug, Clone, Serialize)]
struct JsonCounts {
    open: u64,
    unassigned: u64,
    waiting: u64,
    at_risk: u64,
    overdue: u64,
}

#[derive(Debug, Clone, Serialize)]
struct JsonQueue<'s> {
    title: &'s str,
    is_open: bool,
    #[serde(flatten)]
    counts: JsonCounts,
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
    trouble_kind: Option<&'static str>,
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
        // Of a house of which only some queues are open to somebody, the rest is nothing to them.
        let house = sees.house().then_some(status);
        let reports = status.reports.iter().filter(|one| one.is_for(sees));
        let agents = house.and_then(|status| status.agents.as_ref());
        let agents = agents.map(BTreeMap::iter);
        Self {
            schema: 1,
            at: exact(status.at),
            started_at: exact(status.started_at),
            shares_at: exact(status.shares_at),
            version: env!("CARGO_PKG_VERSION"),
            queues: seen
                .map(|(name, queue)| {
                    let is_whole = sees.tickets(name, queue.is_confidential);
                    (name.as_str(), queue_in((queue, is_whole), status.shares_at))
                })
                .collect(),
            agents: agents.map(|all| all.map(|(name, load)| (name.as_str(), load)).collect()),
            other: house.map(|status| counts_in(&status.other)),
            mailboxes: house.map(mailboxes_in),
            outbox: house.map(|status| heap_in(status.outbox)),
            stuck: house.map(|status| heap_in(status.stuck)),
            held: house.map(|status| heap_in(status.held)),
            stopped: house.map(|status| heap_in(status.stopped)),
            work: house.map(|status| heap_in(status.work)),
            quarantine: house.map(|status| status.quarantine.values().sum()),
            recomputing: house.map(|status| status.recomputing),
            decider: status.decider.code(),
            reports: reports.map(report_in).collect(),
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

fn queue_in((queue, is_whole): (&QueueStatus, bool), shares_at: Timestamp) -> JsonQueue<'_> {
    let figures = &queue.figures;
    let weeks = weeks(&queue.shares, shares_at).map(|(from, share)| JsonWeek {
        from: exact(from),
        met: share.met,
        judged: share.judged,
    });
    JsonQueue {
        title: &queue.title,
        is_open: queue.is_open,
        counts: counts_in(figures),
        oldest_at: instant(figures.oldest_at.filter(|_| is_whole)),
        met_30_days: queue.shares.month.met,
        judged_30_days: queue.shares.month.judged,
        target_percent: queue.target_percent,
        weeks: weeks.collect(),
    }
}

fn counts_in(figures: &QueueFigures) -> JsonCounts {
    JsonCounts {
        open: figures.open,
        unassigned: figures.unassigned,
        waiting: figures.waiting,
        at_risk: figures.at_risk,
        overdue: figures.overdue,
    }
}

fn mailboxes_in(status: &Status) -> BTreeMap<&str, JsonMailbox<'_>> {
    let mailboxes = status.mailboxes.iter();
    mailboxes
        .map(|(name, mailbox)| (name.as_str(), mailbox_in(mailbox)))
        .collect()
}

fn mailbox_in(mailbox: &MailboxStatus) -> JsonMailbox<'_> {
    let trouble = mailbox.trouble.as_ref();
    JsonMailbox {
        mode: mailbox.mode.code(),
        read_at: instant(mailbox.read_at),
        newest_at: instant(mailbox.newest_at),
        lag_millis: mailbox.lag_millis,
        trouble: trouble.map(|one| one.words.as_str()),
        trouble_kind: trouble.map(|one| one.kind.code()),
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
