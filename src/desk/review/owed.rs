//! What an outage has missed (issue 7, 5): its letters come once each, the oldest first. What is too old for a letter of its own
//! is named in the oldest that comes.

use jiff::{Timestamp, civil::Time};
use serde::{Deserialize, Serialize};

use super::sent_at;
use crate::desk::{calendar::Calendar, kpi::Period};

/// So many missed weeks have a letter each.
pub const WEEKS_OWED_MAX: usize = 5;

/// So many missed months: a year.
pub const MONTHS_OWED_MAX: usize = 12;

/// Nobody looks further back: ten years of weeks.
const BACK_MAX: usize = 520;

/// Periods that no letter was ever written about and none will be: from the first to the last of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    /// The name of the first.
    pub first: String,
    /// Of the last.
    pub last: String,
    /// The first instant of the first.
    pub from: Timestamp,
    /// The first instant after the last.
    pub to: Timestamp,
}

/// What a letter says of its coming late; a letter on its day says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// When it was promised, where that was on an earlier day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised_at: Option<Timestamp>,
    /// Newer periods are over: what stands now is told in their letters.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_past: bool,
    /// What has no letter before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<Missed>,
}

impl Late {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Letters of one sort that may go now, the oldest first, each with what it says of its coming late.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owed(Vec<(Period, Late)>);

impl Owed {
    /// The next one.
    pub fn next_one(&mut self) -> Option<(Period, Late)> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// That one cannot be written: its sums do not close. It holds back no newer one, which names it.
    pub fn pass_over(&mut self, (period, late): (Period, Late)) {
        if let Some((_, next)) = self.0.first_mut() {
            let missed = with(late.missed, &period);
            next.missed = Some(missed);
        }
    }
}

/// The missed ones and one more, the next after them.
fn with(missed: Option<Missed>, period: &Period) -> Missed {
    let first = missed.map(|missed| (missed.first, missed.from));
    let (first, from) = first.unwrap_or_else(|| (period.name.clone(), period.from));
    Missed {
        first,
        last: period.name.clone(),
        from,
        to: period.to,
    }
}

/// What is owed after the last letter, which was about `last`, up to the period that is over; `earlier` is the period before
/// another, `many` have a letter each. Whoever has only now switched letters on is owed the one of today, and none of an earlier
/// day.
#[must_use]
pub fn owed(
    at: (Time, &Calendar),
    (over, last): (&Period, Option<&str>),
    (many, earlier): (usize, impl Fn(&Period) -> Option<Period>),
    now: Timestamp,
) -> Owed {
    let zone = at.1.zone();
    let day = |instant: Timestamp| zone.to_datetime(instant).date();
    let (mut missed, due) = due(at, (over, last), (many, earlier), now);
    let is_of_today = due.last().is_some_and(|(_, at)| day(*at) == day(now));
    // What is late comes in working time; today's letter, at its own, takes it along.
    if !is_of_today && (last.is_none() || !at.1.is_open(now)) {
        return Owed::default();
    }
    let letter = |(period, promised): (Period, Timestamp)| {
        let late = Late {
            promised_at: (day(promised) < day(now)).then_some(promised),
            is_past: period.name != over.name,
            missed: missed.take(),
        };
        (period, late)
    };
    Owed(due.into_iter().map(letter).collect())
}

/// What was to come by now, and when, the oldest first; and what is too old for that.
pub(super) fn due(
    at: (Time, &Calendar),
    (over, last): (&Period, Option<&str>),
    (many, earlier): (usize, impl Fn(&Period) -> Option<Period>),
    now: Timestamp,
) -> (Option<Missed>, Vec<(Period, Timestamp)>) {
    let back = std::iter::successors(Some(over.clone()), |period| {
        last.and_then(|_| earlier(period))
    });
    let is_new = |period: &Period| last.is_none_or(|last| period.name.as_str() > last);
    let found = back.take_while(is_new).take(BACK_MAX).filter_map(|period| {
        let promised = sent_at(at, &period).filter(|promised| *promised <= now)?;
        Some((period, promised))
    });
    let mut old: Vec<(Period, Timestamp)> = found.collect();
    old.reverse();
    let due = old.split_off(old.len().saturating_sub(many));
    let missed = old
        .iter()
        .fold(None, |missed, (period, _)| Some(with(missed, period)));
    (missed, due)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::desk::review::{month_earlier, month_over, week_earlier, week_over};

    /// Open on working days from nine to six, in Moscow.
    fn office() -> Calendar {
        use crate::desk::calendar::{Opening, OtherDays};
        let day = vec![Opening::new(9 * 60, 18 * 60).unwrap()];
        let week = std::array::from_fn(|index| if index < 5 { day.clone() } else { Vec::new() });
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        let zone = ("Europe/Moscow".to_owned(), zone);
        Calendar::new(zone, week, &OtherDays::default()).unwrap()
    }

    /// The names of what is owed, and from which to which there is nothing.
    fn told(owed: Owed) -> (Vec<String>, Option<String>) {
        let missed = owed.0.iter().find_map(|(_, late)| late.missed.clone());
        let names = owed.0.into_iter().map(|(period, _)| period.name);
        let missed = missed.map(|missed| format!("{}..{}", missed.first, missed.last));
        (names.collect(), missed)
    }

    fn weeks(now: &str, last: Option<&str>) -> Owed {
        let (calendar, now) = (office(), now.parse().unwrap());
        let over = week_over(calendar.zone(), now).unwrap();
        let back = (WEEKS_OWED_MAX, |week: &Period| {
            week_earlier(week, calendar.zone())
        });
        let at = (jiff::civil::time(8, 30, 0, 0), &calendar);
        owed(at, (&over, last), back, now)
    }

    fn months(now: &str, last: Option<&str>) -> Owed {
        let (calendar, now) = (office(), now.parse().unwrap());
        let over = month_over(calendar.zone(), now).unwrap();
        let back = (MONTHS_OWED_MAX, |month: &Period| {
            month_earlier(month, calendar.zone())
        });
        let at = (jiff::civil::time(9, 0, 0, 0), &calendar);
        owed(at, (&over, last), back, now)
    }

    #[track_caller]
    fn check(owed: Owed, names: &[&str], missed: Option<&str>) {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(told(owed), (names, missed.map(str::to_owned)));
    }

    #[test]
    fn missed_weeks_come_oldest_first_in_working_time() {
        // A Wednesday.
        check(weeks("2026-11-18T23:00:00Z", Some("2026-w44")), &[], None);
        let both = ["2026-w45", "2026-w46"];
        check(weeks("2026-11-18T08:00:00Z", Some("2026-w44")), &both, None);
        check(weeks("2026-11-18T08:00:00Z", Some("2026-w46")), &[], None);
        check(weeks("2026-11-18T08:00:00Z", None), &[], None);
        // On its own Monday the newest takes the others along; before that they wait alone.
        check(weeks("2026-11-16T05:30:00Z", Some("2026-w44")), &both, None);
        check(weeks("2026-11-16T05:29:00Z", Some("2026-w44")), &[], None);
    }

    #[test]
    fn what_is_too_old_is_named() {
        let last = ["2026-w42", "2026-w43", "2026-w44", "2026-w45", "2026-w46"];
        let owed = weeks("2026-11-18T08:00:00Z", Some("2026-w38"));
        check(owed, &last, Some("2026-w39..2026-w41"));
        let owed = months("2026-11-18T08:00:00Z", Some("2025-07"));
        let (names, missed) = told(owed);
        assert_eq!((names.len(), names[0].as_str()), (12, "2025-11"));
        assert_eq!(missed.as_deref(), Some("2025-08..2025-10"));
    }

    #[test]
    fn a_letter_says_how_late_it_is() {
        let mut owed = weeks("2026-11-18T08:00:00Z", Some("2026-w44"));
        let (first, late) = owed.next_one().unwrap();
        let promised = late.promised_at.map(|at| at.to_string());
        assert_eq!(promised.as_deref(), Some("2026-11-09T05:30:00Z"));
        assert!(late.is_past && late.missed.is_none());
        // Its sums do not close: the next one names it.
        owed.pass_over((first, late));
        let (second, late) = owed.next_one().unwrap();
        assert!(!late.is_past && owed.next_one().is_none());
        let missed = late.missed.unwrap();
        assert_eq!(
            (missed.first, missed.last.as_str()),
            (missed.last.clone(), "2026-w45")
        );
        assert_eq!((missed.to, second.name.as_str()), (second.from, "2026-w46"));
        let mut today = weeks("2026-11-16T05:30:00Z", Some("2026-w45"));
        assert!(today.next_one().unwrap().1.is_nothing());
    }
}
