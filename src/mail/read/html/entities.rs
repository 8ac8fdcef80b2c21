//! Character references of HTML: every name of the HTML standard (13.5), and numbers.
//!
//! `entities.txt` beside this file lists the names: a name, `*` where it counts without its semicolon too, and the code
//! points it stands for.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

/// What a reference stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) first: char,
    /// A few names stand for two characters.
    pub(super) second: Option<char>,
    /// How many bytes name it.
    pub(super) length: usize,
}

/// A name's characters, and whether it counts without a semicolon.
struct Named {
    first: char,
    second: Option<char>,
    is_bare: bool,
}

static NAMES: LazyLock<HashMap<&'static str, Named>> = LazyLock::new(|| {
    let code = |word: &str| u32::from_str_radix(word, 16).ok().and_then(char::from_u32);
    include_str!("entities.txt")
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            let name = words.next()?;
            let named = Named {
                first: words.next().and_then(code)?,
                second: words.next().and_then(code),
                is_bare: name.ends_with('*'),
            };
            Some((name.trim_end_matches('*'), named))
        })
        .collect()
});

/// The longest name, `CounterClockwiseContourIntegral`, and a little more.
const LONGEST: usize = 40;

/// Names that count even where letters follow at once, as programs write them: `&nbspPlease`.
const STICKY: [&str; 6] = ["nbsp", "amp", "lt", "gt", "quot", "shy"];

/// What the numbers 128 to 159 mean in HTML: windows-1252.
const WINDOWS: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// The reference at the start of `text` (it starts with `&`); `None` where that is only an ampersand.
pub(super) fn read(text: &str) -> Option<Reference> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        return numbered(number);
    }
    let length = body
        .bytes()
        .take(LONGEST)
        .position(|b| !b.is_ascii_alphanumeric())
        .unwrap_or_else(|| body.len().min(LONGEST));
    let name = body.get(..length)?;
    let after = body.get(length..)?;
    if after.starts_with(';') {
        // Upper case where it should be lower is understood, too: `&NBSP;`.
        let named = NAMES
            .get(name)
            .or_else(|| NAMES.get(name.to_ascii_lowercase().as_str()))?;
        return Some(reference(named, length.saturating_add(2)));
    }
    // `?a=1&copy=2` is an address, no sign of copyright.
    if let Some(named) = NAMES.get(name).filter(|n| n.is_bare)
        && !after.starts_with('=')
    {
        return Some(reference(named, length.saturating_add(1)));
    }
    let sticky = STICKY.iter().find(|sticky| name.starts_with(**sticky))?;
    if after.starts_with('=') {
        return None;
    }
    let named = NAMES.get(sticky)?;
    Some(reference(named, sticky.len().saturating_add(1)))
}

const fn reference(named: &Named, length: usize) -> Reference {
    Reference {
        first: named.first,
        second: named.second,
        length,
    }
}

/// `text` with every reference replaced.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let Some(found) = read(from) else {
            out.push('&');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        out.push(found.first);
        out.extend(found.second);
        rest = from.get(found.length..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What follows `&#`.
fn numbered(text: &str) -> Option<Reference> {
    let (code, used) = number(text)?;
    let length = used.saturating_add(2);
    let plain = |first| Reference {
        first,
        second: None,
        length,
    };
    if (0xD800..0xDC00).contains(&code) {
        // Two halves of one character (UTF-16), each with a number of its own.
        let after = text.get(used..)?.strip_prefix("&#");
        let low = after.and_then(number).filter(|(low, _)| is_low(*low));
        let Some((low, more)) = low else {
            return Some(plain('\u{FFFD}'));
        };
        let high = code.saturating_sub(0xD800).saturating_mul(0x400);
        let whole = high
            .saturating_add(low.saturating_sub(0xDC00))
            .saturating_add(0x10000);
        return Some(Reference {
            first: char::from_u32(whole).unwrap_or('\u{FFFD}'),
            second: None,
            length: length.saturating_add(more).saturating_add(2),
        });
    }
    let windows = code
        .checked_sub(128)
        .and_then(|at| usize::try_from(at).ok())
        .and_then(|at| WINDOWS.get(at));
    if let Some(found) = windows {
        return Some(plain(*found));
    }
    match char::from_u32(code) {
        Some('\0') | None => Some(plain('\u{FFFD}')),
        Some(found) => Some(plain(found)),
    }
}

fn is_low(code: u32) -> bool {
    (0xDC00..0xE000).contains(&code)
}

/// The number at the start of `text`, decimal or `x` and hexadecimal, and how many bytes it takes, its semicolon counted.
fn number(text: &str) -> Option<(u32, usize)> {
    let (digits, radix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (text, 10),
    };
    let count = digits
        .bytes()
        .take(12)
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    let code = u32::from_str_radix(digits.get(..count).filter(|d| !d.is_empty())?, radix);
    let has_end = digits.get(count..)?.starts_with(';');
    let used = count
        .saturating_add(usize::from(radix == 16))
        .saturating_add(usize::from(has_end));
    Some((code.unwrap_or(u32::MAX), used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, read_as: &str) {
        assert_eq!(decoded(text), read_as);
    }

    #[test]
    fn names_are_read() {
        check("a &amp; b", "a & b");
        check("&laquo;Окно&raquo; &mdash; &hellip;", "«Окно» — …");
        check("&yuml;&Psi;&alefsym;&lfloor;", "ÿΨℵ⌊");
        check("&Pcy;&rcy;&icy;&vcy;&iecy;&tcy;", "Привет");
        check("&CounterClockwiseContourIntegral;", "∳");
        check("&NotEqualTilde;", "≂\u{338}");
        check("&NBSP;|&Laquo;", "\u{A0}|«");
        check("&unknown; &;", "&unknown; &;");
    }

    #[test]
    fn a_semicolon_may_be_missing() {
        check("&copy 2026", "© 2026");
        check("&lt1&gt", "<1>");
        check("&nbspДа &nbspNo", "\u{A0}Да \u{A0}No");
        check("?a=1&copy=2&reg=3&amp=4", "?a=1&copy=2&reg=3&amp=4");
        check("&mdash 1", "&mdash 1");
        check("AT&T, R&D", "AT&T, R&D");
    }

    #[test]
    fn numbers_are_read() {
        check("&#1055;&#x41F;&#X41f", "ППП");
        check("&#150;&#146;&#8217;", "–’’");
        check("&#0;&#1114112;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}");
        check("&#55357;&#56832;", "😀");
        check("&#55357;&#12;", "\u{FFFD}\u{C}");
        check("&#;&#x;", "&#;&#x;");
    }
}
