//! HTML read in one pass, linear whatever it is.

use super::{
    super::{
        element::Element,
        ends::Ends,
        entities,
        quoting::{Role, is_outlooks_rule, role},
        steps,
        style::Style,
        tag::{Attributes, Tag, is_address, starts_tag},
    },
    Picture, look,
    page::{Line, Page, Piece},
    words::letters,
};

/// The most tags of a page, and of elements within each other: more is no letter that somebody has written.
const TAGS_MAX: usize = 10_000;
const DEPTH_MAX: usize = 64;

/// How far up a start tag looks for what it ends without saying so.
const IMPLIED_REACH: usize = 6;

/// Reads `html` as far as it has not too many tags, and whether that was all; `None` where they are too deep.
pub(super) fn read(html: &str, pictures: &[Picture]) -> Option<(Page, bool)> {
    let mut reader = Reader {
        page: Page {
            lines: vec![Line::default()],
            pieces: Vec::new(),
        },
        ends: Ends::default(),
        open: Vec::new(),
        hidden: 0,
        quotes: 0,
        tags: 0,
        pictures,
    };
    let mut rest = html;
    while let Some((before, from)) = rest
        .find(['<', '&'])
        .and_then(|at| rest.split_at_checked(at))
    {
        reader.text(before);
        rest = if from.starts_with('&') {
            reader.reference(from)
        } else {
            reader.markup(from)
        };
        if reader.open.len() > DEPTH_MAX {
            return None;
        }
        if reader.tags > TAGS_MAX {
            break;
        }
    }
    let is_whole = reader.tags <= TAGS_MAX;
    if is_whole {
        reader.text(rest);
    }
    reader.leave(reader.open.len());
    let mut page = reader.page;
    for line in &mut page.lines {
        line.letters = letters(&line.text);
    }
    Some((page, is_whole))
}

/// An open element of the source.
#[derive(Debug)]
struct Open<'a> {
    name: &'a str,
    /// The element of ours that it became, if it became one.
    written: Option<&'static str>,
    is_hidden: bool,
    is_quote: bool,
}

struct Reader<'a, 'p> {
    page: Page,
    ends: Ends,
    open: Vec<Open<'a>>,
    /// Open elements that hide what is in them.
    hidden: usize,
    /// Open quotes.
    quotes: usize,
    tags: usize,
    pictures: &'p [Picture],
}

impl<'a> Reader<'a, '_> {
    fn text(&mut self, text: &str) {
        if self.hidden > 0 || text.is_empty() {
            return;
        }
        if let Some(line) = self.page.lines.last_mut() {
            line.text.push_str(text);
            line.is_used |= !text.trim().is_empty();
            line.is_quoted |= self.quotes > 0 && !text.trim().is_empty();
        }
        let escaped = look::escaped(text);
        let at = self.page.lines.len().saturating_sub(1);
        match self.page.pieces.last_mut() {
            Some((line, Piece::Text(last))) if *line == at => last.push_str(&escaped),
            _ => self.put(Piece::Text(escaped)),
        }
    }

    fn reference(&mut self, from: &'a str) -> &'a str {
        let Some(found) = entities::read(from) else {
            self.text("&");
            return from.get(1..).unwrap_or_default();
        };
        for c in std::iter::once(found.first).chain(found.second) {
            self.text(c.encode_utf8(&mut [0; 4]));
        }
        from.get(found.length..).unwrap_or_default()
    }

    fn markup(&mut self, from: &'a str) -> &'a str {
        if let Some(rest) = self.ends.comment(from) {
            return rest;
        }
        if !starts_tag(from) || self.ends.is_missing(">") || is_address(from) {
            self.text("<");
            return from.get(1..).unwrap_or_default();
        }
        let Some((tag, rest)) = Tag::read(from) else {
            self.ends.note_missing(">");
            self.text("<");
            return from.get(1..).unwrap_or_default();
        };
        self.tags = self.tags.saturating_add(1);
        let element = Element::named(tag.name);
        if tag.is_end {
            self.end(tag.name, element);
        } else if element == Element::Dropped {
            return self.ends.dropped(tag.name, rest);
        } else {
            self.start(&tag, element);
        }
        rest
    }

    fn start(&mut self, tag: &Tag<'a>, element: Element) {
        let attributes = tag.attributes();
        let style = attributes.style.map(Style::read).unwrap_or_default();
        self.close_implied(tag.name);
        let is_within_line = element.is_inline()
            || matches!(element, Element::Image | Element::Void | Element::Break);
        if !is_within_line {
            self.new_line();
        }
        let is_ruled_off =
            style.has(Style::RULED_OFF) && attributes.style.is_some_and(is_outlooks_rule);
        let is_quote = role(&attributes) != Role::Plain
            || is_ruled_off
            || matches!(element, Element::Blockquote | Element::Rule);
        if is_quote && let Some(line) = self.page.lines.last_mut() {
            line.is_quote_start = true;
            line.is_used = true;
        }
        match element {
            Element::Image => self.picture(&attributes),
            Element::Break => {
                self.put(Piece::Break("<br>"));
                self.new_line();
            }
            Element::Rule => self.put(Piece::Break("<hr>")),
            Element::Void => {}
            Element::Anchor
            | Element::Blockquote
            | Element::Block
            | Element::Cell { .. }
            | Element::Dropped
            | Element::Inline
            | Element::Item
            | Element::List { .. }
            | Element::Paragraph
            | Element::Preformatted
            | Element::Row
            | Element::Table => self.enter(tag.name, &attributes, style),
        }
    }

    fn enter(&mut self, name: &'a str, attributes: &Attributes<'_>, style: Style) {
        let is_hidden = style.has(Style::HIDDEN) || attributes.hidden.is_some();
        self.hidden = self.hidden.saturating_add(usize::from(is_hidden));
        let is_quote = Element::named(name) == Element::Blockquote;
        self.quotes = self.quotes.saturating_add(usize::from(is_quote));
        let element = look::element(name).filter(|_| self.hidden == 0);
        let start = element.and_then(|name| Some((name, look::start_tag(name, attributes)?)));
        let written = start.as_ref().map(|(name, _)| *name);
        if let Some((name, tag)) = start {
            self.put(Piece::Start { name, tag });
        }
        self.open.push(Open {
            name,
            written,
            is_hidden,
            is_quote,
        });
    }

    fn picture(&mut self, attributes: &Attributes<'_>) {
        let source = attributes.src.map(entities::decoded);
        let source = source.as_deref().map(str::trim).unwrap_or_default();
        let (Some(scheme), Some(id)) = (source.get(..4), source.get(4..)) else {
            return;
        };
        if !scheme.eq_ignore_ascii_case("cid:") || self.hidden > 0 {
            return;
        }
        let id = id.replace("%40", "@");
        let found = self
            .pictures
            .iter()
            .position(|known| known.content_id == id);
        if let Some((at, known)) = found.and_then(|at| Some((at, self.pictures.get(at)?))) {
            let tag = look::picture(&known.new_id, attributes);
            self.put(Piece::Picture { at, tag });
        }
    }

    fn end(&mut self, name: &str, element: Element) {
        steps::add(self.open.len());
        let found = self
            .open
            .iter()
            .rposition(|open| open.name.eq_ignore_ascii_case(name));
        if let Some(at) = found {
            self.leave(self.open.len().saturating_sub(at));
        }
        if !element.is_inline() && !element.is_void() {
            self.new_line();
        }
    }

    /// Ends what this start ends without an end tag: a paragraph before another, a cell before the next.
    fn close_implied(&mut self, name: &str) {
        let is = |open: &Open<'_>, names: &[&str]| {
            names
                .iter()
                .any(|name| open.name.eq_ignore_ascii_case(name))
        };
        let lower = name.to_ascii_lowercase();
        let (ended, within): (&[&str], &[&str]) = match lower.as_str() {
            "li" => (&["li"], &["ul", "ol", "table"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl", "table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "tfoot" | "thead" => (&["tbody", "tfoot", "thead"], &["table"]),
            "p" | "div" | "blockquote" | "ul" | "ol" | "dl" | "pre" | "table" | "hr" | "h1"
            | "h2" | "h3" | "h4" | "h5" | "h6" => {
                (&["p"], &["td", "th", "div", "blockquote", "li", "table"])
            }
            _ => return,
        };
        let above = self.open.iter().rev().take(IMPLIED_REACH);
        let found = above
            .take_while(|open| !is(open, within))
            .position(|open| is(open, ended));
        if let Some(above) = found {
            self.leave(above.saturating_add(1));
        }
    }

    /// Ends the innermost `count` elements.
    fn leave(&mut self, count: usize) {
        for _ in 0..count {
            let Some(open) = self.open.pop() else {
                return;
            };
            self.hidden = self.hidden.saturating_sub(usize::from(open.is_hidden));
            self.quotes = self.quotes.saturating_sub(usize::from(open.is_quote));
            if let Some(name) = open.written {
                self.put(Piece::End(name));
            }
        }
    }

    fn put(&mut self, piece: Piece) {
        let at = self.page.lines.len().saturating_sub(1);
        if let Some(line) = self.page.lines.last_mut() {
            line.is_used |= matches!(piece, Piece::Break(_) | Piece::Picture { .. });
            line.is_quoted |= self.quotes > 0 && matches!(piece, Piece::Picture { .. });
        }
        self.page.pieces.push((at, piece));
    }

    /// What follows stands on a line of its own.
    fn new_line(&mut self) {
        if self.page.lines.last().is_some_and(|line| line.is_used) {
            self.page.lines.push(Line::default());
        }
    }
}
