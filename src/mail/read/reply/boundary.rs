//! Our own line at the top of each letter that is answered for a requester to see: whatever a mail program makes of
//! the letter, what stands from that line on is ours and none of it may be relayed.

use super::{
    BOUNDARY_EN, BOUNDARY_RU,
    line::{Sort, sort, without_mark},
    marked::{unmarked_lines, without_marked_lines},
    whole::{cut_above, is_whole_quote_start},
};

/// Where our line stands, quoted or not.
pub(super) fn position(lines: &[&str]) -> Option<usize> {
    lines.iter().position(|line| is_boundary(line))
}

fn is_boundary(line: &str) -> bool {
    let mut line = line;
    while let Some(inner) = without_mark(line) {
        line = inner;
    }
    let line = line.trim_matches(|c: char| matches!(c, ' ' | '*' | '|' | '\u{A0}'));
    [BOUNDARY_RU, BOUNDARY_EN].iter().any(|boundary| {
        let words = boundary.trim_matches(['-', ' ']);
        line.trim_matches(['-', ' ', '—', '–']) == words && line.starts_with(['-', '—', '–'])
    })
}

/// What the person has written in a mail whose line `at` is ours: what stands above it; if that is nothing and our
/// letter is marked line by line, what is not marked below it. None of the letter's lines is kept, not even above an
/// answer: they may be a colleague's note.
pub(super) fn written<'a>(lines: &[&'a str], at: usize) -> Vec<&'a str> {
    let start = (0..at)
        .find(|line| is_whole_quote_start(lines, *line))
        .unwrap_or(at);
    let above: Vec<&str> = lines
        .iter()
        .take(cut_above(lines, start))
        .copied()
        .collect();
    if above.iter().any(|line| sort(line) == Sort::Text) {
        return without_marked_lines(&above).0;
    }
    let is_marked = lines.get(at).is_some_and(|line| sort(line) == Sort::Quoted);
    if is_marked {
        unmarked_lines(lines)
    } else {
        Vec::new()
    }
}
