//! Where a whole mail is quoted to the end: rules and header blocks, attributions without `>`.

use super::{
    HeaderBlock, announced_on_one_line, attribution, is_forward_line, is_original_line,
    line::{Sort, sort},
};

/// The line from which a whole mail is quoted to the end; the number of lines where there is none.
pub(super) fn whole_quote(lines: &[&str]) -> usize {
    let mut has_text = false;
    for (at, line) in lines.iter().enumerate() {
        let is_plain = sort(line) == Sort::Text;
        if is_plain && has_text && is_whole_quote_start(lines, at) {
            return cut_above(lines, at);
        }
        has_text |= is_plain;
    }
    lines.len()
}

/// Whether at this line something begins that stands above a mail quoted whole.
pub(super) fn is_whole_quote_start(lines: &[&str], at: usize) -> bool {
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
pub(super) fn cut_above(lines: &[&str], at: usize) -> usize {
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
