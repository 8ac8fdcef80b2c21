//! The pass over tags and what each does to the page.

use super::{
    element::Element,
    entities,
    links::Target,
    open::Opened,
    page::Page,
    steps,
    table::Tables,
    tag::{Tag, is_address},
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
    /// Ends that were looked for and are nowhere: never looked for again.
    missing: Vec<String>,
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
            missing: Vec::new(),
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
        if let Some(rest) = self.comment(from) {
            return rest;
        }
        let is_tag = from.get(1..).is_some_and(|t| {
            t.starts_with(|c: char| c.is_ascii_alphabetic())
                || t.strip_prefix('/')
                    .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphabetic()))
        });
        if !is_tag || self.is_missing(">") || is_address(from) {
            self.page.text("<");
            return from.get(1..).unwrap_or_default();
        }
        let Some((tag, rest)) = Tag::read(from) else {
            self.missing.push(">".to_owned());
            self.page.text("<");
            return from.get(1..).unwrap_or_default();
        };
        let element = Element::named(tag.name);
        if tag.is_end {
            self.end(tag.name, element);
        } else if element == Element::Dropped {
            return self.dropped(tag.name, rest);
        } else {
            self.start(&tag, element);
        }
        rest
    }

    /// What follows a comment, a declaration or a processing instruction, where one starts here.
    fn comment(&mut self, from: &'a str) -> Option<&'a str> {
        let (end, length) = if from.starts_with("<!--") {
            ("-->", 4)
        } else if from.starts_with("<!") || from.starts_with("<?") {
            (">", 2)
        } else {
            return None;
        };
        // `<!-->` is a whole comment.
        let inner = from.get(2..).unwrap_or_default();
        self.after(inner, end).or_else(|| from.get(length..))
    }

    /// What follows an element that is no text; where its end is missing, only its tag is passed over.
    fn dropped(&mut self, name: &str, rest: &'a str) -> &'a str {
        let end = format!("</{}", name.to_ascii_lowercase());
        self.after(rest, &end).map_or(rest, |after| {
            after.split_once('>').map_or("", |(_, after)| after)
        })
    }

    /// What follows `end`, ASCII case aside; each kind of end that is nowhere is looked for once only.
    fn after(&mut self, from: &'a str, end: &str) -> Option<&'a str> {
        if self.is_missing(end) {
            return None;
        }
        let wanted = end.as_bytes();
        let found = from
            .as_bytes()
            .windows(wanted.len())
            .position(|w| w.eq_ignore_ascii_case(wanted))
            .and_then(|at| from.get(at.saturating_add(wanted.len())..));
        steps::add(from.len().saturating_sub(found.map_or(0, str::len)));
        if found.is_none() {
            self.missing.push(end.to_owned());
        }
        found
    }

    fn is_missing(&self, end: &str) -> bool {
        self.missing.iter().any(|m| m == end)
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
