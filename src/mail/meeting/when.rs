//! From when until when, in words: «понедельник, 23 ноября 2026, 10:15–11:15 (МСК)».

use jiff::civil::{Date, DateTime};

use crate::{mail::render::dates::day, model::language::Language};

/// Windows' names of Russian zones, and cities that people know them by.
const WINDOWS: [(&str, &str, &str); 12] = [
    ("Russian Standard Time", "МСК", "MSK"),
    ("Kaliningrad Standard Time", "Калининград", "Kaliningrad"),
    ("Russia Time Zone 3", "Самара", "Samara"),
    (
        "Ekaterinburg Standard Time",
        "Екатеринбург",
        "Yekaterinburg",
    ),
    ("Omsk Standard Time", "Омск", "Omsk"),
    (
        "N. Central Asia Standard Time",
        "Новосибирск",
        "Novosibirsk",
    ),
    ("North Asia Standard Time", "Красноярск", "Krasnoyarsk"),
    ("North Asia East Standard Time", "Иркутск", "Irkutsk"),
    ("Yakutsk Standard Time", "Якутск", "Yakutsk"),
    ("Vladivostok Standard Time", "Владивосток", "Vladivostok"),
    ("Belarus Standard Time", "Минск", "Minsk"),
    ("Europe/Moscow", "МСК", "MSK"),
];

/// An instant as a calendar gives it.
enum Moment {
    Day(Date),
    At(DateTime, bool),
}

/// What a calendar says of its time; empty where it says nothing. What cannot be read stands as written.
pub(super) fn words(
    start: Option<&str>,
    end: Option<&str>,
    zone: Option<&str>,
    language: Language,
) -> String {
    let Some(written) = start.or(end) else {
        return String::new();
    };
    let until = end.filter(|_| start.is_some()).and_then(moment);
    match (moment(written), until) {
        (None, _) => written.to_owned(),
        (Some(Moment::Day(first)), Some(Moment::Day(last))) if last > first => {
            format!("{} – {}", day(first, language), day(last, language))
        }
        (Some(Moment::Day(first)), _) => {
            let whole = match language {
                Language::Ru => "весь день",
                Language::En => "all day",
            };
            format!("{}, {whole}", day(first, language))
        }
        (Some(Moment::At(from, is_utc)), until) => {
            let begin = format!("{}, {}", day(from.date(), language), time(from));
            let span = match until {
                Some(Moment::At(to, same)) if same == is_utc && to > from => {
                    if to.date() == from.date() {
                        format!("{begin}–{}", time(to))
                    } else {
                        format!("{begin} – {}, {}", day(to.date(), language), time(to))
                    }
                }
                Some(Moment::At(..) | Moment::Day(_)) | None => begin,
            };
            match zone_words(is_utc, zone, language) {
                Some(zone) => format!("{span} ({zone})"),
                None => span,
            }
        }
    }
}

fn moment(text: &str) -> Option<Moment> {
    if text.len() == 10 {
        return text.parse().ok().map(Moment::Day);
    }
    let (text, is_utc) = match text.strip_suffix('Z') {
        Some(text) => (text, true),
        None => (text, false),
    };
    text.parse().ok().map(|at| Moment::At(at, is_utc))
}

fn time(at: DateTime) -> String {
    format!("{}:{:02}", at.hour(), at.minute())
}

fn zone_words(is_utc: bool, zone: Option<&str>, language: Language) -> Option<String> {
    if is_utc {
        return Some("UTC".to_owned());
    }
    let zone = zone?;
    let known = WINDOWS.iter().find(|(name, ..)| *name == zone);
    Some(match (known, language) {
        (Some((_, russian, _)), Language::Ru) => (*russian).to_owned(),
        (Some((_, _, english)), Language::En) => (*english).to_owned(),
        (None, _) => zone.to_owned(),
    })
}
