//! Values with parameters, as in `Content-Type` and `Content-Disposition` (RFC 2045, 5.1; RFC 2231), read tolerantly.

use super::{charset, transfer, words};

/// A value and its parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parametered {
    /// The value itself, lower case: `text/plain`, `attachment`.
    pub(super) value: String,
    /// Names, lower case, with `*` and numbers as written, and their bytes.
    params: Vec<(String, Vec<u8>)>,
}

impl Parametered {
    /// Reads an unfolded header value.
    pub(super) fn read(raw: &[u8]) -> Self {
        let mut pieces = pieces(raw).into_iter();
        let value = pieces.next().unwrap_or_default();
        let value = String::from_utf8_lossy(&value)
            .trim()
            .trim_matches('"')
            .to_ascii_lowercase();
        let params = pieces.filter_map(|piece| {
            let at = piece.iter().position(|b| *b == b'=')?;
            let (name, value) = piece.split_at(at);
            let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
            Some((name, unquote(value.get(1..).unwrap_or_default())))
        });
        Self {
            value,
            params: params.take(200).collect(),
        }
    }

    /// A parameter's bytes as written, unquoted.
    pub(super) fn raw(&self, name: &str) -> Option<&[u8]> {
        self.params
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_slice())
    }

    /// A parameter as text: RFC 2231 charsets and continuations, RFC 2047 words although forbidden here, raw 8-bit.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        if let Some(extended) = self.raw(&format!("{name}*")) {
            return Some(extended_text(extended));
        }
        if let Some(joined) = self.continued(name) {
            return Some(joined);
        }
        self.raw(name).map(words::decode)
    }

    /// `name*0`, `name*1*` ... joined as bytes, then decoded.
    fn continued(&self, name: &str) -> Option<String> {
        let mut bytes = Vec::new();
        let mut label = None;
        let mut is_extended = false;
        for number in 0..100 {
            let piece = if let Some(piece) = self.raw(&format!("{name}*{number}*")) {
                let (charset, text) = if number == 0 {
                    split_extended(piece)
                } else {
                    (None, piece)
                };
                label = label.or(charset);
                is_extended = true;
                percent_decoded(text)
            } else if let Some(piece) = self.raw(&format!("{name}*{number}")) {
                piece.to_vec()
            } else if number == 0 {
                // Some begin to count at one.
                continue;
            } else {
                break;
            };
            bytes.extend(piece);
        }
        if bytes.is_empty() {
            return None;
        }
        Some(if is_extended {
            charset::decode(&bytes, label.as_deref()).text
        } else {
            words::decode(&bytes)
        })
    }
}

fn split_extended(value: &[u8]) -> (Option<String>, &[u8]) {
    let mut pieces = value.splitn(3, |b| *b == b'\'');
    let (first, language, text) = (pieces.next(), pieces.next(), pieces.next());
    match (first, language, text) {
        (Some(label), Some(_), Some(text)) => {
            (Some(String::from_utf8_lossy(label).into_owned()), text)
        }
        _ => (None, value),
    }
}

fn extended_text(value: &[u8]) -> String {
    let (label, text) = split_extended(value);
    if label.is_none() && text.starts_with(b"=?") {
        return words::decode(text);
    }
    charset::decode(&percent_decoded(text), label.as_deref()).text
}

fn percent_decoded(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        if let (b'%', Some(byte)) = (*first, transfer::hex_byte(after)) {
            decoded.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            decoded.push(*first);
            rest = after;
        }
    }
    decoded
}

/// Splits at semicolons outside quotes, comments dropped. A quote that is never closed ends at the next semicolon.
fn pieces(raw: &[u8]) -> Vec<Vec<u8>> {
    let mut found = vec![Vec::new()];
    let mut rest = raw;
    let mut is_after_equals = false;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let Some(piece) = found.last_mut() else { break };
        match first {
            b'"' if is_after_equals || piece.is_empty() => {
                let length = quoted_length(after);
                piece.push(b'"');
                let (quoted, left) = after.split_at(length);
                piece.extend(quoted);
                rest = left;
            }
            b';' => found.push(Vec::new()),
            b'(' if !is_after_equals && piece.ends_with(b" ") => {
                rest = match after.iter().position(|b| *b == b')') {
                    Some(end) => after.get(end.saturating_add(1)..).unwrap_or_default(),
                    None => after,
                };
            }
            other => piece.push(*other),
        }
        is_after_equals = *first == b'=' || (is_after_equals && first.is_ascii_whitespace());
    }
    found
}

/// How long a quoted string is, its closing quote counted.
fn quoted_length(text: &[u8]) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at.saturating_add(1),
            _ => {}
        }
    }
    text.iter().position(|b| *b == b';').unwrap_or(text.len())
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
    let length = quoted_length(inner);
    let inner = inner.get(..length).unwrap_or(inner);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, name: &str, text: Option<&str>) {
        assert_eq!(
            Parametered::read(raw.as_bytes()).text(name).as_deref(),
            text,
            "{raw}"
        );
    }

    #[test]
    fn parameters_are_read() {
        check(
            "text/plain; charset=utf-8; format=flowed",
            "format",
            Some("flowed"),
        );
        check("a/b; name=\"x;y\\\"z\"", "name", Some("x;y\"z"));
        check("a/b; name = plain.txt ;", "name", Some("plain.txt"));
        check("a/b; name=two words.txt", "name", Some("two words.txt"));
        check("a/b; NAME=\"never closed; x=1", "x", Some("1"));
        check("a/b; boundary = \"B\"", "boundary", Some("B"));
        check("a/b", "name", None);
        assert_eq!(
            Parametered::read(b" Text/HTML (comment); x=y").value,
            "text/html"
        );
    }

    #[test]
    fn names_come_in_many_forms() {
        check(
            "a; filename*=UTF-8''%D0%9F%D1%80.pdf",
            "filename",
            Some("Пр.pdf"),
        );
        check(
            "a; filename*0*=koi8-r''%F0%D2; filename*1*=%C9.pdf",
            "filename",
            Some("При.pdf"),
        );
        check(
            "a; filename*0=\"long \"; filename*1=\"name.txt\"",
            "filename",
            Some("long name.txt"),
        );
        check(
            "a; filename=\"=?utf-8?B?0J/RgNC40LLQtdGC?=.txt\"",
            "filename",
            Some("Привет.txt"),
        );
        check(
            "a; filename=\"C:\\dir\\x.txt\"",
            "filename",
            Some("C:\\dir\\x.txt"),
        );
        check("a; name*1=a; name*2=b", "name", Some("ab"));
    }
}
