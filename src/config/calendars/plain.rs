//! A production calendar as people write it: a line a day, `2026-05-08 short`, `2026-01-01..2026-01-08 off`.

use jiff::civil::Date;

use super::super::hours;
use crate::desk::calendar::{DayKind, Opening, Year};

/// Lines that are not understood, or do not fit: from 1, and why.
pub(super) type Wrong = Vec<(usize, String)>;

/// The longest run of days in one line.
const DAYS_MAX: usize = 366;

/// Reads a file.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn parse(text: &str) -> Result<Year, Wrong> {
    let (mut year, mut wrong, mut totals) = (Year::default(), Wrong::new(), None);
    for (place, line) in text.lines().enumerate() {
        let number = place.saturating_add(1);
        let words = line.split('#').next().unwrap_or("").to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        let read = match words.as_slice() {
            [] => Ok(()),
            ["provisional"] => {
                year.is_provisional = true;
                Ok(())
            }
            ["year", digits] => named_year(digits).map(|named| year.year = Some(named)),
            ["total", days, "days", hours, "hours"] => {
                let read = days.parse::<u32>().ok().zip(hours.parse::<u32>().ok());
                totals = read.map(|read| (number, read));
                totals
                    .map(drop)
                    .ok_or_else(|| "write total 247 days 1972 hours".to_owned())
            }
            [date, rest @ ..] => add(&mut year, date, rest),
        };
        wrong.extend(read.err().map(|words| (number, words)));
    }
    if let Some((number, said)) = totals
        && wrong.is_empty()
    {
        wrong.extend(differing(&year, said).map(|words| (number, words)));
    }
    match wrong.is_empty() {
        true => Ok(year),
        false => Err(wrong),
    }
}

/// One entry of a list of days: `2026-12-31 off`.
pub(super) fn day(words: &str) -> Result<Year, String> {
    let mut year = Year::default();
    let words = words.to_lowercase();
    let words: Vec<&str> = words.split_whitespace().collect();
    match words.as_slice() {
        [date, rest @ ..] => add(&mut year, date, rest)?,
        [] => return Err("a day is expected".to_owned()),
    }
    Ok(year)
}

/// What is written as a whole file says just this.
pub(super) fn write(year: &Year) -> String {
    let mut lines = Vec::new();
    if let (Some(named), Some((first, last))) = (year.year, year.ends()) {
        let (days, hours) = year.totals(first, last);
        lines.push(format!("year {named}"));
        if year.is_provisional {
            lines.push("provisional".to_owned());
        }
        lines.push(format!("total {days} days {hours} hours\n"));
    }
    lines.extend(year.days.iter().map(|(date, kind)| match kind {
        DayKind::Off => format!("{date} off"),
        DayKind::Working { is_short, instead } => {
            let word = if *is_short { "short" } else { "working" };
            let instead = instead.map(|instead| format!(" for {instead}"));
            format!("{date} {word}{}", instead.unwrap_or_default())
        }
        DayKind::Hours(hours) => {
            let hours: Vec<String> = hours.iter().map(Opening::words).collect();
            format!("{date} {}", hours.join(" ").replace('–', "-"))
        }
    }));
    lines.push(String::new());
    lines.join("\n")
}

fn named_year(digits: &str) -> Result<i16, String> {
    let year = digits.parse::<i16>().ok();
    year.filter(|year| (1990..=2200).contains(year))
        .ok_or_else(|| format!("\"{digits}\" is no year"))
}

fn add(year: &mut Year, dates: &str, rest: &[&str]) -> Result<(), String> {
    let kind = kind(rest)?;
    let (first, last) = dates.split_once("..").unwrap_or((dates, dates));
    let (first, last) = (date(first)?, date(last)?);
    if last < first {
        return Err(format!("{last} is before {first}"));
    }
    let run = std::iter::successors(Some(first), |date| date.tomorrow().ok());
    for (count, date) in run.take_while(|date| *date <= last).enumerate() {
        if count >= DAYS_MAX {
            return Err("that is more than a year".to_owned());
        }
        if year.year.is_some_and(|named| named != date.year()) {
            return Err(format!("{date} is in another year"));
        }
        if year.days.insert(date, kind.clone()).is_some() {
            return Err(format!("{date} stands here twice"));
        }
    }
    Ok(())
}

fn kind(words: &[&str]) -> Result<DayKind, String> {
    let working = |word: &str| match word {
        "short" | "короткий" | "сокращённый" | "сокращенный" => {
            Some(true)
        }
        "working" | "рабочий" => Some(false),
        _ => None,
    };
    match words {
        ["off" | "выходной" | "нерабочий"] => return Ok(DayKind::Off),
        [word] => {
            if let Some(is_short) = working(word) {
                return Ok(DayKind::Working {
                    is_short,
                    instead: None,
                });
            }
        }
        [word, "for" | "за", instead] => {
            if let Some(is_short) = working(word) {
                let instead = Some(date(instead)?);
                return Ok(DayKind::Working { is_short, instead });
            }
        }
        _ => {}
    }
    let hours = words.iter().map(|word| hours::opening(word));
    match hours.collect::<Result<Vec<Opening>, _>>() {
        Ok(hours) if !hours.is_empty() => Ok(DayKind::Hours(hours)),
        Ok(_) | Err(_) => Err(format!(
            "\"{}\" says nothing of a day: write off, short, working, working for 2026-03-09, or hours, 09:00-14:00",
            words.join(" ")
        )),
    }
}

fn date(words: &str) -> Result<Date, String> {
    let is_written = words.len() == 10;
    let date = words.parse::<Date>().ok().filter(|_| is_written);
    date.ok_or_else(|| format!("\"{words}\" is no date: write 2026-12-31"))
}

/// What the control sums of a year say of what is written.
fn differing(year: &Year, said: (u32, u32)) -> Option<String> {
    let Some((first, last)) = year.ends() else {
        return Some("a total needs a year: write year 2026 above".to_owned());
    };
    let found = year.totals(first, last);
    (found != said).then(|| {
        format!(
            "the days written here make {} working days and {} hours, not {} and {}",
            found.0, found.1, said.0, said.1
        )
    })
}
