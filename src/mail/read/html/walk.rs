//! The pass over tags and what each does to the page.

use super::{
    QUOTE, REST, UNQUOTE, entities,
    page::Page,
    tag::{Role, Tag},
};
use crate::mail::read::bytes::shorten;

/// An element whose end matters.
struct Open {
    name: String,
    role: Role,
}

/// Where the pass stands.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) page: Page,
    open: Vec<Open>,
    /// Elements within each other that are kept track of.
    depth: usize,
    pub(super) is_too_deep: bool,
    /// The next items' numbers of the open lists; `None` for a list without numbers.
    lists: Vec<Option<usize>>,
    link: Option<(String, usize)>,
    /// Ends that were looked for and are nowhere: never looked for again.
    missing: Vec<String>,
}

impl Walk {
    pub(super) fn new(depth: usize) -> Self {
        Self {
            depth,
            ..Self::default()
        }
    }

    pub(super) fn reference<'a>(&mut self, from: &'a str) -> &'a str {
        let Some((c, length)) = entities::read(from) else {
            self.page.text("&");
            return from.get(1..).unwrap_or_default();
        };
        self.page.text(c.encode_utf8(&mut [0; 4]));
        from.get(length..).unwrap_or_default()
    }

    /// Reads what starts with `<`; returns what follows it.
    pub(super) fn markup<'a>(&mut self, from: &'a str) -> &'a str {
        if from.starts_with("<!--") {
            return self
                .after(from, "-->")
                .unwrap_or_else(|| from.get(4..).unwrap_or_default());
        }
        if from.starts_with("<!") || from.starts_with("<?") {
            return self
                .after(from, ">")
                .unwrap_or_else(|| from.get(2..).unwrap_or_default());
        }
        let is_tag = from.get(1..).is_some_and(|t| {
            t.starts_with(|c: char| c.is_ascii_alphabetic())
                || t.strip_prefix('/')
                    .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphabetic()))
        });
        if !is_tag || self.missing.iter().any(|m| m == ">") {
            self.page.text("<");
            return from.get(1..).unwrap_or_default();
        }
        let Some((tag, rest)) = Tag::read(from) else {
            self.missing.push(">".to_owned());
            self.page.text("<");
            return from.get(1..).unwrap_or_default();
        };
        if tag.is_end {
            self.end(&tag.name);
            return rest;
        }
        if matches!(
            tag.name.as_str(),
            "script" | "style" | "title" | "noframes" | "xml"
        ) {
            let end = format!("</{}", tag.name);
            return self
                .after(rest, &end)
                .map_or(rest, |r| r.split_once('>').map_or("", |(_, r)| r));
        }
        self.start(&tag);
        rest
    }

    /// What follows `end`, ASCII case aside; each kind of end that is nowhere is looked for once only.
    fn after<'a>(&mut self, from: &'a str, end: &str) -> Option<&'a str> {
        if self.missing.iter().any(|m| m == end) {
            return None;
        }
        let wanted = end.as_bytes();
        let found = from
            .as_bytes()
            .windows(wanted.len())
            .position(|w| w.eq_ignore_ascii_case(wanted))
            .and_then(|at| from.get(at.saturating_add(wanted.len())..));
        if found.is_none() {
            self.missing.push(end.to_owned());
        }
        found
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name.as_str() {
            "br" => self.page.line_break(),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dl" | "hr" => self.page.paragraph(),
            "td" | "th" => {
                self.page.has_space = true;
            }
            "li" => self.item(),
            "ul" => {
                self.page.block();
                self.lists.push(None);
            }
            "ol" => {
                self.page.block();
                self.lists.push(Some(1));
            }
            "a" => self.link_start(tag),
            name if is_block(name) => self.page.block(),
            _ => {}
        }
        if let Some(role) = tag.role() {
            self.enter(tag, role);
        }
    }

    /// Ends what is still open.
    pub(super) fn finish(&mut self) {
        self.page.block();
        while let Some(open) = self.open.pop() {
            self.leave(open.role);
        }
    }

    fn enter(&mut self, tag: &Tag<'_>, role: Role) {
        if role == Role::Rest {
            self.page.mark(REST);
        }
        if tag.is_void() {
            return;
        }
        if self.open.len() >= self.depth {
            self.is_too_deep = true;
            return;
        }
        match role {
            Role::Quoted => self.page.mark(QUOTE),
            Role::Blockquote => {
                self.page.paragraph();
                self.page.quotes = self.page.quotes.saturating_add(1);
            }
            Role::Hidden => self.page.hidden = self.page.hidden.saturating_add(1),
            Role::Preformatted => {
                self.page.block();
                self.page.preformatted = self.page.preformatted.saturating_add(1);
            }
            Role::Rest | Role::Plain => {}
        }
        self.open.push(Open {
            name: tag.name.clone(),
            role,
        });
    }

    fn leave(&mut self, role: Role) {
        match role {
            Role::Quoted => self.page.mark(UNQUOTE),
            Role::Blockquote => {
                self.page.block();
                self.page.quotes = self.page.quotes.saturating_sub(1);
                self.page.paragraph();
            }
            Role::Hidden => self.page.hidden = self.page.hidden.saturating_sub(1),
            Role::Preformatted => {
                self.page.block();
                self.page.preformatted = self.page.preformatted.saturating_sub(1);
            }
            Role::Rest | Role::Plain => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.page.paragraph(),
            "ul" | "ol" => {
                self.page.block();
                self.lists.pop();
            }
            "a" => self.link_end(),
            name if is_block(name) => self.page.block(),
            _ => {}
        }
        // Only elements within reach are closed, so that stray ends cost no time.
        let within = self.open.iter().rev().take(64).position(|o| o.name == name);
        if let Some(above) = within {
            for _ in 0..=above {
                if let Some(open) = self.open.pop() {
                    self.leave(open.role);
                }
            }
        }
    }

    fn item(&mut self) {
        self.page.block();
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}.");
                *number = number.saturating_add(1);
                mark
            }
            _ => "-".to_owned(),
        };
        self.page.text(&mark);
        self.page.has_space = true;
    }

    fn link_start(&mut self, tag: &Tag<'_>) {
        let target = tag.attribute("href").unwrap_or_default();
        let is_shown = target.len() <= 2000
            && (target.starts_with("http://") || target.starts_with("https://"));
        self.link = is_shown.then(|| (target.to_owned(), self.page.out.len()));
    }

    fn link_end(&mut self) {
        let Some((target, from)) = self.link.take() else {
            return;
        };
        let target = target.replace("&amp;", "&");
        let shown = self.page.out.get(from..).unwrap_or_default().trim();
        let bare = target
            .split_once("://")
            .map_or(target.as_str(), |(_, b)| b)
            .trim_end_matches('/');
        let is_said = shown.is_empty() || shown.contains(bare) || bare.contains(shown);
        if !is_said {
            let target = shorten(&target, 2000).to_owned();
            if !self.page.targets.contains(&target) && self.page.targets.len() < 20 {
                self.page.targets.push(target);
            }
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "tr"
            | "table"
            | "tbody"
            | "thead"
            | "tfoot"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "center"
            | "address"
            | "form"
            | "fieldset"
            | "body"
            | "main"
            | "nav"
            | "aside"
            | "dt"
            | "dd"
            | "figure"
            | "caption"
            | "pre"
            | "blockquote"
            | "li"
    )
}
