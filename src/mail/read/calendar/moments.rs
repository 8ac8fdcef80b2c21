//! Instants, days and lengths of iCalendar (RFC 5545, 3.3) in ISO 8601.

use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

use super::lines::Line;

/// An instant or a day as the sender's clock shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Moment {
    Day(Date),
    /// True where it is in UTC.
    At(DateTime, bool),
    /// What cannot be read.
    Other(String),
}

impl Moment {
    pub(super) fn read(line: &Line) -> Self {
        let value = line.value.trim();
        match date_or_time(value) {
            Some(found) => found,
            None => Self::Other(super::super::bytes::shorten(value, 100).to_owned()),
        }
    }

    /// So much later; what has no date stays.
    pub(super) fn after(&self, length: Span) -> Self {
        match self {
            Self::Day(day) => Self::Day(day.checked_add(length).unwrap_or(*day)),
            Self::At(at, is_utc) => Self::At(at.checked_add(length).unwrap_or(*at), *is_utc),
            Self::Other(words) => Self::Other(words.clone()),
        }
    }

    /// As a day, where it is midnight.
    pub(super) fn whole_day(self) -> Self {
        match self {
            Self::At(at, false) if at.time() == Time::midnight() => Self::Day(at.date()),
            Self::At(..) | Self::Day(_) | Self::Other(_) => self,
        }
    }

    /// Of an end that is given as the day after the last: the last.
    pub(super) fn last_day(self, first: Option<&Self>) -> Self {
        match (self, first) {
            (Self::Day(end), Some(Self::Day(first))) if end > *first => {
                Self::Day(end.yesterday().unwrap_or(end))
            }
            (other, _) => other,
        }
    }

    pub(super) fn words(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::At(at, false) => at.to_string(),
            Self::At(at, true) => format!("{at}Z"),
            Self::Other(words) => words.clone(),
        }
    }
}

fn date_or_time(value: &str) -> Option<Moment> {
    let digits = |from: usize, to: usize| -> Option<i16> { value.get(from..to)?.parse().ok() };
    let small = |from, to| digits(from, to)?.try_into().ok();
    if !value.is_ascii() || !value.bytes().take(8).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let day = Date::new(digits(0, 4)?, small(4, 6)?, small(6, 8)?).ok()?;
    if value.len() == 8 {
        return Some(Moment::Day(day));
    }
    if value.get(8..9) != Some("T") {
        return None;
    }
    let second: i8 = small(13, 15).unwrap_or(0);
    // A leap second is the last one here.
    let time = Time::new(small(9, 11)?, small(11, 13)?, second.min(59), 0).ok()?;
    Some(Moment::At(day.to_datetime(time), value.ends_with('Z')))
}

/// A length: `PT1H30M`, `P2D`, `P1W`.
pub(super) fn length(value: &str) -> Option<Span> {
    let value = value.trim().trim_start_matches('+').strip_prefix('P')?;
    let mut span = Span::new();
    let mut number: i64 = 0;
    for c in value.chars().take(30) {
        if let Some(digit) = c.to_digit(10) {
            number = number.saturating_mul(10).saturating_add(i64::from(digit));
            continue;
        }
        let number = std::mem::take(&mut number).min(100_000);
        span = match c {
            'W' => span.try_weeks(number),
            'D' => span.try_days(number),
            'H' => span.try_hours(number),
            'M' => span.try_minutes(number),
            'S' => span.try_seconds(number),
            'T' => Ok(span),
            _ => return None,
        }
        .ok()?;
    }
    Some(span)
}

/// The name of a zone without what programs put before it: `/softwarestudio.org/Tzfile/Europe/Moscow`.
pub(super) fn zone(name: &str) -> String {
    let name = name.trim().trim_matches('"');
    let Some(path) = name.strip_prefix('/') else {
        return name.to_owned();
    };
    let mut last: Vec<&str> = path.rsplit('/').take(2).collect();
    last.reverse();
    last.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, words: &str) {
        let line = Line {
            value: value.to_owned(),
            ..Line::default()
        };
        assert_eq!(Moment::read(&line).words(), words);
    }

    #[test]
    fn moments_are_read() {
        check("20261123T101500", "2026-11-23T10:15:00");
        check("20261123T071500Z", "2026-11-23T07:15:00Z");
        check("20261123", "2026-11-23");
        check("20261123T1015", "2026-11-23T10:15:00");
        check("20261340T101500", "20261340T101500");
        check("tomorrow", "tomorrow");
        check("2026112Ы", "2026112Ы");
    }

    #[test]
    fn lengths_are_read() {
        let end = |text: &str| {
            let at = date_or_time("20261123T101500").unwrap();
            length(text).map(|length| at.after(length).words())
        };
        assert_eq!(end("PT1H30M").as_deref(), Some("2026-11-23T11:45:00"));
        assert_eq!(end("P1W").as_deref(), Some("2026-11-30T10:15:00"));
        assert_eq!(end("P1DT1S").as_deref(), Some("2026-11-24T10:15:01"));
        assert_eq!(end("1H"), None);
        assert_eq!(end("P99999999999999999999Y"), None);
        assert!(end("P99999999999999999999D").is_some());
    }

    #[test]
    fn zones_have_short_names() {
        assert_eq!(zone("\"Europe/Moscow\""), "Europe/Moscow");
        assert_eq!(zone("/x.test/20070129_1/Europe/Moscow"), "Europe/Moscow");
        assert_eq!(zone("Russian Standard Time"), "Russian Standard Time");
    }
}
