//! Weekly opening hours in words: `пн-пт 09:00-18:00`, `mon-fri 09:00-18:00, sat 10:00-14:00`, and back.

use crate::desk::calendar::{Opening, Week};

const RU: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
const EN: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Words for hours that never end.
const ALWAYS: [&str; 4] = ["always", "24/7", "всегда", "круглосуточно"];

/// Reads opening hours. Pieces are separated by commas; one without days goes on with the days before it
/// (`пн-пт 09:00-13:00, 14:00-18:00`), one without times lends its days to the next (`mon, wed 09:00-18:00`).
/// What ends before it begins ends on the next day (`mon 22:00-06:00`).
///
/// # Errors
/// A sentence that says what is not understood and what would be.
pub(crate) fn parse(words: &str) -> Result<Week, String> {
    let mut week = Week::default();
    let words = words.to_lowercase().replace(['–', '—'], "-");
    if ALWAYS.contains(&words.trim()) {
        return Ok(std::array::from_fn(|_| vec![Opening::WHOLE_DAY]));
    }
    let mut days: Vec<usize> = Vec::new();
    let mut has_times = false;
    for piece in words.split([',', ';']) {
        let (day_words, times) = split(piece)?;
        if !day_words.is_empty() {
            if has_times {
                days.clear();
            }
            has_times = false;
            for word in day_words {
                days.extend(days_of(word)?);
            }
        }
        if days.is_empty() {
            return Err(format!(
                "\"{}\" has no days: write \"mon-fri 09:00-18:00\" or \"пн-пт 09:00-18:00\"",
                piece.trim()
            ));
        }
        for opening in times {
            has_times = true;
            for day in &days {
                if let Some(openings) = week.get_mut(*day) {
                    openings.push(opening);
                }
            }
        }
    }
    if !has_times {
        return Err("days without times: write \"mon-fri 09:00-18:00\"".to_owned());
    }
    for (openings, day) in week.iter_mut().zip(EN) {
        *openings = in_order(std::mem::take(openings), day)?;
    }
    Ok(week)
}

/// A piece's words for days, and its openings.
fn split(piece: &str) -> Result<(Vec<&str>, Vec<Opening>), String> {
    let mut days = Vec::new();
    let mut times = Vec::new();
    for word in piece.split_whitespace() {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            times.push(opening(word)?);
        } else if times.is_empty() {
            days.push(word);
        } else {
            return Err(format!("a comma is missing before \"{word}\""));
        }
    }
    if days.is_empty() && times.is_empty() {
        return Err("there is a comma with nothing beside it".to_owned());
    }
    Ok((days, times))
}

/// The days of `mon`, `mon-fri`, `сб-вс`; `fri-mon` runs over the week's end.
fn days_of(word: &str) -> Result<Vec<usize>, String> {
    let day = |name: &str| {
        RU.iter()
            .position(|known| *known == name)
            .or_else(|| {
                EN.iter().position(|known| {
                    name == *known || (name.starts_with(known) && is_long_day(name))
                })
            })
            .ok_or_else(|| {
                format!("\"{name}\" is no day: write mon, tue, wed, thu, fri, sat, sun or пн, вт, ср, чт, пт, сб, вс")
            })
    };
    match word.split_once('-') {
        None => Ok(vec![day(word)?]),
        Some((from, to)) => {
            let (from, to) = (day(from)?, day(to)?);
            let to = if to < from { to.saturating_add(7) } else { to };
            Ok((from..=to)
                .map(|day| day.checked_rem(7).unwrap_or(0))
                .collect())
        }
    }
}

fn is_long_day(name: &str) -> bool {
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
    .contains(&name)
}

/// `09:00-18:00`. What ends before it begins ends on the next day, which may also be counted on: `20:00-28:00`.
pub(super) fn opening(word: &str) -> Result<Opening, String> {
    let refused = || format!("\"{word}\" is no time of day: write 09:00-18:00");
    let (from, to) = word.split_once('-').ok_or_else(refused)?;
    let (from, to) = (
        time(from).ok_or_else(refused)?,
        time(to).ok_or_else(refused)?,
    );
    if to == from {
        return Err(format!("\"{word}\" is no time at all"));
    }
    let to = match to < from {
        true => to.saturating_add(DAY),
        false => to,
    };
    Opening::new(from, to).ok_or_else(refused)
}

const DAY: u16 = 24 * 60;

/// Minutes after midnight.
fn time(word: &str) -> Option<u16> {
    let (hour, minute) = word.split_once(':')?;
    let is_digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if !is_digits(hour) || minute.len() != 2 || !is_digits(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let is_time = hour <= 48 && minute < 60;
    hour.checked_mul(60)?
        .checked_add(minute)
        .filter(|_| is_time)
}

/// Sorts a day's openings, joins those that touch, refuses those that overlap.
fn in_order(mut openings: Vec<Opening>, day: &str) -> Result<Vec<Opening>, String> {
    openings.sort();
    let mut joined: Vec<Opening> = Vec::new();
    for opening in openings {
        match joined.last_mut() {
            Some(last) if last.to == opening.from => last.to = opening.to,
            Some(last) if last.to > opening.from => {
                return Err(format!(
                    "the hours of {day} overlap: {} and {}",
                    last.words(),
                    opening.words()
                ));
            }
            _ => joined.push(opening),
        }
    }
    Ok(joined)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::{
        desk::calendar::{Calendar, OtherDays},
        model::language::Language,
    };

    fn back(words: &str, language: Language) -> String {
        let week = parse(words).unwrap();
        let zone = ("UTC".to_owned(), TimeZone::UTC);
        Calendar::new(zone, week, &OtherDays::default())
            .unwrap()
            .words(language)
    }

    #[track_caller]
    fn check(words: &str, expected: &str) {
        let ru = back(words, Language::Ru);
        assert_eq!(ru, expected, "{words}");
        let en = back(words, Language::En);
        assert_eq!(back(&en, Language::Ru), ru, "{en} is read back");
    }

    #[test]
    fn hours_are_read_and_told() {
        check("пн-пт 9:00-18:00", "пн–пт 9:00–18:00");
        check(
            "mon-fri 9:00-18:00, sat 10:00-14:00",
            "пн–пт 9:00–18:00, сб 10:00–14:00",
        );
        check(
            "Пн–Чт 9:00–18:00, Пт 9:00–16:45",
            "пн–чт 9:00–18:00, пт 9:00–16:45",
        );
        check(
            "mon-fri 14:00-18:00, 9:00-13:00",
            "пн–пт 9:00–13:00 14:00–18:00",
        );
        check("mon, wed 9:00-18:00", "пн 9:00–18:00, ср 9:00–18:00");
        check("fri-mon 0:00-24:00", "пн 0:00–24:00, пт–вс 0:00–24:00");
        check("monday 9:00-12:00, mon 12:00-15:00", "пн 9:00–15:00");
        check("mon-fri 22:00-6:00", "пн–пт 22:00–30:00");
        check("mon-fri 20:00-28:00", "пн–пт 20:00–28:00");
        check("sun 12:00-0:00", "вс 12:00–24:00");
        check("круглосуточно", "круглосуточно");
        check("24/7", "круглосуточно");
    }

    #[track_caller]
    fn refuse(words: &str, expected: &str) {
        let said = parse(words).unwrap_err();
        assert!(said.contains(expected), "{words}: {said}");
    }

    #[test]
    fn what_is_not_understood_is_said() {
        refuse("9:00-18:00", "has no days");
        refuse("mon-fri", "days without times");
        refuse("mon-fri 9-18", "\"9-18\" is no time of day");
        refuse("mon-fri 9:00-49:00", "is no time of day");
        refuse("mon-fri 25:00-26:00", "is no time of day");
        refuse("mon-fri 9:00-9:00", "no time at all");
        refuse("mnday 9:00-18:00", "\"mnday\" is no day");
        refuse(
            "mon-fri 9:00-18:00, fri 17:00-20:00",
            "the hours of fri overlap",
        );
        refuse("mon-fri 9:00-18:00,", "a comma with nothing");
        refuse(
            "mon 9:00-18:00 tue 9:00-18:00",
            "a comma is missing before \"tue\"",
        );
    }
}
