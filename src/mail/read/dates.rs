//! The `Date` of a mail (RFC 5322, 3.3 and 4.3), in the many spellings that programs use; jiff decides whether there is
//! such a day at all.

use jiff::civil::DateTime;

use super::words;

/// No date is longer; what follows is not looked at.
const DATE_MAX: usize = 300;

/// The years that a mail may be of. What lies outside is a broken clock.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// The widest offset from UTC that is a zone, in minutes.
const OFFSET_MAX: i32 = 15 * 60;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// How Russian and Ukrainian names of months begin, lower case: scripts write dates in the language of their server.
const CYRILLIC_MONTHS: [(&str, i8); 25] = [
    ("янв", 1),
    ("фев", 2),
    ("мар", 3),
    ("апр", 4),
    ("май", 5),
    ("мая", 5),
    ("июн", 6),
    ("июл", 7),
    ("авг", 8),
    ("сен", 9),
    ("окт", 10),
    ("ноя", 11),
    ("дек", 12),
    ("січ", 1),
    ("лют", 2),
    ("бер", 3),
    ("кві", 4),
    ("тра", 5),
    ("чер", 6),
    ("лип", 7),
    ("серп", 8),
    ("вер", 9),
    ("жов", 10),
    ("лис", 11),
    ("гру", 12),
];

/// Zones that have names, in hours from UTC (RFC 5322, 4.3, and what else is in use). All others count as UTC, as the
/// RFC wants it.
const ZONES: [(&str, i32); 33] = [
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
    ("akst", -9),
    ("akdt", -8),
    ("hst", -10),
    ("brt", -3),
    ("wet", 0),
    ("west", 1),
    ("bst", 1),
    ("met", 1),
    ("mez", 1),
    ("cet", 1),
    ("mest", 2),
    ("mesz", 2),
    ("cest", 2),
    ("eet", 2),
    ("eest", 3),
    ("msk", 3),
    ("msd", 4),
    ("yekt", 5),
    ("hkt", 8),
    ("sgt", 8),
    ("jst", 9),
    ("kst", 9),
    ("aest", 10),
    ("aedt", 11),
    ("nzst", 12),
];

/// `value` as RFC 3339 with the offset its sender wrote; `None` where it is no date of 1900 to 2100. A date without a
/// zone counts as UTC.
pub(super) fn read(value: &[u8]) -> Option<String> {
    let text = words::decode(value.get(..DATE_MAX).unwrap_or(value)).to_lowercase();
    let (text, comment) = without_comments(&text);
    let text = tight_colons(&text);
    let mut found = Found::default();
    for word in text
        .split([' ', '\t', '\r', '\n', ','])
        .filter(|w| !w.is_empty())
    {
        found.word(word);
        if found.is_whole() {
            break;
        }
    }
    let named = comment.split_whitespace().find_map(zone_named);
    let offset = found.offset.or(named).unwrap_or(0);
    let (hour, minute, second) = found.time.unwrap_or_default();
    let year = found.year?;
    let civil = DateTime::new(year, found.month?, found.day?, hour, minute, second, 0).ok()?;
    if !YEARS.contains(&year) || offset.abs() > OFFSET_MAX {
        return None;
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    Some(format!("{civil}{sign}{hours:02}:{minutes:02}"))
}

/// What the words of a date have said so far.
#[derive(Default)]
struct Found {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
    time: Option<(i8, i8, i8)>,
    /// Minutes from UTC.
    offset: Option<i32>,
}

impl Found {
    const fn is_whole(&self) -> bool {
        self.day.is_some()
            && self.month.is_some()
            && self.year.is_some()
            && self.time.is_some()
            && self.offset.is_some()
    }

    fn word(&mut self, word: &str) {
        let starts_with = |is: fn(&char) -> bool| word.chars().next().as_ref().is_some_and(is);
        if self.offset.is_none() && self.time.is_some() && word.starts_with(['+', '-']) {
            self.offset = offset(word);
        } else if starts_with(|c| c.is_alphabetic()) {
            self.name(word);
        } else if !starts_with(char::is_ascii_digit) {
            // Punctuation.
        } else if self.time.is_none() && word.contains(':') {
            let (date, clock) = word.split_once('t').unwrap_or(("", word));
            self.day_of_three(date);
            self.clock(clock);
        } else if word.contains(['-', '/', '.']) {
            self.day_of_three(word);
        } else {
            self.number(word);
        }
    }

    /// A month, a zone, or which half of the day. Names of weekdays say nothing new.
    fn name(&mut self, name: &str) {
        match (name.trim_matches(['.', ';']), self.time) {
            ("pm", Some((hour @ 0..12, minute, second))) => {
                self.time = Some((hour.saturating_add(12), minute, second));
            }
            ("am", Some((12, minute, second))) => self.time = Some((0, minute, second)),
            (zone, Some(_)) if self.offset.is_none() && zone_named(zone).is_some() => {
                self.offset = zone_named(zone);
            }
            _ if self.month.is_none() => {
                self.month = month_named(name);
            }
            _ => {}
        }
    }

    fn number(&mut self, word: &str) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let Ok(number) = digits.parse::<i16>() else {
            return;
        };
        let is_day = digits.len() < 3 || (digits.len() == 3 && digits.starts_with('0'));
        if self.day.is_none() && is_day {
            self.day = i8::try_from(number).ok();
        } else if self.year.is_none() {
            self.year = Some(match digits.len() {
                // RFC 5322, 4.3.
                0..=2 if number < 50 => number.saturating_add(2000),
                0..=3 => number.saturating_add(1900),
                _ => number,
            });
        } else if self.offset.is_none() && self.time.is_some() && digits.len() == 4 {
            // The sign was forgotten.
            self.offset = offset(digits);
        }
    }

    /// `10:15:00.5`, also with a zone behind it.
    fn clock(&mut self, word: &str) {
        let end = word
            .find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.')
            .unwrap_or(word.len());
        let (clock, rest) = word.split_at_checked(end).unwrap_or((word, ""));
        let mut parts = clock.split(':').map(|part| {
            let whole = part.split('.').next().unwrap_or_default();
            whole
                .parse::<i8>()
                .ok()
                .filter(|n| *n <= 60)
                .unwrap_or(i8::MAX)
        });
        let (hour, minute) = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
        let second = parts.next().unwrap_or(0);
        self.time = Some((hour, minute, if second == 60 { 59 } else { second }));
        if !rest.is_empty() {
            self.word(rest);
        }
    }

    /// `23-nov-98`, `2026-11-23`, `23.11.2026`; and `10.15.00` once the day is known.
    fn day_of_three(&mut self, word: &str) {
        let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
        let [first, second, third] = parts.as_slice() else {
            self.number(parts.first().copied().unwrap_or_default());
            return;
        };
        if self.day.is_some() && self.time.is_none() {
            self.clock(&word.replace(['-', '/', '.'], ":"));
            return;
        }
        let (year, day) = if first.len() == 4 {
            (first, third)
        } else {
            (third, first)
        };
        self.number(day);
        match second.parse() {
            Ok(month) => self.month = Some(month),
            Err(_) => self.name(second),
        }
        self.number(year);
    }
}

/// `+0300`, `-03:00`, `+3`, `-600`: minutes from UTC.
fn offset(word: &str) -> Option<i32> {
    let digits: String = word.chars().filter(char::is_ascii_digit).take(4).collect();
    let (hours, minutes) = match digits.len() {
        0 => return None,
        1 | 2 => (digits.parse::<i32>().ok()?, 0),
        length => {
            let (hours, minutes) = digits.split_at_checked(length.saturating_sub(2))?;
            (hours.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?)
        }
    };
    let minutes = if minutes < 60 { minutes } else { 0 };
    let all = hours.saturating_mul(60).saturating_add(minutes);
    Some(if word.starts_with('-') {
        all.saturating_neg()
    } else {
        all
    })
}

/// `gmt`, `z`, `est`, `utc+3`: minutes from UTC. Weekdays and months are no zones.
fn zone_named(name: &str) -> Option<i32> {
    for zero in ["utc", "gmt", "ut", "z"] {
        match name.strip_prefix(zero) {
            Some("") => return Some(0),
            Some(rest) if rest.starts_with(['+', '-']) => return offset(rest),
            _ => {}
        }
    }
    let (_, hours) = ZONES.iter().find(|(zone, _)| *zone == name)?;
    Some(hours.saturating_mul(60))
}

/// The month whose name a word begins with.
fn month_named(name: &str) -> Option<i8> {
    let english = MONTHS.iter().position(|month| name.starts_with(month));
    english
        .and_then(|at| i8::try_from(at.saturating_add(1)).ok())
        .or_else(|| {
            let mut cyrillic = CYRILLIC_MONTHS.iter();
            cyrillic
                .find(|(month, _)| name.starts_with(month))
                .map(|(_, number)| *number)
        })
}

/// `text` without its comments, and what stood in them.
fn without_comments(text: &str) -> (String, String) {
    let (mut kept, mut comment) = (String::new(), String::new());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            c if depth > 0 => comment.push(c),
            c => kept.push(c),
        }
    }
    (kept, comment)
}

/// `text` without the white space around colons, which is obsolete.
fn tight_colons(text: &str) -> String {
    let words: Vec<&str> = text.split(':').map(str::trim).collect();
    if words.len() > 1 {
        words.join(":")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, date: Option<&str>) {
        assert_eq!(read(value.as_bytes()).as_deref(), date, "{value}");
    }

    #[test]
    fn dates_keep_their_offset() {
        check(
            "Mon, 23 Nov 2026 10:15:00 +0300",
            Some("2026-11-23T10:15:00+03:00"),
        );
        check(
            "Mon, 09 Nov 2020 14:49:07 -0800 (PST)",
            Some("2020-11-09T14:49:07-08:00"),
        );
        check("23 Nov 2026 10:15 GMT", Some("2026-11-23T10:15:00+00:00"));
        check(
            "Mon,\r\n 23 Nov 2026 10:15:00 -0000",
            Some("2026-11-23T10:15:00+00:00"),
        );
        check(
            "Fri, 13 Nov 98 01:02:03 EST",
            Some("1998-11-13T01:02:03-05:00"),
        );
    }

    #[test]
    fn obsolete_dates_are_read() {
        check("23 Nov 26 10:15 Z", Some("2026-11-23T10:15:00+00:00"));
        check(
            "Mon, 2 Apr 101 04:20:10 CST",
            Some("2001-04-02T04:20:10-06:00"),
        );
        check(
            "Wed, 15 Feb 1995 09:38:18",
            Some("1995-02-15T09:38:18+00:00"),
        );
        check(
            "Wed Feb 15 09:38:18 1995",
            Some("1995-02-15T09:38:18+00:00"),
        );
        check(
            "Wed Feb 15 09:38:18 MSK 2006",
            Some("2006-02-15T09:38:18+03:00"),
        );
        check(
            "Sunday, 06-Nov-94 08:49:37 GMT",
            Some("1994-11-06T08:49:37+00:00"),
        );
        check(
            "Wed, 20 Sep 1995 00:19:00 (EDT) -0400",
            Some("1995-09-20T00:19:00-04:00"),
        );
        check(
            "Wed, 20 Sep 1995 00:19:00 (EDT)",
            Some("1995-09-20T00:19:00-04:00"),
        );
        check(
            "Mon, 23 Nov 2026 10:15:00 K",
            Some("2026-11-23T10:15:00+00:00"),
        );
        check(
            "Thu,\r\n 13\r\n Feb\r\n 2020\r\n 23:32\r\n -0330 (Newfoundland Time)",
            Some("2020-02-13T23:32:00-03:30"),
        );
        check(
            "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600",
            Some("1997-11-21T09:55:06-06:00"),
        );
        check(
            "Thu, 13 Feb 1969 23:32:54 -0330",
            Some("1969-02-13T23:32:54-03:30"),
        );
    }

    #[test]
    fn dates_of_broken_programs_are_read() {
        check(
            "Mon, 21 Aug 95 13:30:57 -600",
            Some("1995-08-21T13:30:57-06:00"),
        );
        check(
            "Tue, 17 Jul 2012 22:23:35.882 0000",
            Some("2012-07-17T22:23:35+00:00"),
        );
        check(
            "Tue, 029 Apr 2019 23:34:45 -0800 (PST)",
            Some("2019-04-29T23:34:45-08:00"),
        );
        check(
            "Fri, 12 June 2025 23:42:00 +0200",
            Some("2025-06-12T23:42:00+02:00"),
        );
        check(
            "Mon,23 Nov 2026 10:15:00+0300",
            Some("2026-11-23T10:15:00+03:00"),
        );
        check(
            "Mon, 23 Nov 2026 10:15:00 +03:00",
            Some("2026-11-23T10:15:00+03:00"),
        );
        check(
            "Mon, 23 Nov 2026 10:15:00 GMT+3",
            Some("2026-11-23T10:15:00+03:00"),
        );
        check(
            "Mon, 23 Nov 2026 10:15:00 UTC-05:30",
            Some("2026-11-23T10:15:00-05:30"),
        );
        check("Nov 23, 2026 10:15 PM", Some("2026-11-23T22:15:00+00:00"));
        check("Nov 23rd, 2026 12:15AM", Some("2026-11-23T00:15:00+00:00"));
        check("2026-11-23T10:15:00Z", Some("2026-11-23T10:15:00+00:00"));
        check(
            "2026-11-23 10:15:00 +0300",
            Some("2026-11-23T10:15:00+03:00"),
        );
        check("23.11.2026 10:15:00", Some("2026-11-23T10:15:00+00:00"));
        check(
            "Mon, 23 Nov 2026 10.15.00 +0300",
            Some("2026-11-23T10:15:00+03:00"),
        );
        check(
            "Thu, 29 Apr 1995 23:34:45 -0800 From: Mail System",
            Some("1995-04-29T23:34:45-08:00"),
        );
        check(
            "Sat, 31 Dec 2016 23:59:60 +0000",
            Some("2016-12-31T23:59:59+00:00"),
        );
        check(
            "Wed, 16 Aug 2006 20:52:12 +0360",
            Some("2006-08-16T20:52:12+03:00"),
        );
        check("23 Nov 2026", Some("2026-11-23T00:00:00+00:00"));
    }

    #[test]
    fn months_in_cyrillic_are_read() {
        let date = Some("2026-11-24T10:15:00+03:00");
        check("Вт, 24 ноя 2026 10:15:00 +0300", date);
        check("вторник, 24 ноября 2026 г. 10:15 +0300", date);
        check("Вівторок, 24 лис 2026 10:15 +0300", date);
        check(
            "=?utf-8?B?0JLRgg==?=, 24 =?utf-8?B?0L3QvtGP?= 2026 10:15 +0300",
            date,
        );
        check("Середа, 24 2026 10:15 +0300", None);
    }

    #[test]
    fn what_is_no_date_is_none() {
        check("Mon, 30 Feb 2026 25:61", None);
        check("30 Feb 2026 10:00:00 +0000", None);
        check("Mon, 23 Nov 2026 24:15:00 +0000", None);
        check("Mon, 23 Nov 2026 10:15:00 +9900", None);
        check("Mon, 30 Jun 3609 15:33:50 +0600", None);
        check("Sat, 30 Dec 1899 00:00:00 +0200", None);
        check("Mon, 23 Nov", None);
        check("10:15:00 +0300", None);
        check("yesterday", None);
        check("", None);
    }
}
