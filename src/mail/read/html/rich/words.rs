//! What a text says: its letters and digits, in order, whatever stands between them.

use super::{Tag, entities};

/// The longest note in brackets, in bytes.
const NOTE_MAX: usize = 2000;

/// The words that are looked for. Programs add to the plain form of a text what its HTML does not show: where a link
/// leads, what a picture is called, the numbers of a list. That may be missing.
#[derive(Debug, Default)]
pub(super) struct Words {
    pieces: Vec<Piece>,
}

#[derive(Debug, Default)]
struct Piece {
    letters: String,
    may_be_missing: bool,
}

/// How far the words have been found: the piece, and the bytes of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Found {
    piece: usize,
    bytes: usize,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self::default();
        for line in text.lines() {
            words.line(line);
        }
        words
    }

    fn line(&mut self, line: &str) {
        let mut rest = line.trim_start();
        if let Some((mark, after)) = rest.split_once(char::is_whitespace)
            && is_list_mark(mark)
        {
            self.add(mark, true);
            rest = after;
        }
        while let Some(at) = rest.find(['<', '[']) {
            let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.add(before, false);
            let end = if from.starts_with('<') { '>' } else { ']' };
            let inner = from.get(1..).unwrap_or_default();
            rest = match inner.find(end).filter(|length| *length <= NOTE_MAX) {
                Some(length) => {
                    self.add(inner.get(..length).unwrap_or_default(), true);
                    inner.get(length..).unwrap_or_default()
                }
                None => inner,
            };
        }
        self.add(rest, false);
    }

    fn add(&mut self, text: &str, may_be_missing: bool) {
        let letters = letters(text);
        match self.pieces.last_mut() {
            Some(last) if !may_be_missing && !last.may_be_missing => {
                last.letters.push_str(&letters)
            }
            _ if letters.is_empty() => {}
            _ => self.pieces.push(Piece {
                letters,
                may_be_missing,
            }),
        }
    }

    /// How far the words are found after these letters, too; `None` where the words go on otherwise.
    pub(super) fn take(&self, mut at: Found, letters: &str) -> Option<Found> {
        let mut rest = letters;
        while !rest.is_empty() {
            let piece = self.pieces.get(at.piece)?;
            let wanted = piece.letters.get(at.bytes..)?;
            let next = Found {
                piece: at.piece.saturating_add(1),
                bytes: 0,
            };
            if let Some(after) = rest.strip_prefix(wanted) {
                rest = after;
                at = next;
            } else if wanted.starts_with(rest) {
                at.bytes = at.bytes.saturating_add(rest.len());
                rest = "";
            } else if piece.may_be_missing && at.bytes == 0 {
                at = next;
            } else {
                return None;
            }
        }
        Some(at)
    }

    /// Whether nothing that must be there is still to come.
    pub(super) fn is_whole(&self, at: Found) -> bool {
        let mut left = self.pieces.iter().skip(at.piece);
        at != Found::default()
            && (at.bytes == 0 || left.next().is_none())
            && left.all(|piece| piece.may_be_missing)
    }

    /// Whether these letters are all of the words and nothing else.
    pub(super) fn are_said_by(&self, letters: &str) -> bool {
        let found = self.take(Found::default(), letters);
        found.is_some_and(|at| self.is_whole(at))
    }
}

/// `1.`, `2)`, and the dots that programs write of a list.
fn is_list_mark(mark: &str) -> bool {
    let number = mark.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_number || matches!(mark, "o" | "v" | "q" | "Ø" | "ü")
}

/// Letters and digits.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters that HTML of ours shows: well-formed, without comments and without elements that are no text.
pub(super) fn visible(html: &str) -> String {
    let mut shown = String::new();
    let mut rest = html;
    while let Some((before, from)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        shown.push_str(before);
        rest = match Tag::read(from) {
            Some((_, after)) => after,
            None => from.get(1..).unwrap_or_default(),
        };
    }
    shown.push_str(rest);
    letters(&entities::decoded(&shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, said: &str, is_it: bool) {
        assert_eq!(Words::of(text).are_said_by(said), is_it, "{text}: {said}");
    }

    #[test]
    fn words_are_the_same_whatever_stands_between() {
        check("Да, *завтра*.", "Давтра", false);
        check("Да, *завтра*.", "Дазавтра", true);
        check("Да, *завтра*.", "Дазавтраи", false);
        check("Да, *завтра*.", "Дазавт", false);
        check("", "", false);
        check("...", "", false);
    }

    #[test]
    fn what_programs_add_may_be_missing() {
        let link = "см. здесь <https://uni.test/a> и ниже";
        check(link, "смздесьиниже", true);
        check(link, "смздесьhttpsunitestaиниже", true);
        check(link, "смздесьhttpsunitestиниже", false);
        check("вот [cid:image001.png@01DB]", "вот", true);
        check("[важно] прочтите", "важнопрочтите", true);
        check("1. раз\n2) два\no\tтри", "раздватри", true);
        check("1. раз\n2) два", "1раз2два", true);
        check("а < б", "аб", true);
    }
}
