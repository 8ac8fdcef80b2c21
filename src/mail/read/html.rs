//! HTML to readable text, in one linear pass without a tree: no nesting makes it slow or deep.
//!
//! Blocks make lines, lists get their marks, table cells a space, links their address where the text does not say it,
//! quotes a `> `. Where a mail program has marked what it quotes, [`QUOTE`] and [`UNQUOTE`] stand around it and
//! [`REST`] before a quote that lasts to the end; [`without_marks`] takes them out.

use super::{
    bytes::shorten,
    entities,
    html_tag::{Role, Tag},
};

/// Here begins what a mail program quotes.
pub(super) const QUOTE: char = '\u{E000}';
/// Here it ends.
pub(super) const UNQUOTE: char = '\u{E001}';
/// From here to the end all is quoted.
pub(super) const REST: char = '\u{E002}';

/// `text` without the marks of this module.
pub(super) fn without_marks(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

pub(super) const fn is_mark(c: char) -> bool {
    matches!(c, QUOTE | UNQUOTE | REST)
}

/// The text, with marks; and whether nesting went deeper than `depth`.
pub(super) fn to_text(html: &str, depth: usize) -> (String, bool) {
    let mut walk = Walk {
        depth,
        ..Walk::default()
    };
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        walk.text(before);
        rest = if from.starts_with('&') {
            walk.reference(from)
        } else {
            walk.markup(from)
        };
    }
    walk.text(rest);
    walk.block();
    while let Some(open) = walk.open.pop() {
        walk.leave(open.role);
    }
    (
        walk.out
            .trim_matches(|c: char| c.is_whitespace())
            .to_owned(),
        walk.is_too_deep,
    )
}

/// An element whose end matters.
struct Open {
    name: String,
    role: Role,
}

#[derive(Default)]
struct Walk {
    out: String,
    open: Vec<Open>,
    depth: usize,
    is_too_deep: bool,
    /// White space was seen since the last word.
    has_space: bool,
    /// Words stand on the current line.
    has_words: bool,
    /// Empty lines at the end of `out`.
    empty_lines: usize,
    quotes: usize,
    hidden: usize,
    preformatted: usize,
    /// The next items' numbers of the open lists; `None` for a list without numbers.
    lists: Vec<Option<usize>>,
    link: Option<(String, usize)>,
    /// Addresses of links on the current line, shown at its end so that sentences stay whole.
    targets: Vec<String>,
    /// Ends that were looked for and are nowhere: never looked for again.
    missing: Vec<String>,
}

impl Walk {
    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        for c in text.chars() {
            if self.preformatted > 0 && c == '\n' {
                self.line_break();
            } else if c.is_whitespace() || c == '\u{A0}' {
                if self.preformatted > 0 && self.has_words {
                    self.out.push(c);
                } else {
                    self.has_space = true;
                }
            } else if !is_mark(c) && !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}') {
                self.word_char(c);
            }
        }
    }

    fn word_char(&mut self, c: char) {
        if !self.has_words {
            self.start_line();
        } else if self.has_space {
            self.out.push(' ');
        }
        self.has_space = false;
        self.has_words = true;
        self.empty_lines = 0;
        self.out.push(c);
    }

    fn start_line(&mut self) {
        self.has_space = false;
        self.out
            .extend(std::iter::repeat_n("> ", self.quotes.min(8)));
    }

    /// Ends the current line where it has words.
    fn block(&mut self) {
        self.has_space = false;
        if self.has_words {
            for target in std::mem::take(&mut self.targets) {
                self.out.push_str(" <");
                self.out.push_str(&target);
                self.out.push('>');
            }
            self.out.push('\n');
            self.has_words = false;
        }
    }

    /// Ends the current line; an empty one stays as an empty line, but not more than two in a row.
    fn line_break(&mut self) {
        if self.has_words {
            self.block();
        } else if self.empty_lines < 2 && !self.out.is_empty() {
            if self.quotes > 0 {
                self.out
                    .extend(std::iter::repeat_n(">", self.quotes.min(8)));
            }
            self.out.push('\n');
            self.empty_lines = self.empty_lines.saturating_add(1);
        }
        self.has_space = false;
    }

    fn paragraph(&mut self) {
        self.block();
        if self.empty_lines == 0 {
            self.line_break();
        }
    }

    fn mark(&mut self, mark: char) {
        self.block();
        if self.hidden == 0 {
            self.out.push(mark);
        }
    }

    fn reference<'a>(&mut self, from: &'a str) -> &'a str {
        let Some((c, length)) = entities::read(from) else {
            self.text("&");
            return from.get(1..).unwrap_or_default();
        };
        self.text(c.encode_utf8(&mut [0; 4]));
        from.get(length..).unwrap_or_default()
    }

    /// Reads what starts with `<`; returns what follows it.
    fn markup<'a>(&mut self, from: &'a str) -> &'a str {
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
            self.text("<");
            return from.get(1..).unwrap_or_default();
        }
        let Some((tag, rest)) = Tag::read(from) else {
            self.missing.push(">".to_owned());
            self.text("<");
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
            "br" => self.line_break(),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dl" | "hr" => self.paragraph(),
            "td" | "th" => {
                self.has_space = true;
            }
            "li" => self.item(),
            "ul" => {
                self.block();
                self.lists.push(None);
            }
            "ol" => {
                self.block();
                self.lists.push(Some(1));
            }
            "a" => self.link_start(tag),
            name if is_block(name) => self.block(),
            _ => {}
        }
        if let Some(role) = tag.role() {
            self.enter(tag, role);
        }
    }

    fn enter(&mut self, tag: &Tag<'_>, role: Role) {
        if role == Role::Rest {
            self.mark(REST);
        }
        if tag.is_void() {
            return;
        }
        if self.open.len() >= self.depth {
            self.is_too_deep = true;
            return;
        }
        match role {
            Role::Quoted => self.mark(QUOTE),
            Role::Blockquote => {
                self.paragraph();
                self.quotes = self.quotes.saturating_add(1);
            }
            Role::Hidden => self.hidden = self.hidden.saturating_add(1),
            Role::Preformatted => {
                self.block();
                self.preformatted = self.preformatted.saturating_add(1);
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
            Role::Quoted => self.mark(UNQUOTE),
            Role::Blockquote => {
                self.block();
                self.quotes = self.quotes.saturating_sub(1);
                self.paragraph();
            }
            Role::Hidden => self.hidden = self.hidden.saturating_sub(1),
            Role::Preformatted => {
                self.block();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            Role::Rest | Role::Plain => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.paragraph(),
            "ul" | "ol" => {
                self.block();
                self.lists.pop();
            }
            "a" => self.link_end(),
            name if is_block(name) => self.block(),
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
        self.block();
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}.");
                *number = number.saturating_add(1);
                mark
            }
            _ => "-".to_owned(),
        };
        self.text(&mark);
        self.has_space = true;
    }

    fn link_start(&mut self, tag: &Tag<'_>) {
        let target = tag.attribute("href").unwrap_or_default();
        let is_shown = target.len() <= 2000
            && (target.starts_with("http://") || target.starts_with("https://"));
        self.link = is_shown.then(|| (target.to_owned(), self.out.len()));
    }

    fn link_end(&mut self) {
        let Some((target, from)) = self.link.take() else {
            return;
        };
        let target = target.replace("&amp;", "&");
        let shown = self.out.get(from..).unwrap_or_default().trim();
        let bare = target
            .split_once("://")
            .map_or(target.as_str(), |(_, b)| b)
            .trim_end_matches('/');
        let is_said = shown.is_empty() || shown.contains(bare) || bare.contains(shown);
        if !is_said {
            let target = shorten(&target, 2000).to_owned();
            if !self.targets.contains(&target) && self.targets.len() < 20 {
                self.targets.push(target);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, text: &str) {
        assert_eq!(to_text(html, 256).0, text, "{html}");
    }

    #[test]
    fn blocks_make_lines() {
        check("<div>a</div><div>b</div>", "a\nb");
        check("<div>a</div><div><br></div><div>b</div>", "a\n\nb");
        check("<p>a<p>b c\n d</p>", "a\n\nb c d");
        check("a<br>b<br><br>c", "a\nb\n\nc");
        check(
            "<ul><li>a<li>b</ul><ol><li>x</li><li>y</li></ol>",
            "- a\n- b\n1. x\n2. y",
        );
        check(
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>",
            "a b\nc",
        );
        check("<pre>a\n  b</pre>", "a\nb");
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        check(
            "<style>p{}</style><title>t</title>a<!-- c -->b<script>1<2</script>",
            "ab",
        );
        check("<style>never closed a", "never closed a");
        check("<div style='display: none'>hidden</div>a", "a");
        check(
            "a&nbsp;&lt;b&gt; &laquo;c&raquo; & d &#1055;",
            "a <b> «c» & d П",
        );
        check("1 < 2, a <3", "1 < 2, a <3");
    }

    #[test]
    fn links_say_where_they_lead() {
        check(
            "<a href='https://okno.test/x?a=1&amp;b=2'>here</a>",
            "here <https://okno.test/x?a=1&b=2>",
        );
        check("<a href='https://okno.test/'>okno.test</a>", "okno.test");
        check("<a href='mailto:a@uni.test'>Anna</a>", "Anna");
    }

    #[test]
    fn quotes_are_marked() {
        check(
            "a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e",
            "a\n\n> b\n> c\n>\n> > d\n>\ne",
        );
        check(
            "a<div class='gmail_quote'>b</div>c",
            "a\n\u{E000}b\n\u{E001}c",
        );
        check("a<div id=\"divRplyFwdMsg\">b</div>c", "a\n\u{E002}b\nc");
    }

    #[test]
    fn hostile_html_is_no_burden() {
        let deep = "<div class=gmail_quote>".repeat(100_000);
        assert!(to_text(&deep, 256).1);
        let stray = format!("{}{}", "<div>".repeat(300), "</blockquote>".repeat(50_000));
        assert_eq!(to_text(&stray, 256).0, "");
        assert_eq!(to_text(&"<!--".repeat(50_000), 256).0, "");
        assert_eq!(to_text(&"<a \"".repeat(50_000), 256).0.len(), 200_000);
    }
}
