//! Calendars: when business time counts. Weekly opening hours in a zone; instants, civil times and zones are
//! distinct types (jiff), so daylight saving cannot be got wrong by adding seconds to a wall clock.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

/// An opening from `from` to `to` on one day; half-open, `to` = `None` is midnight at the day's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Opening {
    /// First instant that counts.
    pub from: Time,
    /// First instant that does not.
    pub to: Option<Time>,
}

/// Weekly opening hours in a zone. No openings at all means that time always counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calendar {
    /// The IANA zone's name.
    pub zone_name: String,
    /// Monday to Sunday; each day's openings in order, not touching.
    pub week: [Vec<Opening>; 7],
    #[serde(skip, default = "utc")]
    zone: TimeZone,
}

const fn utc() -> TimeZone {
    TimeZone::UTC
}

/// How far ahead an opening is looked for. Weekly hours have one within 8 days; a whole target needs more days, and a
/// promise further away than this is none.
const DAYS_MAX: u32 = 3660;

impl Calendar {
    /// A calendar. `zone` is what `zone_name` names; only `config` looks zones up.
    #[must_use]
    pub const fn new(zone_name: String, zone: TimeZone, week: [Vec<Opening>; 7]) -> Self {
        Self {
            zone_name,
            week,
            zone,
        }
    }

    /// Time always counts, in that zone.
    #[must_use]
    pub fn always(zone_name: String, zone: TimeZone) -> Self {
        Self::new(zone_name, zone, Default::default())
    }

    /// Whether time counts always, so that there are no hours to tell people.
    #[must_use]
    pub fn is_always_open(&self) -> bool {
        self.week.iter().all(Vec::is_empty)
    }

    /// The zone.
    #[must_use]
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The instant by which `target` of business time has passed since `start`: the earliest such instant, so that a
    /// target ending at closing time is due at closing, not at the next opening. `None` beyond ten years.
    #[must_use]
    pub fn add(&self, start: Timestamp, target: SignedDuration) -> Option<Timestamp> {
        if self.is_always_open() {
            return start.checked_add(target).ok();
        }
        if target <= SignedDuration::ZERO {
            return self.next_open(start);
        }
        let mut left = target;
        for (from, to) in self.openings_after(start) {
            let length = to.duration_since(from);
            if length >= left {
                return from.checked_add(left).ok();
            }
            left = left.saturating_sub(length);
        }
        None
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
        self.openings_after(start)
            .take_while(|(from, _)| *from < end)
            .map(|(from, to)| to.min(end).duration_since(from))
            .fold(SignedDuration::ZERO, SignedDuration::saturating_add)
    }

    /// The first instant not before `at` at which time counts.
    #[must_use]
    pub fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        if self.is_always_open() {
            return Some(at);
        }
        self.openings_after(at).next().map(|(from, _)| from)
    }

    /// Whether time counts at this instant.
    #[must_use]
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.next_open(at) == Some(at)
    }

    /// The end of the n-th day with opening hours after the day of `at`: "three working days".
    #[must_use]
    pub fn end_of_working_day(&self, at: Timestamp, n: u32) -> Option<Timestamp> {
        let first = self.zone.to_datetime(at).date();
        if self.is_always_open() {
            let date = (0..n).try_fold(first, |date, _| date.tomorrow().ok())?;
            return self.instant(date.tomorrow().ok()?.to_datetime(Time::midnight()));
        }
        let mut left = n;
        for date in days_from(first.tomorrow().ok()?) {
            let Some((_, to)) = self.openings_on(date).last() else {
                continue;
            };
            left = left.saturating_sub(1);
            if left == 0 {
                return Some(to);
            }
        }
        None
    }

    /// Openings that end after `start`, the first cut to begin at `start`, in order.
    fn openings_after(&self, start: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        // A day early: an opening until midnight may end in the next day's first instant.
        let first = self.zone.to_datetime(start).date();
        let first = first.yesterday().unwrap_or(first);
        days_from(first)
            .flat_map(|date| self.openings_on(date))
            .filter(move |(_, to)| *to > start)
            .map(move |(from, to)| (from.max(start), to))
    }

    /// The openings of one date as instants; what a DST gap swallows has no length and is left out.
    fn openings_on(&self, date: Date) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let day = weekday_index(date.weekday());
        self.week
            .get(day)
            .into_iter()
            .flatten()
            .filter_map(move |opening| {
                let from = self.instant(date.to_datetime(opening.from))?;
                let to = match opening.to {
                    Some(to) => self.instant(date.to_datetime(to))?,
                    None => self.instant(date.tomorrow().ok()?.to_datetime(Time::midnight()))?,
                };
                (to > from).then_some((from, to))
            })
    }

    /// Wall clock to instant by the "compatible" rule (RFC 5545, 3.3.5): in a gap the offset before it, in an overlap
    /// the first of the two.
    fn instant(&self, at: DateTime) -> Option<Timestamp> {
        self.zone.to_ambiguous_timestamp(at).compatible().ok()
    }
}

fn days_from(first: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |date| date.tomorrow().ok())
        .take(usize::try_from(DAYS_MAX).unwrap_or(usize::MAX))
}

fn weekday_index(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0)
}
