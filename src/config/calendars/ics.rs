//! Holidays as calendars exchange them (RFC 5545): each event of whole days is off. Events with times are nobody's holidays.

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};

use super::plain::Wrong;
use crate::desk::calendar::{DayKind, Year};

/// The longest event that is taken for holidays.
const DAYS_MAX: usize = 31;

/// Reads a file: a year for each that has events.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn parse(text: &str) -> Result<Vec<Year>, Wrong> {
    let mut years: BTreeMap<i16, Year> = BTreeMap::new();
    let (mut wrong, mut event) = (Wrong::new(), None);
    for (number, line) in unfolded(text) {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let name = name.split(';').next().unwrap_or("").to_ascii_uppercase();
        match (name.as_str(), event.as_mut()) {
            ("BEGIN", _) if value.eq_ignore_ascii_case("VEVENT") => event = Some(Event::default()),
            ("DTSTART", Some(event)) => event.first = date(value),
            ("DTEND", Some(event)) => event.end = date(value),
            ("RRULE", Some(_)) => wrong.push((
                number,
                "an event that comes again (RRULE) is not understood; write its days one by one"
                    .to_owned(),
            )),
            ("END", Some(_)) if value.eq_ignore_ascii_case("VEVENT") => {
                for date in event.take().iter().flat_map(Event::dates) {
                    let named = date.year();
                    let year = years.entry(named).or_default();
                    year.year = Some(named);
                    year.days.insert(date, DayKind::Off);
                }
            }
            _ => {}
        }
    }
    if years.is_empty() && wrong.is_empty() {
        wrong.push((
            1,
            "there is no event of whole days in it (DTSTART;VALUE=DATE:20260501)".to_owned(),
        ));
    }
    match wrong.is_empty() {
        true => Ok(years.into_values().collect()),
        false => Err(wrong),
    }
}

#[derive(Default)]
struct Event {
    first: Option<Date>,
    /// The day after the last one.
    end: Option<Date>,
}

impl Event {
    fn dates(&self) -> Vec<Date> {
        let Some(first) = self.first else {
            return Vec::new();
        };
        let end = self
            .end
            .or_else(|| first.checked_add(Span::new().days(1)).ok());
        let run = std::iter::successors(Some(first), |date| date.tomorrow().ok());
        let days = run.take_while(|date| end.is_none_or(|end| *date < end || *date == first));
        days.take(DAYS_MAX).collect()
    }
}

/// A date without a time.
fn date(value: &str) -> Option<Date> {
    let value = value.trim();
    let date = Date::strptime("%Y%m%d", value).ok();
    date.filter(|_| value.len() == 8)
}

/// Lines with what was folded put together, each with the number of its first one (RFC 5545, 3.1).
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (place, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, last))) => last.push_str(more),
            (Some(_) | None, _) => lines.push((place.saturating_add(1), line.to_owned())),
        }
    }
    lines
}
