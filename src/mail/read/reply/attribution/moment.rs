//! Dates and times of day in a line, whatever the language.

/// Whether there is a date in numbers: a year of our time, `23.11.26`, `11/23/2026`, `2026-11-23`, `11月23日`.
pub(super) fn has_date(text: &str) -> bool {
    let is_date = |text: &str| runs(text).any(|run| is_year(run) || is_numeric_date(run));
    text.contains(['年', '月'])
        || is_date(text)
        // `23. 11. 26`.
        || (text.contains(". ") && is_date(&text.replace(". ", ".")))
}

/// Whether there is a time of day: `10:15`, `10.15`, `10h15`.
pub(super) fn has_time(text: &str) -> bool {
    text.split(|c: char| !(is_digit(c) || matches!(c, ':' | '.' | 'h')))
        .map(|run| run.trim_matches([':', '.', 'h']))
        .any(is_time)
}

/// Runs of digits and of what joins them in a date.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(is_digit(c) || matches!(c, '.' | '/' | '-')))
        .map(|run| run.trim_matches(['.', '/', '-']))
        .filter(|run| !run.is_empty())
}

/// ASCII digits, and those of Arabic and Persian.
pub(super) const fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
}

fn is_year(run: &str) -> bool {
    let is_four = run.chars().count() == 4 && run.chars().all(is_digit);
    is_four && (!run.is_ascii() || run.starts_with("20") || run.starts_with("199"))
}

fn is_numeric_date(run: &str) -> bool {
    ['.', '/', '-'].into_iter().any(|joint| {
        let mut parts = run.split(joint);
        let lengths = [parts.next(), parts.next(), parts.next()]
            .map(|part| part.filter(|p| p.chars().all(is_digit)))
            .map(|part| part.map_or(0, |p| p.chars().count()));
        let [first, middle, last] = lengths;
        parts.next().is_none()
            && (1..=2).contains(&middle)
            && matches!((first, last), (1..=2, 2 | 4) | (4, 1..=2))
    })
}

fn is_time(run: &str) -> bool {
    [':', '.', 'h'].into_iter().any(|joint| {
        let mut parts = run.split(joint);
        let (Some(hours), Some(minutes)) = (parts.next(), parts.next()) else {
            return false;
        };
        let seconds = parts.next().unwrap_or("00");
        let is_number = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&part.chars().count()) && part.chars().all(is_digit)
        };
        is_number(hours, 1..=2)
            && is_number(minutes, 2..=2)
            && (joint != '.' || run.matches('.').count() == 1)
            && is_number(seconds, 2..=2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_known() {
        for text in [
            "23.11.2026",
            "on 11/23/26,",
            "2026-11-23 10:15",
            "23 нояб. 2026 г.",
            "2026年11月23日",
            "٢٣ نوفمبر ٢٠٢٦",
            "23-11-2026",
            "23. 11. 2026",
            "23. 11. 26",
        ] {
            assert!(has_date(text), "{text}");
        }
        for text in ["10:15", "v1.2.3", "214", "1.500", "+7-495", "тел. 22-33"] {
            assert!(!has_date(text), "{text}");
        }
    }

    #[test]
    fn times_are_known() {
        for text in ["at 10:15", "klo 10.15", "10:15:05", "à 10h15", "٠٩:٣١"] {
            assert!(has_time(text), "{text}");
        }
        for text in ["23.11.2026", "214", "a:b", "1:2"] {
            assert!(!has_time(text), "{text}");
        }
    }
}
