//! Dates as people write them: `15.12`, `15.12.2026 18:00`, `2026-12-15`, `15 декабря`, `завтра`, `в пятницу`,
//! `через 3 дня`, `until Friday`. What follows the date is handed back: it is usually the reason.

use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time, Weekday},
};

use super::line::folded;

/// A day, and a time of it where one was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time; `None`: the day as a whole.
    pub time: Option<Time>,
}

/// A day without a year is this year's, unless it lies further back than that: in December, January is the next one.
const DAYS_BACK: i32 = 90;

/// Words that may stand before a date or a time.
const BEFORE: &[&str] = &[
    "до", "к", "ко", "в", "во", "на", "с", "by", "until", "till", "on", "to", "at", "the",
];

const DAYS: &[(&[&str], i32)] = &[
    (&["сегодня", "today"], 0),
    (&["завтра", "tomorrow"], 1),
    (&["послезавтра"], 2),
];

const WEEKDAYS: &[(&[&str], Weekday)] = &[
    (
        &["понедельник", "понедельника", "пн", "monday", "mon"],
        Weekday::Monday,
    ),
    (
        &["вторник", "вторника", "вт", "tuesday", "tue"],
        Weekday::Tuesday,
    ),
    (
        &["среда", "среду", "среды", "ср", "wednesday", "wed"],
        Weekday::Wednesday,
    ),
    (
        &["четверг", "четверга", "чт", "thursday", "thu"],
        Weekday::Thursday,
    ),
    (
        &["пятница", "пятницу", "пятницы", "пт", "friday", "fri"],
        Weekday::Friday,
    ),
    (
        &["суббота", "субботу", "субботы", "сб", "saturday", "sat"],
        Weekday::Saturday,
    ),
    (
        &["воскресенье", "воскресенья", "вс", "sunday", "sun"],
        Weekday::Sunday,
    ),
];

/// Beginnings of the months' names, long enough to be told apart in every case of the noun.
const MONTHS: &[(&[&str], i8)] = &[
    (&["янв", "jan"], 1),
    (&["фев", "feb"], 2),
    (&["мар", "mar"], 3),
    (&["апр", "apr"], 4),
    (&["май", "мая", "мае", "may"], 5),
    (&["июн", "jun"], 6),
    (&["июл", "jul"], 7),
    (&["авг", "aug"], 8),
    (&["сен", "sep"], 9),
    (&["окт", "oct"], 10),
    (&["ноя", "nov"], 11),
    (&["дек", "dec"], 12),
];

/// Reads the date that `words` begin with; `now` is the time on the wall where they were written for.
///
/// `None`: they begin with no date, or with one that does not exist.
#[must_use]
pub fn read(words: &str, now: DateTime) -> Option<(Moment, &str)> {
    let rest = skip_before(words);
    if let Some((at, rest)) = after_a_while(rest, now) {
        return Some((at, rest));
    }
    let (date, rest) = day(rest, now.date())?;
    let (time, rest) = match time(skip_before(rest)) {
        Some((time, rest)) => (Some(time), rest),
        None => (None, rest),
    };
    let rest = rest.trim_start_matches([',', ';', ':', '-', '—', '–', ' ']);
    Some((Moment { date, time }, rest))
}

/// The first word, folded, and what follows it.
fn next(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    let word = folded(word.trim_end_matches([',', ';', ':', '.']));
    (!word.is_empty()).then_some((word, rest))
}

fn skip_before(text: &str) -> &str {
    let mut rest = text;
    while let Some((word, after)) = next(rest) {
        if !BEFORE.contains(&word.as_str()) {
            break;
        }
        rest = after;
    }
    rest
}

fn day(text: &str, today: Date) -> Option<(Date, &str)> {
    let (word, rest) = next(text)?;
    let word = word.as_str();
    if let Some((_, days)) = DAYS.iter().find(|(words, _)| words.contains(&word)) {
        return Some((today.checked_add(days.days()).ok()?, rest));
    }
    if let Some((_, weekday)) = WEEKDAYS.iter().find(|(words, _)| words.contains(&word)) {
        return Some((today.nth_weekday(1, *weekday).ok()?, rest));
    }
    if let Some(date) = of_digits(word, today) {
        return Some((date, rest));
    }
    named_month(word, rest, today)
}

/// `15.12`, `15.12.26`, `15.12.2026`, `15/12/2026`, `2026-12-15`.
fn of_digits(word: &str, today: Date) -> Option<Date> {
    let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
    let number = |text: &str| text.parse::<i16>().ok();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            date_of(Some(number(year)?), number(month)?, number(day)?, today)
        }
        [day, month, year] => {
            let year = number(year).map(|year| match year {
                0..=99 => year.saturating_add(2000),
                _ => year,
            })?;
            date_of(Some(year), number(month)?, number(day)?, today)
        }
        [day, month] if !word.contains('-') => date_of(None, number(month)?, number(day)?, today),
        _ => None,
    }
}

/// `15 декабря`, `15 декабря 2026`, `15 December`, `December 15`.
fn named_month<'t>(word: &str, rest: &'t str, today: Date) -> Option<(Date, &'t str)> {
    let (other, after) = next(rest)?;
    let number = |text: &str| {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse::<i16>().ok()
    };
    let (day, month) = match (number(word), month_of(&other)) {
        (Some(day), Some(month)) => (day, month),
        _ => (number(&other)?, month_of(word)?),
    };
    let year = next(after).filter(|(year, _)| year.len() == 4);
    let year = year.and_then(|(year, rest)| Some((year.parse::<i16>().ok()?, rest)));
    let (year, rest) = match year {
        Some((year, rest)) => (Some(year), skip_word(rest, &["года", "г"])),
        None => (None, after),
    };
    Some((date_of(year, i16::from(month), day, today)?, rest))
}

fn skip_word<'t>(text: &'t str, words: &[&str]) -> &'t str {
    match next(text) {
        Some((word, rest)) if words.contains(&word.as_str()) => rest,
        Some(_) | None => text,
    }
}

fn month_of(word: &str) -> Option<i8> {
    let begins = |(names, _): &&(&[&str], i8)| names.iter().any(|name| word.starts_with(name));
    MONTHS.iter().find(begins).map(|(_, month)| *month)
}

fn date_of(year: Option<i16>, month: i16, day: i16, today: Date) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    if let Some(year) = year {
        return Date::new(year, month, day).ok();
    }
    let this_year = Date::new(today.year(), month, day).ok();
    let oldest = today.checked_sub(DAYS_BACK.days()).ok()?;
    this_year
        .filter(|date| *date >= oldest)
        .or_else(|| Date::new(today.year().checked_add(1)?, month, day).ok())
}

/// `18:00`.
fn time(text: &str) -> Option<(Time, &str)> {
    let (word, rest) = next(text)?;
    let (hour, minute) = word.split_once(':')?;
    let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    Some((time, rest))
}

/// `через 3 дня`, `через неделю`, `in 2 hours`, `in a week`.
fn after_a_while(text: &str, now: DateTime) -> Option<(Moment, &str)> {
    let (word, rest) = next(text)?;
    if !["через", "in"].contains(&word.as_str()) {
        return None;
    }
    let (word, after) = next(rest)?;
    let (count, unit, rest) = match word.parse::<i32>() {
        Ok(count) => {
            let (unit, rest) = next(after)?;
            (count, unit, rest)
        }
        Err(_) if ["a", "an", "one"].contains(&word.as_str()) => {
            let (unit, rest) = next(after)?;
            (1, unit, rest)
        }
        Err(_) => (1, word, after),
    };
    let begins = |words: &[&str]| words.iter().any(|word| unit.starts_with(word));
    let of_day = |span: jiff::Span| {
        let date = now.date().checked_add(span).ok()?;
        Some(Moment { date, time: None })
    };
    let at = if begins(&["час", "hour"]) {
        let at = now.checked_add(count.hours()).ok()?;
        Moment {
            date: at.date(),
            time: Some(Time::new(at.hour(), at.minute(), 0, 0).ok()?),
        }
    } else if begins(&["дн", "ден", "day"]) {
        of_day(count.days())?
    } else if begins(&["недел", "week"]) {
        of_day(count.weeks())?
    } else if begins(&["месяц", "month"]) {
        of_day(count.months())?
    } else {
        return None;
    };
    Some((at, rest.trim_start_matches([',', ';', ':', '-', '—', ' '])))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tuesday, 17 November 2026, at noon.
    fn noon() -> DateTime {
        DateTime::constant(2026, 11, 17, 12, 0, 0, 0)
    }

    #[track_caller]
    fn check(words: &str, moment: &str, rest: &str) {
        let (read, left) = read(words, noon()).expect(words);
        let shown = match read.time {
            Some(time) => format!("{} {}", read.date, time.strftime("%H:%M")),
            None => read.date.to_string(),
        };
        assert_eq!((shown.as_str(), left), (moment, rest), "{words}");
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (words, moment) in [
            ("15.12", "2026-12-15"),
            ("до 15.12", "2026-12-15"),
            ("15.12.26", "2026-12-15"),
            ("15.12.2027", "2027-12-15"),
            ("2026-12-15", "2026-12-15"),
            ("15/12", "2026-12-15"),
            ("15 декабря", "2026-12-15"),
            ("15 декабря 2027 года", "2027-12-15"),
            ("by December 15", "2026-12-15"),
            ("15th Dec", "2026-12-15"),
            ("завтра", "2026-11-18"),
            ("Послезавтра", "2026-11-19"),
            ("в пятницу", "2026-11-20"),
            ("until Tuesday", "2026-11-24"),
            ("через 3 дня", "2026-11-20"),
            ("через неделю", "2026-11-24"),
            ("in a month", "2026-12-17"),
            ("12.01", "2027-01-12"),
            ("10.11", "2026-11-10"),
        ] {
            check(words, moment, "");
        }
    }

    #[test]
    fn a_time_may_follow() {
        check("15.12 18:00", "2026-12-15 18:00", "");
        check("завтра в 9:30", "2026-11-18 09:30", "");
        check("Friday at 18:00", "2026-11-20 18:00", "");
        check("через 2 часа", "2026-11-17 14:00", "");
    }

    #[test]
    fn what_follows_is_the_reason() {
        check(
            "15.12 18:00 ждём поставщика",
            "2026-12-15 18:00",
            "ждём поставщика",
        );
        check("до пятницы, запчасть", "2026-11-20", "запчасть");
        check("через 3 дня — отпуск", "2026-11-20", "отпуск");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for words in [
            "",
            "поставщика",
            "32.12",
            "30.02.2026",
            "15.13",
            "скоро",
            "через пень",
            "в",
            "15",
            "1.5.1.1",
            "29.02",
        ] {
            assert_eq!(read(words, noon()), None, "{words}");
        }
    }
}
