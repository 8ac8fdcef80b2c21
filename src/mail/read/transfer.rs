//! Content transfer encodings (RFC 2045, 6), read tolerantly and in pieces, so that an attachment of any size is
//! hashed without a copy of it.

use crate::model::message::Encoding;

/// How much is gathered before it is handed on.
const PIECE: usize = 24 << 10;

/// The encoding a `Content-Transfer-Encoding` value names; an unknown one is taken as none.
pub(super) fn named(value: &str) -> Encoding {
    let word = value
        .trim()
        .split([' ', ';', '\t'])
        .next()
        .unwrap_or_default()
        .trim_matches(['"', '\'']);
    match word.to_ascii_lowercase().as_str() {
        "base64" => Encoding::Base64,
        "quoted-printable" | "quoted_printable" => Encoding::QuotedPrintable,
        "x-uuencode" | "uuencode" | "x-uue" | "uue" => Encoding::Uuencode,
        _ => Encoding::Identity,
    }
}

/// The decoded bytes.
pub(super) fn decode(encoded: &[u8], encoding: Encoding) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(encoded.len());
    each_piece(encoded, encoding, &mut |piece| decoded.extend(piece));
    decoded
}

/// Hands the decoded bytes to `take`, piece by piece, in order.
pub(super) fn each_piece(encoded: &[u8], encoding: Encoding, take: &mut dyn FnMut(&[u8])) {
    match encoding {
        Encoding::Identity => take(encoded),
        Encoding::Base64 => base64(encoded, take),
        Encoding::QuotedPrintable => quoted_printable(encoded, take),
        Encoding::Uuencode => uuencode(encoded, take),
    }
}

const fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte.wrapping_sub(b'A')),
        b'a'..=b'z' => Some(byte.wrapping_sub(b'a').wrapping_add(26)),
        b'0'..=b'9' => Some(byte.wrapping_sub(b'0').wrapping_add(52)),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

/// Whether what follows the padding is more base64 (pieces put one behind the other) or something else, such as a
/// footer that a list has added.
fn goes_on(rest: &[u8]) -> bool {
    rest.iter()
        .all(|b| sextet(*b).is_some() || *b == b'=' || b.is_ascii_whitespace())
}

fn base64(encoded: &[u8], take: &mut dyn FnMut(&[u8])) {
    let mut piece = Vec::with_capacity(PIECE.min(encoded.len()).saturating_add(3));
    let mut bits = 0_u32;
    let mut count = 0_u8;
    let mut knows_rest = false;
    for (at, byte) in encoded.iter().enumerate() {
        if let Some(six) = sextet(*byte) {
            bits = (bits << 6) | u32::from(six);
            count = count.wrapping_add(1);
            if count == 4 {
                let [_, a, b, c] = bits.to_be_bytes();
                piece.extend([a, b, c]);
                (bits, count) = (0, 0);
                if piece.len() >= PIECE {
                    take(&piece);
                    piece.clear();
                }
            }
        } else if *byte == b'=' {
            flush(&mut piece, bits, count);
            (bits, count) = (0, 0);
            if !knows_rest {
                knows_rest = true;
                if !goes_on(encoded.get(at..).unwrap_or_default()) {
                    break;
                }
            }
        }
    }
    flush(&mut piece, bits, count);
    take(&piece);
}

fn flush(piece: &mut Vec<u8>, bits: u32, count: u8) {
    match count {
        2 => piece.extend((bits << 12).to_be_bytes().get(1..2).unwrap_or_default()),
        3 => piece.extend((bits << 6).to_be_bytes().get(1..3).unwrap_or_default()),
        _ => {}
    }
}

const fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte.wrapping_sub(b'0')),
        b'A'..=b'F' => Some(byte.wrapping_sub(b'A').wrapping_add(10)),
        b'a'..=b'f' => Some(byte.wrapping_sub(b'a').wrapping_add(10)),
        _ => None,
    }
}

/// The byte two hexadecimal digits at the start of `text` name.
pub(super) fn hex_byte(text: &[u8]) -> Option<u8> {
    let high = hex(*text.first()?)?;
    let low = hex(*text.get(1)?)?;
    Some((high << 4) | low)
}

fn quoted_printable(encoded: &[u8], take: &mut dyn FnMut(&[u8])) {
    let mut piece = Vec::with_capacity(PIECE.min(encoded.len()));
    for line in encoded.split_inclusive(|b| *b == b'\n') {
        let body = line.trim_ascii_end();
        // White space at a line's end was added on the way, the line end itself was not.
        let end: &[u8] = match line {
            [.., b'\r', b'\n'] => b"\r\n",
            [.., b'\n'] => b"\n",
            _ => line.get(body.len()..).unwrap_or_default(),
        };
        quoted_line(body, end, &mut piece);
        if piece.len() >= PIECE {
            take(&piece);
            piece.clear();
        }
    }
    take(&piece);
}

fn quoted_line(body: &[u8], end: &[u8], out: &mut Vec<u8>) {
    let (body, is_soft) = match body.strip_suffix(b"=") {
        Some(rest) => (rest, true),
        None => (body, false),
    };
    let mut rest = body;
    while let Some(at) = rest.iter().position(|b| *b == b'=') {
        let (before, from) = rest.split_at(at);
        out.extend(before);
        let after = from.get(1..).unwrap_or_default();
        if let Some(byte) = hex_byte(after) {
            out.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            out.push(b'=');
            rest = after;
        }
    }
    out.extend(rest);
    if !is_soft {
        out.extend(end);
    }
}

/// uuencode (POSIX): lines of a length character and groups of four, between `begin` and `end`.
fn uuencode(encoded: &[u8], take: &mut dyn FnMut(&[u8])) {
    let mut piece = Vec::new();
    for line in encoded.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.starts_with(b"begin ") {
            continue;
        }
        if line == b"end" {
            break;
        }
        uuencoded_line(line, &mut piece);
        if piece.len() >= PIECE {
            take(&piece);
            piece.clear();
        }
    }
    take(&piece);
}

fn uuencoded_line(line: &[u8], out: &mut Vec<u8>) {
    let value = |byte: u8| byte.wrapping_sub(b' ') & 0x3F;
    let Some((first, rest)) = line.split_first() else {
        return;
    };
    let mut wanted = usize::from(value(*first));
    for group in rest.chunks(4) {
        let bits = (0..4).fold(0_u32, |bits, at| {
            (bits << 6) | u32::from(value(group.get(at).copied().unwrap_or(b' ')))
        });
        let [_, a, b, c] = bits.to_be_bytes();
        let takes = wanted.min(3);
        out.extend([a, b, c].iter().take(takes));
        wanted = wanted.saturating_sub(takes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(encoding: Encoding, encoded: &str, decoded: &str) {
        assert_eq!(
            String::from_utf8_lossy(&decode(encoded.as_bytes(), encoding)),
            decoded
        );
    }

    #[test]
    fn base64_is_read_tolerantly() {
        check(Encoding::Base64, "0J/RgNC40LLQtdGC\r\n", "Привет");
        check(Encoding::Base64, "YQ==", "a");
        check(Encoding::Base64, "YQ", "a");
        check(Encoding::Base64, "Y!W\nI=", "ab");
        check(Encoding::Base64, "YQ==YWI=", "aab");
        check(
            Encoding::Base64,
            "YQ==\r\n_____\r\nlist footer, no base64",
            "a",
        );
        check(Encoding::Base64, "", "");
    }

    #[test]
    fn quoted_printable_is_read_tolerantly() {
        check(Encoding::QuotedPrintable, "a=3Db=\r\nc \r\nd", "a=bc\r\nd");
        check(Encoding::QuotedPrintable, "1=zz 2=", "1=zz 2");
        check(Encoding::QuotedPrintable, "=d0=bf", "п");
    }

    #[test]
    fn uuencode_is_read() {
        check(
            Encoding::Uuencode,
            "begin 644 a.txt\n#0V%T\n`\nend\n",
            "Cat",
        );
    }

    #[test]
    fn names_are_tolerated() {
        assert_eq!(named(" Base64 "), Encoding::Base64);
        assert_eq!(named("\"quoted-printable\";x"), Encoding::QuotedPrintable);
        assert_eq!(named("8bit"), Encoding::Identity);
    }
}
