//! Fields of a header block within lines: `Key: value`, several on one line, glued to each other.

use crate::mail::read::{
    bytes::shorten,
    reply::{
        line::start,
        words::{Key, key},
    },
};

/// No name of a field is longer, in bytes.
const NAME_MAX: usize = 80;

/// A line without quote marks and what cannot be seen around it.
pub(super) fn bare(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == '>' || start(c.encode_utf8(&mut [0; 4])).is_empty())
        .trim_end()
}

/// Reads `Key: value`, `*Key:* value`, `Key : value`, `Key：value`.
pub(super) fn field(line: &str) -> Option<(Key, &str)> {
    let line = bare(line).trim_start_matches(['*', '_']);
    // A rule, and the first field right behind it.
    let line = match line.strip_prefix("-----") {
        Some(behind) => behind.trim_start_matches('-'),
        None => line,
    };
    let head = shorten(line, NAME_MAX);
    let at = head.find([':', '：'])?;
    let (name, value) = line.split_at_checked(at)?;
    let key = key(name.trim_matches(['*', '_', ' ', '\u{A0}']))?;
    let value = value.trim_start_matches([':', '：', '*', '_']).trim();
    Some((key, value.trim_end_matches('*')))
}

/// `An anna@uni.test`, `Betreff Drucker`: from a table without colons, within a block. An address must be there, or the
/// name of a subject or a date.
pub(super) fn without_colon(line: &str) -> Option<(Key, String)> {
    let (name, value) = line.split_once([' ', '\t', '\u{A0}'])?;
    let found = key(name).filter(|_| !name.starts_with(char::is_lowercase))?;
    let is_sure = match found {
        Key::To | Key::Cc => value
            .split(' ')
            .next_back()
            .is_some_and(|word| word.contains('@')),
        Key::Subject | Key::Date => true,
        Key::From | Key::Other => false,
    };
    is_sure.then(|| (found, value.trim().to_owned()))
}

/// The fields of a line that begins with one; programs put two on a line: `À : anna@uni.test Objet : x`.
pub(super) fn fields(line: &str) -> Vec<(Key, String)> {
    let Some((first, _)) = field(line) else {
        return Vec::new();
    };
    let bare = bare(line);
    // What stands behind a subject is the subject.
    let pieces = if first == Key::Subject || bare.matches([':', '：']).nth(1).is_none() {
        vec![bare]
    } else {
        apart(bare, Glue::Spaces)
    };
    pieces
        .into_iter()
        .filter_map(field)
        .map(|(key, value)| (key, value.to_owned()))
        .collect()
}

/// What may stand before a field that begins within a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glue {
    /// Spaces.
    Spaces,
    /// Anything: `…@uni.test>Cc: …`, `09:26:50 CETSubject: …`; then the colon may be missing too.
    Anything,
}

/// The pieces of a line that begin with a field each.
pub(super) fn apart(line: &str, glue: Glue) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut before = None;
    let mut has_subject = false;
    for (at, c) in line.char_indices() {
        let is_edge = match (before, glue) {
            (None, _) => false,
            (Some(before), Glue::Spaces) => is_space(before),
            (Some(before), Glue::Anything) => !before.is_uppercase() || c.is_uppercase(),
        };
        before = Some(c);
        // Names begin with a capital, or are in a script that has none.
        if has_subject || !is_edge || !c.is_alphabetic() || c.is_lowercase() {
            continue;
        }
        let rest = line.get(at..).unwrap_or_default();
        let is_glued = line.get(..at).is_some_and(|b| !b.ends_with(is_space));
        let Some(found) = begins(rest, glue == Glue::Anything && is_glued) else {
            continue;
        };
        has_subject = found == Key::Subject;
        pieces.extend(line.get(from..at));
        from = at;
    }
    pieces.extend(line.get(from..));
    pieces
}

const fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{A0}'
}

/// The field with whose name `rest` begins; `without_colon` where a space behind a name of one word will do.
fn begins(rest: &str, without_colon: bool) -> Option<Key> {
    let head = shorten(rest, NAME_MAX);
    let end = head
        .find(|c: char| !(c.is_alphabetic() || matches!(c, ' ' | '\u{A0}' | '-' | '\'' | '’')))
        .unwrap_or(head.len());
    let (name, after) = head.split_at_checked(end)?;
    if after.starts_with([':', '：']) {
        return key(name.trim()).filter(|key| *key != Key::Other);
    }
    let (word, after) = name.split_once(' ')?;
    let is_named = without_colon && word.chars().count() >= 2 && !after.starts_with(' ');
    is_named
        .then(|| key(word))
        .flatten()
        .filter(|key| matches!(key, Key::Subject | Key::Cc))
}

/// `line` with a line end before each field, where it is a whole header block on one line.
pub(in crate::mail::read) fn on_lines(line: &str) -> String {
    let pieces: Vec<String> = apart(line, Glue::Anything)
        .into_iter()
        .map(|piece| {
            let piece = piece.trim();
            match field(piece) {
                Some(_) => piece.to_owned(),
                // The colon is missing.
                None => piece.replacen(' ', ": ", 1),
            }
        })
        .collect();
    pieces.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, lines: &[&str]) {
        assert_eq!(on_lines(line).lines().collect::<Vec<_>>(), lines, "{line}");
    }

    #[test]
    fn glued_fields_are_taken_apart() {
        check(
            "From: Anna <anna@uni.test>To: \"it@uni.test\" <it@uni.test>Sent: Monday, 23 November 2026, 10:15:05 CETSubject: Re: To: x",
            &[
                "From: Anna <anna@uni.test>",
                "To: \"it@uni.test\" <it@uni.test>",
                "Sent: Monday, 23 November 2026, 10:15:05 CET",
                "Subject: Re: To: x",
            ],
        );
        check(
            "Od: Anna <anna@uni.test>Do: IT <it@uni.test>Dw Olga <olga@uni.test>Wysłano: 23 listopada 2026, 10:15 CETTemat: x",
            &[
                "Od: Anna <anna@uni.test>",
                "Do: IT <it@uni.test>",
                "Dw: Olga <olga@uni.test>",
                "Wysłano: 23 listopada 2026, 10:15 CET",
                "Temat: x",
            ],
        );
        check(
            "De: Anna <anna@uni.test>Para: IT <it@uni.test>Enviado: segunda-feira, 10:15 CETAssunto Impressora",
            &[
                "De: Anna <anna@uni.test>",
                "Para: IT <it@uni.test>",
                "Enviado: segunda-feira, 10:15 CET",
                "Assunto: Impressora",
            ],
        );
    }

    #[test]
    fn a_line_may_hold_two_fields() {
        let read = |line| fields(line).into_iter().map(|(k, _)| k).collect::<Vec<_>>();
        assert_eq!(read("À : anna@uni.test Objet : x"), [Key::To, Key::Subject]);
        assert_eq!(read("Subject: To: be"), [Key::Subject]);
        assert_eq!(read("From: Anna [mailto:anna@uni.test]"), [Key::From]);
        assert_eq!(read("---------------From: Anna"), [Key::From]);
        assert_eq!(read("Text"), []);
    }
}
