//! The `Date` of a mail: mail-parser reads the many spellings, jiff decides whether it is a date at all.

use jiff::civil::DateTime;
use mail_parser::{HeaderValue, parsers::MessageStream};

/// `value` as RFC 3339 with the offset its sender wrote; `None` where it is no date between 1980 and 2100.
pub(super) fn read(value: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(value);
    // mail-parser loses its place where the seconds are missing, which RFC 5322 allows.
    let words: Vec<String> = text.split_whitespace().map(with_seconds).collect();
    let line = format!("{}\n", words.join(" "));
    let HeaderValue::DateTime(date) = MessageStream::new(line.as_bytes()).parse_date() else {
        return None;
    };
    let part = |number: u8| i8::try_from(number).ok();
    let year = i16::try_from(date.year).ok()?;
    let civil = DateTime::new(
        year,
        part(date.month)?,
        part(date.day)?,
        part(date.hour)?,
        part(date.minute)?,
        part(date.second.min(59))?,
        0,
    );
    let is_sound =
        civil.is_ok() && (1980..=2100).contains(&year) && date.tz_hour <= 15 && date.tz_minute < 60;
    is_sound.then(|| {
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}",
            date.year,
            date.month,
            date.day,
            date.hour,
            date.minute,
            date.second.min(59),
            if date.tz_before_gmt && (date.tz_hour, date.tz_minute) != (0, 0) {
                '-'
            } else {
                '+'
            },
            date.tz_hour,
            date.tz_minute
        )
    })
}

fn with_seconds(word: &str) -> String {
    let is_short_time = word.split_once(':').is_some_and(|(hour, minute)| {
        let is_number =
            |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number(hour) && is_number(minute)
    });
    if is_short_time {
        format!("{word}:00")
    } else {
        word.to_owned()
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
    fn what_is_no_date_is_none() {
        check("Mon, 30 Feb 2026 25:61", None);
        check("30 Feb 2026 10:00:00 +0000", None);
        check("yesterday", None);
        check("", None);
    }
}
