//! Where links lead, in words: shown only where the text does not say it, without what only counts clicks.

use std::borrow::Cow;

use super::entities;
use crate::mail::read::{bytes::starts_with_ignore_case, transfer};

/// The longest address shown; a longer one is of no use to people.
const LONGEST: usize = 2000;

/// Parameters that only say where a click came from.
const TRACKING: [&str; 14] = [
    "fbclid",
    "gclid",
    "yclid",
    "ysclid",
    "_openstat",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "vero_id",
    "rb_clickid",
    "s_cid",
    "igshid",
];

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A page or a file.
    Page(String),
    /// A mail address.
    Mail(String),
}

/// Where `href` leads; `None` where that is nothing to be shown: a place within the mail, a script, a telephone.
pub(super) fn target(href: &str) -> Option<Target> {
    if href.len() > LONGEST {
        return None;
    }
    let href = entities::decoded(href);
    let href: String = href
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    if starts_with_ignore_case(&href, "mailto:") {
        let address = href.get(7..)?.split('?').next()?;
        let address = percent_decoded(address.trim_start_matches('/'))?;
        let is_address = address.contains('@') && address.len() <= 320;
        return is_address.then(|| Target::Mail(address.into_owned()));
    }
    let is_page = ["http://", "https://", "ftp://", "file://"]
        .iter()
        .any(|scheme| starts_with_ignore_case(&href, scheme));
    is_page.then(|| Target::Page(without_tracking(&unwrapped(href))))
}

impl Target {
    /// Whether the text of the link says it already.
    pub(super) fn is_said_in(&self, shown: &str) -> bool {
        match self {
            Self::Mail(address) => contains_ignore_case(shown, address),
            Self::Page(address) => {
                let bare = bare(address);
                contains_ignore_case(shown, bare)
                    || percent_decoded(bare).is_some_and(|b| contains_ignore_case(shown, &b))
            }
        }
    }
}

/// An address without its scheme, `www.` and the slash at its end: the least that says it.
fn bare(address: &str) -> &str {
    let bare = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest)
        .trim_end_matches('/');
    bare.strip_prefix("www.").unwrap_or(bare)
}

fn contains_ignore_case(text: &str, wanted: &str) -> bool {
    text.contains(wanted) || text.to_lowercase().contains(&wanted.to_lowercase())
}

/// What a link was before a mail gateway put its own address around it (Microsoft, Proofpoint, Google).
fn unwrapped(href: String) -> String {
    let inner = |name: &str| -> Option<String> {
        let (_, query) = href.split_once('?')?;
        let value = query
            .split('&')
            .find_map(|pair| pair.split_once('=').filter(|(n, _)| *n == name))?
            .1;
        let value = percent_decoded(value)?;
        let is_page = value.starts_with("http://") || value.starts_with("https://");
        is_page.then(|| value.into_owned())
    };
    let host = bare(&href).split(['/', '?']).next().unwrap_or_default();
    let found = if host.ends_with(".safelinks.protection.outlook.com") {
        inner("url")
    } else if host.starts_with("urldefense.") && href.contains("/v3/__") {
        href.split_once("/v3/__")
            .and_then(|(_, rest)| rest.split_once("__;"))
            // Letters that were taken out are listed behind; without them the address would be wrong.
            .filter(|(page, _)| !page.contains('*'))
            .map(|(page, _)| page.to_owned())
    } else if host == "google.com" && href.contains("/url?") {
        inner("q").or_else(|| inner("url"))
    } else {
        None
    };
    found.unwrap_or(href)
}

/// An address without the parameters that only count clicks.
fn without_tracking(address: &str) -> String {
    let Some((page, query)) = address.split_once('?') else {
        return address.to_owned();
    };
    let (query, place) = match query.split_once('#') {
        Some((query, place)) => (query, Some(place)),
        None => (query, None),
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracking(pair)).collect();
    let mut out = page.to_owned();
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    if let Some(place) = place {
        out.push('#');
        out.push_str(place);
    }
    out
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    starts_with_ignore_case(name, "utm_") || TRACKING.contains(&name)
}

/// `text` with `%XX` replaced; `None` where that gives no text.
fn percent_decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if let (b'%', Some(byte)) = (*first, transfer::hex_byte(after)) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(href: &str, leads_to: Option<&str>) {
        let found = target(href).map(|target| match target {
            Target::Page(address) | Target::Mail(address) => address,
        });
        assert_eq!(found.as_deref(), leads_to, "{href}");
    }

    #[test]
    fn targets_are_read() {
        check(
            "https://okno.test/?a=1&amp;b=2",
            Some("https://okno.test/?a=1&b=2"),
        );
        check("mailto:anna@uni.test?subject=x", Some("anna@uni.test"));
        check("mailto:%61nna@uni.test", Some("anna@uni.test"));
        check("mailto:", None);
        check("#top", None);
        check("javascript:alert(1)", None);
        check("data:text/html,x", None);
        check("tel:+70000000000", None);
    }

    #[test]
    fn what_counts_clicks_is_left_out() {
        check(
            "https://okno.test/a?id=7&utm_source=mail&UTM_medium=x&yclid=1#top",
            Some("https://okno.test/a?id=7#top"),
        );
        check(
            "https://okno.test/?utm_source=x",
            Some("https://okno.test/"),
        );
        check(
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fokno.test%2Fa%3Fid%3D7&data=x",
            Some("https://okno.test/a?id=7"),
        );
        check(
            "https://urldefense.example/v3/__https://okno.test/a__;!!x$",
            Some("https://okno.test/a"),
        );
        check(
            "https://www.google.com/url?q=javascript:x",
            Some("https://www.google.com/url?q=javascript:x"),
        );
    }

    #[test]
    fn what_the_text_says_is_known() {
        let said = |href: &str, shown: &str| target(href).unwrap().is_said_in(shown);
        assert!(said("https://www.okno.test/", "Okno.test"));
        assert!(said("https://okno.test/%D0%B0", "https://okno.test/а"));
        assert!(said("mailto:anna@uni.test", "Anna@uni.test"));
        assert!(!said("https://okno.test/login", "okno.test"));
        assert!(!said("https://evil.test/", "okno.test"));
        assert!(!said("mailto:anna@uni.test", "Anna"));
    }
}
