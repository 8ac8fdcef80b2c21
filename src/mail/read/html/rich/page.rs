//! A page of our own: pieces of HTML, line by line.

use super::cut::Kept;

/// One piece of a page, ready to be written.
#[derive(Debug)]
pub(super) enum Piece {
    Start {
        name: &'static str,
        tag: String,
    },
    End(&'static str),
    /// `<br>`, `<hr>`.
    Break(&'static str),
    Text(String),
    Picture {
        at: usize,
        tag: String,
    },
}

/// One line of a page.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// What is read on it.
    pub(super) text: String,
    /// Its letters and digits.
    pub(super) letters: String,
    /// Here begins what a mail program quotes, or a line is drawn.
    pub(super) is_quote_start: bool,
    /// Something on it stands in a quote.
    pub(super) is_quoted: bool,
    /// Something stands on it: words, a picture, its end.
    pub(super) is_used: bool,
}

/// A page: its pieces, each with the number of its line.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) pieces: Vec<(usize, Piece)>,
}

impl Page {
    /// The lines on which a picture stands.
    pub(super) fn lines_of(&self, picture: usize) -> impl Iterator<Item = usize> {
        self.pieces.iter().filter_map(move |(line, piece)| {
            matches!(piece, Piece::Picture { at, .. } if *at == picture).then_some(*line)
        })
    }

    /// The lines that are kept, as HTML; nothing stands open at its end.
    pub(super) fn html(&self, kept: &Kept) -> String {
        let is_shown = |(line, piece): &(usize, Piece)| {
            let shows = match piece {
                Piece::Text(text) => !text.trim().is_empty(),
                Piece::Picture { .. } => true,
                Piece::Start { .. } | Piece::End(_) | Piece::Break(_) => false,
            };
            shows && kept.has(*line)
        };
        let last = self.pieces.iter().rposition(is_shown);
        let first = self.pieces.iter().position(is_shown).unwrap_or_default();
        let mut html = String::new();
        let mut open: Vec<&str> = Vec::new();
        // What has ended before anything is shown leaves no empty box.
        for (name, tag) in self.open_at(first) {
            html.push_str(tag);
            open.push(name);
        }
        let count = last.map_or(0, |last| last.saturating_add(1));
        for (line, piece) in self.pieces.iter().take(count).skip(first) {
            match piece {
                Piece::Start { name, tag } => {
                    html.push_str(tag);
                    open.push(name);
                }
                Piece::End(name) => {
                    html.push_str(&format!("</{name}>"));
                    open.pop();
                }
                Piece::Break(tag) if kept.has(*line) => html.push_str(tag),
                Piece::Text(words) | Piece::Picture { tag: words, .. } if kept.has(*line) => {
                    html.push_str(words);
                }
                Piece::Break(_) | Piece::Text(_) | Piece::Picture { .. } => {}
            }
        }
        for name in open.iter().rev() {
            html.push_str(&format!("</{name}>"));
        }
        html
    }

    /// The elements that stand open before that piece, with their tags.
    fn open_at(&self, piece: usize) -> Vec<(&'static str, &str)> {
        let mut open = Vec::new();
        for (_, before) in self.pieces.iter().take(piece) {
            match before {
                Piece::Start { name, tag } => open.push((*name, tag.as_str())),
                Piece::End(_) => drop(open.pop()),
                Piece::Break(_) | Piece::Text(_) | Piece::Picture { .. } => {}
            }
        }
        open
    }
}
