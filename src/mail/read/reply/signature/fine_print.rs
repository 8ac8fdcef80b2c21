//! Fine print around a text: who may read it, what a scanner found, how to leave a list, where it came from.

use crate::mail::read::{
    bytes::shorten,
    reply::{
        announced::is_rule,
        line::shown,
        words::{ADDED, BANNERS, DISCLAIMERS, LEGAL, LISTS, OUTSIDE, folded},
    },
};

/// How many paragraphs from the end are looked at, and how much of each, in bytes.
const PARAGRAPHS_MAX: usize = 30;
const LENGTH_MAX: usize = 4000;

/// The line at which fine print begins that lasts to the end; the number of lines where there is none.
pub(super) fn begins(lines: &[&str]) -> usize {
    let mut begin = lines.len();
    let mut end = lines.len();
    for _ in 0..PARAGRAPHS_MAX {
        let Some((from, to)) = paragraph_before(lines, end) else {
            break;
        };
        let paragraph = lines.get(from..to).unwrap_or_default();
        let has_below = begin < lines.len();
        if is_fine_print(paragraph) || (has_below && is_title(paragraph)) {
            begin = from;
        } else if has_below && let Some(at) = last_part(paragraph) {
            // Without an empty line above.
            return from.saturating_add(at);
        } else {
            break;
        }
        end = from;
    }
    if begin == lines.len()
        && let Some((from, to)) = paragraph_before(lines, begin)
        && let Some(at) = last_part(lines.get(from..to).unwrap_or_default())
    {
        return from.saturating_add(at);
    }
    begin
}

/// The lines of the last paragraph above line `end`.
fn paragraph_before(lines: &[&str], end: usize) -> Option<(usize, usize)> {
    let above = lines.get(..end)?;
    let last = above.iter().rposition(|line| !shown(line).is_empty())?;
    let first = above
        .get(..last)?
        .iter()
        .rposition(|line| shown(line).is_empty())
        .map_or(0, |blank| blank.saturating_add(1));
    Some((first, last.saturating_add(1)))
}

/// Whether a paragraph is fine print.
pub(in crate::mail::read::reply) fn is_fine_print(paragraph: &[&str]) -> bool {
    let mut words = paragraph.iter().filter(|line| !is_rule(line));
    let Some(first) = words.next().map(|line| opening(line)) else {
        return false;
    };
    if ADDED.beginning(&first).is_some() {
        return paragraph.len() <= 8;
    }
    if LISTS.beginning(&first).is_some() {
        return paragraph.len() <= 20;
    }
    if DISCLAIMERS.beginning(&first).is_none() {
        return false;
    }
    let all = said(paragraph);
    all.len() > 90 && LEGAL.count(&all, 3) >= 3
}

/// A line of a paragraph at which fine print begins below text.
fn last_part(paragraph: &[&str]) -> Option<usize> {
    (1..paragraph.len()).rev().take(20).find(|at| {
        let below = paragraph.get(*at..).unwrap_or_default();
        let first = below.first().map(|line| opening(line)).unwrap_or_default();
        let is_begun = ADDED.beginning(&first).is_some()
            || LISTS.beginning(&first).is_some()
            || DISCLAIMERS.beginning(&first).is_some();
        is_begun && is_fine_print(below)
    })
}

/// A rule, or one short line in front of fine print: `Disclaimer`, `CONFIDENTIALITY NOTICE:`.
fn is_title(paragraph: &[&str]) -> bool {
    let [line] = paragraph else {
        return false;
    };
    is_rule(line) || (line.len() <= 60 && DISCLAIMERS.beginning(&opening(line)).is_some())
}

/// How a line begins, folded, without rules and emphasis before it.
fn opening(line: &str) -> String {
    let bare = line.trim_start_matches(|c: char| !(c.is_alphanumeric() || c == '['));
    folded(shorten(bare, 200))
}

/// A paragraph on one line, folded.
fn said(paragraph: &[&str]) -> String {
    let mut all = String::new();
    for line in paragraph {
        if all.len() > LENGTH_MAX {
            break;
        }
        all.push_str(shorten(line, LENGTH_MAX));
        all.push(' ');
    }
    folded(&all)
}

/// The lines without the banner that a gateway has put above a text from outside.
pub(in crate::mail::read::reply) fn without_banner<'a, 'b>(lines: &'b [&'a str]) -> &'b [&'a str] {
    let Some(first) = lines.iter().position(|line| !shown(line).is_empty()) else {
        return lines;
    };
    let below = lines.get(first..).unwrap_or_default();
    let length = below
        .iter()
        .position(|line| shown(line).is_empty())
        .unwrap_or(below.len());
    let start = below.first().map(|line| opening(line)).unwrap_or_default();
    if BANNERS.beginning(&start).is_none() {
        return lines;
    }
    let speaks = |part: &[&str]| OUTSIDE.count(&said(part), 2) >= 2;
    let line = below.get(..1).unwrap_or_default();
    let is_whole = line
        .iter()
        .any(|l| shown(l).ends_with(['.', '>', ']', ')', '!', '*', '-']));
    let end = if is_whole && speaks(line) {
        1
    } else if length <= 8 && below.get(..length).is_some_and(speaks) {
        length
    } else {
        return lines;
    };
    let rest = below.get(end..).unwrap_or_default();
    // A mail that is nothing else is kept.
    if rest
        .iter()
        .any(|line| !shown(line).is_empty() && !is_rule(line))
    {
        rest
    } else {
        lines
    }
}
