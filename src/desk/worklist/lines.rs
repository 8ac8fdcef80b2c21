//! How the lines of a list are answered.

use crate::desk::policy::{Policy, is_to};

/// One line of an answer: to which lines of the list, what is said of them, and the line as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineAnswer {
    /// The numbers.
    pub numbers: Vec<u64>,
    /// What follows them.
    pub words: String,
    /// The line as written.
    pub written: String,
}

/// The lines that begin with a number: `3 done`, `5, 7 take`, `2) note: called`. Others are no answers.
#[must_use]
pub fn answers_in(text: &str) -> Vec<LineAnswer> {
    text.lines()
        .take(ANSWERS_MAX)
        .filter_map(answer_in)
        .collect()
}

/// What is said of a line, as the command that it may be: the sign before it is not needed there, and `to accounting` says
/// enough.
#[must_use]
pub fn as_command(words: &str, policy: &Policy) -> String {
    let first = words.split_whitespace().next().unwrap_or_default();
    if is_to(first) && policy.queue_named(words).is_some() {
        let verb = if first.is_ascii() {
            "transfer"
        } else {
            "передать"
        };
        return format!("#{verb} {words}");
    }
    match words.starts_with('#') {
        true => words.to_owned(),
        false => format!("#{words}"),
    }
}

const ANSWERS_MAX: usize = 200;

fn answer_in(line: &str) -> Option<LineAnswer> {
    let line = line.trim();
    let mut rest = line;
    let mut numbers = Vec::new();
    loop {
        let digits = rest
            .len()
            .saturating_sub(rest.trim_start_matches(|c: char| c.is_ascii_digit()).len());
        let (number, behind) = rest.split_at_checked(digits)?;
        if number.is_empty() || number.len() > 3 {
            break;
        }
        // "3D printer" begins with no number.
        if behind.starts_with(char::is_alphanumeric) {
            break;
        }
        numbers.push(number.parse().ok()?);
        rest = behind.trim_start_matches(|c: char| c.is_whitespace() || ",;.):-–—".contains(c));
    }
    (!numbers.is_empty()).then(|| LineAnswer {
        numbers,
        words: rest.to_owned(),
        written: line.to_owned(),
    })
}
