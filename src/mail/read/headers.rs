//! A header block: fields in order, unfolded but not yet decoded (RFC 5322, 2.2, obsolete syntax included).

use super::{
    bytes::{LineEnds, cut},
    words,
};
use crate::model::text::Text;

/// One field.
#[derive(Debug, Clone)]
struct Field {
    /// Lower case.
    name: String,
    /// Line ends taken out, folding white space kept.
    value: Vec<u8>,
}

/// The fields of a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Headers {
    fields: Vec<Field>,
}

/// What reading a block came to.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) headers: Headers,
    /// Where the body begins.
    pub(super) body: usize,
    /// Lines that are no header were skipped, or the empty line before the body was missing.
    pub(super) is_broken: bool,
    /// Longer than the limit: later fields were not read.
    pub(super) is_too_large: bool,
}

impl Block {
    /// Reads the block that starts at `at`, keeping fields of at most `max` bytes altogether.
    pub(super) fn read(raw: &[u8], at: usize, ends: LineEnds, max: usize) -> Self {
        let mut block = Self::default();
        let mut next = at;
        loop {
            let (line, after) = ends.line(raw, next);
            if next >= raw.len() {
                break;
            }
            if line.is_empty() {
                next = after;
                break;
            }
            let is_folded = matches!(line.first(), Some(b' ' | b'\t'));
            if is_folded && line.trim_ascii().is_empty() && !goes_on(raw, after, ends) {
                next = after;
                break;
            }
            if is_folded || is_field(line) {
                block.take(line, is_folded, next.saturating_sub(at) > max);
            } else if line.starts_with(b"--") || !goes_on(raw, after, ends) {
                // The empty line is missing: the body begins here.
                block.is_broken = true;
                break;
            } else {
                block.is_broken |= !is_mbox_line(line);
            }
            next = after;
        }
        block.body = next;
        block
    }

    fn take(&mut self, line: &[u8], is_folded: bool, is_beyond: bool) {
        if is_beyond {
            self.is_too_large = true;
        } else if is_folded {
            if let Some(last) = self.headers.fields.last_mut() {
                last.value.push(b' ');
                last.value.extend(line.trim_ascii_start());
            }
        } else if let Some(colon) = line.iter().position(|b| *b == b':') {
            let name = String::from_utf8_lossy(cut(line, 0, colon))
                .trim()
                .to_ascii_lowercase();
            let value = cut(line, colon.saturating_add(1), line.len())
                .trim_ascii()
                .to_vec();
            self.headers.fields.push(Field { name, value });
        }
    }
}

/// Whether the line at `at` is a field, a continuation or the block's end: the broken one before it may be skipped.
fn goes_on(raw: &[u8], at: usize, ends: LineEnds) -> bool {
    let (line, _) = ends.line(raw, at);
    is_field(line) || matches!(line, [b' ' | b'\t', rest @ ..] if !rest.trim_ascii().is_empty())
}

/// Whether a line looks like `Name: value`: printable ASCII without spaces before a colon (spaces just before it are
/// obsolete but seen).
pub(super) fn is_field(line: &[u8]) -> bool {
    let Some(colon) = line.iter().take(200).position(|b| *b == b':') else {
        return false;
    };
    let name = cut(line, 0, colon).trim_ascii_end();
    !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic())
}

/// The line with which an mbox file begins each mail.
pub(super) fn is_mbox_line(line: &[u8]) -> bool {
    line.starts_with(b"From ") || line.starts_with(b">From ")
}

impl Headers {
    /// Whether there are no fields at all.
    pub(super) const fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// How many fields of this name (lower case) there are.
    pub(super) fn count(&self, name: &str) -> usize {
        self.values(name).count()
    }

    /// Every value of this name, as bytes, topmost first.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> + 'a {
        self.fields
            .iter()
            .filter(move |f| f.name == name)
            .map(|f| f.value.as_slice())
    }

    /// The first value of this name that says something, as bytes.
    pub(super) fn first<'a>(&'a self, name: &'a str) -> Option<&'a [u8]> {
        self.values(name)
            .find(|v| !v.is_empty())
            .or_else(|| self.values(name).next())
    }

    /// The first value as one line of plain text, encoded words left as they are.
    pub(super) fn plain(&self, name: &str) -> Option<String> {
        self.first(name)
            .map(|v| Text::line(&String::from_utf8_lossy(v)).into())
    }

    /// The first value as one line of decoded text.
    pub(super) fn decoded(&self, name: &str) -> Option<String> {
        self.first(name)
            .map(|v| Text::line(&words::decode(v)).into())
    }

    /// Whether there is such a field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    /// Names of all fields, lower case.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|f| f.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(raw: &str) -> Block {
        Block::read(raw.as_bytes(), 0, LineEnds::of(raw.as_bytes()), 1 << 10)
    }

    #[track_caller]
    fn check(raw: &str, subject: Option<&str>, body: &str) {
        let read = block(raw);
        assert_eq!(
            read.headers.decoded("subject").as_deref(),
            subject,
            "{raw:?}"
        );
        assert_eq!(raw.get(read.body..), Some(body), "{raw:?}");
    }

    #[test]
    fn blocks_are_read() {
        check("Subject: a\r\n b\r\n\r\nbody", Some("a b"), "body");
        check("Subject : a\n\nbody", Some("a"), "body");
        check("From x Mon Jan 1\nSubject: a\n\nbody", Some("a"), "body");
        check(
            "Subject: a\nbody at once, it seems\nand more",
            Some("a"),
            "body at once, it seems\nand more",
        );
        check("Subject: a\nnot a header\nTo: b\n\nbody", Some("a"), "body");
        check("Subject: a\r\rbody", Some("a"), "body");
        check(
            "Subject:\n =?utf-8?q?a?=\n =?utf-8?q?b?=\n\n",
            Some("ab"),
            "",
        );
        check("Subject: a", Some("a"), "");
        check("Subject: a\n \nTo: b\n\nbody", Some("a"), "body");
        check("", None, "");
    }

    #[test]
    fn too_much_is_not_kept() {
        let raw = format!("Subject: a\n{}\nbody", "X: y\n".repeat(1000));
        let read = block(&raw);
        assert!(read.is_too_large);
        assert_eq!(raw.get(read.body..), Some("body"));
        assert!(read.headers.count("x") < 300);
    }
}
