//! Small tools on bytes that cannot fail: a range outside is an empty slice.

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

/// How lines end: `\n` or `\r\n`, and a lone `\r` only in a mail that has no `\n` at all.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineEnds {
    lone_cr: bool,
}

impl LineEnds {
    /// Looks which line ends `raw` uses.
    pub(super) fn of(raw: &[u8]) -> Self {
        Self {
            lone_cr: !raw.contains(&b'\n') && raw.contains(&b'\r'),
        }
    }

    /// Whether lines end with a lone `\r` (old Macintosh, broken scripts).
    pub(super) const fn is_cr_only(self) -> bool {
        self.lone_cr
    }

    /// The line that starts at `at`, without its end, and where the next one starts.
    pub(super) fn line(self, raw: &[u8], at: usize) -> (&[u8], usize) {
        let end_byte = if self.lone_cr { b'\r' } else { b'\n' };
        let rest = raw.get(at..).unwrap_or_default();
        let Some(length) = rest.iter().position(|b| *b == end_byte) else {
            return (rest, raw.len());
        };
        let line = cut(rest, 0, length);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        (line, at.saturating_add(length).saturating_add(1))
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
    fn what_is_sought_is_found() {
        assert_eq!(find(b"aab", b"ab", 0), Some(1));
        assert_eq!(find(b"aab", b"c", 0), None);
        assert_eq!(find(b"", b"c", 3), None);
        assert_eq!(shorten("при", 3), "п");
    }
}
