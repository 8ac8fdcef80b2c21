//! What was written of a field, checked: a choice becomes the one of the configuration, a day and a number are written
//! in one way.

use jiff::civil::DateTime;

use super::{FieldKind, Title, fold::folded};
use crate::desk::command::{is_slip_of, when};

/// The value that was meant; `None`: it cannot be used for a field of this kind. A value that was checked is its own
/// value. `now` is the time on the wall where it was written for.
#[must_use]
pub fn check(kind: &FieldKind, written: &str, now: DateTime) -> Option<String> {
    let written = written.trim();
    if written.is_empty() {
        return None;
    }
    match kind {
        FieldKind::Text => Some(written.to_owned()),
        FieldKind::Choice(choices) => chosen(choices, written).map(|choice| choice.text.clone()),
        FieldKind::Date => day(written, now),
        FieldKind::Number => number(written),
    }
}

/// The choice that was meant: by its words in any case, by its number, with one slip of the finger, or with a comma and
/// more behind it.
fn chosen<'c>(choices: &'c [Title], written: &str) -> Option<&'c Title> {
    let words = folded(written);
    let is = |choice: &&Title, is_meant: &dyn Fn(&str) -> bool| {
        choice.all().any(|words| is_meant(&folded(words)))
    };
    let exact = choices
        .iter()
        .find(|choice| is(choice, &|own| own == words));
    exact
        .or_else(|| numbered(choices, written))
        .or_else(|| {
            only(choices, |choice| {
                is(&choice, &|own| is_slip_of(&words, own))
            })
        })
        .or_else(|| {
            let begins = |own: &str| {
                let rest = words.strip_prefix(own);
                rest.is_some_and(|rest| rest.trim_start().starts_with([',', '(', '.', ';', '!']))
            };
            only(choices, |choice| is(&choice, &begins))
        })
}

fn only(choices: &[Title], is_meant: impl Fn(&Title) -> bool) -> Option<&Title> {
    let mut meant = choices.iter().filter(|choice| is_meant(choice));
    let first = meant.next()?;
    meant.next().is_none().then_some(first)
}

/// `2`, `2)`, `№ 2`, `2. в печатном виде`.
fn numbered<'c>(choices: &'c [Title], written: &str) -> Option<&'c Title> {
    let words = folded(written);
    let words = words.trim_start_matches(['№', '#']).trim_start();
    let count = words.chars().take_while(char::is_ascii_digit).count();
    let number: usize = words.get(..count)?.parse().ok()?;
    let choice = choices.get(number.checked_sub(1)?)?;
    let rest = folded(
        words
            .get(count..)?
            .trim_start_matches(['.', ')', ':', '-', '–', '—', ' ']),
    );
    let mut own = choice.all().map(folded);
    (rest.is_empty() || own.any(|own| own == rest || is_slip_of(&rest, &own))).then_some(choice)
}

/// A day, as ISO 8601 writes it.
fn day(written: &str, now: DateTime) -> Option<String> {
    let words = written.replace(['\u{a0}', '\u{202f}'], " ");
    let words = words.trim().trim_end_matches('.').trim_end();
    let words = ["года", "год", "г"]
        .iter()
        .find_map(|word| words.strip_suffix(word))
        .unwrap_or(words);
    let (moment, rest) = when::read(words.trim().trim_end_matches('.'), now)?;
    rest.trim().is_empty().then(|| moment.date.to_string())
}

/// A number with a point, as programs read it.
fn number(written: &str) -> Option<String> {
    let mut digits = String::new();
    let mut has_point = false;
    for c in written.trim_end_matches('.').chars() {
        match c {
            '0'..='9' => digits.push(c),
            '-' | '−' if digits.is_empty() => digits.push('-'),
            ',' | '.' if !has_point => {
                has_point = true;
                digits.push('.');
            }
            _ if c.is_whitespace() => {}
            _ => return None,
        }
    }
    let is_number = digits.ends_with(|c: char| c.is_ascii_digit())
        && digits
            .trim_start_matches('-')
            .starts_with(|c: char| c.is_ascii_digit())
        && digits.len() <= 30;
    is_number.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime {
        "2026-11-17T12:00".parse().expect("a date and time")
    }

    fn ways() -> FieldKind {
        let way = |text: &str, en: &str| Title {
            text: text.to_owned(),
            en: Some(en.to_owned()),
        };
        FieldKind::Choice(vec![
            way("на почту", "by mail"),
            way("в печатном виде", "on paper"),
            way("2024", "2024"),
        ])
    }

    #[track_caller]
    fn is(kind: &FieldKind, written: &str, expected: Option<&str>) {
        let value = check(kind, written, now());
        assert_eq!(value.as_deref(), expected, "{written}");
        if let Some(value) = value {
            assert_eq!(check(kind, &value, now()), Some(value), "{written}");
        }
    }

    #[test]
    fn a_choice_is_known_by_words_number_and_with_a_slip() {
        for written in [
            "на почту",
            "На Почту.",
            "«на\u{a0}почту»",
            "1",
            "1)",
            "№1",
            "1. на почту",
            "на пожту",
            "by mail",
            "на почту, пожалуйста",
            "1 — на почту",
        ] {
            is(&ways(), written, Some("на почту"));
        }
        is(&ways(), "ON PAPER", Some("в печатном виде"));
        is(&ways(), "2024", Some("2024"));
        for written in [
            "",
            "почтой",
            "на почту не надо",
            "4",
            "0",
            "1 и 2",
            "на почту или в печатном виде",
            "—",
        ] {
            is(&ways(), written, None);
        }
    }

    #[test]
    fn days_and_numbers_are_written_in_one_way() {
        for written in [
            "15.12.2026",
            "15.12.26",
            "15 декабря 2026 г.",
            "2026-12-15",
            "15 декабря",
            "December 15",
            "до 15.12.2026",
            "15.12.2026 г",
        ] {
            is(&FieldKind::Date, written, Some("2026-12-15"));
        }
        for written in ["скоро", "31.02.2026", "15.12.2026 или позже", "2025"] {
            is(&FieldKind::Date, written, None);
        }
        for (written, number) in [
            ("12", "12"),
            ("1 200,50", "1200.50"),
            ("-3", "-3"),
            ("1\u{a0}000", "1000"),
            ("7.", "7"),
        ] {
            is(&FieldKind::Number, written, Some(number));
        }
        for written in ["двенадцать", "12 шт", "1.2.3", "-", ",5", "5,"] {
            is(&FieldKind::Number, written, None);
        }
        is(&FieldKind::Text, " что угодно ", Some("что угодно"));
        is(&FieldKind::Text, " ", None);
    }
}
