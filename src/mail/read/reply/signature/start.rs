//! The line at which a signature begins.

use crate::mail::read::reply::{
    announced::is_rule,
    line::shown,
    words::{CLOSINGS, DEVICES, SENT_FROM, folded},
};

/// How many lines that are not blank may stand from a signature's first to its last.
const LINES_MAX: usize = 20;
/// No line that begins one is longer, in bytes.
const LENGTH_MAX: usize = 200;

/// The first line of the signature below the text whose first line is `first`.
pub(super) fn find(lines: &[&str], first: usize) -> Option<usize> {
    let near = near_end(lines);
    (first.saturating_add(1)..lines.len()).find(|at| is_start(lines, *at, near))
}

/// From which line on no more are left than a signature may have.
fn near_end(lines: &[&str]) -> usize {
    lines
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, line)| !shown(line).is_empty())
        .take(LINES_MAX)
        .last()
        .map_or(lines.len(), |(at, _)| at)
}

fn is_start(lines: &[&str], at: usize, near: usize) -> bool {
    let line = lines.get(at).copied().unwrap_or_default();
    // RFC 3676, 4.3.
    if line == "-- " {
        return true;
    }
    let line = shown(line);
    let is_near = at >= near;
    match line {
        "" => false,
        "--" | "—" | "-- —" | "__" => is_near,
        _ if line.len() > LENGTH_MAX => false,
        _ if line.len() >= 16 && line.bytes().all(|b| b == b'_') => {
            is_near && left(lines, at) <= 12
        }
        _ if (is_near || is_lonely(lines, at)) && is_device_line(line) => {
            is_lonely(lines, at) || left(lines, at) <= 3
        }
        _ => {
            is_near
                && ((is_closing(lines, at) && has_no_sentence(lines, at.saturating_add(1)))
                    || (is_dashed_name(line) && is_last(lines, at)))
        }
    }
}

/// Lines from `at` on that are not blank, counted in reach.
fn left(lines: &[&str], at: usize) -> usize {
    let below = lines.iter().skip(at).take(LINES_MAX.saturating_mul(5));
    below.filter(|line| !shown(line).is_empty()).count()
}

/// Whether nothing follows but a rule and what stands below that.
fn is_last(lines: &[&str], at: usize) -> bool {
    let mut below = lines.iter().skip(at.saturating_add(1)).map(|l| shown(l));
    below.find(|line| !line.is_empty()).is_none_or(is_rule)
}

/// Whether an empty line stands above.
fn is_lonely(lines: &[&str], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|above| lines.get(above))
        .is_none_or(|above| shown(above).is_empty())
}

/// Whether a line is one that a phone or a program adds: `Sent from my iPhone`, `Отправлено из мобильной Почты Mail.ru`.
pub(super) fn is_device_line(line: &str) -> bool {
    if line.len() > LENGTH_MAX {
        return false;
    }
    let bare = line.trim_start_matches(['*', '_', '<', '-', '[', '(', ' ', '\u{A0}']);
    let words = folded(bare);
    let Some(start) = SENT_FROM.beginning(&words) else {
        return false;
    };
    let rest = words.get(start.len()..).unwrap_or_default();
    let rest = rest
        .split(['<', '('])
        .next()
        .unwrap_or(rest)
        .trim_end_matches([']', '*', '_', ' ']);
    let count = rest.split(' ').filter(|word| !word.is_empty()).count();
    let is_link = words.contains("<http") || words.contains("(http");
    let names_one = DEVICES.begin_a_word(&words);
    // A sentence goes on behind a comma; `my` stands only in such lines.
    let is_sentence =
        rest.contains([',', '?', '!', ';']) || rest.trim_end_matches('.').contains(". ");
    let is_mine = (rest.starts_with(" my ") || rest.starts_with(" a ")) && count <= 8;
    !is_sentence && ((names_one && count <= 10) || is_mine || (is_link && count <= 10))
}

/// Whether line `at` closes a letter: `С уважением,`, `Best regards, Anna`; no more than a name stands behind the words.
fn is_closing(lines: &[&str], at: usize) -> bool {
    let line = lines.get(at).map(|l| shown(l)).unwrap_or_default();
    if line.len() > 120 {
        return false;
    }
    let line = line.trim_start_matches(['*', '_', '-', '–', '—', '/', ' ', '\u{A0}']);
    let words = folded(line);
    let Some(closing) = CLOSINGS.beginning(&words) else {
        return false;
    };
    let is_edge = words
        .get(closing.len()..)
        .and_then(|rest| rest.chars().next())
        .is_none_or(|c| !c.is_alphanumeric());
    let count = closing.split(' ').count();
    let rest: Vec<&str> = line
        .split_whitespace()
        .skip(count)
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    // `LG` is a closing only with a name below.
    let is_short = closing.chars().count() <= 3;
    let is_signed = || {
        let below = lines.iter().skip(at.saturating_add(1)).map(|l| shown(l));
        below
            .filter(|l| !l.is_empty())
            .take(1)
            .any(|l| l.split_whitespace().count() <= 4)
    };
    is_edge
        && rest.len() <= 7
        && rest.iter().all(|word| is_name(word))
        && (!is_short || (rest.is_empty() && is_signed()))
}

/// Whether a word may belong to a name or to what a person is.
fn is_name(word: &str) -> bool {
    let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
    letters
        .chars()
        .next()
        .is_none_or(|c| !c.is_lowercase() || letters.chars().count() <= 3)
}

/// `-Anna Test`: a dash and a name of two words or three; `/Anna`, as Swedes sign.
fn is_dashed_name(line: &str) -> bool {
    let Some(name) = line.strip_prefix(['-', '–', '—', '/']) else {
        return false;
    };
    let least = if line.starts_with('/') { 1 } else { 2 };
    let is_tight = name.starts_with(char::is_uppercase);
    let words: Vec<&str> = name.split_whitespace().collect();
    is_tight
        && (least..=3).contains(&words.len())
        && words.iter().all(|word| {
            word.starts_with(char::is_uppercase)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || c == '.' || c == '-')
        })
}

/// Whether no line from `at` on, up to a postscript, says something: names, numbers and addresses only.
fn has_no_sentence(lines: &[&str], at: usize) -> bool {
    let below = lines.iter().skip(at).map(|line| shown(line));
    !below
        .take_while(|line| !super::is_postscript(line))
        .any(is_sentence)
}

fn is_sentence(line: &str) -> bool {
    // `[1] https://…`: what the text refers to.
    if line.starts_with('[')
        && line
            .get(1..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return true;
    }
    let words = line.split_whitespace().take(40);
    let (count, lower, numbers) = words.fold(
        (0_usize, 0_usize, 0_usize),
        |(all, lower, numbers), word| {
            let is_lower = word.chars().next().is_some_and(char::is_lowercase);
            let has_number = word.chars().any(|c| c.is_ascii_digit());
            (
                all.saturating_add(1),
                lower.saturating_add(usize::from(is_lower)),
                numbers.saturating_add(usize::from(has_number)),
            )
        },
    );
    let ends = line.ends_with(['.', '?', '!', ':']);
    (line.ends_with('?') && count >= 3)
        || (ends && count >= 6 && lower >= 4 && numbers <= 2)
        || (count >= 12 && lower >= 8 && numbers <= 2)
}
