//! The one pass over the lines, with a stack of open boundaries.

use super::{Part, Structure, used_boundary};
use crate::mail::read::{
    bytes::{LineEnds, cut},
    headers::{Block, is_field, without_indent},
    limits::Limits,
};

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
    /// The white space every line begins with.
    indent: usize,
}

/// Passes a byte order mark and empty lines before the first field.
pub(super) fn beginning(raw: &[u8], ends: LineEnds) -> usize {
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
        if !next.trim_ascii().is_empty() && !is_field(next.trim_ascii_start()) {
            break;
        }
        at = after;
    }
    at
}

pub(super) fn walk(
    raw: &[u8],
    start: usize,
    limits: &Limits,
    boundary: Option<Vec<u8>>,
) -> Structure {
    let ends = LineEnds::of(raw);
    let mut walk = Walk {
        raw,
        ends,
        limits,
        found: Structure::default(),
        stack: Vec::new(),
        leaf: None,
        indent: 0,
    };
    let mut at = walk.begin(start, boundary);
    while at < raw.len() {
        let (line, after) = ends.line(raw, at);
        let line = without_indent(line, walk.indent);
        let mark = if line.starts_with(b"--") {
            walk.mark(line)
        } else {
            None
        };
        match mark {
            Some(Mark::Next(height)) => {
                walk.finish(at);
                walk.leave(height.saturating_add(1), at);
                at = walk.begin(after, None);
                continue;
            }
            Some(Mark::Close(height)) => {
                walk.finish(at);
                walk.leave(height, at);
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
        let block = Block::read_header(self.raw, at, self.ends, self.limits.header);
        if self.found.parts.is_empty() {
            self.indent = block.indent;
        }
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
        let boundary = boundary
            .or_else(|| part.content_type.joined("boundary"))
            .or_else(|| is_multipart.then(|| self.used_within(block.body))?);
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

    /// The boundary that a multipart within another one uses without saying so.
    fn used_within(&self, start: usize) -> Option<Vec<u8>> {
        if self.stack.is_empty() {
            return None;
        }
        let body = cut(self.raw, start, self.raw.len());
        used_boundary(body, self.ends).filter(|found| {
            let line = [b"--", found.as_slice()].concat();
            self.mark(&line).is_none()
        })
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

    /// The multiparts from this height on end at `at`. One in which no part was found is text, and only up to there:
    /// else each of many would hold all that follow.
    fn leave(&mut self, height: usize, at: usize) {
        let end = self.above(at);
        for open in self.stack.drain(height.min(self.stack.len())..) {
            if let Some(part) = self.found.parts.get_mut(open.part)
                && !part.is_container
            {
                part.end = end.max(part.start);
            }
        }
    }

    /// The leaf being passed ends before the boundary line at `at`.
    fn finish(&mut self, at: usize) {
        self.finish_at(self.above(at));
    }

    /// Where what stands above the boundary line at `at` ends: the line end before it belongs to the boundary.
    fn above(&self, at: usize) -> usize {
        match cut(self.raw, 0, at) {
            [.., b'\r', b'\n'] => at.saturating_sub(2),
            [.., b'\n' | b'\r'] => at.saturating_sub(1),
            _ => at,
        }
    }

    fn finish_at(&mut self, end: usize) {
        if let Some(part) = self
            .leaf
            .take()
            .and_then(|leaf| self.found.parts.get_mut(leaf))
        {
            part.end = end.max(part.start);
            part.correct_encoding(self.raw);
        }
    }
}
