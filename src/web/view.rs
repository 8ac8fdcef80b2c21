//! What a person is shown on a page, and a program in `/status.json`: values in words, nothing of a requester's.

use std::collections::BTreeMap;

use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{
    access::Sees,
    status::{AgentLoad, Decider, MailboxStatus, QueueStatus, Status, Zone},
    words::{exact, moment, span},
};
use crate::{
    model::{
        ids::{AgentName, QueueName},
        language::Language,
    },
    store::status::{Heap, OpenTicket},
};

/// The frame of every page.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The language: `ru`, `en`.
    pub lang: &'static str,
    /// The other one.
    pub other_lang: &'static str,
    /// The path of the page, without language.
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

/// A queue, as the overview shows it.
#[derive(Debug, Clone, Serialize)]
pub struct QueueRow {
    /// Its name in the configuration.
    pub name: String,
    /// The same as it stands in addresses of pages.
    pub path: String,
    /// The name people see.
    pub title: String,
    /// Whether its agents work now.
    pub is_open: bool,
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
    /// The age of the oldest, in words; empty where there is none.
    pub oldest: String,
    /// Kept promises of a hundred, in thirty days.
    pub share: Option<u64>,
    /// Of how many.
    pub judged: u64,
}

/// A ticket in a queue's list.
#[derive(Debug, Clone, Serialize)]
pub struct TicketRow {
    /// Its number.
    pub number: i64,
    /// `new`, `open`, `pending`, `on_hold`.
    pub state: &'static str,
    /// How old it is.
    pub age: String,
    /// By when something is promised, in words; empty: nothing runs.
    pub due: String,
    /// The same for programs.
    pub due_exact: String,
    /// `overdue`, `at_risk`, or empty.
    pub danger: &'static str,
    /// Whose it is; empty where it is nobody's, or may not be shown.
    pub assignee: String,
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
    /// What is wrong.
    pub trouble: String,
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

/// The first page.
#[derive(Debug, Clone, Serialize)]
pub struct Overview {
    /// The queues.
    pub queues: Vec<QueueRow>,
    /// The agents, where they may be named.
    pub agents: Option<Vec<AgentLoad>>,
    /// The mailboxes.
    pub mailboxes: Vec<MailboxRow>,
    /// Mail on its way.
    pub outbox: HeapRow,
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
    /// `here`, `elsewhere`, `nobody`.
    pub decider: &'static str,
}

/// A queue's page.
#[derive(Debug, Clone, Serialize)]
pub struct QueuePage {
    /// Its figures.
    pub queue: QueueRow,
    /// Its zone.
    pub zone: String,
    /// Its open tickets.
    pub tickets: Vec<TicketRow>,
    /// How many more there are.
    pub more: u64,
    /// Whether agents' names are shown.
    pub shows_names: bool,
}

/// How often a page loads itself again.
pub const REFRESH_SECS: u32 = 30;

/// The frame of a page.
#[must_use]
pub fn frame(status: &Status, path: &str, language: Language) -> Frame {
    let other = match language {
        Language::Ru => Language::En,
        Language::En => Language::Ru,
    };
    Frame {
        lang: language.code(),
        other_lang: other.code(),
        path: path.to_owned(),
        at: moment(status.at, status.at, &status.zone, language),
        at_exact: exact(status.at),
        zone: status.zone.name.clone(),
        uptime: span(status.at.duration_since(status.started_at), language),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// The first page.
#[must_use]
pub fn overview(status: &Status, language: Language, sees: &Sees) -> Overview {
    let heap = |heap: Heap| HeapRow {
        count: heap.count,
        oldest: ago(heap.since, status.at, language),
    };
    let queues = status.queues.iter().filter(|(name, _)| sees.queue(name));
    let mailboxes = status.mailboxes.iter().filter(|_| sees.house());
    let agents = status.agents.as_ref().filter(|_| sees.house());
    let agents = agents.map(|agents| {
        let all = agents.values();
        all.cloned().collect()
    });
    Overview {
        queues: queues
            .map(|(name, queue)| queue_row(status.at, (name, queue), language))
            .collect(),
        agents,
        mailboxes: mailboxes
            .map(|(name, mailbox)| mailbox_row(status, (name.as_str(), mailbox), language))
            .collect(),
        outbox: heap(status.outbox),
        held: heap(status.held),
        stopped: heap(status.stopped),
        work: heap(status.work),
        quarantine: status.quarantine.values().sum(),
        recomputing: status.recomputing,
        decider: match status.decider {
            Decider::Here => "here",
            Decider::Elsewhere => "elsewhere",
            Decider::Nobody => "nobody",
        },
    }
}

/// A queue's page.
#[must_use]
pub fn queue_page(
    status: &Status,
    (name, queue): (&QueueName, &QueueStatus),
    language: Language,
) -> QueuePage {
    let shows_names = status.agents.is_some();
    let listed = &queue.figures.listed;
    let shown = u64::try_from(listed.len()).unwrap_or(0);
    let row = |ticket| ticket_row(status, (ticket, &queue.zone), language);
    QueuePage {
        queue: queue_row(status.at, (name, queue), language),
        zone: queue.zone.name.clone(),
        tickets: listed.iter().map(row).collect(),
        more: queue.figures.open.saturating_sub(shown),
        shows_names,
    }
}

fn queue_row(
    now: Timestamp,
    (name, queue): (&QueueName, &QueueStatus),
    language: Language,
) -> QueueRow {
    let figures = &queue.figures;
    QueueRow {
        name: name.to_string(),
        path: utf8_percent_encode(name.as_str(), NON_ALPHANUMERIC).to_string(),
        title: queue.title.clone(),
        is_open: queue.is_open,
        open: figures.open,
        unassigned: figures.unassigned,
        waiting: figures.waiting,
        at_risk: figures.at_risk,
        overdue: figures.overdue,
        oldest: ago(figures.oldest_at, now, language),
        share: queue.share.and_then(super::status::Share::percent),
        judged: queue.share.map_or(0, |share| share.judged),
    }
}

fn ticket_row(
    status: &Status,
    (ticket, zone): (&OpenTicket, &Zone),
    language: Language,
) -> TicketRow {
    let now = status.at;
    // A solution that is late stays so, whatever answer may be due besides.
    let due = ticket.late_at.or(ticket.due_at);
    let has_come = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
    let danger = match due {
        Some(due) if ticket.late_at.is_some() || due < now => "overdue",
        Some(_) if has_come(ticket.risk_at) => "at_risk",
        Some(_) | None => "",
    };
    // Who is not in the configuration any more is still named, by what it was called there.
    let named = |agents: &BTreeMap<AgentName, AgentLoad>| {
        let agent = ticket.assignee.as_ref()?;
        let known = agents.get(agent).map(|known| known.name.clone());
        known.or_else(|| Some(agent.to_string()))
    };
    TicketRow {
        number: ticket.number.0,
        state: ticket.state.code(),
        age: span(now.duration_since(ticket.opened_at), language),
        due: due
            .map(|at| moment(at, now, zone, language))
            .unwrap_or_default(),
        due_exact: due.map(exact).unwrap_or_default(),
        danger,
        assignee: status.agents.as_ref().and_then(named).unwrap_or_default(),
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
        trouble_since: trouble
            .map(|one| moment(one.since, status.at, &status.zone, language))
            .unwrap_or_default(),
    }
}

fn ago(at: Option<Timestamp>, now: Timestamp, language: Language) -> String {
    at.map(|at| span(now.duration_since(at), language))
        .unwrap_or_default()
}
