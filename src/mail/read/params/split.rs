//! A value split into itself and its parameters, in one pass: quotes, comments and semicolons, forgotten ones too.

use crate::mail::read::bytes::cut;

/// More parameters than anybody needs are not read.
const PARAMS_MAX: usize = 200;

/// How much of a field is looked through for the ends of strings with quotes within them; after that the first quote
/// ends each.
const LOOKED_THROUGH_MAX: usize = 16 << 10;

/// The value, and the parameters' names (lower case) and unquoted bytes.
pub(super) fn split(raw: &[u8]) -> (Vec<u8>, Vec<(String, Vec<u8>)>) {
    let mut pieces = pieces(raw).into_iter();
    let mut value = pieces.next().unwrap_or_default();
    let mut params = Vec::new();
    if let Some(at) = param_in_value(&value) {
        // `attachment filename=x`: the semicolon is missing, or the value itself.
        params.extend(param(value.get(at..).unwrap_or_default()));
        value.truncate(at);
    }
    params.extend(pieces.filter_map(|piece| param(&piece)));
    (value, params)
}

fn param(piece: &[u8]) -> Option<(String, Vec<u8>)> {
    let at = piece.iter().position(|b| *b == b'=')?;
    let (name, value) = piece.split_at(at);
    let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
    Some((name, unquote(value.get(1..).unwrap_or_default())))
}

/// Where a parameter begins in what should be a value alone.
fn param_in_value(value: &[u8]) -> Option<usize> {
    let equals = value.iter().position(|b| *b == b'=')?;
    let name = cut(value, 0, equals).trim_ascii_end();
    let start = name
        .iter()
        .rposition(u8::is_ascii_whitespace)
        .map_or(0, |space| space.saturating_add(1));
    cut(name, start, name.len())
        .iter()
        .all(|b| is_token(*b))
        .then_some(start)
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*')
}

/// Splits at semicolons outside quotes, comments dropped.
fn pieces(raw: &[u8]) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    let mut piece = Vec::new();
    let mut rest = raw;
    let mut is_after_equals = false;
    let mut has_closing = true;
    let mut budget = LOOKED_THROUGH_MAX;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'"' if is_after_equals || piece.trim_ascii().is_empty() => {
                let (quoted, left) = after.split_at(quoted_length(after, &mut budget));
                piece.push(b'"');
                piece.extend(quoted);
                rest = left;
                if is_param(left.trim_ascii_start()) {
                    found.push(std::mem::take(&mut piece));
                }
            }
            b';' => found.push(std::mem::take(&mut piece)),
            // In a value without quotes a bracket is no comment: `name=Report (1).pdf`.
            b'(' if has_closing && is_comment_place(&piece) => {
                match after.iter().position(|b| *b == b')') {
                    Some(end) => rest = after.get(end.saturating_add(1)..).unwrap_or_default(),
                    None => has_closing = false,
                }
            }
            other => piece.push(*other),
        }
        if found.len() > PARAMS_MAX {
            return found;
        }
        is_after_equals = *first == b'=' || (is_after_equals && first.is_ascii_whitespace());
    }
    found.push(piece);
    found
}

fn is_comment_place(piece: &[u8]) -> bool {
    let is_apart = piece.is_empty() || piece.ends_with(b" ") || piece.ends_with(b"\"");
    is_apart && (!piece.contains(&b'=') || piece.trim_ascii_end().ends_with(b"\""))
}

/// Whether `text` begins with `name=`.
fn is_param(text: &[u8]) -> bool {
    let length = text.iter().take(40).take_while(|b| is_token(**b)).count();
    length > 0 && text.get(length) == Some(&b'=')
}

/// How long a quoted string is, its closing quote counted. A quote that something else than a semicolon, the end or
/// the next parameter follows is one within the text; a string that is never closed ends at the next semicolon.
fn quoted_length(text: &[u8], budget: &mut usize) -> usize {
    let mut first = None;
    let mut is_escaped = false;
    for (at, byte) in text.iter().enumerate() {
        if first.is_some() {
            *budget = budget.saturating_sub(1);
            if *budget == 0 {
                break;
            }
        }
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => {
                let end = at.saturating_add(1);
                let after = cut(text, end, end.saturating_add(64)).trim_ascii_start();
                let closes =
                    matches!(after.first(), None | Some(b';' | b',' | b'(')) || is_param(after);
                if closes {
                    return end;
                }
                first = first.or(Some(end));
            }
            _ => {}
        }
    }
    first
        .or_else(|| text.iter().position(|b| *b == b';'))
        .unwrap_or(text.len())
}

fn unquote(value: &[u8]) -> Vec<u8> {
    let value = value.trim_ascii();
    let Some(inner) = value.strip_prefix(b"\"") else {
        return value
            .strip_prefix(b"'")
            .and_then(|v| v.strip_suffix(b"'"))
            .unwrap_or(value)
            .to_vec();
    };
    let inner = cut(inner, 0, quoted_length(inner, &mut { LOOKED_THROUGH_MAX }));
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    let mut plain = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        // Windows paths come unescaped: only a quote or a backslash can be escaped.
        if let (b'\\', Some((escaped @ (b'"' | b'\\'), left))) = (first, after.split_first()) {
            plain.push(*escaped);
            rest = left;
        } else {
            plain.push(*first);
        }
    }
    plain
}
