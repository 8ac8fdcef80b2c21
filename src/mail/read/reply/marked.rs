//! Lines quoted with `>`: taken out with their attributions; where several are answered one by one, kept.

use super::{
    announced::is_rule,
    attribution::{self, Below},
    line::{Sort, shown, sort},
    signature::is_fine_print,
    whole::head_above,
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

/// The most lines of a passage that a writer picks to say something about it.
const PICKED_MAX: usize = 12;

impl Run {
    const fn lines(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it may be a passage that the writer has picked: short, and no program has put a line above it.
    const fn may_be_picked(&self) -> bool {
        self.is_quote && self.start == self.quoted && self.lines() <= PICKED_MAX
    }
}

/// Takes out lines quoted with `>`; where they are answered one by one, keeps them with the answers.
pub(super) fn without_marked_lines<'a>(lines: &[&'a str]) -> (Vec<&'a str>, bool) {
    let runs = runs(lines);
    let last_text = runs
        .iter()
        .rposition(|run| !run.is_quote && !is_footer(lines, run));
    let first = runs.iter().position(|run| run.is_quote);
    let (Some(last_text), Some(first)) = (last_text, first) else {
        return (lines.to_vec(), false);
    };
    let answered = runs
        .iter()
        .take(last_text)
        .filter(|run| run.is_quote)
        .count();
    let goes_on = runs.iter().skip(last_text).any(|run| run.is_quote);
    // One quote at the top and the answer below: only the answer is new. A passage that the writer has picked belongs
    // to what is said about it, and so does one that is broken off for an answer.
    let is_picked = first > 0 && runs.get(first).is_some_and(Run::may_be_picked);
    let is_between = first == 0 && goes_on;
    let keeps_quotes = answered >= 2 || (answered == 1 && (is_picked || is_between));
    let is_announced = is_announced(lines, &runs, last_text);
    let mut kept = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let start = if run.is_quote { run.quoted } else { run.start };
        let is_kept = !run.is_quote
            || (keeps_quotes && at < last_text)
            || (is_announced && at == last_text.saturating_add(1));
        if is_kept {
            kept.extend(lines.iter().skip(start).take(run.end.saturating_sub(start)));
        }
    }
    (kept, true)
}

/// Whether the quote below the last text is what that announces: `The program says:`, and then what it says, marked
/// as quoted by the writer.
fn is_announced(lines: &[&str], runs: &[Run], last_text: usize) -> bool {
    let Some((text, quote)) = runs
        .get(last_text)
        .zip(runs.get(last_text.saturating_add(1)))
    else {
        return false;
    };
    let said = lines
        .iter()
        .take(text.end)
        .skip(text.start)
        .map(|line| line.trim_end())
        .rfind(|line| !line.is_empty());
    let is_last = runs.len() == last_text.saturating_add(2);
    is_last && quote.may_be_picked() && said.is_some_and(|line| line.ends_with([':', '：']))
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
    let below: Vec<&str> = lines
        .iter()
        .skip(run.start)
        .take(run.lines())
        .copied()
        .skip_while(|line| shown(line).is_empty())
        .collect();
    let Some(first) = below.first().map(|line| shown(line)) else {
        return true;
    };
    run.start > 0
        && (matches!(first, "--" | "—" | "__")
            || (first.len() >= 16 && is_rule(first))
            || is_fine_print(&below))
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
            if start == at {
                start = head_above(lines, at).unwrap_or(at);
            }
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

/// Where the attribution of the quote at `at` begins; `at` where there is none. Empty lines may stand between, and what
/// says that something was left out: `[...]`, `<snip>`.
fn attribution_above(lines: &[&str], at: usize) -> usize {
    let above = (1..=4).map_while(|back| at.checked_sub(back));
    for line in above {
        let text = lines.get(line).copied().unwrap_or_default();
        match sort(text) {
            Sort::Blank => {}
            Sort::Text if is_omission(text) => {}
            Sort::Text => {
                return attribution::ends_at(lines, line, Below::Marked).unwrap_or(at);
            }
            Sort::Quoted => return at,
        }
    }
    at
}

/// `[...]`, `…`, `<snip>`.
fn is_omission(line: &str) -> bool {
    let words = shown(line).trim_matches(['[', ']', '<', '>', '(', ')', ' ']);
    line.len() <= 20
        && (words.chars().all(|c| matches!(c, '.' | '…' | '-' | '*'))
            || ["snip", "snipped", "cut", "skipped", "пропущено"]
                .contains(&words.to_lowercase().as_str()))
}
