//! Charsets of seven bits that `encoding_rs` does not read: UTF-7, HZ, ISO-2022-KR and -CN.

use encoding_rs::{EUC_KR, Encoding, GBK};

use crate::{mail::read::transfer, model::message};

/// UTF-7 (RFC 2152): base64 of UTF-16 between `+` and `-`.
pub(super) fn utf7(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| *b == b'+') {
        let (before, from) = rest.split_at(at);
        text.push_str(&String::from_utf8_lossy(before));
        let from = from.get(1..).unwrap_or_default();
        let length = from
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || *b == b'+' || *b == b'/'))
            .unwrap_or(from.len());
        let (shifted, after) = from.split_at(length);
        if shifted.is_empty() {
            text.push('+');
        } else {
            let units = transfer::decode(shifted, message::Encoding::Base64);
            let units = units
                .as_chunks::<2>()
                .0
                .iter()
                .map(|pair| u16::from_be_bytes(*pair));
            text.extend(char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')));
        }
        rest = after.strip_prefix(b"-").unwrap_or(after);
    }
    text.push_str(&String::from_utf8_lossy(rest));
    text
}

/// HZ (RFC 1843): GB 2312 with the high bits off between `~{` and `~}`, and `~~` for a tilde.
pub(super) fn hz(bytes: &[u8]) -> String {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut is_chinese = false;
    let mut rest = bytes;
    loop {
        rest = match rest {
            [b'~', b'{', after @ ..] => {
                is_chinese = true;
                after
            }
            [b'~', b'}', after @ ..] => {
                is_chinese = false;
                after
            }
            [b'~', b'~', after @ ..] if !is_chinese => {
                plain.push(b'~');
                after
            }
            [b'~', b'\n', after @ ..] if !is_chinese => after,
            [b'\n', after @ ..] => {
                // A line always begins in ASCII.
                is_chinese = false;
                plain.push(b'\n');
                after
            }
            [byte, after @ ..] => {
                plain.push(if is_chinese { byte | 0x80 } else { *byte });
                after
            }
            [] => break,
        };
    }
    GBK.decode_without_bom_handling(&plain).0.into_owned()
}

pub(super) fn korean(bytes: &[u8]) -> String {
    shifted(bytes, b"$)C", EUC_KR)
}

pub(super) fn chinese(bytes: &[u8]) -> String {
    shifted(bytes, b"$)A", GBK)
}

/// The set that `announced` names, with the high bits off between shift out and shift in.
fn shifted(bytes: &[u8], announced: &[u8], set: &'static Encoding) -> String {
    const ESCAPE: u8 = 0x1B;
    const OUT: u8 = 0x0E;
    const IN: u8 = 0x0F;
    let mut plain = Vec::with_capacity(bytes.len());
    let mut is_out = false;
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match *first {
            ESCAPE if after.starts_with(announced) => {
                rest = after.get(announced.len()..).unwrap_or_default();
            }
            OUT => is_out = true,
            IN => is_out = false,
            b'\n' => {
                is_out = false;
                plain.push(b'\n');
            }
            byte => plain.push(if is_out { byte | 0x80 } else { byte }),
        }
    }
    set.decode_without_bom_handling(&plain).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf7_is_read() {
        assert_eq!(utf7(b"+BB8EQAQ4BDIENQRC-, 1 +- 1"), "Привет, 1 + 1");
        assert_eq!(utf7(b"+2D3eAA- and a broken +2D"), "😀 and a broken ");
    }

    #[test]
    fn hz_is_read() {
        assert_eq!(hz(b"a ~{<:Ky2;~} ~~ b"), "a 己所不 ~ b");
        assert_eq!(hz(b"~{<:\nplain ~"), "己\nplain ~");
    }

    #[test]
    fn shifted_sets_are_read() {
        assert_eq!(korean(b"\x1B$)C\x0E0!3*\x0F abc\n"), "가나 abc\n");
        assert_eq!(chinese(b"\x1B$)A\x0E<:\x0F!"), "己!");
    }
}
