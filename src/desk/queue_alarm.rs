//! Alarms of queues: more waits than is done, too little is done in time, more comes than can be done, nobody is here. A rule
//! over a handful of figures: what is raised, and what is over; between the two nothing changes, so that nobody is told twice.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{
    policy::{AgentPolicy, Mode, Policy, QueuePolicy},
    world::AlarmState,
};
use crate::model::{
    address::Address,
    alarm::{CAPACITY, EFFICIENCY, Figures, NOBODY, OF_QUEUES, OVERLOAD},
    duty::Absence,
    ids::{QueueName, TicketNumber},
};

/// Months as instants, this one first, then those before.
pub type Months = Vec<(Timestamp, Timestamp)>;

/// How a queue stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueFacts {
    /// So many tickets nobody has answered or taken. More than [`COUNTED_MAX`] nobody counts: there are more.
    pub unanswered: u64,
    /// The oldest of them.
    pub oldest: Vec<TicketNumber>,
    /// So many solutions were judged lately.
    pub judged: u64,
    /// So many of them were in time.
    pub met: u64,
    /// So many requests came in this month, and in those before.
    pub opened: Vec<u64>,
}

/// An alarm of a queue that is raised, or over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which.
    pub alarm: &'static str,
    /// The queue, or more: see [`CAPACITY`].
    pub object: String,
    /// What it is raised by; `None`: it is over.
    pub figures: Option<Figures>,
}

/// For how long work counts that was done in time, or not.
const LATELY: SignedDuration = SignedDuration::from_hours(30 * 24);

/// However often it comes and goes, nobody is written to of one object more often: what is seen sooner is raised later.
const TELL_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// Too little in time is over once so many of a hundred parts more are in time than are wanted: one solution more or less
/// is no news.
const RECOVERED_PERCENT: u64 = 5;

/// Of fewer solutions no share says anything.
const JUDGED_MIN: u64 = 10;

/// So many tickets are counted that nobody has answered: a look costs no more than that however many there are.
pub const COUNTED_MAX: u64 = 2000;

/// An overload is over once so many of a hundred parts of what is too much are left.
const RELIEVED_PERCENT: u64 = 60;

/// At so many of a hundred parts of what a queue can take it is told of.
const CAPACITY_PERCENT: [u64; 2] = [80, 100];

/// How many months before this one are told.
const MONTHS_BEFORE: i64 = 3;

/// Whether a queue has alarms: somebody decides for it, and okno does everything there.
fn has_alarms(queue: &QueuePolicy, policy: &Policy) -> bool {
    let mailbox = policy.mailboxes.get(&queue.mailbox);
    let is_full = mailbox.is_some_and(|mailbox| mailbox.mode == Mode::Full);
    queue.head.is_some() && is_full
}

/// Whether a queue is looked at now: it has alarms, and it is working time, when letters are read.
#[must_use]
pub fn is_looked_at(queue: &QueuePolicy, policy: &Policy, now: Timestamp) -> bool {
    has_alarms(queue, policy) && queue.calendar.next_open(now) == Some(now)
}

/// Whether an alarm that has been raised, by its name and object, is of a queue that has none any more: nobody looks
/// whether it is over.
#[must_use]
pub fn is_left_over((alarm, object): (&str, &str), policy: &Policy) -> bool {
    let queue = policy.queues.get(&queue_of(object));
    OF_QUEUES.contains(&alarm) && !queue.is_some_and(|queue| has_alarms(queue, policy))
}

/// Whether it is long enough ago that somebody was told of an object.
#[must_use]
pub fn may_be_told(told_at: Option<Timestamp>, now: Timestamp) -> bool {
    told_at.is_none_or(|told| now.duration_since(told) >= TELL_AGAIN_AFTER)
}

/// Whether what was seen changes how an alarm stands.
#[must_use]
pub fn is_news(seen: &Seen, state: AlarmState, now: Timestamp) -> bool {
    let stands = state.raised_at.is_some();
    match seen.figures {
        None => stands,
        Some(_) => !stands && may_be_told(state.told_at, now),
    }
}

/// Since when work counts, and which months do, by the queue's own wall.
#[must_use]
pub fn spans(queue: &QueuePolicy, now: Timestamp) -> (Timestamp, Months) {
    let since = now.saturating_sub(LATELY).unwrap_or(now);
    let zone = queue.calendar.zone();
    let first = now.to_zoned(zone.clone()).date().first_of_month();
    let begin = |month: i64| {
        let day = first.checked_sub(month.months()).ok()?;
        Some(day.to_zoned(zone.clone()).ok()?.timestamp())
    };
    let months = (0..=MONTHS_BEFORE).filter_map(|month| {
        let to = match month {
            0 => Some(
                now.saturating_add(SignedDuration::from_secs(1))
                    .unwrap_or(now),
            ),
            _ => begin(month.saturating_sub(1)),
        };
        begin(month).zip(to)
    });
    (since, months.collect())
}

/// How many of a queue's agents are on duty: all who have not said, or whose program has not, that they are away, and whom
/// nobody has taken out of its distribution. Hours of
/// an agent's own say when they are given what is new, not that the work of those who go home first is nobody's.
#[must_use]
pub fn on_duty(
    (queue, policy): (&QueuePolicy, &Policy),
    absences: &BTreeMap<Address, Absence>,
    now: Timestamp,
) -> u64 {
    let is_here = |agent: &&AgentPolicy| {
        let absence = absences.get(&agent.address);
        !absence.is_some_and(|absence| absence.covers(now))
    };
    let agents = queue.agents.iter();
    let agents = agents.filter(|name| !queue.distribution.out.contains(*name));
    let agents = agents.filter_map(|name| policy.agents.get(name));
    u64::try_from(agents.filter(is_here).count()).unwrap_or(0)
}

/// What is raised and what is over, of a queue that is looked at.
#[must_use]
pub fn look(
    (name, queue): (&QueueName, &QueuePolicy),
    (facts, here): (&QueueFacts, u64),
    now: Timestamp,
) -> Vec<Seen> {
    let own = |alarm| {
        move |figures| Seen {
            alarm,
            object: name.to_string(),
            figures,
        }
    };
    let overload = overload(queue, facts, here).map(own(OVERLOAD));
    let nobody = nobody(queue, here).map(own(NOBODY));
    let efficiency = efficiency(queue, facts).map(own(EFFICIENCY));
    let at_once = overload.into_iter().chain(nobody).chain(efficiency);
    at_once.chain(capacity((name, queue), facts, now)).collect()
}

/// More waits unanswered than the agents who are here can do; over once it is much less. `None`: neither.
fn overload(queue: &QueuePolicy, facts: &QueueFacts, here: u64) -> Option<Option<Figures>> {
    let alarms = &queue.alarms;
    if alarms.overload == 0 {
        return Some(None);
    }
    let by_agents = u64::from(alarms.overload_per_agent).saturating_mul(here);
    // What is counted to the end is too much by any limit.
    let limit = by_agents.max(u64::from(alarms.overload));
    let limit = limit.min(COUNTED_MAX.saturating_sub(1));
    let count = facts.unanswered;
    if count > limit {
        return Some(Some(Figures {
            count,
            limit,
            of: here,
            tickets: facts.oldest.clone(),
            ..Figures::default()
        }));
    }
    let is_over = count.saturating_mul(100) <= limit.saturating_mul(RELIEVED_PERCENT);
    is_over.then_some(None)
}

fn nobody(queue: &QueuePolicy, here: u64) -> Option<Option<Figures>> {
    let is_empty = here == 0 && queue.alarms.nobody_on_duty;
    Some(is_empty.then(Figures::default))
}

/// Too little is done in time; over once clearly enough is. Of a handful of solutions nothing follows.
fn efficiency(queue: &QueuePolicy, facts: &QueueFacts) -> Option<Option<Figures>> {
    let limit = u64::from(queue.alarms.on_time_percent);
    if limit == 0 {
        return Some(None);
    }
    if facts.judged < JUDGED_MIN {
        return None;
    }
    let count = facts.met.saturating_mul(100).checked_div(facts.judged)?;
    let met = facts.met.saturating_mul(100);
    if met < facts.judged.saturating_mul(limit) {
        return Some(Some(Figures {
            count,
            limit,
            of: facts.judged,
            ..Figures::default()
        }));
    }
    let enough = limit.saturating_add(RECOVERED_PERCENT).min(100);
    (met >= facts.judged.saturating_mul(enough)).then_some(None)
}

/// The part of what a queue can take in a month that this month has reached: the highest only. A month's alarms end with it.
fn capacity(
    (name, queue): (&QueueName, &QueuePolicy),
    facts: &QueueFacts,
    now: Timestamp,
) -> Option<Seen> {
    let limit = u64::from(queue.alarms.capacity);
    let (count, before) = facts.opened.split_first()?;
    let is_reached =
        |percent: &u64| limit > 0 && count.saturating_mul(100) >= limit.saturating_mul(*percent);
    let percent = CAPACITY_PERCENT.into_iter().rev().find(is_reached)?;
    let figures = Figures {
        count: *count,
        limit,
        of: percent,
        before: before.iter().rev().copied().collect(),
        ..Figures::default()
    };
    Some(Seen {
        alarm: CAPACITY,
        object: format!("{}{percent}", month_of(name, queue, now)),
        figures: Some(figures),
    })
}

/// How the objects of a month's capacity alarms begin.
#[must_use]
pub fn month_of(name: &QueueName, queue: &QueuePolicy, now: Timestamp) -> String {
    let now = now.to_zoned(queue.calendar.zone().clone());
    format!("{name}/{}/", now.strftime("%Y-%m"))
}

/// The queue that an alarm's object is of.
#[must_use]
pub fn queue_of(object: &str) -> QueueName {
    let name = object.split_once('/').map_or(object, |(name, _)| name);
    QueueName::from(name)
}

#[cfg(test)]
mod tests;
