//! What one line is to the search for quotes: blank, quoted with `>` or the like, text.

use super::words::is_invisible;

/// What a line is to the search for quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Blank,
    Quoted,
    Text,
}

pub(super) fn sort(line: &str) -> Sort {
    let line = start(line);
    if line.is_empty() {
        Sort::Blank
    } else if line.starts_with(">:") {
        // The end of an attribution that was folded within its brackets.
        Sort::Text
    } else if line.starts_with('>')
        || line.starts_with("|>")
        || line.starts_with("&gt;")
        || is_initials_quote(line)
    {
        Sort::Quoted
    } else {
        Sort::Text
    }
}

/// `line` from its first character that shows.
pub(super) fn start(line: &str) -> &str {
    line.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// `line` from its first to its last character that shows.
pub(super) fn shown(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// `AT> text`: how The Bat! quotes.
fn is_initials_quote(line: &str) -> bool {
    line.split_once('>')
        .is_some_and(|(initials, _)| are_initials(initials))
}

fn are_initials(text: &str) -> bool {
    // Looked at only where it is short, so that a long line costs nothing.
    text.len() <= 16
        && (1..=4).contains(&text.chars().count())
        && text.chars().all(|c| c.is_alphabetic() && c.is_uppercase())
}

/// What stands behind one mark of a quoted line.
pub(super) fn without_mark(line: &str) -> Option<&str> {
    let line = start(line);
    let (before, inner) = line.split_once('>').or_else(|| {
        line.split_once("&gt;")
            .filter(|(before, _)| before.is_empty())
    })?;
    (before.is_empty() || before == "|" || are_initials(before)).then_some(inner)
}

/// What stands behind `depth` marks, or behind as many as there are, one space after them taken off too.
pub(in crate::mail::read) fn without_marks_to(line: &str, depth: usize) -> &str {
    let mut bare = line;
    for _ in 0..depth {
        let Some(inner) = without_mark(bare) else {
            break;
        };
        bare = inner.strip_prefix(' ').unwrap_or(inner);
    }
    bare
}

/// How many marks a line has, and what stands behind them.
pub(in crate::mail::read) fn marks(line: &str) -> (usize, &str) {
    let mut depth = 0_usize;
    let mut bare = line;
    while let Some(inner) = without_mark(bare).filter(|_| depth < 100) {
        depth = depth.saturating_add(1);
        bare = inner;
    }
    (depth, start(bare))
}
