//! What each element does to the lines: where they end, where they stand apart, what is written for lists, links and
//! images.

use super::{
    REST,
    element::Element,
    entities, images,
    links::{self, Target},
    open::Entry,
    quoting::{Role, is_outlooks_rule, role},
    steps,
    style::Style,
    tag::{Attributes, Tag},
    walk::Walk,
};

/// An image smaller than this is an icon, in pixels.
const ICON_MAX: u32 = 48;

/// Addresses of links remembered, so that none is shown twice in a row.
const REMEMBERED: usize = 8;

/// Lists within each other whose numbers are kept.
const LISTS_MAX: usize = 64;

impl<'a> Walk<'a> {
    pub(super) fn start(&mut self, tag: &Tag<'a>, element: Element) {
        let attributes = tag.attributes();
        let mut style = attributes.style.map(Style::read).unwrap_or_default();
        if attributes.hidden.is_some() {
            style = style.with(Style::HIDDEN);
        }
        if element == Element::Preformatted {
            style = style.with(Style::PREFORMATTED);
        }
        if self.shows_hidden {
            style = style.shown();
        }
        let lines = match element {
            Element::Paragraph => {
                let is_tight = style.has(Style::TIGHT) || is_words_paragraph(&attributes);
                if is_tight { 1 } else { 2 }
            }
            Element::Block | Element::Item | Element::Preformatted => 1,
            Element::Anchor
            | Element::Blockquote
            | Element::Break
            | Element::Cell { .. }
            | Element::Dropped
            | Element::Image
            | Element::Inline
            | Element::List { .. }
            | Element::Row
            | Element::Rule
            | Element::Table
            | Element::Void => 0,
        };
        let ended = self.opened.close_implied(element, &mut self.page);
        self.space_out(ended);
        self.shape(element, &attributes, lines);
        let role = box_role(element, &attributes, style);
        let is_ruled_off = style.has(Style::RULED_OFF)
            && element == Element::Block
            && attributes.style.is_some_and(is_outlooks_rule);
        if role == Role::Rest || is_ruled_off {
            self.page.mark(REST);
        }
        if !element.is_void() {
            let entry = Entry::new(tag.name, role, style, lines);
            self.opened
                .enter(entry, element.is_inline(), &mut self.page);
        }
    }

    /// Whether nothing stands yet in the open cell or item, whose beginning is no place for line ends.
    fn is_at_start(&self) -> bool {
        self.item == Some(self.page.out.len()) || self.tables.is_at_cell_start(&self.page)
    }

    /// Asks for so many line ends.
    fn space_out(&mut self, lines: u8) {
        if lines == 0 || self.is_at_start() {
        } else if lines == 1 {
            self.page.block();
        } else {
            self.page.paragraph();
        }
    }

    /// What the start of an element does to the lines.
    fn shape(&mut self, element: Element, attributes: &Attributes<'a>, lines: u8) {
        match element {
            Element::Break => {
                if !self.is_at_start() {
                    self.page.line_break();
                }
            }
            Element::Paragraph | Element::Block => self.space_out(lines),
            Element::Rule => self.space_out(2),
            Element::Preformatted | Element::Blockquote => self.page.block(),
            Element::Table => {
                let is_data = attributes.border.is_some_and(|b| b.trim() != "0");
                self.tables.start(&mut self.page, is_data);
            }
            Element::Row => self.tables.row(&mut self.page),
            Element::Cell { is_head } => self.tables.cell_start(&mut self.page, is_head),
            Element::Item => self.item(attributes),
            Element::List { is_numbered } => self.list(attributes, is_numbered),
            Element::Anchor => self.link_start(attributes),
            Element::Image => self.image(attributes),
            Element::Dropped | Element::Inline | Element::Void => {}
        }
    }

    /// Ends what is still open.
    pub(super) fn finish(&mut self) {
        self.page.block();
        self.opened.close_all(&mut self.page);
    }

    pub(super) fn end(&mut self, name: &str, element: Element) {
        let ended = self.opened.close(name, &mut self.page);
        self.space_out(ended);
        match element {
            Element::List { .. } => {
                self.page.block();
                self.lists.pop();
                self.page.lists = self.lists.len();
            }
            Element::Anchor => self.link_end(),
            Element::Table => self.tables.end(&mut self.page),
            Element::Row => self.tables.row(&mut self.page),
            Element::Cell { .. } => self.tables.cell_end(&mut self.page),
            Element::Break => self.page.line_break(),
            Element::Blockquote
            | Element::Block
            | Element::Item
            | Element::Paragraph
            | Element::Preformatted => self.space_out(1),
            Element::Dropped | Element::Image | Element::Inline | Element::Rule | Element::Void => {
            }
        }
    }

    fn list(&mut self, attributes: &Attributes<'_>, is_numbered: bool) {
        self.page.block();
        if self.lists.len() < LISTS_MAX {
            let first = attributes.start.and_then(|n| n.trim().parse().ok());
            self.lists.push(is_numbered.then(|| first.unwrap_or(1)));
            self.page.lists = self.lists.len();
        }
    }

    fn item(&mut self, attributes: &Attributes<'_>) {
        self.page.block();
        let given: Option<usize> = attributes.value.and_then(|n| n.trim().parse().ok());
        let mark = match self.lists.last_mut() {
            Some(Some(next)) => {
                let number = given.unwrap_or(*next);
                *next = number.saturating_add(1);
                format!("{number}.")
            }
            _ => "-".to_owned(),
        };
        self.page.text(&mark);
        self.page.space();
        self.item = (!self.page.is_silent()).then_some(self.page.out.len());
    }

    fn image(&mut self, attributes: &Attributes<'_>) {
        let Some(alt) = attributes.alt.filter(|alt| !alt.is_empty()) else {
            return;
        };
        let pixels = |size: Option<&str>| {
            let digits = size.unwrap_or_default().trim().trim_end_matches("px");
            digits.parse::<u32>().ok()
        };
        let is_small = [attributes.width, attributes.height]
            .into_iter()
            .filter_map(pixels)
            .any(|size| size <= ICON_MAX);
        let Some(words) = images::words(&entities::decoded(alt), is_small) else {
            return;
        };
        let is_apart = words.starts_with('[');
        if is_apart {
            self.page.space();
        }
        self.page.text(&words);
        if is_apart {
            self.page.space();
        }
    }

    fn link_start(&mut self, attributes: &Attributes<'_>) {
        self.link = attributes
            .href
            .filter(|_| !self.page.is_silent())
            .and_then(links::target)
            .map(|target| (target, self.page.out.len()));
    }

    fn link_end(&mut self) {
        let Some((target, from)) = self.link.take() else {
            return;
        };
        let shown = self.page.out.get(from..).unwrap_or_default().trim();
        steps::add(shown.len());
        if shown.is_empty() || target.is_said_in(shown) {
            return;
        }
        match target {
            Target::Mail(address) => {
                let text = format!(" <{address}>");
                self.page.text(&text);
            }
            Target::Page(address) => {
                if !self.shown.contains(&address) {
                    if self.shown.len() >= REMEMBERED {
                        self.shown.remove(0);
                    }
                    self.shown.push(address.clone());
                    self.page.targets.push(address);
                }
            }
        }
    }
}

/// Which box an element is.
fn box_role(element: Element, attributes: &Attributes<'_>, style: Style) -> Role {
    if element == Element::Blockquote {
        if is_only_moved(attributes, style) {
            Role::Plain
        } else {
            Role::Blockquote
        }
    } else if attributes.class.is_some() || attributes.id.is_some() || attributes.name.is_some() {
        role(attributes)
    } else {
        Role::Plain
    }
}

/// A paragraph of Word's, which by its style sheet stands close to the next.
fn is_words_paragraph(attributes: &Attributes<'_>) -> bool {
    attributes
        .class
        .is_some_and(|class| class.trim_start_matches("x_").starts_with("Mso"))
}

/// A `blockquote` that a person has used to move text to the right, not a program to quote.
fn is_only_moved(attributes: &Attributes<'_>, style: Style) -> bool {
    let is_cite = attributes
        .kind
        .is_some_and(|kind| kind.eq_ignore_ascii_case("cite"));
    style.has(Style::UNFRAMED) && !is_cite && attributes.class.is_none()
}
