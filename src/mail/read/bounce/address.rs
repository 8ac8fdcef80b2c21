//! An address as a report names it: with a type, in brackets, in X.400, wrapped by Exchange, or encoded.

use crate::model::text::Text;

/// The address in a field such as `Final-Recipient` (RFC 3464, 2.3.1): its type, then what the type calls an address.
pub(super) fn of_field(value: &str) -> String {
    let (kind, spec) = match value.split_once(';') {
        Some((kind, spec)) if !kind.contains(['@', '<', '=']) => (kind.trim(), spec),
        _ => ("", value),
    };
    if kind.eq_ignore_ascii_case("x400") || kind.eq_ignore_ascii_case("x.400") {
        return of_x400(spec).unwrap_or_default();
    }
    let spec = if kind.eq_ignore_ascii_case("utf-8") {
        unescape(spec)
    } else {
        spec.to_owned()
    };
    unwrapped(&tidy(&spec.replace("+2B", "+").replace("+3D", "=")))
}

/// An address without brackets, comments and white space.
pub(super) fn tidy(written: &str) -> String {
    let inside = written
        .split_once('<')
        .and_then(|(_, r)| r.split_once('>'))
        .map_or(written, |(a, _)| a);
    let bare = inside.split_once(" (").map_or(inside, |(a, _)| a);
    let tight: String = Text::line(bare)
        .as_str()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    tight
        .trim_matches(['"', '\'', '<', '>', ',', ';', ':', '(', ')', '.'])
        .to_owned()
}

/// The Internet address within an X.400 one: `/RFC-822=olga(a)uni.test/ADMD= /C=WW/`, `dda:SMTP=olga@uni.test;`.
fn of_x400(spec: &str) -> Option<String> {
    let lower = spec.to_ascii_lowercase();
    let after = ["rfc-822=", "smtp="]
        .iter()
        .find_map(|label| Some(lower.find(label)?.saturating_add(label.len())))?;
    let inner = spec.get(after..)?.split(['/', ';']).next()?;
    let plain = inner
        .replace("(a)", "@")
        .replace("(A)", "@")
        .replace("(p)", "%")
        .replace("(u)", "_")
        .replace("(b)", "!");
    plain.contains('@').then(|| tidy(&plain))
}

/// Takes off what Exchange wraps foreign addresses in: `IMCEASMTP-olga+40uni+2Etest@exchange.test`.
fn unwrapped(address: &str) -> String {
    let wrapped = address
        .get(..10)
        .filter(|start| start.eq_ignore_ascii_case("imceasmtp-"))
        .and_then(|_| address.get(10..))
        .and_then(|rest| rest.rsplit_once('@'));
    let Some((inner, _)) = wrapped else {
        return address.to_owned();
    };
    let mut plain = String::with_capacity(inner.len());
    let mut pieces = inner.split('+');
    plain.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        match piece
            .get(..2)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        {
            Some(byte) if byte.is_ascii_graphic() => {
                plain.push(char::from(byte));
                plain.push_str(piece.get(2..).unwrap_or_default());
            }
            _ => {
                plain.push('+');
                plain.push_str(piece);
            }
        }
    }
    if plain.contains('@') {
        plain
    } else {
        address.to_owned()
    }
}

/// Letters written as `\x{44F}` (RFC 6533, section 3).
fn unescape(spec: &str) -> String {
    let mut plain = String::with_capacity(spec.len());
    let mut pieces = spec.split("\\x{");
    plain.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let letter = piece.split_once('}').and_then(|(hex, rest)| {
            let code = u32::from_str_radix(hex, 16).ok()?;
            Some((char::from_u32(code)?, rest))
        });
        if let Some((letter, rest)) = letter {
            plain.push(letter);
            plain.push_str(rest);
        } else {
            plain.push_str(piece);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: &str, address: &str) {
        assert_eq!(of_field(field), address, "{field}");
    }

    #[test]
    fn addresses_are_read_in_every_dress() {
        check("rfc822; olga@uni.test", "olga@uni.test");
        check("RFC822;<olga@uni.test>", "olga@uni.test");
        check("olga@uni.test", "olga@uni.test");
        check("rfc822; Olga <olga@uni.test> (gone)", "olga@uni.test");
        check("rfc822; olga@uni.test (gone)", "olga@uni.test");
        check("rfc822; olga@uni.test>", "olga@uni.test");
        check("rfc822; olga+2Bnews@uni.test", "olga+news@uni.test");
        check("rfc822; olga+news@uni.test", "olga+news@uni.test");
        check("utf-8; \\x{43E}\\x{43B}\\x{44F}@uni.test", "оля@uni.test");
        check("utf-8; оля@почта.test", "оля@почта.test");
        check(
            "x400; /RFC-822=olga(a)uni.test/ADMD= /C=WW/",
            "olga@uni.test",
        );
        check(
            "X400; c=WW;a= ;p=UNI;dda:SMTP=olga@uni.test;",
            "olga@uni.test",
        );
        check("x400; /S=olga/OU=it/O=uni/C=WW/", "");
        check(
            "rfc822; IMCEASMTP-olga+40uni+2Etest@mail.test",
            "olga@uni.test",
        );
        check(
            "rfc822; IMCEAEX-_O=UNI_OU=X@mail.test",
            "IMCEAEX-_O=UNI_OU=X@mail.test",
        );
        check("system;<>", "");
        check("", "");
    }
}
