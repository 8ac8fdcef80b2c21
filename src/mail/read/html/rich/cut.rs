//! Which lines of a page say the words that are passed on.

use super::{
    page::{Line, Page},
    words::{Found, Words},
};
use crate::{mail::read::bodies::are_alike, model::boundary::is_boundary};

/// The lines that are kept.
#[derive(Debug)]
pub(super) struct Kept {
    lines: Vec<bool>,
    /// The first line after them.
    pub(super) end: usize,
    /// Whether they say the words and nothing else.
    pub(super) is_exact: bool,
}

impl Kept {
    /// All lines.
    pub(super) fn all(page: &Page) -> Self {
        Self {
            lines: vec![true; page.lines.len()],
            end: page.lines.len(),
            is_exact: false,
        }
    }

    pub(super) fn has(&self, line: usize) -> bool {
        line < self.end && self.lines.get(line).copied().unwrap_or_default()
    }
}

/// Finds the words in the lines of a page, the first ones first. Lines in between that say something else (a command,
/// a banner) are left out; pictures behind the last words belong to them up to where anything else is said or quoted.
pub(super) fn cut(page: &Page, words: &Words) -> Option<Kept> {
    from_line(page, words, 0).or_else(|| from_line(page, words, below_our_letter(page)?))
}

/// The first line below our own letter, where all of that is one quote at the top, as Thunderbird has it at first.
fn below_our_letter(page: &Page) -> Option<usize> {
    let ours = page
        .lines
        .iter()
        .position(|line| line.is_quoted && is_boundary(&line.text))?;
    let last = page.lines.iter().rposition(|line| line.is_quoted)?;
    let says_nothing = |line: &Line| line.text.trim().is_empty();
    let quote = page.lines.get(ours..=last)?;
    let is_whole = quote
        .iter()
        .all(|line| line.is_quoted || says_nothing(line));
    is_whole.then_some(last.saturating_add(1))
}

/// The words in the lines from that one on.
fn from_line(page: &Page, words: &Words, first: usize) -> Option<Kept> {
    let mut at = Found::default();
    let mut lines = vec![false; first];
    for line in page.lines.iter().skip(first) {
        let is_whole = words.is_whole(at);
        if is_boundary(&line.text) || (is_whole && line.is_quote_start) {
            break;
        }
        match words.take(at, &line.letters) {
            Some(found) => {
                at = found;
                lines.push(true);
            }
            None if is_whole => break,
            None => lines.push(false),
        }
    }
    words.is_whole(at).then_some(Kept {
        end: lines.len(),
        lines,
        is_exact: true,
    })
}

/// Whether the whole page says the same, nearly word for word.
pub(super) fn is_alike(page: &Page, words: &str) -> bool {
    let shown: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
    are_alike(&shown.join("\n"), words)
}
