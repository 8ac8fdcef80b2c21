//! How a queue stands on the morning of its letter: what is late, what is due before the week is over, what has been open
//! for long, and who has how much in hand.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    desk::{
        kpi::{Count, Sheet, Tally},
        sla::late_since,
    },
    model::{
        clock::ClockKind,
        ids::{AgentName, QueueName, TicketNumber},
        ticket::{State, Ticket},
    },
};

/// So many tickets stand under one heading; the rest is counted.
const LISTED_MAX: usize = 10;

/// What has been open for more days than these has been open for long (T16).
pub const LONG_DAYS: u32 = 5;

/// Tickets under one heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub numbers: Vec<TicketNumber>,
}

/// How a queue stands. A ticket stands under the first heading that fits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// How many are open.
    pub open: u64,
    /// Of these, so many are nobody's.
    pub free: u64,
    /// Of these, so many wait for an answer of the requester or of somebody else.
    pub waits: u64,
    /// Those whose time has passed, the longest ago first.
    pub overdue: Listed,
    /// Those due before the week is over, the first first.
    pub due: Listed,
    /// Those open for long, the longest first.
    pub long: Listed,
    /// How many each agent has in hand, and how many of these are late.
    pub hands: BTreeMap<AgentName, (u64, u64)>,
}

impl Standing {
    /// How a queue stood at the end of a week that others have followed: what was counted of it, and no list, since much of it
    /// stands otherwise by now.
    #[must_use]
    pub fn at_end(queue: &QueueName, sheet: &Sheet) -> Self {
        let many = |tally: &Tally, count| u64::try_from(tally.count(count)).unwrap_or(0);
        let all = sheet.together([queue]);
        let hands = sheet.agents_of(queue).map(|(agent, tally)| {
            let hand = (
                many(tally, Count::OpenAtEnd),
                many(tally, Count::OverdueAtEnd),
            );
            (agent.clone(), hand)
        });
        let hands: BTreeMap<AgentName, (u64, u64)> = hands.collect();
        let open = many(&all, Count::OpenAtEnd);
        let held = hands.values().map(|(open, _)| *open);
        Self {
            open,
            free: open.saturating_sub(held.fold(0, u64::saturating_add)),
            overdue: Listed {
                count: many(&all, Count::OverdueAtEnd),
                numbers: Vec::new(),
            },
            hands,
            ..Self::default()
        }
    }
}

/// How these tickets of a queue stand; `ends` is the end of the week.
#[must_use]
pub fn standing(tickets: &[Ticket], (now, ends): (Timestamp, Timestamp)) -> Standing {
    let is_counted = |ticket: &&Ticket| {
        let counts = ticket.merged_into.is_none() && ticket.excluded.is_none();
        ticket.state.is_live() && counts
    };
    let long_ago = SignedDuration::from_hours(24).saturating_mul(LONG_DAYS.cast_signed());
    let mut stands = Standing::default();
    let (mut overdue, mut due, mut long) = (Vec::new(), Vec::new(), Vec::new());
    for ticket in tickets.iter().filter(is_counted) {
        stands.open = stands.open.saturating_add(1);
        if ticket.assignee.is_none() {
            stands.free = stands.free.saturating_add(1);
        }
        if matches!(ticket.state, State::Pending | State::OnHold) {
            stands.waits = stands.waits.saturating_add(1);
        }
        let promised = ticket.clock(ClockKind::Resolution);
        let promised = promised.filter(|clock| clock.left_secs.is_none());
        let promised = promised.map(|clock| clock.due_at);
        let late = late_since(ticket).or_else(|| promised.filter(|at| *at < now));
        if let Some(late) = late {
            overdue.push((late, ticket.number));
        } else if let Some(at) = promised.filter(|at| *at < ends) {
            due.push((at, ticket.number));
        } else if now.duration_since(ticket.opened_at) > long_ago {
            long.push((ticket.opened_at, ticket.number));
        }
        if let Some(agent) = &ticket.assignee {
            let hand = stands.hands.entry(agent.clone()).or_default();
            hand.0 = hand.0.saturating_add(1);
            hand.1 = hand.1.saturating_add(u64::from(late.is_some()));
        }
    }
    Standing {
        overdue: listed(overdue),
        due: listed(due),
        long: listed(long),
        ..stands
    }
}

fn listed(mut found: Vec<(Timestamp, TicketNumber)>) -> Listed {
    found.sort_unstable();
    let count = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let numbers = found.into_iter().take(LISTED_MAX);
    Listed {
        count,
        numbers: numbers.map(|(_, number)| number).collect(),
    }
}
