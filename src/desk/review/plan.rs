//! Which regular letter comes next, and when.

use jiff::{SignedDuration, Span, Timestamp, civil::Time, tz::TimeZone};

use super::{month::months_before, owed::due, sent_at, week_before};
use crate::desk::{calendar::Calendar, kpi::Period};

/// The house looks once a minute: a letter is not late before it has looked.
const SOON: SignedDuration = SignedDuration::from_mins(15);

/// A letter that is still to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextLetter {
    /// About which period, by its name.
    pub period: String,
    /// When it comes, or was to come.
    pub at: Timestamp,
    /// Whether that has passed.
    pub is_late: bool,
}

/// The week that runs now.
#[must_use]
pub fn week_running(zone: &TimeZone, now: Timestamp) -> Option<Period> {
    let date = zone.to_datetime(now).date();
    week_before(date.checked_add(Span::new().weeks(1)).ok()?, zone)
}

/// The month that runs now.
#[must_use]
pub fn month_running(zone: &TimeZone, now: Timestamp) -> Option<Period> {
    months_before(zone.to_datetime(now).date().first_of_month(), 0, zone)
}

/// The letter that comes next: the oldest that is owed, or else the one about the period that is over, or about the one that
/// runs. `last`: what the last letter was about; `back`: how many missed ones come, and the period before another.
#[must_use]
pub fn next_letter(
    at: (Time, &Calendar),
    (over, running): (&Period, &Period),
    (last, back): (Option<&str>, (usize, impl Fn(&Period) -> Option<Period>)),
    now: Timestamp,
) -> Option<NextLetter> {
    let letter = |period: &Period| {
        let at = sent_at(at, period)?;
        Some(NextLetter {
            period: period.name.clone(),
            at,
            is_late: now.duration_since(at) > SOON,
        })
    };
    let is_written = last.is_some_and(|last| last >= over.name.as_str());
    let day = |instant: Timestamp| at.1.zone().to_datetime(instant).date();
    // As in [`super::owed`]: who has only now switched it on is owed nothing for days that have passed.
    let is_owed = |one: &NextLetter| last.is_some() || day(one.at) >= day(now);
    let (_, due) = due(at, (over, last), back, now);
    let oldest = due.first().map_or(over, |(period, _)| period);
    let owed = letter(oldest).filter(|one| !is_written && is_owed(one));
    owed.or_else(|| letter(running))
}
