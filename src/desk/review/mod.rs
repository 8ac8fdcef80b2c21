//! Regular letters about how a queue works: when each falls due, and what it rests on. The shell finds the figures; what has
//! been written already history knows.

mod director;
mod forms;
mod hints;
mod month;
mod outside;
mod owed;
mod plan;
mod promised;
mod shown;
mod standing;
mod subjects;
mod week;

use std::collections::BTreeMap;

use jiff::{
    SignedDuration, Span, Timestamp,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use super::{
    calendar::Calendar,
    kpi::Period,
    policy::{Mode, Policy, QueuePolicy, ReviewPolicy},
};
use crate::model::{
    event::EventData,
    ids::{EventSeq, QueueName},
    outgoing::{DrawnChart, HintsShown},
    review::ReviewKind,
};

pub use director::{Aim, Aims, DepartmentMonth, Reached, department, departments, targets_of};
pub use forms::forms_shown;
pub use hints::{CAUSES_MAX, Month, shown, top_causes, untold_rules};
pub use month::{MONTHS, MonthStands, month_before, month_earlier, month_over, months_up_to};
pub use outside::FromOutside;
pub use owed::{Late, MONTHS_OWED_MAX, Missed, Owed, WEEKS_OWED_MAX, owed};
pub use plan::{NextLetter, month_running, next_letter, week_running};
pub use shown::{code_of, figures_shown, put_beside, unknown_shown};
pub use standing::{LONG_DAYS, Listed, Standing, standing};
pub use subjects::{name_words, subjects_shown};
pub use week::{PeriodFigures, Share};

/// The last letter of each sort that was written, by the name of what it was about. Names of one sort stand in the order
/// of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written(BTreeMap<(ReviewKind, Option<QueueName>), String>);

impl Written {
    /// One more event.
    pub fn note(&mut self, data: &EventData) {
        if let EventData::Reviewed {
            review,
            queue,
            period,
            ..
        } = data
        {
            let last = self.0.entry((*review, queue.clone())).or_default();
            if *last < *period {
                last.clone_from(period);
            }
        }
    }

    /// A letter that could not be decided is not counted again, and holds back no later one.
    pub fn is_kept(&mut self, step: &ReviewStep) {
        let (review, queue, period) = step.about();
        let last = self.0.entry((review, queue.cloned())).or_default();
        if last.as_str() < period {
            period.clone_into(last);
        }
    }

    /// What the last letter of a sort was about; `None`: there never was one.
    #[must_use]
    pub fn last(&self, kind: ReviewKind, queue: Option<&QueueName>) -> Option<&str> {
        let key = (kind, queue.cloned());
        self.0.get(&key).map(String::as_str)
    }
}

/// A letter that is due, with what the shell has counted for it. It is left as a row of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "review", rename_all = "snake_case")]
pub enum ReviewStep {
    /// A queue's week.
    Weekly {
        /// Of which queue.
        queue: QueueName,
        /// Which week: `2026-w46`.
        period: String,
        /// Its first instant, and the first after it.
        span: (Timestamp, Timestamp),
        /// The last event that the figures know of.
        upto: EventSeq,
        /// What came and what was done.
        figures: Box<PeriodFigures>,
        /// How the queue stands.
        standing: Box<Standing>,
        /// What it says of its coming late.
        #[serde(default, skip_serializing_if = "Late::is_nothing")]
        late: Late,
        /// Charts, where they are wanted.
        charts: Vec<DrawnChart>,
    },
    /// A queue's month, for its head.
    Monthly {
        /// Of which queue.
        queue: QueueName,
        /// Which month: `2026-10`.
        period: String,
        /// The last event that the figures know of.
        upto: EventSeq,
        /// What came and what was done.
        figures: Box<PeriodFigures>,
        /// So many requests a month it can take; 0: nobody has said.
        #[serde(default)]
        capacity: i64,
        /// What was reached of what is aimed at.
        #[serde(default)]
        aims: Vec<Reached>,
        /// What was aimed at then is not known: it is held against today's.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_aim_unknown: bool,
        /// What to look at.
        hints: Box<HintsShown>,
        /// What it says of its coming late.
        #[serde(default, skip_serializing_if = "Late::is_nothing")]
        late: Late,
        /// Charts, where they are wanted.
        charts: Vec<DrawnChart>,
        /// How the figures stand.
        #[serde(default)]
        stands: MonthStands,
    },
    /// The director's page.
    Director {
        /// Of which month: `2026-10`.
        period: String,
        /// The last event that the figures know of.
        upto: EventSeq,
        /// The hash of that event: all of history up to there. Empty: it was not kept.
        #[serde(default)]
        head_hash: String,
        /// A part a department.
        departments: Vec<DepartmentMonth>,
        /// What was aimed at then is not known: it is held against today's.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_aim_unknown: bool,
        /// What it says of its coming late.
        #[serde(default, skip_serializing_if = "Late::is_nothing")]
        late: Late,
        /// Charts, where they are wanted.
        charts: Vec<DrawnChart>,
    },
    /// Rules that fitted nothing, of which no head is told.
    Rules {
        /// In which month: `2026-10`.
        period: String,
        /// The last event that was known.
        upto: EventSeq,
        /// Their names; empty: all are told of, or fitted something.
        rules: Vec<String>,
    },
}

impl ReviewStep {
    /// Which letter, about which queue and time.
    #[must_use]
    pub fn about(&self) -> (ReviewKind, Option<&QueueName>, &str) {
        match self {
            Self::Weekly { queue, period, .. } => (ReviewKind::Weekly, Some(queue), period),
            Self::Monthly { queue, period, .. } => (ReviewKind::Monthly, Some(queue), period),
            Self::Director { period, .. } => (ReviewKind::Director, None, period),
            Self::Rules { period, .. } => (ReviewKind::Rules, None, period),
        }
    }
}

/// The regular letters of a queue, where it has any: they are sent where okno does everything.
#[must_use]
pub fn policy_of(queue: &QueuePolicy, policy: &Policy) -> Option<ReviewPolicy> {
    let mailbox = policy.mailboxes.get(&queue.mailbox)?;
    queue.review.filter(|_| mailbox.mode == Mode::Full)
}

/// Whether the head of a queue is sent a month of it, `2026-10`: the draft of a payroll list says the same and more, from that
/// list's first month on.
#[must_use]
pub fn has_month((name, queue): (&QueueName, &QueuePolicy), policy: &Policy, month: &str) -> bool {
    queue.head.is_some() && !has_draft(name, policy, month)
}

/// Whether a payroll list has a draft of that month of a queue.
fn has_draft(name: &QueueName, policy: &Policy, month: &str) -> bool {
    let mut lists = policy.payrolls.values();
    lists.any(|list| list.queues.contains(name) && list.first.as_str() <= month)
}

/// The newest month up to this one that the head of a queue is sent a letter about; `None`: there was none within a year.
#[must_use]
pub fn month_told(
    of: (&QueueName, &QueuePolicy),
    policy: &Policy,
    (month, zone): (Period, &TimeZone),
) -> Option<Period> {
    let back = std::iter::successors(Some(month), |month| month_earlier(month, zone));
    let mut back = back.take(MONTHS_OWED_MAX);
    back.find(|month| has_month(of, policy, &month.name))
}

/// The last week that is over: Monday to Sunday, by the midnights of the zone.
#[must_use]
pub fn week_over(zone: &TimeZone, now: Timestamp) -> Option<Period> {
    week_before(zone.to_datetime(now).date(), zone)
}

/// So many weeks up to one that is over, the oldest first.
#[must_use]
pub fn weeks_up_to(week: &Period, zone: &TimeZone, many: usize) -> Vec<Period> {
    let back = std::iter::successors(Some(week.clone()), |week| week_earlier(week, zone));
    let mut weeks: Vec<Period> = back.take(many).collect();
    weeks.reverse();
    weeks
}

/// The week before another.
#[must_use]
pub fn week_earlier(week: &Period, zone: &TimeZone) -> Option<Period> {
    week_before(zone.to_datetime(week.from).date(), zone)
}

/// The week before the one of a date.
fn week_before(date: Date, zone: &TimeZone) -> Option<Period> {
    let days = i64::from(date.weekday().since(Weekday::Monday));
    let monday = date.checked_sub(Span::new().days(days)).ok()?;
    let first = monday.checked_sub(Span::new().weeks(1)).ok()?;
    let midnight = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp());
    let week = first.iso_week_date();
    Some(Period {
        name: format!("{}-w{:02}", week.year(), week.week()),
        from: midnight(first)?,
        to: midnight(monday)?,
    })
}

/// Which week of the year a week's name says.
#[must_use]
pub fn week_number(name: &str) -> u8 {
    let number = name.rsplit_once("-w").map(|(_, week)| week);
    number.and_then(|week| week.parse().ok()).unwrap_or(0)
}

/// Whether the letter about a period that is over is due: at the time the queue wants on the first working day after it. What
/// an outage has missed comes once, in working time; whoever has only now switched it on gets the next one.
#[must_use]
pub fn is_due(
    (time, calendar): (Time, &Calendar),
    (period, last): (&Period, Option<&str>),
    now: Timestamp,
) -> bool {
    let is_written = last.is_some_and(|last| last >= period.name.as_str());
    let at = sent_at((time, calendar), period);
    let Some(at) = at.filter(|at| *at <= now && !is_written) else {
        return false;
    };
    let day = |at: Timestamp| calendar.zone().to_datetime(at).date();
    day(at) == day(now) || last.is_some() && calendar.is_open(now)
}

/// When the letter about a period comes: at this time on the first working day after it.
fn sent_at((time, calendar): (Time, &Calendar), period: &Period) -> Option<Timestamp> {
    let before = period.to.checked_sub(SignedDuration::from_secs(1)).ok()?;
    calendar.next_working_day_at(before, time)
}

#[cfg(test)]
mod tests;
