//! The second wall: what `reader` has written is read as a browser reads it, and whatever is not on the list goes.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

use super::look::ELEMENTS;

/// The properties of `style` that are passed on.
const STYLES: [&str; 9] = [
    "background-color",
    "border",
    "color",
    "font-family",
    "font-style",
    "font-weight",
    "text-align",
    "text-decoration",
    "white-space",
];

/// The attributes of each element, besides `style`.
const ATTRIBUTES: [(&str, &[&str]); 6] = [
    ("a", &["href"]),
    ("img", &["src", "alt", "width", "height"]),
    ("ol", &["start"]),
    ("table", &["cellspacing", "cellpadding"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan"]),
];

static WALL: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut wall = Builder::empty();
    let attributes = ATTRIBUTES
        .iter()
        .map(|(name, all)| (*name, all.iter().copied().collect::<HashSet<_>>()));
    wall.tags(ELEMENTS.iter().copied().chain(["img"]).collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes.collect::<HashMap<_, _>>())
        .generic_attributes(HashSet::from(["style"]))
        .filter_style_properties(STYLES.into_iter().collect())
        .url_schemes(HashSet::from(["http", "https", "mailto", "cid"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .attribute_filter(attribute);
    wall
});

/// Pictures are parts of the mail itself, links lead out of it.
fn attribute<'a>(element: &str, name: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let is_within = value.starts_with("cid:");
    let is_allowed = match (element, name) {
        ("img", "src") => is_within,
        ("a", "href") => !is_within,
        _ => !value.contains("url("),
    };
    is_allowed.then_some(Cow::Borrowed(value))
}

/// `html` without whatever is not on the list.
pub(super) fn cleaned(html: &str) -> String {
    WALL.clean(html).to_string().trim().to_owned()
}
