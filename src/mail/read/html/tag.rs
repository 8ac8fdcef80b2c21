//! One tag of HTML: its name and its attributes.

use super::steps;
use crate::mail::read::bytes::{cut, starts_with_ignore_case};

/// A tag; attributes are read from its text when asked for.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// As written.
    pub(super) name: &'a str,
    pub(super) is_end: bool,
    attributes: &'a str,
}

/// The attributes that mean something here, as written; of one that is given twice the first.
#[derive(Debug, Default)]
pub(super) struct Attributes<'a> {
    pub(super) class: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    /// `name`, or `data-marker`.
    pub(super) name: Option<&'a str>,
    pub(super) style: Option<&'a str>,
    pub(super) href: Option<&'a str>,
    pub(super) alt: Option<&'a str>,
    pub(super) src: Option<&'a str>,
    pub(super) align: Option<&'a str>,
    pub(super) color: Option<&'a str>,
    pub(super) colspan: Option<&'a str>,
    pub(super) rowspan: Option<&'a str>,
    pub(super) width: Option<&'a str>,
    pub(super) height: Option<&'a str>,
    pub(super) border: Option<&'a str>,
    pub(super) start: Option<&'a str>,
    pub(super) value: Option<&'a str>,
    pub(super) kind: Option<&'a str>,
    pub(super) hidden: Option<&'a str>,
}

/// How far a tag with quotes around values may reach; beyond, the first `>` ends it.
const LONGEST: usize = 8 << 10;

/// How long an address in brackets may be, which is no tag: `<anna@uni.test>`.
const ADDRESS_MAX: usize = 320;

impl<'a> Tag<'a> {
    /// Reads the tag at the start of `from`; `None` where no `>` ends it. Returns what follows, too.
    pub(super) fn read(from: &'a str) -> Option<(Self, &'a str)> {
        let end = quoted_end(from).or_else(|| first_end(from))?;
        let inner = from.get(1..end)?;
        let rest = from.get(end.saturating_add(1)..)?;
        let (inner, is_end) = match inner.strip_prefix('/') {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let length = inner
            .bytes()
            .position(|c| !(c.is_ascii_alphanumeric() || matches!(c, b':' | b'-' | b'_')))
            .unwrap_or(inner.len());
        Some((
            Self {
                name: inner.get(..length)?,
                is_end,
                attributes: inner.get(length..)?,
            },
            rest,
        ))
    }

    pub(super) fn attributes(&self) -> Attributes<'a> {
        steps::add(self.attributes.len());
        let mut found = Attributes::default();
        let mut rest = self.attributes;
        while let Some((name, value, after)) = attribute(rest) {
            found.note(name, value);
            rest = after;
        }
        found
    }
}

impl<'a> Attributes<'a> {
    fn note(&mut self, name: &str, value: &'a str) {
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        let place = match name.len() {
            2 if is("id") => &mut self.id,
            3 if is("alt") => &mut self.alt,
            3 if is("src") => &mut self.src,
            4 if is("href") => &mut self.href,
            4 if is("name") => &mut self.name,
            4 if is("type") => &mut self.kind,
            5 if is("class") => &mut self.class,
            5 if is("style") => &mut self.style,
            5 if is("width") => &mut self.width,
            5 if is("align") => &mut self.align,
            5 if is("color") => &mut self.color,
            5 if is("start") => &mut self.start,
            5 if is("value") => &mut self.value,
            6 if is("height") => &mut self.height,
            6 if is("border") => &mut self.border,
            7 if is("colspan") => &mut self.colspan,
            7 if is("rowspan") => &mut self.rowspan,
            6 if is("hidden") => &mut self.hidden,
            11 if is("data-marker") => &mut self.name,
            _ => return,
        };
        if place.is_none() {
            *place = Some(value);
        }
    }
}

/// The first attribute of `text`: its name, its value (empty where it has none), and what follows.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
    let length = text
        .find(|c: char| c == '=' || c.is_whitespace())
        .unwrap_or(text.len());
    let (name, after) = text.split_at_checked(length)?;
    let after = after.trim_start();
    if name.is_empty() && after.is_empty() {
        return None;
    }
    let Some(after) = after.strip_prefix('=') else {
        return Some((name, "", after));
    };
    let after = after.trim_start();
    if let Some(quote @ ('"' | '\'')) = after.chars().next() {
        let inner = after.get(1..)?;
        let (value, rest) = inner.split_once(quote).unwrap_or((inner, ""));
        return Some((name, value, rest));
    }
    let end = after.find(char::is_whitespace).unwrap_or(after.len());
    let (value, rest) = after.split_at_checked(end)?;
    Some((name, value, rest))
}

/// Whether `<` begins a tag here: a letter follows, or `/` and a letter.
pub(super) fn starts_tag(from: &str) -> bool {
    let is_letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
    from.get(1..)
        .is_some_and(|text| is_letter(text) || text.strip_prefix('/').is_some_and(is_letter))
}

/// Whether what starts with `<` here is a mail or web address in brackets, which a program has forgotten to escape.
pub(super) fn is_address(from: &str) -> bool {
    let inner = cut(from.as_bytes(), 1, ADDRESS_MAX);
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"' | b'\'');
    let end = inner.iter().position(ends);
    steps::add(end.unwrap_or(inner.len()));
    let Some(end) = end else {
        return false;
    };
    let (inner, after) = inner.split_at_checked(end).unwrap_or_default();
    let starts = |prefix: &[u8]| inner.starts_with(prefix);
    after.starts_with(b">") && (inner.contains(&b'@') || starts(b"http://") || starts(b"https://"))
}

/// Where the first `>` stands, quoted or not.
fn first_end(from: &str) -> Option<usize> {
    let end = from.find('>');
    steps::add(end.unwrap_or(from.len()));
    end
}

/// Where the tag ends if `>` within quoted values does not count.
fn quoted_end(from: &str) -> Option<usize> {
    let mut quote = None;
    let mut is_value = false;
    for (at, byte) in from.bytes().enumerate().take(LONGEST) {
        steps::add(1);
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
    fn check(html: &str, href: Option<&str>, id: Option<&str>) {
        let (tag, _) = Tag::read(html).unwrap();
        let attributes = tag.attributes();
        assert_eq!((attributes.href, attributes.id), (href, id), "{html}");
    }

    #[test]
    fn attributes_are_read() {
        check("<a href=\"x > y\" id=z>", Some("x > y"), Some("z"));
        check("<a href=\"x\" ID=z id=y>", Some("x"), Some("z"));
        check("<a disabled href='x'>", Some("x"), None);
        check("<a href = x>", Some("x"), None);
        check("<a hrefs=x>", None, None);
        check("<a>", None, None);
        check("<a href=\"never closed>", Some("never closed"), None);
        check("<a = href=x/>", None, None);
    }

    #[test]
    fn addresses_in_brackets_are_no_tags() {
        assert!(is_address("<anna@uni.test> wrote"));
        assert!(is_address("<https://okno.test/a>"));
        assert!(!is_address("<a href=\"mailto:anna@uni.test\">"));
        assert!(!is_address("<b>anna@uni.test"));
        assert!(!is_address("<b anna@uni.test"));
    }
}
