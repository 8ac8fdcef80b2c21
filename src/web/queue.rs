//! What a person is shown of a queue: its line on the first page, and its own page.

use std::collections::BTreeMap;

use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{
    chart::{Week, is_below, picture, told_weeks},
    status::{AgentLoad, QueueStatus, Status, Zone},
    words::{ago, exact, moment},
};
use crate::{
    model::{
        ids::{AgentName, QueueName},
        language::Language,
    },
    store::status::OpenTicket,
};

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
    /// The age of the oldest, in words; empty where there is none, or it is not shown.
    pub oldest: String,
    /// Kept promises of a hundred, in thirty days; 0 where none was judged.
    pub share: u64,
    /// Of how many.
    pub judged: u64,
    /// So many of a hundred are to be kept; 0: nobody has said.
    pub target: u32,
    /// Whether fewer were kept than are to be.
    pub is_below: bool,
    /// The last weeks, the oldest first; none where nothing was judged in any of them.
    pub weeks: Vec<Week>,
    /// Where the target's line is among their small bars.
    pub target_y: u32,
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
    /// By when the requester has been told since that it will be solved, in words; empty: nobody has moved the day.
    pub promised: String,
    /// `overdue`, `at_risk`, or empty.
    pub danger: &'static str,
    /// Whose it is; empty where it is nobody's, or may not be shown.
    pub assignee: String,
}

/// A queue's page.
#[derive(Debug, Clone, Serialize)]
pub struct QueuePage {
    /// Its figures.
    pub queue: QueueRow,
    /// The chart of its weeks, as SVG; empty where there is nothing to show.
    pub chart: String,
    /// Its zone.
    pub zone: String,
    /// Whether its single tickets are shown; if not, they are only counted.
    pub lists: bool,
    /// Its open tickets.
    pub tickets: Vec<TicketRow>,
    /// How many more there are.
    pub more: u64,
    /// Whether agents' names are shown.
    pub shows_names: bool,
}

/// A queue's page, with its single tickets or without.
#[must_use]
pub fn queue_page(
    status: &Status,
    (name, queue, lists): (&QueueName, &QueueStatus, bool),
    language: Language,
) -> QueuePage {
    let shows_names = status.agents.is_some();
    let listed: &[OpenTicket] = match lists {
        true => &queue.figures.listed,
        false => &[],
    };
    let shown = u64::try_from(listed.len()).unwrap_or(0);
    let row = |ticket| ticket_row(status, (ticket, &queue.zone), language);
    QueuePage {
        queue: queue_row(status, (name, queue, lists), language),
        chart: picture(queue, status.shares_at, language),
        zone: queue.zone.name.clone(),
        lists,
        tickets: listed.iter().map(row).collect(),
        more: match lists {
            true => queue.figures.open.saturating_sub(shown),
            false => 0,
        },
        shows_names,
    }
}

/// A queue's name as it stands in addresses of pages.
pub(super) fn path_of(name: &QueueName) -> String {
    utf8_percent_encode(name.as_str(), NON_ALPHANUMERIC).to_string()
}

pub(super) fn queue_row(
    status: &Status,
    (name, queue, is_whole): (&QueueName, &QueueStatus, bool),
    language: Language,
) -> QueueRow {
    let (figures, month) = (&queue.figures, queue.shares.month);
    QueueRow {
        name: name.to_string(),
        path: path_of(name),
        title: queue.title.clone(),
        is_open: queue.is_open,
        open: figures.open,
        unassigned: figures.unassigned,
        waiting: figures.waiting,
        at_risk: figures.at_risk,
        overdue: figures.overdue,
        oldest: ago(figures.oldest_at.filter(|_| is_whole), status.at, language),
        share: month.percent().unwrap_or(0),
        judged: month.judged,
        target: queue.target_percent.unwrap_or(0),
        is_below: is_below(month, queue.target_percent),
        weeks: told_weeks(queue, status.shares_at, language),
        target_y: 100_u32.saturating_sub(queue.target_percent.unwrap_or(0)),
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
        age: ago(Some(ticket.opened_at), now, language),
        due: due
            .map(|at| moment(at, now, zone, language))
            .unwrap_or_default(),
        due_exact: due.map(exact).unwrap_or_default(),
        promised: ticket
            .promised_at
            .map(|at| moment(at, now, zone, language))
            .unwrap_or_default(),
        danger,
        assignee: status.agents.as_ref().and_then(named).unwrap_or_default(),
    }
}
