//! Several texts become one: of two forms the better one, of texts one behind the other all.

use super::{
    Bodies, Piece,
    choice::{are_alike, is_html_better},
};
use crate::mail::read::{bytes::shorten, containers::Contents, html, limits::Limits};

impl Bodies {
    /// Takes the text out of the mail's containers: what is signed is the mail, and what a list has put around it comes
    /// behind; `winmail.dat` says once more what the text says, and is read where there is none.
    pub(in crate::mail::read) fn take_from(&mut self, contents: &mut Contents) {
        let is_blank = self.text.trim().is_empty();
        let taken = match (contents.signed.take(), contents.wrapped.take()) {
            (Some(signed), _) => signed,
            (None, Some(wrapped)) if is_blank => wrapped,
            (None, _) => return,
        };
        let below = std::mem::take(&mut self.text);
        let below_marked = self.marked.take().unwrap_or_else(|| below.clone());
        self.text = taken.text;
        self.marked = taken.marked;
        self.is_from_html = taken.is_from_html;
        if !is_blank {
            self.text = format!("{}\n\n{below}", self.text);
            self.marked = self
                .marked
                .take()
                .map(|marked| format!("{marked}\n\n{below_marked}"));
        }
    }

    /// Chooses among forms, then joins what is left in its order.
    pub(super) fn put_together(&mut self, mut pieces: Vec<Piece>, limits: &Limits) {
        for piece in pieces.iter_mut().filter(|piece| !piece.is_html) {
            // Characters of private use are our marks, and nobody else's.
            if piece.text.contains(html::is_mark) {
                piece.text = html::without_marks(&piece.text);
            }
        }
        pieces.retain(|piece| !piece.text.trim().is_empty());
        pair(&mut pieces);
        let has_html = pieces.iter().any(|piece| piece.is_html);
        let chosen = joined(&pieces, |choice| {
            let form = |is_html| joined_form(&pieces, choice, is_html);
            is_html_better(&form(false), &form(true))
        });
        self.is_from_html = chosen.has_html;
        self.text = html::without_marks(&chosen.text);
        if has_html {
            self.marked = Some(if chosen.has_html {
                chosen.text
            } else {
                joined(&pieces, |_| true).text
            });
        }
        if self.text.len() > limits.text {
            self.odd("text_truncated");
            self.text = shorten(&self.text, limits.text).to_owned();
        }
    }
}

/// A plain text and an HTML text beside each other that say the same are two forms of one, whatever holds them.
fn pair(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let Some([first, second]) = pieces.get_mut(at.saturating_sub(1)..=at) else {
            continue;
        };
        let are_two_forms = first.choice.is_none()
            && second.choice.is_none()
            && first.is_html != second.is_html
            && are_alike(&first.text, &second.text);
        if are_two_forms {
            first.choice = Some(first.part);
            second.choice = Some(first.part);
        }
    }
}

struct Joined {
    text: String,
    has_html: bool,
}

/// The pieces in their order; of those that are forms of one text the HTML where `takes_html`, else the plain text.
fn joined(pieces: &[Piece], takes_html: impl Fn(usize) -> bool) -> Joined {
    let mut taken: Vec<&Piece> = Vec::new();
    let mut decided: Vec<(usize, bool)> = Vec::new();
    for piece in pieces {
        if let Some(choice) = piece.choice {
            let known = decided.iter().find(|(c, _)| *c == choice).map(|(_, h)| *h);
            let is_html = known.unwrap_or_else(|| {
                let has = |is_html| {
                    pieces
                        .iter()
                        .any(|p| p.choice == Some(choice) && p.is_html == is_html)
                };
                let is_html = has(true) && (!has(false) || takes_html(choice));
                decided.push((choice, is_html));
                is_html
            });
            if piece.is_html != is_html {
                continue;
            }
        }
        if !taken.iter().any(|above| above.text == piece.text) {
            taken.push(piece);
        }
    }
    let texts: Vec<&str> = taken.iter().map(|piece| piece.text.as_str()).collect();
    Joined {
        text: texts.join("\n\n"),
        has_html: taken.iter().any(|piece| piece.is_html),
    }
}

fn joined_form(pieces: &[Piece], choice: usize, is_html: bool) -> String {
    let texts: Vec<&str> = pieces
        .iter()
        .filter(|piece| piece.choice == Some(choice) && piece.is_html == is_html)
        .map(|piece| piece.text.as_str())
        .collect();
    texts.join("\n")
}
