//! What a person has just written, without what the mail program put around it.
//!
//! Rules over lines: our own boundary line first, then marks of HTML boxes, rules and header blocks above a whole
//! quoted mail, attributions with the quote below, and quoted lines. Answers written between quoted lines are kept
//! with the lines they answer. If nothing is left, everything is kept: nothing a person wrote may vanish.

mod attribution;
mod block;
mod signature;
mod words;

pub(super) use block::HeaderBlock;
pub(super) use words::{Key, announced_on_one_line, is_forward_line, is_original_line};

use super::html::{QUOTE, REST, UNQUOTE, is_mark, without_marks};

/// The line above a mail that okno relays, in Russian; what stands below it in an answer is a quote.
pub const BOUNDARY_RU: &str = "--- Ответьте выше этой строки ---";
/// The same in English.
pub const BOUNDARY_EN: &str = "--- Reply above this line ---";

/// If an attribution ends at line `end`, the line it starts at.
pub(super) fn attribution_end(lines: &[&str], end: usize) -> Option<usize> {
    attribution::ends_at(lines, end, false)
}

/// The new text and the signature under it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Trimmed {
    pub(super) reply: String,
    pub(super) signature: Option<String>,
    /// Whether a quote was found and taken out.
    pub(super) had_quote: bool,
}

/// Trims a text, with or without the marks of [`super::html`].
pub(super) fn trim(text: &str) -> Trimmed {
    let unboxed = without_boxes(text);
    let whole = without_marks(text);
    let lines: Vec<&str> = unboxed.lines().collect();
    let had_box = unboxed.len() < whole.len();
    let (kept, was_cut) = without_quotes(&lines);
    let (body, signature) = match signature::begins(&kept) {
        Some(at) => {
            let (body, below) = kept.split_at_checked(at).unwrap_or((&kept, &[]));
            (tidy(body), Some(tidy(below)).filter(|s| !s.is_empty()))
        }
        None => (tidy(&kept), None),
    };
    if body.is_empty() {
        // Nothing but a quote or a signature: the whole mail is what the person has sent.
        return Trimmed {
            reply: tidy(&whole.lines().collect::<Vec<_>>()),
            signature: None,
            had_quote: false,
        };
    }
    Trimmed {
        reply: body,
        signature,
        had_quote: had_box || was_cut,
    }
}

/// Lines joined, empty ones at both ends and spaces at line ends taken off.
fn tidy(lines: &[&str]) -> String {
    let joined = lines
        .iter()
        .map(|l| l.trim_end())
        .collect::<Vec<_>>()
        .join("\n");
    joined.trim_matches(['\n', '\r']).trim_end().to_owned()
}

/// Takes out what HTML marked as quoted, unless something was written within the quote.
fn without_boxes(text: &str) -> String {
    if !text.contains(is_mark) {
        return text.to_owned();
    }
    let (before_rest, rest) = match text.split_once(REST) {
        Some((before, _)) if !without_marks(before).trim().is_empty() => (before, true),
        _ => (text, false),
    };
    let mut kept = String::new();
    let mut boxed = String::new();
    let mut depth = 0_usize;
    for c in before_rest.chars() {
        match c {
            QUOTE => depth = depth.saturating_add(1),
            UNQUOTE => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    close_box(&mut kept, &mut boxed);
                }
            }
            REST => {}
            _ if depth > 0 => boxed.push(c),
            _ => kept.push(c),
        }
    }
    close_box(&mut kept, &mut boxed);
    let nothing_left = kept.trim().is_empty();
    if nothing_left && !rest {
        without_marks(text)
    } else {
        kept
    }
}

fn close_box(kept: &mut String, boxed: &mut String) {
    let mut has_quoted = false;
    let is_answered = boxed.lines().any(|line| {
        let is_quoted = line.starts_with('>');
        has_quoted |= is_quoted;
        has_quoted && !is_quoted && !line.trim().is_empty()
    });
    if is_answered {
        kept.push_str(boxed);
    }
    boxed.clear();
}

/// What a line is to the search for quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Blank,
    Quoted,
    Text,
}

fn sort(line: &str) -> Sort {
    let line = line.trim_start();
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

/// `AT> text`: how The Bat! quotes.
fn is_initials_quote(line: &str) -> bool {
    let Some((initials, _)) = line.split_once('>') else {
        return false;
    };
    let count = initials.chars().count();
    (1..=4).contains(&count)
        && initials
            .chars()
            .all(|c| c.is_alphabetic() && c.is_uppercase())
}

/// The lines that are not quoted, and whether any were.
fn without_quotes<'a>(lines: &[&'a str]) -> (Vec<&'a str>, bool) {
    let end = whole_quote(lines);
    let (above, _) = lines.split_at_checked(end).unwrap_or((lines, &[]));
    let was_cut = end < lines.len();
    let (kept, had_quotes) = without_marked_lines(above);
    (kept, was_cut || had_quotes)
}

/// The line from which a whole mail is quoted to the end; the number of lines where there is none.
fn whole_quote(lines: &[&str]) -> usize {
    let mut has_text = false;
    for (at, line) in lines.iter().enumerate() {
        if is_boundary(line) {
            return cut_above(lines, at);
        }
        let is_plain = sort(line) == Sort::Text;
        if is_plain && has_text && is_whole_quote_start(lines, at) {
            return cut_above(lines, at);
        }
        has_text |= is_plain;
    }
    lines.len()
}

/// Whether this is our own boundary line, quoted or not.
fn is_boundary(line: &str) -> bool {
    let line = line.trim_matches(|c: char| matches!(c, '>' | ' ' | '*' | '|' | '\u{A0}'));
    [BOUNDARY_RU, BOUNDARY_EN].iter().any(|boundary| {
        let words = boundary.trim_matches(['-', ' ']);
        line.trim_matches(['-', ' ', '—', '–']) == words && line.starts_with(['-', '—', '–'])
    })
}

fn is_whole_quote_start(lines: &[&str], at: usize) -> bool {
    let line = lines.get(at).copied().unwrap_or_default();
    if is_original_line(line) || is_forward_line(line) || announced_on_one_line(line).is_some() {
        return true;
    }
    if HeaderBlock::read(lines, at).is_some() {
        return true;
    }
    let is_quote_next = next_sort(lines, at.saturating_add(1)) == Some(Sort::Quoted);
    // With `>` below, the quote ends where they end: that is for the rules on lines.
    !is_quote_next
        && next_sort(lines, at.saturating_add(1)).is_some()
        && attribution::ends_at(lines, at, false).is_some()
}

/// The sort of the first line from `at` on that is not blank.
fn next_sort(lines: &[&str], at: usize) -> Option<Sort> {
    lines
        .iter()
        .skip(at)
        .map(|line| sort(line))
        .find(|s| *s != Sort::Blank)
}

/// Goes up from a quote's first line over rules, its attribution and empty lines.
fn cut_above(lines: &[&str], at: usize) -> usize {
    let mut cut = attribution::ends_at(lines, at, false).unwrap_or(at);
    while let Some(above) = cut.checked_sub(1) {
        let line = lines.get(above).copied().unwrap_or_default();
        let is_rule = line.trim().len() >= 3
            && line
                .trim()
                .chars()
                .all(|c| matches!(c, '-' | '_' | '=' | '*' | '—' | '>' | ' '));
        if line.trim().is_empty() || is_rule || line.trim() == ">" {
            cut = above;
        } else if let Some(start) = attribution::ends_at(lines, above, true) {
            cut = start;
        } else {
            break;
        }
    }
    cut
}

/// A run of lines: quoted with its attribution, or text.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    is_quote: bool,
    /// Where the lines begin, the attribution counted.
    start: usize,
    /// Where the quoted lines themselves begin.
    quoted: usize,
    end: usize,
}

/// Takes out lines quoted with `>`; where several are answered one by one, keeps them with the answers.
fn without_marked_lines<'a>(lines: &[&'a str]) -> (Vec<&'a str>, bool) {
    let runs = runs(lines);
    let last_text = runs
        .iter()
        .rposition(|run| !run.is_quote && !is_footer(lines, run));
    let Some(last_text) = last_text else {
        return (lines.to_vec(), false);
    };
    let answered = runs
        .iter()
        .take(last_text)
        .filter(|run| run.is_quote)
        .count();
    let first = runs.iter().position(|run| run.is_quote);
    let Some(first) = first else {
        return (lines.to_vec(), false);
    };
    // One quote at the top and the answer below: only the answer is new. A short passage that the writer has picked
    // (no attribution, text above) belongs to what is said about it.
    let is_picked = first > 0
        && runs
            .get(first)
            .is_some_and(|run| run.start == run.quoted && run.end.saturating_sub(run.start) <= 12);
    let keeps_quotes = answered >= 2 || (answered == 1 && is_picked);
    let mut kept = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let start = if run.is_quote { run.quoted } else { run.start };
        let is_kept = !run.is_quote || (keeps_quotes && at < last_text);
        if is_kept {
            kept.extend(lines.iter().skip(start).take(run.end.saturating_sub(start)));
        }
    }
    (kept, true)
}

/// Whether a run of text below a quote is only what a list or a program adds.
fn is_footer(lines: &[&str], run: &Run) -> bool {
    let first = lines
        .iter()
        .skip(run.start)
        .take(run.end.saturating_sub(run.start))
        .find(|l| !l.trim().is_empty());
    let Some(first) = first.map(|l| l.trim()) else {
        return true;
    };
    run.start > 0
        && (first == "--"
            || first == "—"
            || (first.len() >= 16 && first.chars().all(|c| c == '_' || c == '-')))
}

fn runs(lines: &[&str]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let is_quote = sort(lines.get(at).copied().unwrap_or_default()) == Sort::Quoted;
        let end = if is_quote {
            quote_end(lines, at)
        } else {
            text_end(lines, at)
        };
        let mut start = at;
        if is_quote {
            start = attribution_above(lines, at);
            if let Some(above) = runs.last_mut().filter(|run| !run.is_quote) {
                above.end = above.end.min(start).max(above.start);
                if above.end == above.start {
                    runs.pop();
                }
            }
        }
        runs.push(Run {
            is_quote,
            start,
            quoted: at,
            end,
        });
        at = end.max(at.saturating_add(1));
    }
    runs.retain(|run| {
        run.is_quote
            || lines
                .iter()
                .skip(run.start)
                .take(run.end.saturating_sub(run.start))
                .any(|l| !l.trim().is_empty())
    });
    runs
}

/// The end of quoted lines from `at`: empty lines between them belong to them, and so does the short rest of a line
/// that was folded on the way and lost its mark.
fn quote_end(lines: &[&str], at: usize) -> usize {
    let mut end = at;
    let mut next = at;
    while let Some(line) = lines.get(next) {
        let is_stray = || {
            let above = next
                .checked_sub(1)
                .and_then(|n| lines.get(n))
                .copied()
                .unwrap_or_default();
            let below = lines
                .get(next.saturating_add(1))
                .copied()
                .unwrap_or_default();
            above.len() >= 60
                && sort(above) == Sort::Quoted
                && sort(below) == Sort::Quoted
                && line.len() < 60
        };
        match sort(line) {
            Sort::Quoted => end = next.saturating_add(1),
            Sort::Blank => {}
            Sort::Text if is_stray() => end = next.saturating_add(1),
            Sort::Text => break,
        }
        next = next.saturating_add(1);
    }
    end
}

fn text_end(lines: &[&str], at: usize) -> usize {
    lines
        .iter()
        .enumerate()
        .skip(at)
        .find(|(_, line)| sort(line) == Sort::Quoted)
        .map_or(lines.len(), |(found, _)| found)
}

/// Where the attribution of the quote at `at` begins; `at` where there is none.
fn attribution_above(lines: &[&str], at: usize) -> usize {
    let mut above = at;
    for _ in 0..3 {
        let Some(line) = above.checked_sub(1) else {
            return at;
        };
        above = line;
        if sort(lines.get(above).copied().unwrap_or_default()) == Sort::Text {
            return attribution::ends_at(lines, above, true).unwrap_or(at);
        }
    }
    at
}

#[cfg(test)]
mod tests;
