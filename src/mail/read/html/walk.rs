//! The pass over tags and what each does to the page.

use super::{
    element::Element,
    ends::Ends,
    entities,
    links::Target,
    open::Opened,
    page::Page,
    table::Tables,
    tag::{Tag, is_address, starts_tag},
};

/// Where the pass stands.
pub(super) struct Walk<'a> {
    pub(super) page: Page,
    pub(super) opened: Opened<'a>,
    pub(super) tables: Tables,
    /// The next items' numbers of the open lists; `None` for a list without numbers.
    pub(super) lists: Vec<Option<usize>>,
    /// Where the text of the last item begins.
    pub(super) item: Option<usize>,
    pub(super) link: Option<(Target, usize)>,
    /// Addresses shown lately.
    pub(super) shown: Vec<String>,
    ends: Ends,
    /// Whether hidden elements are shown, since nothing else is there.
    pub(super) shows_hidden: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(depth: usize, capacity: usize, shows_hidden: bool) -> Self {
        Self {
            page: Page::new(capacity),
            opened: Opened::new(depth),
            tables: Tables::default(),
            lists: Vec::new(),
            item: None,
            link: None,
            shown: Vec::new(),
            ends: Ends::default(),
            shows_hidden,
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.opened.list_marks > 0 {
            self.page.text(list_mark(text));
        } else {
            self.page.text(text);
        }
    }

    pub(super) fn reference(&mut self, from: &'a str) -> &'a str {
        let Some(found) = entities::read(from) else {
            self.page.text("&");
            return from.get(1..).unwrap_or_default();
        };
        for c in std::iter::once(found.first).chain(found.second) {
            if self.opened.list_marks > 0 {
                self.page.text(list_mark(c.encode_utf8(&mut [0; 4])));
            } else if !self.page.is_silent() {
                self.page.special(c);
            }
        }
        from.get(found.length..).unwrap_or_default()
    }

    /// Reads what starts with `<`; returns what follows it.
    pub(super) fn markup(&mut self, from: &'a str) -> &'a str {
        if let Some(rest) = self.ends.comment(from) {
            return rest;
        }
        if !starts_tag(from) || self.ends.is_missing(">") || is_address(from) {
            self.page.text("<");
            return from.get(1..).unwrap_or_default();
        }
        let Some((tag, rest)) = Tag::read(from) else {
            self.ends.note_missing(">");
            self.page.text("<");
            return from.get(1..).unwrap_or_default();
        };
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
}

/// The dots that Word takes from fonts of symbols become dashes; numbers stay.
fn list_mark(text: &str) -> &str {
    match text.trim() {
        "·" | "§" | "o" | "Ø" | "ü" | "v" | "q" | "•" | "\u{F0B7}" | "\u{F0A7}" | "\u{F0FC}"
        | "\u{F0D8}" => "-",
        _ => text,
    }
}
