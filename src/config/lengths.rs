//! Lengths of time as people write them: with units, and targets in business time.

use std::time::Duration;

/// A stretch of time with units: `90 min`, `8 h 30 min`, `1 ч`; at least a second.
pub(super) fn duration(words: &str) -> Result<Duration, String> {
    match length(words) {
        Some(seconds) if seconds > 0 => Ok(Duration::from_secs(seconds)),
        _ => Err(format!(
            "\"{words}\" is no length of time: write \"30 s\", \"5 min\" or \"1 h 30 min\""
        )),
    }
}

/// Parses a length into seconds; `None`: it is not one.
fn length(words: &str) -> Option<u64> {
    let is_written = !words.trim().is_empty();
    let seconds = counted(words, |unit| match unit {
        "s" | "sec" | "second" | "seconds" | "с" | "сек" => Some(1),
        "min" | "minute" | "minutes" | "м" | "мин" | "минут" => Some(60),
        "h" | "hour" | "hours" | "ч" | "час" | "часа" | "часов" => Some(3600),
        _ => None,
    });
    seconds.filter(|_| is_written)
}

/// The longest target: ten thousand hours of business time are some five years of work.
const TARGET_SECS_MAX: u64 = 10_000 * 3600;

/// Whether a length of time is written in days or weeks.
pub(super) fn is_in_days(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut units = ["day", "дн", "ден", "week", "нед", "сут", "month", "меся"].into_iter();
    units.any(|unit| lower.contains(unit)) || lower.trim_end().ends_with(['d', 'w'])
}

/// A target in business time, in seconds; at least one. Days are refused, since nobody agrees on how long a working day is.
pub(super) fn target(words: &str) -> Result<i64, String> {
    match target_or_none(words) {
        Ok(0) => Err(format!(
            "\"{words}\" is no length of time here: write \"8 h\" or \"90 min\""
        )),
        other => other,
    }
}

/// Parses a target as [`target`] does, and takes "0 h" as well: due as soon as work begins.
pub(super) fn target_or_none(words: &str) -> Result<i64, String> {
    if is_in_days(words) {
        return Err(
            "a target is counted in business hours and minutes: for two days of eight hours write \"16 h\"; days by the \
             calendar are a limit, limit = \"2 working days\""
                .to_owned(),
        );
    }
    let seconds = length(words).ok_or_else(|| {
        format!("\"{words}\" is no target: write business hours and minutes, \"8 h\" or \"90 min\"")
    })?;
    i64::try_from(seconds)
        .ok()
        .filter(|_| seconds <= TARGET_SECS_MAX)
        .ok_or_else(|| "a target is at most 10000 h".to_owned())
}

/// `8 h 30 min` as a sum of units; `None` where a word is not understood or the sum is too large.
pub(super) fn counted(words: &str, unit_of: impl Fn(&str) -> Option<u64>) -> Option<u64> {
    let mut rest = words.trim();
    let mut sum: u64 = 0;
    while !rest.is_empty() {
        let digits_end = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, tail) = rest.split_at_checked(digits_end)?;
        let tail = tail.trim_start();
        let unit_end = tail
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(tail.len());
        let (unit, tail) = tail.split_at_checked(unit_end)?;
        let number: u64 = number.parse().ok()?;
        sum = sum.checked_add(number.checked_mul(unit_of(&unit.to_lowercase())?)?)?;
        rest = tail.trim_start();
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read() {
        let secs = |words| duration(words).map(|d| d.as_secs()).ok();
        assert_eq!(secs("90 min"), Some(5400));
        assert_eq!(secs("8 h 30 min"), Some(30_600));
        assert_eq!(secs("8ч30мин"), Some(30_600));
        assert_eq!(secs("30 s"), Some(30));
        for refused in [
            "",
            "0 s",
            "5",
            "min",
            "5 minuets",
            "-5 min",
            "1.5 h",
            "99999999999999999999 h",
        ] {
            assert_eq!(secs(refused), None, "{refused}");
        }
    }

    #[test]
    fn a_target_is_business_hours() {
        assert_eq!(target("24 h"), Ok(86_400));
        for days in ["2 days", "2 дня", "2d", "3 рабочих дня", "1 week", "5 дней"]
        {
            let said = target(days).unwrap_err();
            assert!(said.contains("16 h"), "{days}: {said}");
        }
        assert!(target("10001 h").unwrap_err().contains("at most"));
        assert!(target("soon").unwrap_err().contains("\"90 min\""));
    }

    #[test]
    fn only_a_promise_may_be_nothing() {
        assert_eq!(target_or_none("0 h"), Ok(0));
        assert!(target("0 h").unwrap_err().contains("no length"));
        assert!(target_or_none("").unwrap_err().contains("no target"));
    }
}
