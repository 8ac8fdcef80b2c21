//! Times and spans as the page says them: short, the same length in both languages.

use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};

use super::status::Zone;
use crate::model::language::Language;

const MONTHS_EN: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A day and a time: «17.11 15:00», "17 Nov 15:00". The year where it is another.
pub(super) fn moment(at: Timestamp, now: Timestamp, zone: &Zone, language: Language) -> String {
    let (at, now) = (
        at.to_zoned(zone.zone.clone()),
        now.to_zoned(zone.zone.clone()),
    );
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    let is_other = at.year() != now.year();
    match language {
        Language::Ru if is_other => {
            format!("{:02}.{:02}.{} {time}", at.day(), at.month(), at.year())
        }
        Language::Ru => format!("{:02}.{:02} {time}", at.day(), at.month()),
        Language::En => {
            let index = usize::from(at.month().unsigned_abs()).saturating_sub(1);
            let month = MONTHS_EN.get(index).copied().unwrap_or_default();
            match is_other {
                true => format!("{} {month} {} {time}", at.day(), at.year()),
                false => format!("{} {month} {time}", at.day()),
            }
        }
    }
}

/// How long, in its two largest units: «2 д 4 ч», "5 min".
pub(super) fn span(long: SignedDuration, language: Language) -> String {
    let [day, hour, minute, second] = match language {
        Language::Ru => ["д", "ч", "мин", "с"],
        Language::En => ["d", "h", "min", "s"],
    };
    let secs = long.as_secs().max(0);
    let (days, hours) = (secs / 86_400, secs % 86_400 / 3_600);
    let minutes = secs % 3_600 / 60;
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{secs} {second}"),
        (0, 0, minutes) => format!("{minutes} {minute}"),
        (0, hours, 0) => format!("{hours} {hour}"),
        (0, hours, minutes) => format!("{hours} {hour} {minutes} {minute}"),
        (days, 0, _) => format!("{days} {day}"),
        (days, hours, _) => format!("{days} {day} {hours} {hour}"),
    }
}

/// How long ago, no finer than a minute: what has just been changes with every look and says nothing new. Empty where it
/// never was.
pub(super) fn ago(at: Option<Timestamp>, now: Timestamp, language: Language) -> String {
    let shortest = SignedDuration::from_mins(1);
    let told = at.map(|at| match now.duration_since(at) {
        long if long < shortest => format!("< {}", span(shortest, language)),
        long => span(long, language),
    });
    told.unwrap_or_default()
}

/// The minute an instant lies in.
pub(super) fn minute(at: Timestamp) -> Timestamp {
    let whole = TimestampRound::new()
        .smallest(Unit::Minute)
        .mode(RoundMode::Floor);
    at.round(whole).unwrap_or(at)
}

/// The instant as programs read it (RFC 3339), to the second.
pub(super) fn exact(at: Timestamp) -> String {
    at.round(Unit::Second).unwrap_or(at).to_string()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn spans_have_two_units() {
        for (secs, ru, en) in [
            (0, "0 с", "0 s"),
            (59, "59 с", "59 s"),
            (60, "1 мин", "1 min"),
            (3_600, "1 ч", "1 h"),
            (3_660, "1 ч 1 мин", "1 h 1 min"),
            (86_400, "1 д", "1 d"),
            (90_061, "1 д 1 ч", "1 d 1 h"),
            (-5, "0 с", "0 s"),
        ] {
            let long = SignedDuration::from_secs(secs);
            assert_eq!(span(long, Language::Ru), ru);
            assert_eq!(span(long, Language::En), en);
        }
    }

    #[test]
    fn what_has_just_been_is_not_counted_in_seconds() {
        let now: Timestamp = "2026-11-17T09:00:59Z".parse().expect("an instant");
        for (at, ru, en) in [
            ("2026-11-17T09:00:58Z", "< 1 мин", "< 1 min"),
            ("2026-11-17T09:01:30Z", "< 1 мин", "< 1 min"),
            ("2026-11-17T08:59:59Z", "1 мин", "1 min"),
            ("2026-11-17T07:59:59Z", "1 ч 1 мин", "1 h 1 min"),
        ] {
            let at = at.parse().ok();
            assert_eq!(ago(at, now, Language::Ru), ru);
            assert_eq!(ago(at, now, Language::En), en);
        }
        assert_eq!(minute(now).to_string(), "2026-11-17T09:00:00Z");
    }

    #[test]
    fn moments_tell_the_year_where_it_is_another() {
        let zone = Zone {
            name: "Europe/Moscow".to_owned(),
            zone: TimeZone::fixed(jiff::tz::offset(3)),
        };
        let now: Timestamp = "2026-11-17T09:00:00Z".parse().expect("an instant");
        let told = |at: &str, language| {
            let at = at.parse().expect("an instant");
            moment(at, now, &zone, language)
        };
        assert_eq!(told("2026-11-17T12:00:00Z", Language::Ru), "17.11 15:00");
        assert_eq!(told("2026-11-17T12:00:00Z", Language::En), "17 Nov 15:00");
        assert_eq!(
            told("2026-12-31T22:00:00Z", Language::En),
            "1 Jan 2027 01:00"
        );
        assert_eq!(
            told("2025-12-30T20:59:00Z", Language::Ru),
            "30.12.2025 23:59"
        );
    }
}
