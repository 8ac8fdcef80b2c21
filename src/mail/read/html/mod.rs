//! HTML to readable text, in one linear pass without a tree: no nesting makes it slow or deep.
//!
//! Blocks make lines, lists get their marks, table cells a space, links their address where the text does not say it,
//! quotes a `> `. Where a mail program has marked what it quotes, [`QUOTE`] and [`UNQUOTE`] stand around it and
//! [`REST`] before a quote that lasts to the end; [`without_marks`] takes them out.

mod element;
mod ends;
mod entities;
mod images;
mod links;
mod open;
mod page;
mod quoting;
mod rich;
mod shape;
mod steps;
mod style;
mod table;
mod tag;
mod walk;

pub(super) use rich::relayed;
pub use rich::{Fate, Picture, Relayed, Whose};
pub(super) use tag::looks_like_html;
use walk::Walk;

/// Here begins what a mail program quotes.
pub(super) const QUOTE: char = '\u{E000}';
/// Here it ends.
pub(super) const UNQUOTE: char = '\u{E001}';
/// From here to the end all is quoted.
pub(super) const REST: char = '\u{E002}';

/// `text` without the marks of this module.
pub(super) fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

pub(super) const fn is_mark(c: char) -> bool {
    matches!(c, QUOTE | UNQUOTE | REST)
}

/// What a reader would see of HTML.
#[derive(Debug)]
pub(super) struct Shown {
    /// The text, with marks.
    pub(super) text: String,
    /// Whether elements stood deeper within each other than is kept track of.
    pub(super) is_too_deep: bool,
}

/// The text of `html`; the nesting of elements is kept track of down to `depth`.
pub(super) fn to_text(html: &str, depth: usize) -> Shown {
    let shown = walk(html, Walk::new(depth, html.len() / 3, false));
    // A mail that hides everything is shown as it is: nothing of it may vanish.
    if shown.text.chars().all(is_mark) {
        return walk(html, Walk::new(depth, 0, true));
    }
    shown
}

fn walk<'a>(html: &'a str, mut walk: Walk<'a>) -> Shown {
    let mut rest = html;
    while let Some(at) = rest.bytes().position(|b| matches!(b, b'<' | b'&')) {
        let Some((before, from)) = rest.split_at_checked(at) else {
            break;
        };
        walk.text(before);
        rest = if from.starts_with('&') {
            walk.reference(from)
        } else {
            walk.markup(from)
        };
    }
    walk.text(rest);
    walk.finish();
    let text = walk.page.finish();
    Shown {
        text: text.trim().to_owned(),
        is_too_deep: walk.opened.is_too_deep,
    }
}

#[cfg(test)]
mod tests;
