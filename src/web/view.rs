//! What a person is shown on a page, and a program in `/status.json`: values in words, nothing of a requester's.

use serde::Serialize;

use super::{
    access::Sees,
    queue::{QueueRow, queue_row},
    reports::{ReportRow, report_row},
    status::{AgentLoad, MailboxStatus, Status, Zone},
    words::{ago, exact, minute, moment, span},
};
use crate::{
    model::language::Language,
    store::status::{Heap, QueueFigures},
};

/// The frame of every page.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The language: `ru`, `en`.
    pub lang: &'static str,
    /// The other one.
    pub other_lang: &'static str,
    /// The path of the page, without language; empty: whichever it is.
    pub path: String,
    /// When the house looked like that.
    pub at: String,
    /// The same for programs.
    pub at_exact: String,
    /// The zone of that time.
    pub zone: String,
    /// How long the process runs.
    pub uptime: String,
    /// The program's version.
    pub version: &'static str,
}

/// A mailbox.
#[derive(Debug, Clone, Serialize)]
pub struct MailboxRow {
    /// Its name in the configuration.
    pub name: String,
    /// Its address.
    pub address: String,
    /// `observe`, `acknowledge`, `full`.
    pub mode: &'static str,
    /// How long ago it was read.
    pub read: String,
    /// How long ago its newest mail reached the server.
    pub newest: String,
    /// How long that mail took to get here.
    pub lag: String,
    /// What is wrong, in the server's words or ours.
    pub trouble: String,
    /// Which kind of trouble that is: `unreachable`, `tls`, `silent`, `login`, `refused`, `unclear`, `settings`, `maildir`,
    /// `ours`;
    /// empty: none.
    pub trouble_kind: &'static str,
    /// Since when.
    pub trouble_since: String,
}

/// A heap.
#[derive(Debug, Clone, Serialize)]
pub struct HeapRow {
    /// How much.
    pub count: u64,
    /// How long the oldest has waited.
    pub oldest: String,
}

/// Tickets that are in none of the queues there are.
#[derive(Debug, Clone, Serialize)]
pub struct OtherRow {
    /// Open tickets.
    pub open: u64,
    /// Nobody's.
    pub unassigned: u64,
    /// Waiting.
    pub waiting: u64,
    /// In danger.
    pub at_risk: u64,
    /// Late.
    pub overdue: u64,
}

/// Mail and work that are nobody's queue.
#[derive(Debug, Clone, Serialize)]
pub struct HouseRow {
    /// Mail on its way.
    pub outbox: HeapRow,
    /// Of it, what ought to be out.
    pub stuck: HeapRow,
    /// Mail that the fuse holds.
    pub held: HeapRow,
    /// Mail that an order holds.
    pub stopped: HeapRow,
    /// Undecided work.
    pub work: HeapRow,
    /// Mail put apart.
    pub quarantine: u64,
    /// Promises being counted anew.
    pub recomputing: u64,
}

/// The first page.
#[derive(Debug, Clone, Serialize)]
pub struct Overview {
    /// The queues.
    pub queues: Vec<QueueRow>,
    /// What is in queues that the configuration has lost, if anything.
    pub other: Option<OtherRow>,
    /// The agents, where they may be named.
    pub agents: Option<Vec<AgentLoad>>,
    /// The mailboxes.
    pub mailboxes: Vec<MailboxRow>,
    /// Mail and work; not for whoever sees only some queues.
    pub house: Option<HouseRow>,
    /// `here`, `elsewhere`, `starting`, `nobody`.
    pub decider: &'static str,
    /// The files and letters that come next by themselves.
    pub reports: Vec<ReportRow>,
}

/// How often a page loads itself again.
pub const REFRESH_SECS: u32 = 30;

/// The frame of a page whose times are in that zone. Its clock has no seconds, so that a page that shows the same as before is
/// the same.
#[must_use]
pub fn frame(status: &Status, zone: &Zone, path: &str, language: Language) -> Frame {
    Frame {
        path: path.to_owned(),
        at: moment(status.at, status.at, zone, language),
        at_exact: exact(minute(status.at)),
        zone: zone.name.clone(),
        uptime: ago(Some(status.started_at), status.at, language),
        ..Frame::of_message(language)
    }
}

impl Frame {
    /// Of a page that says one thing: of the house nothing need be known, nor who asks for what.
    pub(super) fn of_message(language: Language) -> Self {
        let other = match language {
            Language::Ru => Language::En,
            Language::En => Language::Ru,
        };
        Self {
            lang: language.code(),
            other_lang: other.code(),
            path: String::new(),
            at: String::new(),
            at_exact: String::new(),
            zone: String::new(),
            uptime: String::new(),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// The first page.
#[must_use]
pub fn overview(status: &Status, language: Language, sees: &Sees) -> Overview {
    let queues = status.queues.iter().filter(|(name, _)| sees.queue(name));
    let mailboxes = status.mailboxes.iter().filter(|_| sees.house());
    let agents = status.agents.as_ref().filter(|_| sees.house());
    let agents = agents.map(|agents| {
        let all = agents.values();
        all.cloned().collect()
    });
    let reports = status.reports.iter().filter(|one| one.is_for(sees));
    let other = Some(&status.other).filter(|other| sees.house() && other.open > 0);
    Overview {
        queues: queues
            .map(|(name, queue)| {
                let is_whole = sees.tickets(name, queue.is_confidential);
                queue_row(status, (name, queue, is_whole), language)
            })
            .collect(),
        other: other.map(other_row),
        agents,
        mailboxes: mailboxes
            .map(|(name, mailbox)| mailbox_row(status, (name.as_str(), mailbox), language))
            .collect(),
        house: sees.house().then(|| house_row(status, language)),
        decider: status.decider.code(),
        reports: reports
            .map(|one| report_row(status, one, language))
            .collect(),
    }
}

const fn other_row(figures: &QueueFigures) -> OtherRow {
    OtherRow {
        open: figures.open,
        unassigned: figures.unassigned,
        waiting: figures.waiting,
        at_risk: figures.at_risk,
        overdue: figures.overdue,
    }
}

fn house_row(status: &Status, language: Language) -> HouseRow {
    let heap = |heap: Heap| HeapRow {
        count: heap.count,
        oldest: ago(heap.since, status.at, language),
    };
    HouseRow {
        outbox: heap(status.outbox),
        stuck: heap(status.stuck),
        held: heap(status.held),
        stopped: heap(status.stopped),
        work: heap(status.work),
        quarantine: status.quarantine.values().sum(),
        recomputing: status.recomputing,
    }
}

fn mailbox_row(
    status: &Status,
    (name, mailbox): (&str, &MailboxStatus),
    language: Language,
) -> MailboxRow {
    let trouble = mailbox.trouble.as_ref();
    let lag = mailbox.lag_millis.and_then(|lag| i64::try_from(lag).ok());
    MailboxRow {
        name: name.to_owned(),
        address: mailbox.address.clone(),
        mode: mailbox.mode.code(),
        read: ago(mailbox.read_at, status.at, language),
        newest: ago(mailbox.newest_at, status.at, language),
        lag: lag
            .map(|lag| span(jiff::SignedDuration::from_millis(lag), language))
            .unwrap_or_default(),
        trouble: trouble.map(|one| one.words.clone()).unwrap_or_default(),
        trouble_kind: trouble.map(|one| one.kind.code()).unwrap_or_default(),
        trouble_since: trouble
            .map(|one| moment(one.since, status.at, &status.zone, language))
            .unwrap_or_default(),
    }
}
