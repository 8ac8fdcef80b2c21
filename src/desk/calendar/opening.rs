//! Openings, and how they are told.

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

use crate::model::language::Language;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// An opening from `from` to `to`, in minutes by the wall clock since the midnight that begins its date; half-open. It may
/// end on the next date: 20:00 to 28:00 is a night shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Opening {
    /// First minute that counts; before midnight.
    pub from: u16,
    /// First minute that does not; after `from`, at most two days after midnight.
    pub to: u16,
}

/// Monday to Sunday.
pub type Week = [Vec<Opening>; 7];

impl Opening {
    /// From midnight to midnight.
    pub const WHOLE_DAY: Self = Self { from: 0, to: DAY };

    /// An opening; `None` where it has no length, begins after its date or ends after the next one.
    #[must_use]
    pub fn new(from: u16, to: u16) -> Option<Self> {
        let is_sound = from < DAY && from < to && to <= DAY.saturating_mul(2);
        is_sound.then_some(Self { from, to })
    }

    /// `9:00–18:00`; the end of the day is `24:00`, four in the morning after it `28:00`.
    #[must_use]
    pub fn words(&self) -> String {
        let clock = |minutes: u16| {
            let (hour, minute) = (minutes.div_euclid(60), minutes.rem_euclid(60));
            format!("{hour}:{minute:02}")
        };
        format!("{}–{}", clock(self.from), clock(self.to))
    }

    /// Whether it goes on until midnight or beyond: a shift, not an office's day.
    pub(super) const fn is_shift(self) -> bool {
        self.to >= DAY
    }

    /// Minutes.
    pub(super) const fn length(self) -> u16 {
        self.to.saturating_sub(self.from)
    }
}

/// The date and time that so many minutes after a date's midnight are by the wall clock.
pub(super) fn wall(date: Date, minutes: u16) -> Option<(Date, Time)> {
    let date = (0..minutes.div_euclid(DAY)).try_fold(date, |date, _| date.tomorrow().ok())?;
    let minutes = minutes.rem_euclid(DAY);
    let hour = i8::try_from(minutes.div_euclid(60)).ok()?;
    let time = Time::new(hour, i8::try_from(minutes.rem_euclid(60)).ok()?, 0, 0).ok()?;
    Some((date, time))
}

pub(super) fn weekday_index(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0)
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

/// A day's openings in words.
#[must_use]
pub fn days_in_words(openings: &[Opening]) -> String {
    let times: Vec<String> = openings.iter().map(Opening::words).collect();
    times.join(" ")
}

/// A week's hours in words: `пн–пт 9:00–18:00, сб 10:00–14:00`. Days in a row with equal hours are joined.
pub(super) fn week_in_words(week: &Week, language: Language) -> String {
    if week.iter().all(|day| *day == [Opening::WHOLE_DAY]) {
        return match language {
            Language::Ru => "круглосуточно".to_owned(),
            Language::En => "always".to_owned(),
        };
    }
    let mut runs: Vec<(usize, usize, &Vec<Opening>)> = Vec::new();
    for (day, openings) in week.iter().enumerate() {
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
            format!("{days} {}", days_in_words(openings))
        });
    words.collect::<Vec<_>>().join(", ")
}
