//! Calendars: when business time counts. Weekly hours in a zone, and days that are different; instants, civil times and
//! zones are distinct types (jiff), so daylight saving cannot be got wrong by adding seconds to a wall clock.
//!
//! An opening belongs to the date on which it begins, and may end on the next one; what overlaps counts once. A wall clock's
//! time becomes an instant by the "compatible" rule (RFC 5545, 3.3.5): in a gap the offset before it, in an overlap the
//! first of the two. Questions are answered from prefix sums ([`table`]), so that none costs more for a longer span.

mod day;
mod days_off;
mod opening;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::{
    SignedDuration, Span, Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

pub use self::{
    day::{DayKind, OtherDays, Year},
    opening::{Opening, Week, days_in_words},
};
use self::{opening::weekday_index, table::Tables};
use crate::model::language::Language;

/// Weekly opening hours in a zone, and days that are different.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calendar {
    /// The IANA zone's name.
    pub zone_name: String,
    /// Monday to Sunday; each day's openings in order, not touching.
    pub week: Week,
    /// Dates whose openings are not the week's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub days: BTreeMap<Date, Vec<Opening>>,
    /// The last date of which it is known whether it is a holiday; `None`: no holidays are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_until: Option<Date>,
    /// The last date of which that is certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certain_until: Option<Date>,
    #[serde(skip, default = "utc")]
    zone: TimeZone,
    #[serde(skip)]
    tables: Tables,
}

const fn utc() -> TimeZone {
    TimeZone::UTC
}

/// Time never counts: nothing could be promised, and nothing would ever fall due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there are no hours in it at which time counts")]
pub struct NoWorkingTime;

/// So many days before the last one that is certain, somebody is told.
const AHEAD_DAYS: i64 = 60;

/// How many days ahead a day with opening hours is looked for.
const DAYS_MAX: u32 = 3660;

impl Calendar {
    /// A calendar. `zone` is what `zone_name` names; only `config` looks zones up.
    ///
    /// # Errors
    /// No time counts in it.
    pub fn new(
        (zone_name, zone): (String, TimeZone),
        week: Week,
        others: &OtherDays,
    ) -> Result<Self, NoWorkingTime> {
        let days = others.openings(&week);
        if week.iter().chain(days.values()).all(Vec::is_empty) {
            return Err(NoWorkingTime);
        }
        Ok(Self {
            zone_name,
            week,
            days,
            known_until: others.known_until(),
            certain_until: others.certain_until(),
            zone,
            tables: Tables::default(),
        })
    }

    /// Time always counts, in that zone.
    #[must_use]
    pub fn always(zone_name: String, zone: TimeZone) -> Self {
        Self {
            zone_name,
            week: std::array::from_fn(|_| vec![Opening::WHOLE_DAY]),
            days: BTreeMap::new(),
            known_until: None,
            certain_until: None,
            zone,
            tables: Tables::default(),
        }
    }

    /// The same calendar, with no hours on that day.
    #[must_use]
    pub fn closed_on(&self, date: Date) -> Self {
        let mut closed = self.clone();
        closed.days.insert(date, Vec::new());
        closed.tables = Tables::default();
        closed
    }

    /// Whether time counts always, so that there are no hours to tell people.
    #[must_use]
    pub fn is_always_open(&self) -> bool {
        self.days.is_empty() && self.week.iter().all(|day| *day == [Opening::WHOLE_DAY])
    }

    /// The zone.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether what falls on this instant may still change: nobody knows yet which days will be holidays.
    #[must_use]
    pub fn is_preliminary(&self, at: Timestamp) -> bool {
        let certain = self.certain_until;
        certain.is_some_and(|until| self.zone.to_datetime(at).date() > until)
    }

    /// The last date of which holidays are certain, where that is less than two months ahead: from 1 November on, if next
    /// year is not known yet.
    #[must_use]
    pub fn runs_out(&self, now: Timestamp) -> Option<Date> {
        let today = self.zone.to_datetime(now).date();
        let soon = today.checked_add(Span::new().days(AHEAD_DAYS)).ok()?;
        self.certain_until.filter(|until| *until <= soon)
    }

    /// The instant by which `target` of business time has passed since `start`: the earliest such instant, so that a
    /// target ending at closing time is due at closing, not at the next opening. `None`: never, as far as anybody counts.
    #[must_use]
    pub fn add(&self, start: Timestamp, target: SignedDuration) -> Option<Timestamp> {
        if self.is_always_open() {
            return start.checked_add(target.max(SignedDuration::ZERO)).ok();
        }
        if target <= SignedDuration::ZERO {
            return self.next_open(start);
        }
        self.tables.add(self, start, target)
    }

    /// Business time between two instants; zero where `end` is not after `start`.
    #[must_use]
    pub fn measure(&self, start: Timestamp, end: Timestamp) -> SignedDuration {
        if end <= start {
            return SignedDuration::ZERO;
        }
        if self.is_always_open() {
            return end.duration_since(start);
        }
        self.tables.measure(self, start, end)
    }

    /// The first instant not before `at` at which time counts.
    #[must_use]
    pub fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        if self.is_always_open() {
            return Some(at);
        }
        self.tables.next_open(self, at)
    }

    /// Whether time counts at this instant.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.next_open(at) == Some(at)
    }

    /// Whether the day of `at` has opening hours.
    #[must_use]
    pub fn is_working_day(&self, at: Timestamp) -> bool {
        self.works_on(self.zone.to_datetime(at).date())
    }

    /// The openings that begin on a date.
    #[must_use]
    pub fn openings(&self, date: Date) -> &[Opening] {
        let own = self.days.get(&date);
        let day = own.or_else(|| self.week.get(weekday_index(date.weekday())));
        day.map_or(&[], Vec::as_slice)
    }

    fn works_on(&self, date: Date) -> bool {
        self.close_of(date).is_some()
    }

    /// The first instant after `at` at which clocks show this time on a day with opening hours.
    #[must_use]
    pub fn next_working_day_at(&self, at: Timestamp, time: Time) -> Option<Timestamp> {
        let first = self.zone.to_datetime(at).date();
        days_from(first)
            .filter(|date| self.works_on(*date))
            .filter_map(|date| self.instant(date.to_datetime(time)))
            .find(|instant| *instant > at)
    }

    /// The end of the n-th day with opening hours after the day of `at`: "three working days".
    #[must_use]
    pub fn end_of_working_day(&self, at: Timestamp, n: u32) -> Option<Timestamp> {
        let first = self.zone.to_datetime(at).date().tomorrow().ok()?;
        let before = usize::try_from(n.saturating_sub(1)).ok()?;
        let mut closes = days_from(first).filter_map(|date| self.close_of(date));
        closes.nth(before)
    }

    /// When work ends on this date, or on the first one after it that has any.
    #[must_use]
    pub fn close_on_or_after(&self, date: Date) -> Option<Timestamp> {
        days_from(date).find_map(|date| self.close_of(date))
    }

    /// When the last of a date's openings ends; `None` where it has none.
    fn close_of(&self, date: Date) -> Option<Timestamp> {
        let spans = self.openings(date).iter();
        spans
            .filter_map(|opening| self.span(date, *opening))
            .map(|(_, to)| to)
            .max()
    }

    /// The hours in words: `пн–пт 9:00–18:00, сб 10:00–14:00`, as the configuration takes them back. Days in a row
    /// with equal hours are joined.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        opening::week_in_words(&self.week, language)
    }

    /// An opening of one date as instants; one that a DST gap swallows has no length, and is `None`.
    fn span(&self, date: Date, opening: Opening) -> Option<(Timestamp, Timestamp)> {
        let (from, to) = (self.wall(date, opening.from)?, self.wall(date, opening.to)?);
        (to > from).then_some((from, to))
    }

    fn wall(&self, date: Date, minutes: u16) -> Option<Timestamp> {
        let (date, time) = opening::wall(date, minutes)?;
        self.instant(date.to_datetime(time))
    }

    /// Wall clock to instant, by the "compatible" rule.
    #[must_use]
    pub fn instant(&self, at: DateTime) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(at).compatible().ok()
    }
}

fn days_from(first: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |date| date.tomorrow().ok())
        .take(usize::try_from(DAYS_MAX).unwrap_or(usize::MAX))
}
