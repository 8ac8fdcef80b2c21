//! Lines quoted with `>`: taken out with their attributions; where several are answered one by one, kept.

use super::{
    attribution,
    line::{Sort, sort},
};

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
pub(super) fn without_marked_lines<'a>(lines: &[&'a str]) -> (Vec<&'a str>, bool) {
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

/// The lines that nothing quotes, attributions left out.
pub(super) fn unmarked_lines<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    runs(lines)
        .iter()
        .filter(|run| !run.is_quote)
        .flat_map(|run| lines.iter().take(run.end).skip(run.start).copied())
        .collect()
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
