//! A production calendar as xmlcalendar publishes it: `<calendar year="2026">` with `<day d="05.08" t="2"/>`; t is 1 for a
//! day off, 2 for a shorter one, 3 for a weekend's day that is worked; f is the day that a day off came from.

use std::collections::BTreeMap;

use jiff::{
    Span,
    civil::{Date, Weekday},
};

use super::plain::Wrong;
use crate::desk::calendar::{DayKind, Year};

/// Reads a file.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn parse(text: &str) -> Result<Year, Wrong> {
    let mut wrong = Wrong::new();
    let mut days: Vec<(usize, Date, String)> = Vec::new();
    let (mut year, mut freed) = (None, BTreeMap::new());
    for (number, tag) in tags(text) {
        match tag.split_whitespace().next() {
            Some("calendar") => {
                year = attribute(tag, "year").and_then(|year| year.parse::<i16>().ok())
            }
            Some("day") => {
                let Some(named) = year else {
                    return Err(vec![(
                        number,
                        "a day stands before <calendar year=\"…\">".to_owned(),
                    )]);
                };
                let of = |key| attribute(tag, key).and_then(|words| date(named, words));
                let kind = attribute(tag, "t").unwrap_or("");
                let Some(date) = of("d") else {
                    wrong.push((number, "a day without a date, d=\"05.08\"".to_owned()));
                    continue;
                };
                if let Some(from) = of("f").filter(|_| kind == "1") {
                    freed.insert(from, date);
                }
                days.push((number, date, kind.to_owned()));
            }
            Some(_) | None => {}
        }
    }
    let Some(named) = year else {
        return Err(vec![(
            1,
            "this is no calendar: <calendar year=\"…\"> is missing".to_owned(),
        )]);
    };
    let mut read = Year {
        year: Some(named),
        ..Year::default()
    };
    for (number, date, kind) in days {
        let instead = freed.get(&date).copied().or_else(|| weekday_for(date));
        let kind = match kind.as_str() {
            "1" => DayKind::Off,
            "2" => DayKind::Working {
                is_short: true,
                instead,
            },
            "3" => DayKind::Working {
                is_short: false,
                instead,
            },
            other => {
                wrong.push((
                    number,
                    format!("t=\"{other}\" is not known: 1 is off, 2 short, 3 working"),
                ));
                continue;
            }
        };
        if read.days.insert(date, kind).is_some() {
            wrong.push((number, format!("{date} stands here twice")));
        }
    }
    match wrong.is_empty() {
        true => Ok(read),
        false => Err(wrong),
    }
}

/// A weekend's day that is worked, and nobody says instead of which: as the Monday before it.
fn weekday_for(date: Date) -> Option<Date> {
    let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let back = i64::from(date.weekday().to_monday_zero_offset());
    let monday = date.checked_sub(Span::new().try_days(back).ok()?).ok();
    monday.filter(|_| is_weekend)
}

/// The insides of all tags, each with its line.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut line = 1_usize;
    text.split('<').filter_map(move |piece| {
        let number = line;
        line = line.saturating_add(piece.matches('\n').count());
        let (tag, _) = piece.split_once('>')?;
        Some((number, tag.trim_end_matches('/')))
    })
}

fn attribute<'t>(tag: &'t str, key: &str) -> Option<&'t str> {
    tag.split_whitespace().find_map(|word| {
        let value = word.strip_prefix(key)?.strip_prefix("=\"")?;
        value.strip_suffix('"')
    })
}

fn date(year: i16, words: &str) -> Option<Date> {
    let (month, day) = words.split_once('.')?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}
