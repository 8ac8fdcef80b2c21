//! Which lines of a page say the words that are passed on.

use super::{
    page::Page,
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
    let mut at = Found::default();
    let mut lines = Vec::new();
    for line in &page.lines {
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
