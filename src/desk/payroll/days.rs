//! The days of a payroll list: which months are over, when a file is promised, what comes next.

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::{Calendar, Lists, MonthState, PayrollPolicy, Payrolls, Period, is_had};
use crate::{
    desk::policy::PayDay,
    model::ids::{PayrollName, QueueName},
};

/// When the file is promised: the beginning of work on that day.
#[must_use]
pub fn promised(day: PayDay, calendar: &Calendar, period: &Period) -> Option<Timestamp> {
    match day {
        PayDay::Working(n) => {
            // West of the payroll's zone its month is over a little before the calendar's own.
            let own = Period::named(&period.name, calendar.zone())?;
            let mut at = calendar.next_open(period.to.max(own.to))?;
            for _ in 1..n {
                at = next_day(calendar, at)?;
            }
            Some(at)
        }
        PayDay::Date(day) => {
            let zone = calendar.zone();
            let own = Period::named(&period.name, zone)?;
            let month = zone.to_datetime(own.to).date().first_of_month();
            let day = i8::try_from(day).ok()?.min(month.days_in_month());
            let date = Date::new(month.year(), month.month(), day).ok()?;
            calendar.next_open(midnight(date, zone)?)
        }
    }
}

impl MonthState {
    /// From when to when the month of that name is: as it was drafted, whatever zone is in force by now; else in this one.
    /// `None`: it is no name of a period.
    #[must_use]
    pub fn period(&self, name: &str, zone: &TimeZone) -> Option<Period> {
        match &self.drafted {
            Some(drafted) => Some(Period {
                name: name.to_owned(),
                from: drafted.draft.from,
                to: drafted.draft.to,
            }),
            None => Period::named(name, zone),
        }
    }
}

fn midnight(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    let at = date.to_datetime(Time::midnight()).to_zoned(zone.clone());
    Some(at.ok()?.timestamp())
}

fn next_day(calendar: &Calendar, at: Timestamp) -> Option<Timestamp> {
    let date = calendar.zone().to_datetime(at).date().tomorrow().ok()?;
    calendar.next_open(midnight(date, calendar.zone())?)
}

/// The beginning of the last working day before that instant: until then a draft may wait for what is not settled.
#[must_use]
pub fn eve(calendar: &Calendar, promised: Timestamp) -> Option<Timestamp> {
    let date = calendar.zone().to_datetime(promised).date();
    let mut days = (1..=EVE_DAYS_MAX).filter_map(|back| date.checked_sub(back.days()).ok());
    let begins = |date| calendar.next_open(midnight(date, calendar.zone())?);
    days.find_map(|date| begins(date).filter(|at| *at < promised))
}

/// No two working days lie further apart.
const EVE_DAYS_MAX: i64 = 31;

/// The months of a list that are over, the oldest first, each with the queues whose people are paid for it by this list, and
/// with its bounds. A month that has none of them is closed otherwise, and so is one whose quarter people were paid by.
#[must_use]
pub fn months_of(
    all: &Payrolls,
    (lists, name): (&Lists, &PayrollName),
    zone: &TimeZone,
    now: Timestamp,
) -> Vec<(Period, Vec<QueueName>)> {
    let first = lists.get(name).map(|list| all.first_of(list));
    let months = first.map(|first| months_over(first, zone, now));
    let months = months.into_iter().flatten().map(|month| {
        let queues = all.queues(lists, name, &month.name);
        (all.bounded(month, &queues), queues)
    });
    months
        .filter(|(month, queues)| {
            let is_own = !queues.is_empty() && !all.is_paid_across(month);
            is_own && month.to <= now && has_any(all, name, month)
        })
        .collect()
}

/// The months of a list that are over and that nobody pays some of its queues for, each with these queues, the oldest first: the
/// list of that name has closed the month for others, and what is closed is never drafted again. Where it shares a queue with what
/// was closed it is the same list, and whoever has come to it since was paid by nobody before; unless somebody has paid them.
#[must_use]
pub fn months_behind(
    all: &Payrolls,
    (lists, name): (&Lists, &PayrollName),
    zone: &TimeZone,
    now: Timestamp,
) -> Vec<(String, Vec<QueueName>)> {
    let Some(list) = lists.get(name) else {
        return Vec::new();
    };
    let months = months_over(all.first_of(list), zone, now).into_iter();
    let behind = months.filter_map(|month| {
        let own = all.months.get(&(name.clone(), month.name.clone()))?;
        own.frozen?;
        let is_other = !is_had(lists, name, own);
        let was_paid = |queue: &QueueName| {
            let mut closed = all.months_closed();
            closed.any(|one| one.name() < month.name.as_str() && one.has(queue))
        };
        let waits = |queue: &&QueueName| {
            let is_theirs = all.holder(lists, queue, &month.name) == Some(name);
            let is_paid = all.closed_by(queue, &month.name).is_some();
            is_theirs && !is_paid && (is_other || was_paid(queue))
        };
        let queues: Vec<QueueName> = list.queues.iter().filter(waits).cloned().collect();
        (!queues.is_empty()).then_some((month.name, queues))
    });
    behind.collect()
}

/// Whether there is anything of a month: it had not ended before anything came, or a file has brought figures of it, or it was
/// drafted. A list may be written to begin long before okno did, and nobody is asked to approve noughts.
fn has_any(all: &Payrolls, name: &PayrollName, month: &Period) -> bool {
    let had_begun = all.begun.is_some_and(|begun| begun < month.to);
    let key = (name.clone(), month.name.clone());
    let own = all.months.get(&key);
    had_begun || all.brought.contains(&month.name) || own.is_some_and(|own| own.drafted.is_some())
}

/// The first month that a list has drafts of, where that is a later one than its first: okno knows of nothing before.
#[must_use]
pub fn begins_later(
    all: &Payrolls,
    (name, list): (&PayrollName, &PayrollPolicy),
    zone: &TimeZone,
    now: Timestamp,
) -> Option<String> {
    let begun = all.begun?;
    let months = months_over(&list.first, zone, now);
    let first = months.iter().find(|month| has_any(all, name, month));
    let running = || Some(zone.to_datetime(begun).strftime("%Y-%m").to_string());
    let first = first.map(|month| month.name.clone()).or_else(running)?;
    (first > list.first).then_some(first)
}

/// The months that are over from that one on, the oldest first.
#[must_use]
pub fn months_over(first: &str, zone: &TimeZone, now: Timestamp) -> Vec<Period> {
    let mut months = Vec::new();
    let mut next = Period::named(first, zone);
    while let Some(period) = next.filter(|period| period.to <= now) {
        let after = zone.to_datetime(period.to).date();
        next = Period::named(&after.strftime("%Y-%m").to_string(), zone);
        months.push(period);
    }
    months
}

/// The next file of a list, as it is promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Of which month: `2026-10`.
    pub period: String,
    /// When its draft comes; `None`: that day is past.
    pub draft_at: Option<Timestamp>,
    /// When the file is promised.
    pub file_at: Timestamp,
}

/// What is promised next, whatever has been approved: plans know days alone.
#[must_use]
pub fn planned(
    (list, calendar): (&PayrollPolicy, &Calendar),
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Planned> {
    let over = months_over(&list.first, zone, now).pop();
    let mut next = over.or_else(|| Period::named(&list.first, zone));
    // The last month that is over may have its file already; then it is this one's.
    for _ in 0..2 {
        let period = next?;
        let file_at = promised(list.day, calendar, &period)?;
        if file_at > now {
            let draft_at = calendar.next_open(period.to).filter(|at| *at > now);
            return Some(Planned {
                period: period.name,
                draft_at,
                file_at,
            });
        }
        let after = zone.to_datetime(period.to).date();
        next = Period::named(&after.strftime("%Y-%m").to_string(), zone);
    }
    None
}
