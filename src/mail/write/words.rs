//! Words in header fields: encoded-words (RFC 2047), display names and addresses (RFC 5322, 3.4), folding.

use data_encoding::BASE64;

use crate::model::{
    address::{Address, NamedAddress},
    text::Text,
};

/// Words longer than this are encoded even where they are ASCII: an unbroken word cannot be folded.
const WORD_MAX: usize = 60;

/// Bytes of UTF-8 in one encoded-word: 60 characters of base64 and 12 around them are below the 75 allowed.
const CHUNK_BYTES: usize = 45;

/// The column after which a header line is folded (RFC 5322, 2.1.1).
const COLUMNS: usize = 76;

/// Unstructured words as a field's value: what is ASCII at the start stays readable (`Re: [IT-1042-K7Q4]`), all from
/// the first other word on is encoded. Line ends, control and bidirectional characters are gone.
pub(super) fn unstructured(field: &str, words: &str) -> String {
    let line = Text::line(words);
    let mut words = line.as_str().split(' ').peekable();
    let mut pieces: Vec<String> = Vec::new();
    while let Some(word) = words.next_if(|word| is_plain(word)) {
        pieces.push(word.to_owned());
    }
    let rest: Vec<&str> = words.collect();
    pieces.extend(encoded(&rest.join(" ")));
    fold(field, &pieces)
}

/// Addresses as a field's value; what is no address is left out. `None` where nothing is left.
pub(super) fn addresses(field: &str, given: &[NamedAddress]) -> Option<String> {
    let mut pieces: Vec<String> = Vec::new();
    for one in given {
        let Some(address) = one.parsed() else {
            continue;
        };
        if let Some(last) = pieces.last_mut() {
            last.push(',');
        }
        pieces.extend(display_name(one.name.as_deref().unwrap_or_default()));
        pieces.push(format!("<{}>", spec(&address)));
    }
    (!pieces.is_empty()).then(|| fold(field, &pieces))
}

/// The addr-spec; a local part that is no dot-atom is quoted (RFC 5322, 3.4.1).
fn spec(address: &Address) -> String {
    let wire = address.on_the_wire();
    let local = address.local();
    let is_atom =
        |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let is_dot_atom = local
        .split('.')
        .all(|atom| !atom.is_empty() && atom.chars().all(is_atom));
    match wire.rsplit_once('@') {
        Some((_, domain)) if !is_dot_atom => format!("{}@{domain}", quoted(local)),
        _ => wire,
    }
}

/// A display name as one or more words of a phrase.
fn display_name(name: &str) -> Vec<String> {
    let line = Text::line(name);
    let name = line.as_str();
    if name.is_empty() {
        return Vec::new();
    }
    let is_safe = |c: char| c.is_ascii_graphic() || c == ' ';
    if name.len() <= WORD_MAX && name.chars().all(is_safe) && !name.contains("=?") {
        return vec![quoted(name)];
    }
    encoded(name)
}

/// A quoted-string (RFC 5322, 3.2.4).
pub(super) fn quoted(words: &str) -> String {
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a word may stand as it is.
fn is_plain(word: &str) -> bool {
    word.len() <= WORD_MAX && word.chars().all(|c| c.is_ascii_graphic()) && !word.contains("=?")
}

/// UTF-8 base64 encoded-words, none splitting a character.
fn encoded(words: &str) -> Vec<String> {
    let mut chunks: Vec<String> = Vec::new();
    for c in words.chars() {
        match chunks.last_mut() {
            Some(chunk) if chunk.len().saturating_add(c.len_utf8()) <= CHUNK_BYTES => chunk.push(c),
            _ => chunks.push(c.to_string()),
        }
    }
    chunks
        .iter()
        .map(|chunk| format!("=?utf-8?B?{}?=", BASE64.encode(chunk.as_bytes())))
        .collect()
}

/// Joins pieces by spaces, or by a folded line end where the line would become too long.
pub(super) fn fold(field: &str, pieces: &[String]) -> String {
    let mut value = String::new();
    let mut column = field.len().saturating_add(1);
    for piece in pieces {
        let next = column.saturating_add(1).saturating_add(piece.len());
        if value.is_empty() {
            column = next;
        } else if next > COLUMNS {
            value.push_str("\r\n ");
            column = piece.len().saturating_add(1);
        } else {
            value.push(' ');
            column = next;
        }
        value.push_str(piece);
    }
    value
}
