//! Small tools on bytes that cannot fail: a range outside is an empty slice.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE};

/// The bytes from `start` to `end`, empty where there are none.
pub(super) fn cut(bytes: &[u8], start: usize, end: usize) -> &[u8] {
    bytes.get(start..end.min(bytes.len())).unwrap_or_default()
}

/// Where `needle` first stands in `hay` at or after `from`.
pub(super) fn find(hay: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = from;
    loop {
        let step = hay.get(at..)?.iter().position(|b| *b == first)?;
        at = at.saturating_add(step);
        if hay.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        at = at.saturating_add(1);
    }
}

/// Whether `text` starts with `prefix`, ASCII case aside.
pub(super) fn starts_with_ignore_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// The beginning of `text`, at most `max` bytes, never within a character.
pub(super) fn shorten(text: &str, max: usize) -> &str {
    let mut end = max.min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}

/// A mail that was saved as UTF-16 as a whole, as bytes; any other as it is.
pub(super) fn narrow(raw: &[u8]) -> Cow<'_, [u8]> {
    let wide = match raw {
        [0xFF, 0xFE, rest @ ..] if !rest.starts_with(&[0, 0]) => UTF_16LE,
        [0xFE, 0xFF, ..] => UTF_16BE,
        [a, 0, b, 0, c, 0, d, 0, ..] if [a, b, c, d].iter().all(|b| is_in_name(**b)) => UTF_16LE,
        [0, a, 0, b, 0, c, 0, d, ..] if [a, b, c, d].iter().all(|b| is_in_name(**b)) => UTF_16BE,
        _ => return Cow::Borrowed(raw),
    };
    Cow::Owned(wide.decode(raw).0.into_owned().into_bytes())
}

/// Whether a byte stands in the name of a field or on the line before the first one.
const fn is_in_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'-' | b':' | b' ')
}

/// How lines end: `\n` or `\r\n`, and a lone `\r` too where the header of a mail is written with them.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineEnds {
    lone_cr: bool,
}

/// How far the first lines are looked at.
const LOOKED_AT: usize = 8 << 10;

impl LineEnds {
    /// Looks which line ends the header at the beginning of `raw` uses.
    pub(super) fn of(raw: &[u8]) -> Self {
        let (mut lone, mut feeds, mut has_begun) = (0_usize, 0_usize, false);
        let mut rest = cut(raw, 0, LOOKED_AT);
        while let Some(step) = rest.iter().position(|b| matches!(b, b'\r' | b'\n')) {
            has_begun |= step > 0;
            let from = rest.get(step..).unwrap_or_default();
            let returns = from.iter().take_while(|b| **b == b'\r').count();
            let past = from.get(returns..).unwrap_or_default();
            let is_over = if let Some(after) = past.strip_prefix(b"\n") {
                feeds = feeds.saturating_add(1);
                rest = after;
                after.starts_with(b"\n") || after.starts_with(b"\r\n")
            } else {
                lone = lone.saturating_add(1);
                rest = past;
                returns > 1 && feeds == 0
            };
            if has_begun && is_over {
                break;
            }
        }
        Self {
            lone_cr: lone > feeds,
        }
    }

    /// Whether lines end with a lone `\r` (old Macintosh, broken scripts).
    pub(super) const fn is_cr_only(self) -> bool {
        self.lone_cr
    }

    /// The line that starts at `at`, without its end, and where the next one starts.
    pub(super) fn line(self, raw: &[u8], at: usize) -> (&[u8], usize) {
        let rest = raw.get(at..).unwrap_or_default();
        let is_end = |b: &u8| *b == b'\n' || (self.lone_cr && *b == b'\r');
        let Some(length) = rest.iter().position(is_end) else {
            return (rest, raw.len());
        };
        let mut line = cut(rest, 0, length);
        while let Some(shorter) = line.strip_suffix(b"\r") {
            line = shorter;
        }
        let is_pair = rest
            .get(length..)
            .is_some_and(|end| end.starts_with(b"\r\n"));
        let end = if is_pair { 2 } else { 1 };
        (line, at.saturating_add(length).saturating_add(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_the_mail_does() {
        let ends = LineEnds::of(b"a\r\nb\n");
        assert_eq!(ends.line(b"a\r\nb\n", 0), (&b"a"[..], 3));
        assert_eq!(ends.line(b"a\r\nb", 3), (&b"b"[..], 4));
        let ends = LineEnds::of(b"a\rb");
        assert!(ends.is_cr_only());
        assert_eq!(ends.line(b"a\rb", 0), (&b"a"[..], 2));
    }

    #[test]
    fn mixed_line_ends_are_those_of_the_header() {
        let raw = b"a: b\rc: d\r\rbody\nmore\r\nend";
        let ends = LineEnds::of(raw);
        assert!(ends.is_cr_only());
        assert_eq!(ends.line(raw, 0), (&b"a: b"[..], 5));
        assert_eq!(ends.line(raw, 11), (&b"body"[..], 16));
        assert_eq!(ends.line(raw, 16), (&b"more"[..], 22));
        assert!(!LineEnds::of(b"a: b\n\nbody\rwith\rreturns\r").is_cr_only());
        assert_eq!(LineEnds::of(b"a\r\r\n").line(b"a\r\r\n", 0), (&b"a"[..], 4));
    }

    #[test]
    fn a_mail_of_wide_characters_becomes_narrow() {
        let wide = |to: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "From: Анна".encode_utf16().flat_map(to).collect()
        };
        let (little, big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
        for raw in [
            &little,
            &big,
            &[&[0xFF, 0xFE], &little[..]].concat(),
            &[&[0xFE, 0xFF], &big[..]].concat(),
        ] {
            assert_eq!(&*narrow(raw), "From: Анна".as_bytes());
        }
        for raw in [&b"From: a"[..], b"\xFF\xFE\0\0", b"\0\0\0\0\0\0\0\0", b""] {
            assert!(matches!(narrow(raw), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn what_is_sought_is_found() {
        assert_eq!(find(b"aab", b"ab", 0), Some(1));
        assert_eq!(find(b"aab", b"c", 0), None);
        assert_eq!(find(b"", b"c", 3), None);
        assert_eq!(shorten("при", 3), "п");
    }
}
