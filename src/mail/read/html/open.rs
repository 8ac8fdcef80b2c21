//! The elements that are open and whose end matters.

use super::{QUOTE, UNQUOTE, element::Element, page::Page, quoting::Role, steps, style::Style};

/// How far up an end tag looks for its start, so that stray ends cost no time.
const REACH: usize = 64;

/// How far up a start tag looks for what it ends without saying so.
const IMPLIED_REACH: usize = 8;

/// An open element.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    name: &'a str,
    role: Role,
    style: Style,
    /// Line ends that its end asks for.
    lines: u8,
    /// Elements of the same name within it that mean nothing; only their ends must be told from its own.
    within: usize,
    /// Whether the text around it was too small to be seen.
    was_tiny: bool,
}

impl<'a> Entry<'a> {
    pub(super) const fn new(name: &'a str, role: Role, style: Style, lines: u8) -> Self {
        Self {
            name,
            role,
            style,
            lines,
            within: 0,
            was_tiny: false,
        }
    }

    fn is_named(&self, name: &str) -> bool {
        steps::add(1);
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The open elements, innermost last.
#[derive(Debug)]
pub(super) struct Opened<'a> {
    open: Vec<Entry<'a>>,
    /// Elements within each other that are kept track of.
    depth: usize,
    pub(super) is_too_deep: bool,
    /// Open elements that are the mark before an item of Word's lists.
    pub(super) list_marks: usize,
}

impl<'a> Opened<'a> {
    pub(super) const fn new(depth: usize) -> Self {
        Self {
            open: Vec::new(),
            depth,
            is_too_deep: false,
            list_marks: 0,
        }
    }

    pub(super) fn enter(&mut self, mut entry: Entry<'a>, is_inline: bool, page: &mut Page) {
        let is_plain = entry.role == Role::Plain && !entry.style.matters(page.is_tiny);
        if is_inline && is_plain {
            let above = self.open.iter_mut().rev().take(IMPLIED_REACH);
            if let Some(same) = above.into_iter().find(|e| e.is_named(entry.name)) {
                same.within = same.within.saturating_add(1);
            }
            return;
        }
        if self.open.len() >= self.depth {
            self.is_too_deep = true;
            return;
        }
        match entry.role {
            Role::Quoted => page.mark(QUOTE),
            Role::Blockquote => {
                page.paragraph();
                page.quotes = page.quotes.saturating_add(1);
            }
            Role::Rest | Role::Plain => {}
        }
        let count = |holds: bool, counter: &mut usize| {
            *counter = counter.saturating_add(usize::from(holds));
        };
        count(entry.style.has(Style::HIDDEN), &mut page.hidden);
        count(entry.style.has(Style::PREFORMATTED), &mut page.preformatted);
        count(entry.style.has(Style::LIST_MARK), &mut self.list_marks);
        entry.was_tiny = page.is_tiny;
        if entry.style.has(Style::TINY) {
            page.is_tiny = true;
        } else if entry.style.has(Style::READABLE) {
            page.is_tiny = false;
        }
        self.open.push(entry);
    }

    /// Ends the innermost element of this name, and whatever is open within it. Returns the line ends this asks for.
    pub(super) fn close(&mut self, name: &str, page: &mut Page) -> u8 {
        let mut near = self.open.iter_mut().rev().take(REACH).enumerate();
        let Some((above, entry)) = near.find(|(_, e)| e.is_named(name)) else {
            return 0;
        };
        if entry.within > 0 {
            entry.within = entry.within.saturating_sub(1);
            return 0;
        }
        self.leave(above.saturating_add(1), page)
    }

    /// Ends what the start of `element` ends without an end tag: a paragraph before another, a cell before the next.
    pub(super) fn close_implied(&mut self, element: Element, page: &mut Page) -> u8 {
        let (ended, within): (&[&str], &[&str]) = match element {
            Element::Item => (&["li"], &["ul", "ol", "menu", "dir", "table"]),
            Element::Cell { .. } => (&["td", "th"], &["tr", "table"]),
            Element::Row => (&["tr"], &["table"]),
            Element::Paragraph
            | Element::Block
            | Element::Blockquote
            | Element::List { .. }
            | Element::Preformatted
            | Element::Table
            | Element::Rule => (&["p"], &["td", "th", "div", "blockquote", "li", "table"]),
            Element::Anchor
            | Element::Break
            | Element::Dropped
            | Element::Image
            | Element::Inline
            | Element::Void => return 0,
        };
        let is_one_of = |entry: &Entry<'_>, names: &[&str]| names.iter().any(|n| entry.is_named(n));
        let found = self
            .open
            .iter()
            .rev()
            .take(IMPLIED_REACH)
            .take_while(|entry| !is_one_of(entry, within))
            .position(|entry| is_one_of(entry, ended));
        found.map_or(0, |above| self.leave(above.saturating_add(1), page))
    }

    pub(super) fn close_all(&mut self, page: &mut Page) {
        self.leave(self.open.len(), page);
    }

    /// Ends the innermost `count` elements.
    fn leave(&mut self, count: usize, page: &mut Page) -> u8 {
        let mut lines = 0;
        for _ in 0..count {
            let Some(entry) = self.open.pop() else {
                return lines;
            };
            match entry.role {
                Role::Quoted => page.mark(UNQUOTE),
                Role::Blockquote => {
                    page.block();
                    page.quotes = page.quotes.saturating_sub(1);
                    page.paragraph();
                }
                Role::Rest | Role::Plain => {}
            }
            let count = |holds: bool, counter: &mut usize| {
                *counter = counter.saturating_sub(usize::from(holds));
            };
            count(entry.style.has(Style::HIDDEN), &mut page.hidden);
            count(entry.style.has(Style::PREFORMATTED), &mut page.preformatted);
            count(entry.style.has(Style::LIST_MARK), &mut self.list_marks);
            page.is_tiny = entry.was_tiny;
            lines = lines.max(entry.lines);
        }
        lines
    }
}
