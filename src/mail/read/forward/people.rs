//! People named in a header block of a text, as mail programs write them there: `Anna [mailto:anna@uni.test]`,
//! `anna@uni.test<mailto:anna@uni.test>`, `Test, Anna; Boris`, or by name alone.

use crate::{
    mail::read::{bytes::shorten, words::decode_str},
    model::{address::NamedAddress, text::Text},
};

/// The most people read of one field.
const PEOPLE_MAX: usize = 200;
/// No more of a field is read, in bytes.
const LENGTH_MAX: usize = 64 << 10;

/// How programs say in whose stead somebody writes, lower case.
const BEHALF: [&str; 14] = [
    " on behalf of ",
    " от имени ",
    " від імені ",
    " im auftrag von ",
    " im namen von ",
    " de la part de ",
    " en nombre de ",
    " em nome de ",
    " per conto di ",
    " namens ",
    " w imieniu ",
    " jménem ",
    " på vegne af ",
    " för ",
];

/// The one who wrote; a name alone has no address.
pub(super) fn sender(value: &str) -> Option<NamedAddress> {
    let lower = value.to_lowercase();
    let end = BEHALF
        .iter()
        .filter_map(|words| lower.find(words))
        .min()
        .filter(|end| value.is_char_boundary(*end) && lower.len() == value.len());
    let value = end.and_then(|end| value.get(..end)).unwrap_or(value);
    person(&plain(value))
}

/// All who are named.
pub(super) fn all(value: &str) -> Vec<NamedAddress> {
    let plain = plain(shorten(value, LENGTH_MAX));
    let plain = plain.trim().trim_end_matches([';', ',']);
    // Where nobody has an address, a comma stands within a name: Outlook puts semicolons between people.
    let by_semicolon = plain.contains(';') || !plain.contains('@');
    let mut people = Vec::new();
    let mut pending = String::new();
    for piece in pieces(plain, if by_semicolon { ';' } else { ',' }) {
        // `Test, Anna <anna@uni.test>`: the comma stands within a name.
        let is_half = !by_semicolon && !piece.contains('@');
        pending.push_str(piece);
        if is_half && !piece.trim().is_empty() {
            pending.push(',');
            continue;
        }
        people.extend(person(&pending));
        pending.clear();
        if people.len() >= PEOPLE_MAX {
            return people;
        }
    }
    people.extend(person(pending.trim_end_matches(',')));
    people
}

/// `text` at each `mark` outside quotes and brackets.
fn pieces(text: &str, mark: char) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let mut is_inside = false;
    text.split(move |c: char| {
        match c {
            '"' if !is_inside => is_quoted = !is_quoted,
            '<' => is_inside = true,
            '>' => is_inside = false,
            _ => {}
        }
        c == mark && !is_quoted && !is_inside
    })
}

/// One person: a name, an address in brackets or bare, or both.
fn person(text: &str) -> Option<NamedAddress> {
    let text = text.trim().trim_end_matches([';', ',']).trim();
    if text.is_empty() {
        return None;
    }
    let bracketed = text
        .rsplit_once('<')
        .map(|(before, after)| (before, after.split('>').next().unwrap_or(after).trim()));
    let (name, address) = match bracketed {
        Some((before, address)) if is_address(address) => (before.to_owned(), address.to_owned()),
        // What stands in brackets is a path of Exchange's, or nothing.
        Some((before, _)) => bare(before),
        None => bare(text),
    };
    let name = cleaned(&name, &address);
    (name.is_some() || !address.is_empty()).then_some(NamedAddress { name, address })
}

/// An address among words without brackets, and the words before it.
fn bare(text: &str) -> (String, String) {
    let word = text
        .split(char::is_whitespace)
        .map(|word| word.trim_matches(['"', '\'', '(', ')', ',', ';', '<', '>']))
        .find(|word| is_address(word));
    match word {
        Some(address) => {
            let before = text.split(address).next().unwrap_or_default();
            (
                before.trim_end_matches(['(', '"', '\'']).to_owned(),
                address.to_owned(),
            )
        }
        None => (text.to_owned(), String::new()),
    }
}

fn is_address(word: &str) -> bool {
    let is_plain = !word.contains(['/', ' ', '<', '>', ',']) && word.len() <= 320;
    is_plain
        && word
            .split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
}

/// A name without quotation marks, and without the address that some programs repeat in it.
fn cleaned(name: &str, address: &str) -> Option<String> {
    let name: String = Text::line(&decode_str(name)).into();
    let mut name = name.trim();
    loop {
        let bare = name
            .trim_matches(|c: char| {
                matches!(
                    c,
                    '"' | '\'' | '“' | '”' | '„' | '«' | '»' | '*' | '_' | ' ' | '\u{A0}'
                )
            })
            .trim_end_matches([',', ':', '(', '<'])
            .trim_start_matches([')', '>'])
            .trim();
        let repeated = bare.trim_end_matches('>').strip_suffix(address);
        let bare = match repeated {
            Some(before) if !address.is_empty() => before.trim_end_matches('<'),
            _ => bare,
        };
        if bare.len() == name.len() {
            break;
        }
        name = bare;
    }
    (!name.is_empty()).then(|| name.to_owned())
}

/// `value` with every address in plain brackets, and each once: `[mailto:…]`, `<mailto:…>`, `[…@…]`, `(…@…)`.
fn plain(value: &str) -> String {
    let mut out = String::new();
    let mut has_address = false;
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let closing = match c {
            '<' => '>',
            '[' => ']',
            '(' => ')',
            _ => {
                if matches!(c, ',' | ';') {
                    has_address = false;
                }
                has_address |= c == '@';
                if c != '*' {
                    out.push(c);
                }
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
                continue;
            }
        };
        let inner = rest.get(1..).unwrap_or_default();
        // No address is longer, and none is looked for again and again.
        let near = shorten(inner, 400);
        let end = near.find([closing, '<', ',', ';']).unwrap_or(near.len());
        let (spec, after) = inner.split_at_checked(end).unwrap_or((inner, ""));
        let bare = without_scheme(spec);
        let is_closed = after.starts_with(closing);
        if bare.is_none() && (c == '<' || !is_address(spec.trim())) {
            out.push(c);
            rest = inner;
            continue;
        }
        // Said already, with or without brackets.
        if !has_address {
            out.push('<');
            out.push_str(bare.unwrap_or(spec).trim());
            out.push('>');
        }
        rest = if is_closed {
            after.get(1..).unwrap_or_default()
        } else {
            after
        };
    }
    out
}

/// An address without `mailto:` or `SMTP:` before it; `None` where there is none.
fn without_scheme(spec: &str) -> Option<&str> {
    let (scheme, address) = spec.split_once(':')?;
    let is_known = ["mailto", "smtp"]
        .iter()
        .any(|known| scheme.trim().eq_ignore_ascii_case(known));
    is_known.then(|| address.split('?').next().unwrap_or(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, wanted: &[(&str, &str)]) {
        let found = all(value);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|p| (p.name.as_deref().unwrap_or_default(), p.address.as_str()))
            .collect();
        assert_eq!(found, wanted, "{value}");
    }

    #[test]
    fn people_are_read_as_programs_write_them() {
        check(
            "Anna Test <anna@uni.test>",
            &[("Anna Test", "anna@uni.test")],
        );
        check("anna@uni.test", &[("", "anna@uni.test")]);
        check("Anna Test", &[("Anna Test", "")]);
        check("Anna [mailto:anna@uni.test]", &[("Anna", "anna@uni.test")]);
        check("Anna [anna@uni.test]", &[("Anna", "anna@uni.test")]);
        check("Anna (anna@uni.test)", &[("Anna", "anna@uni.test")]);
        check("Anna [SMTP:anna@uni.test]", &[("Anna", "anna@uni.test")]);
        check("Anna<mailto:anna@uni.test>", &[("Anna", "anna@uni.test")]);
        check(
            "anna@uni.test<mailto:anna@uni.test>",
            &[("", "anna@uni.test")],
        );
        check(
            "Anna <anna@uni.test<mailto:anna@uni.test>>; Olga <o@uni.test>",
            &[("Anna", "anna@uni.test"), ("Olga", "o@uni.test")],
        );
        check("Anna </O=UNI/OU=IT/CN=ANNA>", &[("Anna", "")]);
        check(
            "\"Test, Anna\" <anna@uni.test>, b@uni.test",
            &[("Test, Anna", "anna@uni.test"), ("", "b@uni.test")],
        );
        check(
            "Test, Anna <anna@uni.test>, b@uni.test",
            &[("Test, Anna", "anna@uni.test"), ("", "b@uni.test")],
        );
        check("Test, Anna; Boris", &[("Test, Anna", ""), ("Boris", "")]);
        check("'anna@uni.test'", &[("", "anna@uni.test")]);
        check("anna@uni.test <anna@uni.test>", &[("", "anna@uni.test")]);
        check("*Anna* <anna@uni.test>", &[("Anna", "anna@uni.test")]);
        check(
            "<anna@uni.test>, <b@uni.test>;",
            &[("", "anna@uni.test"), ("", "b@uni.test")],
        );
        check("", &[]);
    }

    #[test]
    fn a_sender_is_one() {
        let check = |value: &str, name: &str, address: &str| {
            let person = sender(value).unwrap();
            assert_eq!(person.name.as_deref().unwrap_or_default(), name, "{value}");
            assert_eq!(person.address, address, "{value}");
        };
        check(
            "Anna Test<mailto:anna@uni.test> <anna@uni.test<mailto:anna@uni.test>> on behalf of it@uni.test<mailto:it@uni.test>",
            "Anna Test",
            "anna@uni.test",
        );
        check(
            "Анна [mailto:anna@uni.test] от имени it@uni.test",
            "Анна",
            "anna@uni.test",
        );
        check("Test, Anna <anna@uni.test>", "Test, Anna", "anna@uni.test");
        check(
            "« Anna Test » <anna@uni.test>",
            "Anna Test",
            "anna@uni.test",
        );
        assert_eq!(sender(""), None);
    }
}
