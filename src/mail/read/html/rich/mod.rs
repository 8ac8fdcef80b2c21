//! The HTML of a mail that is passed on: its formatting and its pictures, and nothing else of it.
//!
//! `reader` reads the source in one pass and writes it anew as a `page`, from a short list of elements and looks (`look`),
//! so that what comes out is well-formed, of bounded depth, and asks nobody for anything. `cut` keeps of it the lines
//! that say the words passed on, no others. `wall` is the second, independent wall: the crate `ammonia`, which reads the
//! outcome as a browser does. At the end what is left is read once more: unless it says exactly these words, the text
//! goes alone.

mod cut;
mod look;
mod page;
mod reader;
mod wall;
mod words;

use super::{entities, tag::Tag};
use crate::mail::read::bytes::shorten;
use crate::model::boundary::is_boundary;
use cut::Kept;
use page::Page;
use words::{Words, visible};

/// The longest source that is looked at, in bytes.
const SOURCE_MAX: usize = 256 << 10;

/// The longest outcome, in bytes.
const HTML_MAX: usize = 256 << 10;

/// Whose words are passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// An agent's own: nothing that they were sent may be among them.
    Own,
    /// Somebody's, for agents to read.
    Shown,
}

/// A picture that came with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The content id under which the mail refers to it (RFC 2392), without brackets.
    pub content_id: String,
    /// The content id it is sent on under.
    pub new_id: String,
}

/// What becomes of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stands in the HTML.
    Shown,
    /// It goes along as a file.
    File,
    /// It stood in the HTML and goes along as a file: the reader has to be told.
    Moved,
    /// It belongs to what was quoted, and stays.
    Withheld,
}

/// What of a mail's HTML is passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relayed {
    /// The HTML; `None` where the text goes alone.
    pub html: Option<String>,
    /// What becomes of each picture, in their order.
    pub fates: Vec<Fate>,
}

/// What of `source` says `words`, with those of `pictures` that stand in it.
pub(in crate::mail::read) fn relayed(
    source: &str,
    words: &str,
    whose: Whose,
    pictures: &[Picture],
) -> Relayed {
    // An agent's own words stand above what they were sent: of a long page its beginning will do.
    let beginning = shorten(source, SOURCE_MAX);
    let read = reader::read(beginning, pictures);
    let is_cut = |is_read: bool| !is_read || beginning.len() < source.len();
    let page = read.filter(|(_, is_read)| whose == Whose::Own || !is_cut(*is_read));
    let Some((page, is_read)) = page else {
        // Where a picture stands is not known: an agent's may be the card's.
        let fate = match whose {
            Whose::Own if !source.is_empty() => Fate::Withheld,
            Whose::Own => Fate::File,
            Whose::Shown => Fate::Moved,
        };
        return Relayed {
            html: None,
            fates: vec![fate; pictures.len()],
        };
    };
    let kept = kept(&page, words, whose);
    let html = kept.as_ref().and_then(|kept| sound(&page, kept, words));
    let fates = (0..pictures.len())
        .map(|at| {
            let kept = html.as_ref().and(kept.as_ref());
            match fate(&page, at, kept, whose) {
                // It stands in what was not read, if anywhere.
                Fate::File if is_cut(is_read) => Fate::Withheld,
                fate @ (Fate::Shown | Fate::File | Fate::Moved | Fate::Withheld) => fate,
            }
        })
        .collect();
    Relayed { html, fates }
}

fn kept(page: &Page, words: &str, whose: Whose) -> Option<Kept> {
    let exactly = cut::cut(page, &Words::of(words));
    let is_same = || whose == Whose::Shown && cut::is_alike(page, words);
    exactly.or_else(|| is_same().then(|| Kept::all(page)))
}

/// The lines that are kept, cleaned; `None` where they turn out to say anything else.
fn sound(page: &Page, kept: &Kept, words: &str) -> Option<String> {
    let html = wall::cleaned(&page.html(kept));
    let says_it = !kept.is_exact || Words::of(words).are_said_by(&visible(&html));
    (says_it && !html.is_empty() && html.len() <= HTML_MAX).then_some(html)
}

fn fate(page: &Page, picture: usize, kept: Option<&Kept>, whose: Whose) -> Fate {
    let lines: Vec<usize> = page.lines_of(picture).collect();
    if let Some(kept) = kept
        && lines.iter().any(|line| kept.has(*line))
    {
        return Fate::Shown;
    }
    // From where on all is what an agent was sent: our line, or the end of their own words.
    let ours = page.lines.iter().position(|line| is_boundary(&line.text));
    let end = kept.map(|kept| kept.end).into_iter().chain(ours).min();
    let is_quoted = |end: usize| !lines.is_empty() && lines.iter().all(|line| *line >= end);
    match whose {
        Whose::Own if end.is_some_and(is_quoted) => Fate::Withheld,
        Whose::Own | Whose::Shown if lines.is_empty() => Fate::File,
        Whose::Own | Whose::Shown => Fate::Moved,
    }
}

#[cfg(test)]
mod tests;
