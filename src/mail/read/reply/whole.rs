//! Where a whole mail is quoted to the end: rules and header blocks, attributions without `>`.

use super::{
    HeaderBlock,
    announced::{Announced, announced, head_below, is_rule, on_one_line},
    attribution::{self, Below},
    block::first_key,
    line::{Sort, marks, sort, start},
};

/// The most lines of a head above marked lines.
const HEAD_MAX: usize = 15;

/// What stands above a mail that is quoted whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mail::read) enum Head {
    /// A line that announces it.
    Announced(Announced),
    /// Its header block, and nothing before.
    Block,
    /// `On … X wrote:`, up to this line.
    Attribution(usize),
    /// A stamp and a name, nothing else.
    Stamp,
}

/// What begins at line `at` that stands above a mail quoted whole.
pub(in crate::mail::read) fn head(lines: &[&str], at: usize) -> Option<Head> {
    let line = lines.get(at)?;
    if !may_be_head(lines, at) {
        return None;
    }
    if let Some(said) = announced(lines, at) {
        return Some(Head::Announced(said));
    }
    if on_one_line(line).is_some() {
        return Some(Head::Announced(Announced::Forwarded));
    }
    if HeaderBlock::read(lines, at).is_some() {
        return Some(Head::Block);
    }
    let blank = |at: Option<usize>| {
        at.and_then(|at| lines.get(at))
            .is_none_or(|line| sort(line) == Sort::Blank)
    };
    let is_alone = || blank(at.checked_sub(1)) && blank(at.checked_add(1));
    if attribution::is_between_arrows(line) || (attribution::is_stamp(line) && is_alone()) {
        return Some(Head::Stamp);
    }
    None
}

/// Whether a line may be one at all: cheap, since every line is asked. It has a colon, or begins with no letter, or a
/// line with a colon follows.
fn may_be_head(lines: &[&str], at: usize) -> bool {
    let has_colon = |line: &&str| line.contains(':') || line.contains('：');
    let Some(line) = lines.get(at) else {
        return false;
    };
    let first = start(line).chars().next();
    let below = || lines.iter().skip(at.saturating_add(1)).take(3);
    first.is_some_and(|first| {
        !first.is_alphabetic() || has_colon(line) || (line.len() <= 80 && below().any(has_colon))
    })
}

/// The line from which a whole mail is quoted to the end; the number of lines where there is none, or where nothing
/// stands above one: then it is all there is.
pub(super) fn whole_quote(lines: &[&str]) -> usize {
    let mut has_text = false;
    for (at, line) in lines.iter().enumerate() {
        let is_plain = sort(line) == Sort::Text || attribution::is_between_arrows(line);
        if !is_plain || is_rule(line) {
            continue;
        }
        if is_whole_quote_start(lines, at) {
            return if has_text {
                cut_above(lines, at)
            } else {
                lines.len()
            };
        }
        has_text = true;
    }
    lines.len()
}

/// Whether at this line something begins that stands above a mail quoted whole.
pub(super) fn is_whole_quote_start(lines: &[&str], at: usize) -> bool {
    // With `>` below, the quote ends where they end: that is for the rules on lines.
    head(lines, at).is_some()
        || (next_sort(lines, at.saturating_add(1)) != Some(Sort::Quoted)
            && attribution::ends_at(lines, at, Below::Bare).is_some())
}

/// The first thing in a text that stands above a mail quoted whole, marked or not: where, and what. Lines already
/// within a quote, which only go on with it, are passed over.
pub(in crate::mail::read) fn first_head(lines: &[&str]) -> Option<(usize, Head)> {
    let mut is_within = false;
    for (at, line) in lines.iter().enumerate() {
        let kind = sort(line);
        if kind == Sort::Blank {
            continue;
        }
        let is_marked = kind == Sort::Quoted && !attribution::is_between_arrows(line);
        if is_marked && (is_within || marks(line).1.is_empty()) {
            continue;
        }
        if let Some(head) = head(lines, at) {
            return Some((at, head));
        }
        is_within = is_marked;
        let below = match next_sort(lines, at.saturating_add(1)) {
            Some(Sort::Quoted) => Below::Marked,
            Some(_) | None => Below::Bare,
        };
        if !is_marked && let Some(start) = attribution::ends_at(lines, at, below) {
            return Some((start, Head::Attribution(at)));
        }
    }
    None
}

/// The sort of the first line from `at` on that is not blank, looked for in reach.
fn next_sort(lines: &[&str], at: usize) -> Option<Sort> {
    lines
        .iter()
        .skip(at)
        .take(20)
        .map(|line| sort(line))
        .find(|s| *s != Sort::Blank)
}

/// Where the head of a mail begins that ends right above the marked lines at `quote`: a line that announces it, its
/// header block, or both.
pub(super) fn head_above(lines: &[&str], quote: usize) -> Option<usize> {
    let last = lines
        .get(..quote)?
        .iter()
        .rposition(|line| sort(line) != Sort::Blank)?;
    let line = lines.get(last)?;
    if first_key(line).is_none() && !line.contains('@') && announced(lines, last).is_none() {
        return None;
    }
    let from = last.saturating_sub(HEAD_MAX);
    let is_head_to_last = |at: usize| {
        let end = match head(lines, at) {
            Some(Head::Announced(_)) => head_below(lines, at).unwrap_or(at),
            Some(Head::Block) => at,
            Some(Head::Attribution(_) | Head::Stamp) | None => return false,
        };
        let end =
            HeaderBlock::read(lines, end).map_or_else(|| end.saturating_add(1), |block| block.end);
        end == last.saturating_add(1)
    };
    (from..=last)
        .find(|at| is_head_to_last(*at))
        .map(|at| cut_above(lines, at))
}

/// Goes up from a quote's first line over rules, its attribution and empty lines.
pub(in crate::mail::read) fn cut_above(lines: &[&str], at: usize) -> usize {
    let mut cut = attribution::ends_at(lines, at, Below::Bare).unwrap_or(at);
    while let Some(above) = cut.checked_sub(1) {
        let line = lines.get(above).copied().unwrap_or_default();
        if sort(line) == Sort::Blank || is_rule(line) || line.trim() == ">" {
            cut = above;
        } else if let Some(start) = attribution::ends_at(lines, above, Below::Marked) {
            cut = start;
        } else {
            break;
        }
    }
    cut
}
