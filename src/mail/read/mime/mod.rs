//! The structure of a mail (RFC 2046): which parts there are and where they lie in the raw bytes.
//!
//! One pass over the lines with a stack of open boundaries: time is linear, nothing recurses, nothing is copied. A
//! mail within a mail is one leaf here; who wants to look into it reads its bytes as a mail of its own.

mod part;
mod walk;

use encoding_rs::Encoding;

use super::{
    bytes::{LineEnds, cut},
    charset::{likeliest, worth_a_guess},
    limits::Limits,
};
pub(super) use part::Part;
use walk::{beginning, walk};

/// A mail's parts in the order they stand, the mail itself first.
#[derive(Debug, Default)]
pub(super) struct Structure {
    pub(super) parts: Vec<Part>,
    pub(super) oddities: Vec<&'static str>,
}

impl Structure {
    /// Finds the parts of `raw`.
    pub(super) fn read(raw: &[u8], limits: &Limits) -> Self {
        let mut found = Self::find(raw, limits);
        let near = found.near();
        for (at, part) in found.parts.iter_mut().enumerate() {
            let own = part.content_type.raw("charset").and_then(worth_a_guess);
            let raw_text = part.headers.raw_text();
            let near = if at > 0 || raw_text.is_empty() {
                own.or(near)
            } else {
                Some(likeliest(&raw_text, own.or(near)))
            };
            part.set_near(near);
        }
        found
    }

    /// The first charset the mail declares that is not UTF-8: what is written without saying how may be in it.
    fn near(&self) -> Option<&'static Encoding> {
        let mut declared = self
            .parts
            .iter()
            .filter_map(|part| part.content_type.raw("charset"));
        declared
            .find_map(worth_a_guess)
            .or_else(|| self.parts.first()?.headers.charset_of_words())
    }

    fn find(raw: &[u8], limits: &Limits) -> Self {
        let ends = LineEnds::of(raw);
        let start = beginning(raw, ends);
        let found = walk(raw, start, limits, None);
        let Some(root) = found.parts.first() else {
            return found;
        };
        if root.media_type().starts_with("multipart/") && root.children == 0 {
            // The declared boundary is missing or wrong: take the one that is used.
            if let Some(boundary) = used_boundary(cut(raw, root.start, raw.len()), ends) {
                let mut again = walk(raw, start, limits, Some(boundary));
                again.odd("boundary_guessed");
                return again;
            }
        }
        found
    }

    fn odd(&mut self, code: &'static str) {
        if !self.oddities.contains(&code) {
            self.oddities.push(code);
        }
    }

    /// The part's number, IMAP style: `1.2`.
    pub(super) fn number(&self, part: usize) -> String {
        let mut numbers = Vec::new();
        let mut at = Some(part);
        while let Some(part) = at.and_then(|at| self.parts.get(at)) {
            if part.number > 0 {
                numbers.push(part.number.to_string());
            }
            at = part.parent;
        }
        numbers.reverse();
        if numbers.is_empty() {
            "1".to_owned()
        } else {
            numbers.join(".")
        }
    }

    /// The containers a part stands in, innermost first, each with the child through which it is reached.
    pub(super) fn ancestors(&self, part: usize) -> impl Iterator<Item = (&Part, usize, usize)> {
        let mut child = part;
        std::iter::from_fn(move || {
            let above = self.parts.get(child)?.parent?;
            let reached = child;
            child = above;
            Some((self.parts.get(above)?, above, reached))
        })
    }
}

/// The boundary that a multipart uses, judged by a line `--x` that a `Content-` header follows.
fn used_boundary(body: &[u8], ends: LineEnds) -> Option<Vec<u8>> {
    let mut at = 0;
    for _ in 0..200 {
        let (line, after) = ends.line(body, at);
        if at >= body.len() {
            break;
        }
        let (next, _) = ends.line(body, after);
        let is_followed = next
            .get(..8)
            .is_some_and(|n| n.eq_ignore_ascii_case(b"content-"));
        if let Some(boundary) = line.strip_prefix(b"--")
            && is_followed
            && !boundary.trim_ascii().is_empty()
        {
            return Some(boundary.trim_ascii_end().to_vec());
        }
        at = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, leaves: &[(&str, &str)]) {
        let found = Structure::read(raw.as_bytes(), &Limits::default());
        let read: Vec<(String, String)> = (0..found.parts.len())
            .filter(|at| !found.parts[*at].is_container)
            .map(|at| {
                let content = found.parts[at].content(raw.as_bytes());
                (
                    found.number(at),
                    String::from_utf8_lossy(content).into_owned(),
                )
            })
            .collect();
        let leaves: Vec<(String, String)> = leaves
            .iter()
            .map(|(n, c)| ((*n).to_owned(), (*c).to_owned()))
            .collect();
        assert_eq!(read, leaves, "{raw}");
    }

    #[test]
    fn parts_are_found() {
        check("Subject: a\n\nbody", &[("1", "body")]);
        let two = "Content-Type: multipart/mixed; boundary=B\n\npreamble\n--B\n\none\n--B\nContent-Type: text/html\n\ntwo\n--B--\nepilogue";
        check(two, &[("1", "one"), ("2", "two")]);
        check(&two.replace('\n', "\r\n"), &[("1", "one"), ("2", "two")]);
        check(&two.replace('\n', "\r"), &[("1", "one"), ("2", "two")]);
        check(
            &two.replace("boundary=B", "boundary=\n \"B\""),
            &[("1", "one"), ("2", "two")],
        );
        let wrong = two
            .replace("boundary=B", "boundary=C")
            .replace("\n\none", "\nContent-Id: x\n\none");
        check(&wrong, &[("1", "one"), ("2", "two")]);
    }

    #[test]
    fn a_boundary_stands_at_a_lines_start_and_alone() {
        let raw = "Content-Type: multipart/mixed; boundary=B\n\n--B\n\nvisit --B for details\n--B is no end\n--BB\n--B--";
        check(raw, &[("1", "visit --B for details\n--B is no end\n--BB")]);
    }

    #[test]
    fn boundaries_may_begin_like_each_other() {
        let raw = "Content-Type: multipart/mixed; boundary=ab\n\n--ab\nContent-Type: multipart/alternative; boundary=a\n\n--a\n\none\n--a\n\n--abc\n--a--\n--ab\n\ntwo\n--ab--";
        check(raw, &[("1.1", "one"), ("1.2", "--abc"), ("2", "two")]);
    }

    #[test]
    fn boundaries_are_read_as_people_write_them() {
        let with = |boundary: &str, line: &str| {
            format!(
                "Content-Type: multipart/mixed; boundary{boundary}\n\n--{line}\n\none\n--{line}\t \n\ntwo\n--{line}-- \nepilogue"
            )
        };
        for (boundary, line) in [
            ("=\"a b\"", "a b"),
            ("=\"a:b=_?(c)\"", "a:b=_?(c)"),
            ("=----=_Part_1", "----=_Part_1"),
            (" = \"B\" ; type=x", "B"),
            ("=\"B\" charset=utf-8", "B"),
            ("=\"B; charset=utf-8", "B"),
            ("*0=a; boundary*1=b", "ab"),
            ("=\"\"; boundary=B", "B"),
            ("=\n\t\"B\"", "B"),
        ] {
            check(&with(boundary, line), &[("1", "one"), ("2", "two")]);
        }
    }

    #[test]
    fn what_is_forgotten_at_the_end_is_no_loss() {
        check(
            "Content-Type: multipart/mixed; boundary=B\n\n--B\n\none\n--B\n\ntwo",
            &[("1", "one"), ("2", "two")],
        );
        check(
            "Content-Type: multipart/mixed; boundary=B\n\n--B\n\none\n--B",
            &[("1", "one"), ("2", "")],
        );
        check(
            "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/mixed; boundary=C\n\n--C\n\none\n--B\n\ntwo\n--B--",
            &[("1.1", "one"), ("2", "two")],
        );
        check(
            "Content-Type: multipart/mixed; boundary=B\n\nonly a preamble",
            &[("1", "only a preamble")],
        );
        check(
            "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/mixed; boundary=C\n\none\n--B\n\ntwo\n--B--",
            &[("1", "one"), ("2", "two")],
        );
    }

    #[test]
    fn parts_without_an_empty_line_are_read() {
        check(
            "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\none, at once\n--B\ntwo\n--B\nNote: three\n--B--",
            &[("1", "one, at once"), ("2", "two"), ("3", "Note: three")],
        );
    }

    #[test]
    fn an_indented_mail_has_parts() {
        let raw = "Subject: a\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\none\n--B\n\ntwo\n--B--";
        let indented: Vec<String> = raw.lines().map(|line| format!("  {line}")).collect();
        check(&indented.join("\n"), &[("1", "  one"), ("2", "  two")]);
    }

    #[test]
    fn multiparts_stand_in_each_other() {
        let raw = "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/alternative; boundary=BB\n\n--BB\n\na\n--BB\n\nb\n--B\n\nc\n--B--";
        check(raw, &[("1.1", "a"), ("1.2", "b"), ("2", "c")]);
    }
}
