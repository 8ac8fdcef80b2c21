//! The Cryptographic Message Syntax (RFC 5652) as far as it can be read without a key: what sort of message it is, and
//! what a signed one signs. DER and the BER of streaming programs, one pass, nothing recursive; nothing is verified.

use std::{borrow::Cow, ops::Range};

/// What sort of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Signed, with what is signed.
    Signed,
    /// Only certificates.
    Certificates,
    Encrypted,
    Compressed,
}

/// Object identifiers (RFC 5652, 5083, 3274): `1.2.840.113549.1.7.` and `1.2.840.113549.1.9.16.1.`.
const PKCS_7: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07];
const SMIME: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01];

/// Tags (X.690).
const OCTETS: u8 = 0x04;
const IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const EXPLICIT: u8 = 0xA0;
const CONSTRUCTED: u8 = 0x20;

/// A value: its tag, and where its content lies; `end` is `None` where only an end mark tells it.
struct Header {
    tag: u8,
    start: usize,
    end: Option<usize>,
}

/// What sort of message `der` is; `None` where it is none.
pub(super) fn kind(der: &[u8]) -> Option<Kind> {
    let (identifier, _) = outer(der)?;
    let number = |prefix: &[u8]| match identifier.strip_prefix(prefix)? {
        [number] => Some(*number),
        _ => None,
    };
    match (number(PKCS_7), number(SMIME)) {
        (Some(2), _) => Some(if pieces(der).is_some() {
            Kind::Signed
        } else {
            Kind::Certificates
        }),
        (Some(3..=6), _) | (_, Some(23)) => Some(Kind::Encrypted),
        (_, Some(9)) => Some(Kind::Compressed),
        _ => None,
    }
}

/// What a signed message signs; `None` where it is none, or holds only certificates.
pub(super) fn signed_content(der: &[u8]) -> Option<Cow<'_, [u8]>> {
    let pieces = pieces(der)?;
    let within = |range: &Range<usize>| der.get(range.clone()).unwrap_or_default();
    Some(match pieces.as_slice() {
        [one] => Cow::Borrowed(within(one)),
        many => Cow::Owned(many.iter().flat_map(within).copied().collect()),
    })
}

/// The identifier of a message's type, and where its content begins.
fn outer(der: &[u8]) -> Option<(&[u8], usize)> {
    let info = expect(der, 0, SEQUENCE)?;
    let name = expect(der, info.start, IDENTIFIER)?;
    let end = name.end?;
    let content = expect(der, end, EXPLICIT)?;
    Some((der.get(name.start..end)?, content.start))
}

/// Where the pieces of what is signed lie.
fn pieces(der: &[u8]) -> Option<Vec<Range<usize>>> {
    let (identifier, at) = outer(der)?;
    if identifier.strip_prefix(PKCS_7) != Some(&[2]) {
        return None;
    }
    let signed = expect(der, at, SEQUENCE)?;
    // The version, and which sums are used.
    let at = skip(der, signed.start)?;
    let at = skip(der, at)?;
    let info = expect(der, at, SEQUENCE)?;
    let at = skip(der, info.start)?;
    let content = expect(der, at, EXPLICIT)?;
    let octets = header(der, content.start)?;
    if octets.tag == OCTETS {
        let whole = octets.start..octets.end?;
        return Some(Vec::from([whole]));
    }
    (octets.tag == OCTETS | CONSTRUCTED)
        .then(|| chunks(der, &octets))
        .flatten()
}

/// The pieces of a text of octets that was written piece by piece.
fn chunks(der: &[u8], octets: &Header) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut at = octets.start;
    // Texts within texts that only an end mark ends.
    let mut open = usize::from(octets.end.is_none());
    let end = octets.end.unwrap_or(der.len());
    while at < end {
        let next = header(der, at)?;
        match (next.tag, next.end) {
            (0, _) => {
                open = open.saturating_sub(1);
                at = next.start;
                if open == 0 && octets.end.is_none() {
                    break;
                }
            }
            (OCTETS, Some(end)) => {
                found.push(next.start..end);
                at = end;
            }
            (tag, end) if tag == OCTETS | CONSTRUCTED => {
                open = open.saturating_add(usize::from(end.is_none()));
                at = next.start;
            }
            _ => return None,
        }
    }
    Some(found)
}

fn expect(der: &[u8], at: usize, tag: u8) -> Option<Header> {
    header(der, at).filter(|header| header.tag == tag)
}

fn header(der: &[u8], at: usize) -> Option<Header> {
    let tag = *der.get(at)?;
    // Tags of more than one byte are not used here.
    if tag & 0x1F == 0x1F {
        return None;
    }
    let first = *der.get(at.saturating_add(1))?;
    let start = at.saturating_add(2);
    if first == 0x80 {
        return Some(Header {
            tag,
            start,
            end: None,
        });
    }
    let (start, length) = if first < 0x80 {
        (start, usize::from(first))
    } else {
        let count = usize::from(first & 0x7F);
        let end = start.saturating_add(count);
        let bytes = der.get(start..end).filter(|_| count <= 4)?;
        let length = bytes
            .iter()
            .fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
        (end, length)
    };
    let end = start.checked_add(length).filter(|end| *end <= der.len())?;
    Some(Header {
        tag,
        start,
        end: Some(end),
    })
}

/// Where the value at `at` ends.
fn skip(der: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    let mut open = 0_usize;
    loop {
        let next = header(der, at)?;
        match next.end {
            None => {
                open = open.saturating_add(1);
                at = next.start;
            }
            Some(end) => {
                if next.tag == 0 {
                    open = open.saturating_sub(1);
                }
                at = end;
            }
        }
        if open == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A value of definite length.
    fn value(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82], &length[..], content].concat()
    }

    /// A value that an end mark ends.
    fn open(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, 0x80], content, &[0, 0]].concat()
    }

    type Make = fn(u8, &[u8]) -> Vec<u8>;

    fn message(number: u8, content: &[u8], make: Make) -> Vec<u8> {
        let name = value(IDENTIFIER, &[PKCS_7, &[number]].concat());
        make(SEQUENCE, &[name, make(EXPLICIT, content)].concat())
    }

    fn signed(octets: &[u8], make: Make) -> Vec<u8> {
        let data = value(IDENTIFIER, &[PKCS_7, &[1]].concat());
        let content = if octets.is_empty() {
            Vec::new()
        } else {
            make(EXPLICIT, octets)
        };
        let body = [
            value(2, &[1]),
            make(0x31, &make(SEQUENCE, &value(IDENTIFIER, &[1, 2]))),
            make(SEQUENCE, &[data, content].concat()),
            make(0x31, b""),
        ];
        message(2, &make(SEQUENCE, &body.concat()), make)
    }

    #[test]
    fn what_is_signed_is_found() {
        for make in [value as Make, open as Make] {
            let whole = signed(&value(OCTETS, b"Hello"), make);
            assert_eq!(kind(&whole), Some(Kind::Signed));
            assert_eq!(signed_content(&whole).as_deref(), Some(&b"Hello"[..]));
            let inner = open(0x24, &value(OCTETS, b"lo, "));
            let octets = [value(OCTETS, b"Hel"), inner, value(OCTETS, b"Anna")].concat();
            for octets in [open(0x24, &octets), value(0x24, &octets)] {
                let whole = signed(&octets, make);
                assert_eq!(signed_content(&whole).as_deref(), Some(&b"Hello, Anna"[..]));
            }
        }
    }

    #[test]
    fn other_messages_are_known() {
        assert_eq!(kind(&signed(b"", value)), Some(Kind::Certificates));
        assert_eq!(kind(&message(3, b"", value)), Some(Kind::Encrypted));
        assert_eq!(kind(&message(1, b"", value)), None);
        assert_eq!(kind(b"hello"), None);
        assert_eq!(signed_content(&message(3, b"", open)), None);
    }

    #[test]
    fn hostile_messages_are_no_burden() {
        assert_eq!(kind(&[0x30, 0x80].repeat(100_000)), None);
        let deep = signed(&[0x24, 0x80].repeat(10_000), value);
        assert_eq!(kind(&deep), Some(Kind::Certificates));
        let whole = signed(&value(OCTETS, b"Hello"), open);
        for end in 0..whole.len() {
            let _sort = kind(&whole[..end]);
        }
    }

    fn any_der() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            proptest::sample::select(vec![
                vec![0x30, 0x80],
                vec![0x24, 0x80],
                vec![0, 0],
                vec![0xA0, 0x80],
                vec![4, 3, b'a', b'b', b'c'],
                vec![0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
                value(IDENTIFIER, &[PKCS_7, &[2]].concat()),
                value(2, &[1]),
            ]),
            proptest::collection::vec(any::<u8>(), 0..6),
        ];
        proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_bytes_are_walked(tail in any_der(), is_message in any::<bool>()) {
            let name = value(IDENTIFIER, &[PKCS_7, &[2]].concat());
            let head = [vec![0x30, 0x80], name, vec![0xA0, 0x80, 0x30, 0x80]].concat();
            let der = if is_message { [head, tail].concat() } else { tail };
            let _sort = kind(&der);
            prop_assert!(signed_content(&der).is_none_or(|content| content.len() <= der.len()));
        }
    }
}
