//! How old a forwarded mail is, by the date that stands in it: programs write it in the words and the order of their
//! owner's language. What cannot be read for sure says nothing.

use jiff::{ToSpan, civil::Date};

/// The names of months, lower case; their beginnings are known, too.
const MONTHS: [([&str; 3], i8); 12] = [
    (["january", "января", "январь"], 1),
    (["february", "февраля", "февраль"], 2),
    (["march", "марта", "март"], 3),
    (["april", "апреля", "апрель"], 4),
    (["may", "мая", "май"], 5),
    (["june", "июня", "июнь"], 6),
    (["july", "июля", "июль"], 7),
    (["august", "августа", "август"], 8),
    (["september", "сентября", "сентябрь"], 9),
    (["october", "октября", "октябрь"], 10),
    (["november", "ноября", "ноябрь"], 11),
    (["december", "декабря", "декабрь"], 12),
];

/// Letters of a name that are enough to know it.
const LETTERS_MIN: usize = 3;

/// Whether a mail of this date is older than so many days, seen from `today`.
pub(in crate::desk) fn is_older(written: &str, today: Date, days: u32) -> bool {
    let span = i64::from(days).days();
    let oldest = today.checked_sub(span).unwrap_or(Date::MIN);
    day_of(written, today).is_some_and(|day| day < oldest)
}

/// The day; where day and month could be taken for each other, the later of both that is not still to come.
fn day_of(written: &str, today: Date) -> Option<Date> {
    let lower = written.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(12)
        .collect();
    let numbers: Vec<(usize, i16)> = words
        .iter()
        .enumerate()
        // `2026-11-16T10`: the day and the hour are one word.
        .filter_map(|(at, word)| Some((at, word.split('t').next()?.parse().ok()?)))
        .collect();
    let (year_at, year) = *numbers.iter().find(|(_, n)| (1990..=2200).contains(n))?;
    let named = words.iter().find_map(|word| month_of(word));
    let mut small = numbers
        .iter()
        .filter(|(at, n)| *at != year_at && (1..=31).contains(n))
        .filter_map(|(_, n)| i8::try_from(*n).ok());
    let first = small.next()?;
    if let Some(month) = named {
        return Date::new(year, month, first).ok();
    }
    let second = small.next()?;
    if year_at == 0 {
        return Date::new(year, first, second).ok();
    }
    let both = [(second, first), (first, second)];
    let tomorrow = today.tomorrow().unwrap_or(today);
    let days = both
        .into_iter()
        .filter_map(|(month, day)| Date::new(year, month, day).ok());
    days.filter(|day| *day <= tomorrow).max()
}

fn month_of(word: &str) -> Option<i8> {
    let word = if word == "sept" { "sep" } else { word };
    let is_long = word.chars().count() >= LETTERS_MIN;
    let begins = |(names, _): &&([&str; 3], i8)| names.iter().any(|name| name.starts_with(word));
    let found = MONTHS.iter().find(begins).filter(|_| is_long);
    found.map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[track_caller]
    fn check(written: &str, expected: Option<Date>) {
        assert_eq!(day_of(written, date(2026, 11, 17)), expected, "{written}");
    }

    #[test]
    fn dates_as_programs_write_them() {
        let day = Some(date(2026, 11, 16));
        for written in [
            "2026-11-16T10:15:00+03:00",
            "пн, 16 нояб. 2026 г. в 10:15",
            "16 ноября 2026 г. 10:15",
            "16 November 2026 at 10:15:00 GMT+3",
            "Monday, November 16, 2026 10:15 AM",
            "Mon, 16 Nov 2026 10:15:00 +0300",
            "16.11.2026, 10:15",
            "11/16/2026 10:15 AM",
            "16/11/2026 10:15",
        ] {
            check(written, day);
        }
        // The 5th of November or the 11th of May: the later one.
        check("05.11.2026", Some(date(2026, 11, 5)));
        check("11/05/2026", Some(date(2026, 11, 5)));
        check("12/11/2026", Some(date(2026, 11, 12)));
        for written in ["вчера", "", "16 marraskuuta 2026", "31.31.2026", "10:15"] {
            check(written, None);
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_old() {
        let today = date(2026, 11, 17);
        assert!(is_older("16 октября 2026 г.", today, 30));
        assert!(!is_older("18 октября 2026 г.", today, 30));
        assert!(!is_older("давно", today, 30));
    }
}
