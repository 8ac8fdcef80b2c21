//! Where a header ends and what its fields are: lines, folds, and what is broken in them.

use super::{Field, Headers};
use crate::mail::read::bytes::{LineEnds, cut};

/// What reading a block came to.
#[derive(Debug, Default)]
pub(in crate::mail::read) struct Block {
    pub(in crate::mail::read) headers: Headers,
    /// Where the body begins.
    pub(in crate::mail::read) body: usize,
    /// Lines that are no header were skipped, or the empty line before the body was missing.
    pub(in crate::mail::read) is_broken: bool,
    /// Longer than the limit: later fields were not read.
    pub(in crate::mail::read) is_too_large: bool,
    /// The white space every line begins with, where a mail was indented as a whole.
    pub(in crate::mail::read) indent: usize,
    /// Whether there was an author, a subject or a type.
    says_something: bool,
}

impl Block {
    /// Reads the block that starts at `at`, keeping fields of at most `max` bytes altogether.
    pub(in crate::mail::read) fn read(raw: &[u8], at: usize, ends: LineEnds, max: usize) -> Self {
        let mut block = Self {
            indent: indent(raw, at, ends),
            ..Self::default()
        };
        let mut next = at;
        let mut field_at: Option<usize> = None;
        while next < raw.len() {
            let (line, after) = ends.line(raw, next);
            let line = without_indent(line, block.indent);
            if line.is_empty() {
                next = after;
                break;
            }
            let is_folded = matches!(line.first(), Some(b' ' | b'\t'));
            let is_blank = is_folded && line.trim_ascii().is_empty();
            if is_blank && next_field(raw, after, ends, LOOKED_AHEAD).is_none() {
                next = after;
                break;
            }
            if is_folded || is_field(line) {
                let room = max.saturating_sub(next.saturating_sub(at));
                block.take(line, is_folded, room);
            } else {
                if field_at.is_none_or(|at| next > at) {
                    // What was looked at once is not looked at again.
                    field_at = next_field(raw, after, ends, block.patience());
                }
                if field_at.is_none() || line.starts_with(b"--") {
                    // The empty line is missing: the body begins here.
                    block.is_broken = true;
                    break;
                }
                block.is_broken |= !is_mbox_line(line);
            }
            next = after;
        }
        block.body = next;
        block
    }

    /// [`Self::read`] for the header of a mail or a part, where text may begin at once.
    pub(in crate::mail::read) fn read_header(
        raw: &[u8],
        at: usize,
        ends: LineEnds,
        max: usize,
    ) -> Self {
        let mut block = Self::read(raw, at, ends, max);
        block.forget_text(at);
        block
    }

    /// Lines that look like fields but have names that no mail program writes are the text, without a header.
    fn forget_text(&mut self, at: usize) {
        let fields = &self.headers.fields;
        if !fields.is_empty() && !self.is_too_large && !fields.iter().any(|f| is_known(&f.name)) {
            self.headers.fields.clear();
            self.body = at;
        }
    }

    /// How far to look for more of the header: a mail without an author and a subject surely has more.
    const fn patience(&self) -> usize {
        if self.says_something {
            LOOKED_AHEAD
        } else {
            LOOKED_FAR_AHEAD
        }
    }

    /// Takes a line in, as far as there is room for it.
    fn take(&mut self, line: &[u8], is_folded: bool, room: usize) {
        self.is_too_large |= line.len() > room;
        let line = cut(line, 0, room);
        if line.is_empty() {
            // Beyond the limit.
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
            self.says_something |= matches!(name.as_str(), "from" | "subject" | "content-type");
            self.headers.fields.push(Field { name, value });
        }
    }
}

/// How many lines after a broken one are looked at, and how many while the header says nothing of the mail yet.
const LOOKED_AHEAD: usize = 5;
const LOOKED_FAR_AHEAD: usize = 200;

/// Where the next field that mail programs write stands, before the next empty line: broken lines before it may be
/// skipped.
fn next_field(raw: &[u8], at: usize, ends: LineEnds, lines_max: usize) -> Option<usize> {
    let mut next = at;
    for _ in 0..lines_max {
        let (line, after) = ends.line(raw, next);
        let line = line.trim_ascii();
        if line.is_empty() {
            return None;
        }
        let name = line.split(|b| *b == b':').next().unwrap_or_default();
        let name = String::from_utf8_lossy(cut(name, 0, 80).trim_ascii_end()).to_ascii_lowercase();
        if is_field(line) && is_known(&name) {
            return Some(next);
        }
        next = after;
    }
    None
}

/// Whether mail programs write a field of this name (lower case).
fn is_known(name: &str) -> bool {
    const NAMES: &str = "from to cc bcc subject date sender reply-to message-id in-reply-to references received return-path \
        delivered-to delivery-date envelope-to mime-version mime importance priority precedence comments \
        keywords organization organisation user-agent mailer auto-submitted authentication-results \
        dkim-signature domainkey-signature received-spf arc-seal disposition-notification-to \
        return-receipt-to errors-to apparently-to encoding status lines thread-topic thread-index \
        accept-language newsgroups path mail-followup-to followup-to autocrypt final-recipient \
        original-recipient action diagnostic-code remote-mta arrival-date last-attempt-date disposition";
    const BEGINNINGS: [&str; 9] = [
        "x-",
        "content-",
        "list-",
        "resent-",
        "arc-",
        "feedback-",
        "original-",
        "old-",
        "reporting-",
    ];
    NAMES.split(' ').any(|known| known == name)
        || BEGINNINGS.iter().any(|start| name.starts_with(start))
}

/// The white space before the first field, where the line after begins with it, too.
fn indent(raw: &[u8], at: usize, ends: LineEnds) -> usize {
    let (first, after) = ends.line(raw, at);
    let rest = first.trim_ascii_start();
    let length = first.len().saturating_sub(rest.len());
    if length == 0 || !is_field(rest) {
        return 0;
    }
    let (second, _) = ends.line(raw, after);
    let goes_on = without_indent(second, length);
    let is_indented = goes_on.len() < second.len()
        && (is_field(goes_on) || matches!(goes_on.first(), Some(b' ' | b'\t')));
    if is_indented { length } else { 0 }
}

/// `line` without the white space every line begins with.
pub(in crate::mail::read) fn without_indent(line: &[u8], indent: usize) -> &[u8] {
    let (start, rest) = line.split_at(indent.min(line.len()));
    if start.iter().all(u8::is_ascii_whitespace) {
        rest
    } else {
        line
    }
}

/// Whether a line looks like `Name: value`: printable ASCII without spaces before a colon (spaces just before it are
/// obsolete but seen).
pub(in crate::mail::read) fn is_field(line: &[u8]) -> bool {
    let Some(colon) = line.iter().take(200).position(|b| *b == b':') else {
        return false;
    };
    let name = cut(line, 0, colon).trim_ascii_end();
    !name.is_empty() && name.iter().all(|b| b.is_ascii_graphic())
}

/// The line with which an mbox file begins each mail.
pub(in crate::mail::read) fn is_mbox_line(line: &[u8]) -> bool {
    line.starts_with(b"From ") || line.starts_with(b">From ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::read::bytes::LineEnds;

    fn block(raw: &str) -> Block {
        Block::read(raw.as_bytes(), 0, LineEnds::of(raw.as_bytes()), 1 << 10)
    }

    #[track_caller]
    fn check(raw: &str, subject: Option<&str>, body: &str) {
        let read = Block::read_header(raw.as_bytes(), 0, LineEnds::of(raw.as_bytes()), 1 << 10);
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
    fn a_body_without_a_header_is_seen() {
        check(
            "Subject: a\nHello Anna,\nNote: it is broken\n\nbye",
            Some("a"),
            "Hello Anna,\nNote: it is broken\n\nbye",
        );
        check(
            "Note: it is broken\nplease help",
            None,
            "Note: it is broken\nplease help",
        );
        check("Error: 1\n\nplease help", None, "Error: 1\n\nplease help");
        check("X-Only: 1\n\nplease help", None, "please help");
        check(
            "Subject: a\n one\ntwo broken\nlines here\nMessage-ID : b\n\nbody",
            Some("a one"),
            "body",
        );
    }

    #[test]
    fn a_mail_may_be_indented_as_a_whole() {
        check(
            "  Subject: a\n   b\n  To: b\n\n  body",
            Some("a b"),
            "  body",
        );
        check("\tSubject: a\n\tTo: b\n\t\n\tbody", Some("a"), "\tbody");
    }

    #[test]
    fn line_ends_of_all_sorts_are_read() {
        check("Subject: a\r\r\nTo: b\r\r\n\r\r\nbody", Some("a"), "body");
        check("Subject: a\rTo: b\r\rbody\nmore", Some("a"), "body\nmore");
        check("Subject: a\0b\n\nbody", Some("ab"), "body");
    }

    #[test]
    fn too_much_is_not_kept() {
        let raw = format!("Subject: a\n{}\nbody", "X: y\n".repeat(1000));
        let read = block(&raw);
        assert!(read.is_too_large);
        assert_eq!(raw.get(read.body..), Some("body"));
        assert!(read.headers.count("x") < 300);
        let raw = format!("Subject: {}\nTo: b\n\nbody", "a".repeat(100_000));
        let read = block(&raw);
        assert!(read.is_too_large);
        assert!(read.headers.plain("subject").unwrap().len() < 10_000);
        assert!(!read.headers.has("to"));
        assert_eq!(raw.get(read.body..), Some("body"));
    }
}
