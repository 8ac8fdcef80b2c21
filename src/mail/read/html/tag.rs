//! One tag of HTML: its name, its attributes, and what it means for a mail's text.

use crate::mail::read::bytes::starts_with_ignore_case;

/// A tag; attributes are looked up in its text when asked for.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Lower case.
    pub(super) name: String,
    pub(super) is_end: bool,
    attributes: &'a str,
}

/// What an element is to the text within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A mail program's box around what it quotes, attribution and all.
    Quoted,
    /// From here to the end all is quoted.
    Rest,
    /// A quote like `> `.
    Blockquote,
    /// Not shown.
    Hidden,
    /// White space counts.
    Preformatted,
    /// Nothing, but its end must be told from the others'.
    Plain,
}

/// How far a tag with quotes around values may reach; beyond, the first `>` ends it.
const LONGEST: usize = 8 << 10;

/// Classes by which mail programs mark what they quote.
const QUOTING_CLASSES: [&str; 13] = [
    "gmail_quote",
    "gmail_attr",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "moz-cite-prefix",
    "moz-forward-container",
    "zmail_extra",
    "outlookmessageheader",
    "hs_reply",
    "mail_quote",
    "gmail_quote_container",
    "ms-outlook-mobile-reference-message",
];

/// Ids by which they do.
const QUOTING_IDS: [&str; 8] = [
    "divrplyfwdmsg",
    "appendonsend",
    "olk_src_body_section",
    "mail-editor-reference-message-container",
    "isforwardcontent",
    "isreplycontent",
    "reply-intro",
    "divtagdefaultwrapper-quote",
];

impl<'a> Tag<'a> {
    /// Reads the tag at the start of `from`; `None` where no `>` ends it. Returns what follows, too.
    pub(super) fn read(from: &'a str) -> Option<(Self, &'a str)> {
        let end = quoted_end(from).or_else(|| from.find('>'))?;
        let inner = from.get(1..end)?;
        let rest = from.get(end.saturating_add(1)..)?;
        let (inner, is_end) = match inner.strip_prefix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let length = inner
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '-' || c == '_'))
            .unwrap_or(inner.len());
        let name = inner.get(..length)?.to_ascii_lowercase();
        Some((
            Self {
                name,
                is_end,
                attributes: inner.get(length..)?,
            },
            rest,
        ))
    }

    /// An attribute's value as written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let length = rest
                .find(|c: char| c == '=' || c.is_whitespace())
                .unwrap_or(rest.len());
            let (found, after) = (rest.get(..length)?, rest.get(length..)?.trim_start());
            if found.is_empty() && after.is_empty() {
                return None;
            }
            let Some(after) = after.strip_prefix('=') else {
                rest = after;
                continue;
            };
            let after = after.trim_start();
            let (value, left) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = after.get(1..)?;
                    inner.split_once(quote).unwrap_or((inner, ""))
                }
                _ => {
                    let end = after.find(char::is_whitespace).unwrap_or(after.len());
                    (after.get(..end)?, after.get(end..)?)
                }
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = left;
        }
    }

    /// Whether it has no end tag of its own.
    pub(super) fn is_void(&self) -> bool {
        self.attributes.ends_with('/')
            || matches!(
                self.name.as_str(),
                "br" | "hr" | "img" | "input" | "meta" | "link" | "col" | "area" | "base"
            )
    }

    /// What it means; `None` for elements that need no look.
    pub(super) fn role(&self) -> Option<Role> {
        match self.name.as_str() {
            "blockquote" => return Some(Role::Blockquote),
            "pre" | "plaintext" => return Some(Role::Preformatted),
            "div" | "span" | "p" | "td" | "tr" | "table" | "hr" | "a" | "section" | "font"
            | "body" => {}
            _ => return None,
        }
        let has_attributes = !self.attributes.trim().is_empty();
        if has_attributes && let Some(role) = self.quoting() {
            return Some(role);
        }
        let style = if has_attributes {
            self.style()
        } else {
            String::new()
        };
        if style.contains("display:none") {
            return Some(Role::Hidden);
        }
        // Outlook draws a line above the header block of what it quotes.
        if self.name == "div"
            && style.contains("border:none;border-top:solid")
            && ["#b5c4df", "#e1e1e1", "#e5e5e5", "windowtext"]
                .iter()
                .any(|colour| style.contains(colour))
        {
            return Some(Role::Rest);
        }
        Some(Role::Plain)
    }

    fn quoting(&self) -> Option<Role> {
        if let Some(class) = self.attribute("class") {
            let is_quoting = class.split_whitespace().any(|word| {
                let word = word.strip_prefix("x_").unwrap_or(word).to_ascii_lowercase();
                QUOTING_CLASSES.contains(&word.as_str())
            });
            if is_quoting {
                return Some(Role::Quoted);
            }
        }
        let id = self.attribute("id")?.to_ascii_lowercase();
        let id = id.trim_start_matches("x_");
        if QUOTING_IDS.contains(&id) {
            return Some(if id == "reply-intro" {
                Role::Quoted
            } else {
                Role::Rest
            });
        }
        None
    }

    fn style(&self) -> String {
        let style = self.attribute("style").unwrap_or_default();
        style
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_ascii_lowercase()
    }
}

/// Where the tag ends if `>` within quoted values does not count.
fn quoted_end(from: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_value = false;
    for (at, byte) in from.bytes().enumerate().take(LONGEST) {
        match (quote, byte) {
            (Some(open), _) => {
                if byte == open {
                    quote = None;
                }
            }
            (None, b'"' | b'\'') if is_value => quote = Some(byte),
            (None, b'>') => return Some(at),
            (None, _) => {}
        }
        is_value = byte == b'=' || (is_value && byte.is_ascii_whitespace());
    }
    None
}

/// Whether `html` looks like HTML at all, for bodies that are labelled wrongly.
pub(in crate::mail::read) fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start();
    ["<html", "<!doctype html", "<body", "<div", "<p>", "<table"]
        .iter()
        .any(|tag| starts_with_ignore_case(start, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, name: &str, value: Option<&str>) {
        let (tag, _) = Tag::read(html).unwrap();
        assert_eq!(tag.attribute(name), value, "{html}");
    }

    #[test]
    fn attributes_are_read() {
        check("<a href=\"x > y\" id=z>", "href", Some("x > y"));
        check("<a href=\"x\" ID=z>", "id", Some("z"));
        check("<a disabled href='x'>", "href", Some("x"));
        check("<a href = x>", "href", Some("x"));
        check("<a>", "href", None);
        check("<a href=\"never closed>", "href", Some("never closed"));
    }

    #[test]
    fn quoting_elements_are_known() {
        let role = |html| Tag::read(html).unwrap().0.role();
        assert_eq!(role("<div class=\"a gmail_quote\">"), Some(Role::Quoted));
        assert_eq!(role("<div id='x_divRplyFwdMsg'>"), Some(Role::Rest));
        assert_eq!(
            role("<div style='border:none; border-top:solid #B5C4DF 1.0pt'>"),
            Some(Role::Rest)
        );
        assert_eq!(role("<div>"), Some(Role::Plain));
        assert_eq!(role("<b>"), None);
    }
}
