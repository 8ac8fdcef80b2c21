//! Days that are not like the week: holidays, moved days off, days that end an hour earlier.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

use super::{Opening, Week, opening::weekday_index};

/// By how many minutes the day before a holiday is shorter (Labour Code of Russia, article 95).
const SHORTER: u16 = 60;

/// What a day is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayKind {
    /// Nobody works.
    Off,
    /// People work, as on that weekday where it is not the day's own.
    Working {
        /// An hour less.
        is_short: bool,
        /// The day that is off in its stead.
        instead: Option<Date>,
    },
    /// Just these hours.
    Hours(Vec<Opening>),
}

/// What is known of one year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Year {
    /// Which; `None`: no whole year, but some days of any.
    pub year: Option<i16>,
    /// It may still change.
    pub is_provisional: bool,
    /// Days that are not like the week.
    pub days: BTreeMap<Date, DayKind>,
}

impl Year {
    /// Working days and hours of a forty-hour week from Monday to Friday between two dates of it: what is published to
    /// check such a calendar by.
    #[must_use]
    pub fn totals(&self, first: Date, last: Date) -> (u32, u32) {
        let dates = std::iter::successors(Some(first), |date| date.tomorrow().ok());
        let hours = dates.take_while(|date| *date <= last).map(|date| {
            let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
            match (self.days.get(&date), is_weekend) {
                (Some(DayKind::Off), _) | (None, true) => 0,
                (Some(DayKind::Working { is_short: true, .. }), _) => 7,
                (Some(DayKind::Working { .. } | DayKind::Hours(_)), _) | (None, false) => 8,
            }
        });
        hours
            .filter(|hours| *hours > 0)
            .fold((0, 0), |(days, sum), hours| {
                (
                    u32::saturating_add(days, 1),
                    u32::saturating_add(sum, hours),
                )
            })
    }

    /// The first and last date of it.
    #[must_use]
    pub fn ends(&self) -> Option<(Date, Date)> {
        self.year.map(|year| (date(year, 1, 1), date(year, 12, 31)))
    }
}

/// All days that are not like the week: years of a production calendar, and a site's own days, which come last and win.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OtherDays {
    /// In the order in which they were named; of two that say something of a day the later one is meant.
    pub years: Vec<Year>,
}

impl OtherDays {
    /// The openings of each of these dates.
    pub(super) fn openings(&self, week: &Week) -> BTreeMap<Date, Vec<Opening>> {
        let days = self.years.iter().flat_map(|year| &year.days);
        let merged: BTreeMap<Date, &DayKind> = days.map(|(date, kind)| (*date, kind)).collect();
        let openings = merged
            .into_iter()
            .map(|(date, kind)| (date, openings(week, date, kind)));
        openings.collect()
    }

    /// The last date of the years that are known without a gap.
    pub(super) fn known_until(&self) -> Option<Date> {
        self.until(|_| true)
    }

    /// The last date of those of them that are certain.
    pub(super) fn certain_until(&self) -> Option<Date> {
        // Where all of them may change, what came before them is certain.
        let first = self.years.iter().filter_map(|year| year.year).min()?;
        self.until(|year| !year.is_provisional)
            .or_else(|| Some(date(first.saturating_sub(1), 12, 31)))
    }

    fn until(&self, counts: impl Fn(&Year) -> bool) -> Option<Date> {
        let of = |wanted: i16| {
            let mut named = self.years.iter().rev();
            named
                .find(|year| year.year == Some(wanted))
                .filter(|year| counts(year))
        };
        let first = self.years.iter().filter_map(|year| year.year).min()?;
        let known = (first..=i16::MAX).take_while(|year| of(*year).is_some());
        known.last().map(|year| date(year, 12, 31))
    }
}

fn openings(week: &Week, on: Date, kind: &DayKind) -> Vec<Opening> {
    let of = |date: Date| {
        week.get(weekday_index(date.weekday()))
            .cloned()
            .unwrap_or_default()
    };
    match kind {
        DayKind::Off => Vec::new(),
        DayKind::Hours(hours) => {
            let mut hours = hours.clone();
            hours.sort();
            hours
        }
        DayKind::Working { is_short, instead } => {
            let usual = match instead {
                Some(instead) => of(*instead),
                None => of(on),
            };
            match is_short {
                true => shortened(usual),
                false => usual,
            }
        }
    }
}

/// An hour less, from the end. Shifts are not cut (article 95, part 2).
fn shortened(mut openings: Vec<Opening>) -> Vec<Opening> {
    if openings.last().is_some_and(|last| last.is_shift()) {
        return openings;
    }
    let mut cut = SHORTER;
    while cut > 0 {
        let Some(last) = openings.pop() else { break };
        let length = last.length();
        if let Some(left) = Opening::new(last.from, last.to.saturating_sub(cut).max(last.from)) {
            openings.push(left);
        }
        cut = cut.saturating_sub(length);
    }
    openings
}
