//! What a person has just written, without what the mail program put around it.
//!
//! Rules over lines: our own boundary line first, then marks of HTML boxes, rules and header blocks above a whole
//! quoted mail, attributions with the quote below, and quoted lines. Answers written between quoted lines are kept
//! with the lines they answer. If nothing is left, everything is kept: nothing a person wrote may vanish. Only below our
//! boundary line nothing is: it stands above our own letter, and a letter sent back without a word is an empty reply.

mod announced;
mod attribution;
mod block;
mod boundary;
mod boxes;
mod line;
mod marked;
mod signature;
mod whole;
mod words;

pub(super) use announced::{Announced, head_below, is_end_line, on_one_line};
pub(super) use attribution::Said;
pub(super) use block::HeaderBlock;
pub(super) use line::{marks, without_marks_to};
pub(super) use whole::{Head, cut_above, first_head};
pub(super) use words::{Key, Prefix, prefix, without_forward_prefixes};

use super::html::without_marks;
use boxes::without_boxes;
use marked::without_marked_lines;
use whole::whole_quote;

pub use crate::model::boundary::{BOUNDARY_EN, BOUNDARY_RU};

/// If an attribution with a quote below it ends at line `end`, the line it starts at.
pub(super) fn attribution_at(lines: &[&str], end: usize) -> Option<usize> {
    attribution::ends_at(lines, end, attribution::Below::Marked)
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
    let ours = boundary::position(&lines);
    if ours.is_some() || boundary::position(&whole.lines().collect::<Vec<_>>()).is_some() {
        let kept = match ours {
            Some(at) => boundary::written(&lines, at),
            // It went with a box of HTML.
            None => without_quotes(&lines).0,
        };
        let (reply, signature) = if signature::is_all(&kept) {
            (String::new(), Some(tidy(&kept)))
        } else {
            apart(&kept)
        };
        return Trimmed {
            reply,
            signature,
            had_quote: true,
        };
    }
    let had_box = unboxed.len() < whole.len();
    let (kept, was_cut) = without_quotes(&lines);
    let (reply, signature) = apart(&kept);
    if reply.is_empty() || signature::is_all(&kept) {
        // Nothing but a quote or a signature: the whole mail is what the person has sent.
        return Trimmed {
            reply: tidy(&whole.lines().collect::<Vec<_>>()),
            signature: None,
            had_quote: false,
        };
    }
    Trimmed {
        reply,
        signature,
        had_quote: had_box || was_cut,
    }
}

/// The text and the signature below it; without what a gateway has put above.
pub(super) fn apart(lines: &[&str]) -> (String, Option<String>) {
    let split = signature::split(signature::without_banner(lines));
    let below = tidy(&split.signature);
    (tidy(&split.text), Some(below).filter(|s| !s.is_empty()))
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

/// The lines that are not quoted, and whether any were.
fn without_quotes<'a>(lines: &[&'a str]) -> (Vec<&'a str>, bool) {
    let end = whole_quote(lines);
    let (above, _) = lines.split_at_checked(end).unwrap_or((lines, &[]));
    let was_cut = end < lines.len();
    let (kept, had_quotes) = without_marked_lines(above);
    (kept, was_cut || had_quotes)
}

#[cfg(test)]
mod tests;
