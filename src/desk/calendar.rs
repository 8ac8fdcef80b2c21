//! Calendars: when business time counts. Weekly opening hours in a zone; instants, civil times and zones are
//! distinct types (jiff), so daylight saving cannot be got wrong by adding seconds to a wall clock.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::model::language::Language;

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

impl Opening {
    /// `9:00–18:00`; the end of the day is `24:00`.
    #[must_use]
    pub fn words(&self) -> String {
        let (to_hour, to_minute) = self.to.map_or((24, 0), |to| (to.hour(), to.minute()));
        let (hour, minute) = (self.from.hour(), self.from.minute());
        format!("{hour}:{minute:02}–{to_hour}:{to_minute:02}")
    }
}

fn day_word(day: usize, language: Language) -> &'static str {
    const RU: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
    const EN: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let words = match language {
        Language::Ru => RU,
        Language::En => EN,
    };
    words.get(day).copied().unwrap_or("")
}

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

    /// Whether the day of `at` has opening hours.
    #[must_use]
    pub fn is_working_day(&self, at: Timestamp) -> bool {
        self.works_on(self.zone.to_datetime(at).date())
    }

    fn works_on(&self, date: Date) -> bool {
        self.is_always_open() || self.openings_on(date).next().is_some()
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

    /// The hours in words: `пн–пт 9:00–18:00, сб 10:00–14:00`, as the configuration takes them back. Days in a row
    /// with equal hours are joined.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        if self.is_always_open() {
            return match language {
                Language::Ru => "круглосуточно".to_owned(),
                Language::En => "always".to_owned(),
            };
        }
        let mut runs: Vec<(usize, usize, &Vec<Opening>)> = Vec::new();
        for (day, openings) in self.week.iter().enumerate() {
            match runs.last_mut() {
                Some((_, last, same)) if *same == openings => *last = day,
                Some(_) | None => runs.push((day, day, openings)),
            }
        }
        let words = runs
            .into_iter()
            .filter(|(_, _, openings)| !openings.is_empty())
            .map(|(first, last, openings)| {
                let (from, to) = (day_word(first, language), day_word(last, language));
                let days = if first == last {
                    from.to_owned()
                } else {
                    format!("{from}–{to}")
                };
                let times: Vec<String> = openings.iter().map(Opening::words).collect();
                format!("{days} {}", times.join(" "))
            });
        words.collect::<Vec<_>>().join(", ")
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn office(zone: &str) -> Calendar {
        let hours = vec![
            Opening {
                from: Time::constant(9, 0, 0, 0),
                to: Some(Time::constant(13, 0, 0, 0)),
            },
            Opening {
                from: Time::constant(14, 0, 0, 0),
                to: Some(Time::constant(18, 0, 0, 0)),
            },
        ];
        let off = Vec::new;
        let week = [
            hours.clone(),
            hours.clone(),
            hours.clone(),
            hours.clone(),
            hours,
            off(),
            off(),
        ];
        Calendar::new(zone.to_owned(), TimeZone::get(zone).unwrap(), week)
    }

    #[track_caller]
    fn check(zone: &str, start: &str, hours: i64, due: &str) {
        let calendar = office(zone);
        let instant = |text: &str| {
            text.parse::<DateTime>()
                .unwrap()
                .to_zoned(calendar.zone().clone())
                .unwrap()
                .timestamp()
        };
        let due_at = calendar
            .add(instant(start), SignedDuration::from_hours(hours))
            .unwrap();
        assert_eq!(due_at, instant(due), "{start} + {hours} h");
    }

    #[test]
    fn a_promise_counts_opening_hours_only() {
        check("Europe/Moscow", "2026-11-17T10:00", 2, "2026-11-17T12:00");
        check("Europe/Moscow", "2026-11-17T12:00", 2, "2026-11-17T15:00");
        check("Europe/Moscow", "2026-11-17T15:30", 4, "2026-11-18T10:30");
        check("Europe/Moscow", "2026-11-17T14:00", 4, "2026-11-17T18:00"); // due at closing stays at closing
        check("Europe/Moscow", "2026-11-17T18:00", 1, "2026-11-18T10:00"); // written at closing: the next opening
        check("Europe/Moscow", "2026-11-20T17:00", 2, "2026-11-23T10:00"); // over a weekend
        check("Europe/Moscow", "2026-11-21T12:00", 0, "2026-11-23T09:00"); // nothing to wait for: first opening
        check("Europe/Berlin", "2026-03-27T17:00", 2, "2026-03-30T10:00"); // summer time began on Sunday
    }

    #[test]
    fn hours_are_told_in_words() {
        assert_eq!(
            office("UTC").words(Language::Ru),
            "пн–пт 9:00–13:00 14:00–18:00"
        );
        assert_eq!(
            office("UTC").words(Language::En),
            "mon–fri 9:00–13:00 14:00–18:00"
        );
    }

    #[test]
    fn silence_counts_working_days() {
        let calendar = office("Europe/Moscow");
        let at: Timestamp = "2026-11-19T12:00:00Z".parse().unwrap();
        assert_eq!(
            calendar.end_of_working_day(at, 3),
            Some("2026-11-24T15:00:00Z".parse().unwrap())
        );
        let always = Calendar::always("UTC".to_owned(), TimeZone::UTC);
        assert_eq!(
            always.end_of_working_day(at, 1),
            Some("2026-11-21T00:00:00Z".parse().unwrap())
        );
    }

    proptest! {
        #[test]
        fn what_is_added_can_be_measured(start in 0_i64..4_000_000_000, target in 1_i64..2_000_000, zone in 0_usize..4) {
            let calendar = office(["Europe/Moscow", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo"][zone]);
            let start = Timestamp::from_second(start).unwrap();
            let target = SignedDuration::from_secs(target);
            let due = calendar.add(start, target).unwrap();
            prop_assert!(due >= start);
            prop_assert_eq!(calendar.measure(start, due), target);
            let later = calendar.add(start, target.saturating_add(SignedDuration::from_secs(1))).unwrap();
            prop_assert!(later > due);
        }
    }
}
