//! The structure of a mail (RFC 2046): which parts there are and where they lie in the raw bytes.
//!
//! One pass over the lines with a stack of open boundaries: time is linear, nothing recurses, nothing is copied. A
//! mail within a mail is one leaf here; who wants to look into it reads its bytes as a mail of its own.

use super::{
    bytes::{LineEnds, cut},
    headers::{Block, Headers},
    limits::Limits,
    params::Parametered,
    transfer,
};
use crate::model::message::{Encoding, Place};

/// One part, container or leaf.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) headers: Headers,
    pub(super) content_type: Parametered,
    pub(super) disposition: Parametered,
    pub(super) encoding: Encoding,
    /// The container it stands in.
    pub(super) parent: Option<usize>,
    /// Its number among the container's parts, from 1.
    number: usize,
    /// Where the body lies.
    pub(super) start: usize,
    pub(super) end: usize,
    /// A multipart whose parts were found.
    pub(super) is_container: bool,
    children: usize,
}

impl Part {
    fn new(headers: Headers, start: usize) -> Self {
        let parametered = |name| {
            headers
                .first(name)
                .map(Parametered::read)
                .unwrap_or_default()
        };
        let mut content_type = parametered("content-type");
        if content_type.value.is_empty() || !content_type.value.contains('/') {
            content_type.value = match content_type.value.as_str() {
                "html" => "text/html",
                "multipart" => "multipart/mixed",
                "application" => "application/octet-stream",
                _ => "text/plain",
            }
            .to_owned();
        }
        Self {
            disposition: parametered("content-disposition"),
            encoding: headers
                .plain("content-transfer-encoding")
                .map(|value| transfer::named(&value))
                .unwrap_or_default(),
            content_type,
            headers,
            start,
            end: start,
            ..Self::default()
        }
    }

    /// `text/plain`, lower case.
    pub(super) fn media_type(&self) -> &str {
        &self.content_type.value
    }

    /// Whether it is of this type exactly.
    pub(super) fn is(&self, media_type: &str) -> bool {
        self.content_type.value == media_type
    }

    /// Where the encoded content lies.
    pub(super) fn place(&self) -> Place {
        let wide = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        Place {
            offset: wide(self.start),
            length: wide(self.end.saturating_sub(self.start)),
            encoding: self.encoding,
        }
    }

    /// The encoded content.
    pub(super) fn content<'a>(&self, raw: &'a [u8]) -> &'a [u8] {
        cut(raw, self.start, self.end)
    }
}

/// A mail's parts in the order they stand, the mail itself first.
#[derive(Debug, Default)]
pub(super) struct Structure {
    pub(super) parts: Vec<Part>,
    pub(super) oddities: Vec<&'static str>,
}

/// An open multipart.
struct Open {
    part: usize,
    boundary: Vec<u8>,
}

/// What a line means for the open multiparts.
enum Mark {
    /// The next part of the multipart at this height of the stack begins.
    Next(usize),
    /// That multipart ends.
    Close(usize),
}

struct Walk<'a> {
    raw: &'a [u8],
    ends: LineEnds,
    limits: &'a Limits,
    found: Structure,
    stack: Vec<Open>,
    /// The leaf whose body is being passed.
    leaf: Option<usize>,
}

impl Structure {
    /// Finds the parts of `raw`.
    pub(super) fn read(raw: &[u8], limits: &Limits) -> Self {
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

/// Passes a byte order mark and empty lines before the first field.
fn beginning(raw: &[u8], ends: LineEnds) -> usize {
    let mut at = if raw.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    };
    for _ in 0..64 {
        let (line, after) = ends.line(raw, at);
        if !line.trim_ascii().is_empty() || after >= raw.len() {
            break;
        }
        let (next, _) = ends.line(raw, after);
        if !next.trim_ascii().is_empty() && !super::headers::is_field(next) {
            break;
        }
        at = after;
    }
    at
}

fn walk(raw: &[u8], start: usize, limits: &Limits, boundary: Option<Vec<u8>>) -> Structure {
    let ends = LineEnds::of(raw);
    let mut walk = Walk {
        raw,
        ends,
        limits,
        found: Structure::default(),
        stack: Vec::new(),
        leaf: None,
    };
    let mut at = walk.begin(start, boundary);
    while at < raw.len() {
        let (line, after) = ends.line(raw, at);
        let mark = if line.starts_with(b"--") {
            walk.mark(line)
        } else {
            None
        };
        match mark {
            Some(Mark::Next(height)) => {
                walk.finish(at);
                walk.stack.truncate(height.saturating_add(1));
                at = walk.begin(after, None);
                continue;
            }
            Some(Mark::Close(height)) => {
                walk.finish(at);
                walk.stack.truncate(height);
            }
            None => {}
        }
        at = after;
    }
    if walk.leaf.is_some() && !walk.stack.is_empty() {
        walk.found.odd("boundary_not_closed");
    }
    walk.finish_at(raw.len());
    walk.found
}

impl Walk<'_> {
    /// Reads the headers of a part that starts at `at`; returns where to go on.
    fn begin(&mut self, at: usize, boundary: Option<Vec<u8>>) -> usize {
        if self.found.parts.len() >= self.limits.parts {
            self.found.odd("too_many_parts");
            return at;
        }
        let block = Block::read(self.raw, at, self.ends, self.limits.header);
        if block.is_broken {
            self.found.odd("header_broken");
        }
        if block.is_too_large {
            self.found.odd("header_too_large");
        }
        let index = self.found.parts.len();
        let mut part = Part::new(block.headers, block.body);
        let parent = self.stack.last().map(|open| open.part);
        if let Some(above) = parent.and_then(|p| self.found.parts.get_mut(p)) {
            above.children = above.children.saturating_add(1);
            above.is_container = true;
            part.number = above.children;
            if above.is("multipart/digest") && !part.headers.has("content-type") {
                "message/rfc822".clone_into(&mut part.content_type.value);
            }
        }
        part.parent = parent;
        let is_multipart = part.media_type().starts_with("multipart/");
        let boundary = boundary.or_else(|| part.content_type.raw("boundary").map(<[u8]>::to_vec));
        match boundary.filter(|b| is_multipart && !b.is_empty()) {
            Some(boundary) if self.stack.len() < self.limits.depth => {
                let boundary = boundary.trim_ascii_end().to_vec();
                self.stack.push(Open {
                    part: index,
                    boundary,
                });
                part.end = self.raw.len();
            }
            Some(_) => {
                self.found.odd("too_deep");
                self.leaf = Some(index);
            }
            None => self.leaf = Some(index),
        }
        self.found.parts.push(part);
        block.body
    }

    /// Whether the line is a boundary of an open multipart, innermost first.
    fn mark(&self, line: &[u8]) -> Option<Mark> {
        let text = line.strip_prefix(b"--")?.trim_ascii_end();
        self.stack
            .iter()
            .enumerate()
            .rev()
            .find_map(|(height, open)| {
                match text.strip_prefix(open.boundary.as_slice())?.trim_ascii() {
                    b"" => Some(Mark::Next(height)),
                    b"--" => Some(Mark::Close(height)),
                    _ => None,
                }
            })
    }

    /// The leaf being passed ends before the boundary line at `at`: the line end before it belongs to the boundary.
    fn finish(&mut self, at: usize) {
        let before = cut(self.raw, 0, at);
        let end = match before {
            [.., b'\r', b'\n'] => at.saturating_sub(2),
            [.., b'\n' | b'\r'] => at.saturating_sub(1),
            _ => at,
        };
        self.finish_at(end);
    }

    fn finish_at(&mut self, end: usize) {
        if let Some(part) = self
            .leaf
            .take()
            .and_then(|leaf| self.found.parts.get_mut(leaf))
        {
            part.end = end.max(part.start);
        }
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
    fn multiparts_stand_in_each_other() {
        let raw = "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: multipart/alternative; boundary=BB\n\n--BB\n\na\n--BB\n\nb\n--B\n\nc\n--B--";
        check(raw, &[("1.1", "a"), ("1.2", "b"), ("2", "c")]);
    }
}
