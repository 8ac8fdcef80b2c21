//! What agents say of themselves in words: that they are away, and how they want to be written to.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

use super::command::{folded, when};
use crate::model::duty::{ListTime, Preferences};

/// An absence as it was said. Days are whole: the last one is a day of absence, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// Its first instant; `None`: from now on.
    pub from: Option<Timestamp>,
    /// The first instant at which they are back.
    pub until: Timestamp,
    /// Whom the rest of the words names as the deputy; empty: nobody.
    pub deputy: String,
}

const FROM: &[&str] = &["с", "со", "from"];
const UNTIL: &[&str] = &["по", "до", "until", "till", "to", "through", "-", "–", "—"];

/// Words that may stand before the deputy's name.
const DEPUTY: &[&str] = &[
    "замещает",
    "заменяет",
    "заместитель",
    "зам",
    "вместо меня",
    "за меня",
    "deputy",
    "deputy is",
    "covered by",
];

/// Reads `до 15.12 замещает boris`, `с 1 по 14 декабря`, `until Friday, deputy boris`; `now` is the time on the wall.
///
/// `None`: no date can be read, or it does not exist.
#[must_use]
pub fn read_away(words: &str, now: DateTime, zone: &TimeZone) -> Option<Away> {
    let words = words.trim();
    let (begins, rest) = match behind(words, FROM) {
        Some(rest) => {
            let (head, tail) = split_at_word(rest, UNTIL)?;
            (Some(head), tail)
        }
        None => (None, behind(words, UNTIL).unwrap_or(words)),
    };
    let (last, rest) = when::read(rest, now)?;
    let from = match begins {
        Some(head) => {
            let first = first_day(head, last.date, now)?;
            Some(instant(first.to_datetime(Time::midnight()), zone)?)
        }
        None => None,
    };
    let until = match last.time {
        Some(time) => last.date.to_datetime(time),
        None => last.date.tomorrow().ok()?.to_datetime(Time::midnight()),
    };
    Some(Away {
        from,
        until: instant(until, zone)?,
        deputy: deputy_in(rest),
    })
}

/// `1` in `с 1 по 14 декабря` is a day of the last one's month.
fn first_day(words: &str, last: Date, now: DateTime) -> Option<Date> {
    match words.trim().parse::<i8>() {
        Ok(day) => {
            let same = last.with().day(day).build().ok();
            same.filter(|first| *first <= last).or_else(|| {
                let before = last.first_of_month().checked_sub(1.month()).ok()?;
                before.with().day(day).build().ok()
            })
        }
        Err(_) => Some(when::read(words, now)?.0.date),
    }
}

fn instant(at: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(at).compatible().ok()
}

/// What stands behind one of these words at the beginning.
fn behind<'t>(words: &'t str, known: &[&str]) -> Option<&'t str> {
    let first = words.split_whitespace().next()?;
    let rest = words.trim_start().get(first.len()..)?;
    let folded = folded(first);
    let first = if folded.is_empty() { first } else { &folded };
    known.contains(&first).then(|| rest.trim_start())
}

/// What stands before and behind the first of these words.
fn split_at_word<'t>(words: &'t str, known: &[&str]) -> Option<(&'t str, &'t str)> {
    let starts = words.char_indices().filter(|(at, _)| {
        let before = words.get(..*at).unwrap_or_default();
        before.ends_with(char::is_whitespace)
    });
    for (at, _) in starts {
        let (head, tail) = words.split_at_checked(at)?;
        if let Some(rest) = behind(tail, known) {
            return Some((head, rest));
        }
    }
    None
}

fn deputy_in(rest: &str) -> String {
    let marks = [' ', ',', ';', ':', '.', '(', ')', '-', '—', '–'];
    let rest = rest.lines().next().unwrap_or_default().trim_matches(marks);
    let whole = folded(rest);
    let lead = DEPUTY
        .iter()
        .filter(|lead| {
            whole
                .strip_prefix(**lead)
                .is_some_and(|rest| rest.starts_with([' ', ':']))
        })
        .map(|lead| lead.split(' ').count())
        .max();
    let words = rest.split_whitespace().skip(lead.unwrap_or(0));
    let name: Vec<&str> = words.collect();
    name.join(" ").trim_matches(marks).to_owned()
}

/// Words behind which an automatic answer says its last day.
const LAST_DAY: &[&str] = &["до", "по", "until", "till", "through", "thru"];

/// Words behind which it says the day of return.
const RETURN: &[&str] = &[
    "вернусь",
    "выхожу",
    "выйду",
    "буду",
    "return",
    "returning",
    "back",
];

/// Until when somebody is away by an automatic answer of theirs, the latest that it says; `None`: it names no day to come.
#[must_use]
pub fn return_in(text: &str, now: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let text: String = text.chars().take(READ_MAX).collect();
    let mut found: Option<Date> = None;
    for (at, _) in text.match_indices(char::is_whitespace).chain([(0, "")]) {
        let rest = text.get(at..).unwrap_or_default();
        let (rest, days) = match (behind(rest, LAST_DAY), behind(rest, RETURN)) {
            (Some(rest), _) => (rest, 1),
            (None, Some(rest)) => (rest, 0),
            (None, None) => continue,
        };
        let day = when::read(rest, now).map(|(moment, _)| moment.date);
        let day = day.and_then(|day| day.checked_add(days.days()).ok());
        found = found.max(day);
    }
    let until = instant(found?.to_datetime(Time::midnight()), zone)?;
    let now = instant(now, zone)?;
    let hours = until.duration_since(now).as_hours();
    (hours > 0 && hours < AWAY_HOURS_MAX).then_some(until)
}

/// How many letters of an automatic answer are read.
const READ_MAX: usize = 4_000;

/// Nobody is away for longer: who says so has written another year.
pub const AWAY_HOURS_MAX: i64 = 24 * 400;

/// Words for the settings and their values.
const REPORTS: &[&str] = &["отчёты", "отчеты", "отчёт", "отчет", "reports", "report"];
const LIST: &[&str] = &["список", "список дел", "list", "work list"];
const DRAFTS: &[&str] = &["статьи", "drafts", "articles"];
const AT_ONCE: &[&str] = &["сразу", "at once", "immediately"];
const IN_LIST: &[&str] = &["в списке", "списком", "in the list", "in list"];
const ALWAYS: &[&str] = &["всегда", "always", "да", "yes"];
const ON_FAILURE: &[&str] = &["о неудачах", "неудачи", "failures", "only failures"];
const NEVER: &[&str] = &["нет", "никогда", "выключить", "no", "never", "off"];
const AS_USUAL: &[&str] = &[
    "как у всех",
    "как обычно",
    "да",
    "as usual",
    "default",
    "yes",
];

/// What `words` change of an agent's preferences; `None`: nothing that is known.
#[must_use]
pub fn changed(words: &str, now: Preferences) -> Option<Preferences> {
    let words = folded(words);
    let behind_any = |names: &[&str]| {
        let lengths = names.iter().filter_map(|name| words.strip_prefix(name));
        let rests = lengths.filter_map(|rest| rest.strip_prefix(' '));
        rests.min_by_key(|rest| rest.len()).map(str::trim)
    };
    if let Some(how) = behind_any(REPORTS) {
        let tells_all = match how {
            how if ALWAYS.contains(&how) => true,
            how if ON_FAILURE.contains(&how) || NEVER.contains(&how) => false,
            _ => return None,
        };
        return Some(Preferences { tells_all, ..now });
    }
    if let Some(how) = behind_any(DRAFTS) {
        let drafts_at_once = match how {
            how if AT_ONCE.contains(&how) => true,
            how if IN_LIST.contains(&how) || AS_USUAL.contains(&how) => false,
            _ => return None,
        };
        return Some(Preferences {
            drafts_at_once,
            ..now
        });
    }
    let at = behind_any(LIST)?;
    let list = match at {
        at if NEVER.contains(&at) => ListTime::Never,
        at if AS_USUAL.contains(&at) => ListTime::Queue,
        at => {
            let at = at
                .strip_prefix("в ")
                .or_else(|| at.strip_prefix("at "))
                .unwrap_or(at);
            let (hour, minute) = at.split_once([':', '.', ' ']).unwrap_or((at, "0"));
            let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0);
            ListTime::At(time.ok()?)
        }
    };
    Some(Preferences { list, ..now })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tuesday, 17 November 2026, at noon.
    fn now() -> DateTime {
        jiff::civil::date(2026, 11, 17).at(12, 0, 0, 0)
    }

    fn shown(at: Timestamp) -> String {
        TimeZone::UTC
            .to_datetime(at)
            .strftime("%m-%d %H:%M")
            .to_string()
    }

    #[test]
    fn absences_are_read_as_people_write_them() {
        for (words, from, until, deputy) in [
            ("до 15.12", None, "12-16 00:00", ""),
            ("до пятницы", None, "11-21 00:00", ""),
            ("до 15.12 замещает boris", None, "12-16 00:00", "boris"),
            (
                "до 15 декабря, заместитель: Борис Волков.",
                None,
                "12-16 00:00",
                "Борис Волков",
            ),
            ("с 1 по 14 декабря", Some("12-01 00:00"), "12-15 00:00", ""),
            ("с 28 по 4 декабря", Some("11-28 00:00"), "12-05 00:00", ""),
            (
                "с 1.12 до 14.12 boris",
                Some("12-01 00:00"),
                "12-15 00:00",
                "boris",
            ),
            ("с 1.12 - 14.12", Some("12-01 00:00"), "12-15 00:00", ""),
            ("сегодня до 18:00", None, "11-17 18:00", ""),
            ("until Friday, deputy boris", None, "11-21 00:00", "boris"),
            (
                "from 1 December to 14 December covered by Boris",
                Some("12-01 00:00"),
                "12-15 00:00",
                "Boris",
            ),
        ] {
            let away = read_away(words, now(), &TimeZone::UTC).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(away.from.map(shown).as_deref(), from, "{words}");
            assert_eq!(
                (shown(away.until).as_str(), away.deputy.as_str()),
                (until, deputy),
                "{words}"
            );
        }
        for words in ["", "долго", "до 31.02", "с понедельника", "до Бориса"]
        {
            assert_eq!(read_away(words, now(), &TimeZone::UTC), None, "{words}");
        }
    }

    #[test]
    fn an_automatic_answer_says_when_its_author_is_back() {
        for (text, until) in [
            (
                "Я в отпуске до 30 ноября. По срочным вопросам - boris@uni.test",
                Some("12-01 00:00"),
            ),
            ("В отпуске с 16 по 27 ноября.", Some("11-28 00:00")),
            (
                "I am out of the office until 27 November 2026.",
                Some("11-28 00:00"),
            ),
            ("I will be back on November 30.", Some("11-30 00:00")),
            ("Вернусь 30.11.2026", Some("11-30 00:00")),
            ("Меня нет на месте. До встречи!", None),
            ("Меня не было до 10.11.2026", None),
        ] {
            let read = return_in(text, now(), &TimeZone::UTC).map(shown);
            assert_eq!(read.as_deref(), until, "{text}");
        }
    }

    #[test]
    fn preferences_are_changed_by_words() {
        let usual = Preferences::default();
        let list = |list| Some(Preferences { list, ..usual });
        let reports = |tells_all| Some(Preferences { tells_all, ..usual });
        for (words, changed_to) in [
            ("отчёты всегда", reports(true)),
            ("reports only failures", reports(false)),
            ("список нет", list(ListTime::Never)),
            (
                "список дел в 8:30",
                list(ListTime::At(Time::constant(8, 30, 0, 0))),
            ),
            ("list at 7", list(ListTime::At(Time::constant(7, 0, 0, 0)))),
            ("список как обычно", list(ListTime::Queue)),
            ("список 25:00", None),
            ("отчёты иногда", None),
            ("", None),
        ] {
            assert_eq!(changed(words, usual), changed_to, "{words}");
        }
    }
}
