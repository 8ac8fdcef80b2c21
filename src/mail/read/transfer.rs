//! Content transfer encodings (RFC 2045, 6), read tolerantly and in pieces, so that an attachment of any size is
//! hashed without a copy of it.

use super::{bytes, uuencode};
use crate::model::message::Encoding;

/// How much is gathered before it is handed on.
const PIECE: usize = 24 << 10;

/// The encoding a `Content-Transfer-Encoding` value names, misspelt ones too; an unknown one is taken as none.
pub(super) fn named(value: &str) -> Encoding {
    let squeezed: String = value
        .chars()
        .take_while(|c| !matches!(c, ';' | '(' | ','))
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let word = squeezed.to_ascii_lowercase();
    let starts = |names: &[&str]| names.iter().any(|name| word.starts_with(name));
    if starts(&["base64", "xbase64", "b64"]) {
        Encoding::Base64
    } else if starts(&["quotedp", "quoteprint", "xquotedp"]) || word == "qp" {
        Encoding::QuotedPrintable
    } else if starts(&["xuue", "uue"]) {
        Encoding::Uuencode
    } else {
        Encoding::Identity
    }
}

/// Whether a file that is said to come as it is comes as base64: it starts like one, and no file starts with its letters.
pub(super) fn is_hidden_base64(content: &[u8]) -> bool {
    /// PDF, ZIP, PNG, JPEG, GIF, old Office files, TNEF, RAR, 7z, gzip.
    const STARTS: [&[u8]; 10] = [
        b"JVBERi0",
        b"UEsDB",
        b"iVBORw0KGgo",
        b"/9j/",
        b"R0lGOD",
        b"0M8R4KGxGuE",
        b"eJ8+I",
        b"UmFyIRo",
        b"N3q8ryc",
        b"H4sI",
    ];
    let content = content.trim_ascii_start();
    let line = content
        .split(|b| matches!(b, b'\n' | b'\r'))
        .next()
        .unwrap_or_default()
        .trim_ascii_end();
    STARTS.iter().any(|start| content.starts_with(start))
        && line.len() >= 16
        && line.iter().all(|b| sextet(*b).is_some() || *b == b'=')
}

/// Whether what is said to be base64 begins with a line of words: many bytes that base64 has not, or several spaces.
pub(super) fn is_words(content: &[u8]) -> bool {
    let content = content.trim_ascii_start();
    let line = content
        .split(|b| matches!(b, b'\n' | b'\r'))
        .next()
        .unwrap_or_default()
        .trim_ascii_end();
    let line = bytes::cut(line, 0, 1000);
    let high = line.iter().filter(|b| !b.is_ascii()).count();
    let words = line
        .split(u8::is_ascii_whitespace)
        .filter(|w| !w.is_empty());
    high.saturating_mul(4) > line.len()
        || (words.clone().count() >= 3 && words.clone().all(|word| word.len() < 40))
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

/// What stands for a byte that is no digit of base64.
const NO_DIGIT: u8 = 0xFF;

/// [`sextet`] of every byte: large attachments are nothing but these, and no processor guesses the next one's kind.
const SEXTETS: [u8; 256] = {
    let mut all = [NO_DIGIT; 256];
    let mut rest: &mut [u8] = &mut all;
    let mut byte = 0_u8;
    while let [first, others @ ..] = rest {
        if let Some(six) = sextet(byte) {
            *first = six;
        }
        byte = byte.wrapping_add(1);
        rest = others;
    }
    all
};

fn digit(byte: u8) -> u8 {
    SEXTETS.get(usize::from(byte)).copied().unwrap_or(NO_DIGIT)
}

/// The three bytes that four digits are.
fn whole([a, b, c, d]: [u8; 4]) -> Option<[u8; 3]> {
    let [a, b, c, d] = [digit(a), digit(b), digit(c), digit(d)];
    let bits = (u32::from(a) << 18) | (u32::from(b) << 12) | (u32::from(c) << 6) | u32::from(d);
    let [_, x, y, z] = bits.to_be_bytes();
    ((a | b | c | d) != NO_DIGIT).then_some([x, y, z])
}

/// Whether what follows the padding is more base64 (pieces put one behind the other) or something else, such as a
/// footer that a list has added.
fn goes_on(rest: &[u8]) -> bool {
    rest.iter()
        .all(|b| sextet(*b).is_some() || *b == b'=' || b.is_ascii_whitespace())
}

/// Where base64 ends before an empty line and words that are none, such as a footer that a list has added.
fn without_footer(encoded: &[u8]) -> &[u8] {
    let mut from = 0;
    while let Some(at) = bytes::find(encoded, b"\n", from) {
        let after = bytes::cut(encoded, at.saturating_add(1), encoded.len());
        let is_empty_line = after.starts_with(b"\n") || after.starts_with(b"\r\n");
        if is_empty_line {
            let words = after.trim_ascii_start();
            let line = words
                .split(|b| *b == b'\n')
                .next()
                .unwrap_or_default()
                .trim_ascii();
            let is_text = line.contains(&b' ')
                || (line.len() >= 2 && line.iter().all(|b| matches!(b, b'_' | b'-' | b'*')));
            if is_text {
                return bytes::cut(encoded, 0, at);
            }
            from = encoded.len().saturating_sub(words.len());
        } else {
            from = at.saturating_add(1);
        }
    }
    encoded
}

fn base64(encoded: &[u8], take: &mut dyn FnMut(&[u8])) {
    let encoded = without_footer(encoded);
    let mut piece = Vec::with_capacity(PIECE.min(encoded.len()).saturating_add(3));
    let mut bits = 0_u32;
    let mut count = 0_u8;
    let mut knows_rest = false;
    let mut rest = encoded;
    loop {
        while count == 0
            && piece.len() < PIECE
            && let Some((digits, after)) = rest.split_first_chunk::<4>()
            && let Some(bytes) = whole(*digits)
        {
            piece.extend(bytes);
            rest = after;
        }
        if piece.len() >= PIECE {
            take(&piece);
            piece.clear();
        }
        // What stands between the digits, and what is left of them.
        let Some((byte, after)) = rest.split_first() else {
            break;
        };
        if let Some(six) = sextet(*byte) {
            bits = (bits << 6) | u32::from(six);
            count = count.wrapping_add(1);
            if count == 4 {
                let [_, a, b, c] = bits.to_be_bytes();
                piece.extend([a, b, c]);
                (bits, count) = (0, 0);
            }
        } else if *byte == b'=' {
            flush(&mut piece, bits, count);
            (bits, count) = (0, 0);
            if !knows_rest {
                knows_rest = true;
                if !goes_on(rest) {
                    break;
                }
            }
        }
        rest = after;
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
    let mut rest = encoded;
    while !rest.is_empty() {
        let (line, end, after) = line(rest);
        // White space at a line's end was added on the way, the line end itself was not.
        let body = line.trim_ascii_end();
        let end = if end.is_empty() {
            line.get(body.len()..).unwrap_or_default()
        } else {
            end
        };
        quoted_line(body, end, &mut piece);
        if piece.len() >= PIECE {
            take(&piece);
            piece.clear();
        }
        rest = after;
    }
    take(&piece);
}

/// The first line of `rest`, its end, which may be a lone `\r`, and what follows.
fn line(rest: &[u8]) -> (&[u8], &[u8], &[u8]) {
    let is_end = |b: &u8| matches!(b, b'\n' | b'\r');
    let length = rest.iter().position(is_end).unwrap_or(rest.len());
    let (line, from) = rest.split_at(length);
    let end = if from.starts_with(b"\r\n") {
        2
    } else {
        from.len().min(1)
    };
    let (end, after) = from.split_at(end);
    (line, end, after)
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

/// Lines of a length character and groups of four, between `begin` and `end`.
fn uuencode(encoded: &[u8], take: &mut dyn FnMut(&[u8])) {
    let mut piece = Vec::new();
    for line in uuencode::data(encoded).split(|b| matches!(b, b'\n' | b'\r')) {
        if line.trim_ascii_end() == b"end" {
            break;
        }
        uuencode::decode_line(line, &mut piece);
        if piece.len() >= PIECE {
            take(&piece);
            piece.clear();
        }
    }
    take(&piece);
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
        check(
            Encoding::Base64,
            "0J/RgNC40LLQtdGC\n\n--\nan added footer",
            "Привет",
        );
        check(
            Encoding::Base64,
            "YWJj\r\n\r\n_______________________\r\nlist",
            "abc",
        );
        check(Encoding::Base64, "YWJj\n\nYWJj\n", "abcabc");
    }

    #[test]
    fn quoted_printable_is_read_tolerantly() {
        check(Encoding::QuotedPrintable, "a=3Db=\r\nc \r\nd", "a=bc\r\nd");
        check(Encoding::QuotedPrintable, "1=zz 2=", "1=zz 2");
        check(
            Encoding::QuotedPrintable,
            "a=\rb\rc = \r\nd=\t\r\ne",
            "ab\rc de",
        );
        check(Encoding::QuotedPrintable, "100 = %, =4", "100 = %, =4");
        check(Encoding::QuotedPrintable, "=d0=bf", "п");
    }

    #[test]
    fn uuencode_is_read() {
        check(
            Encoding::Uuencode,
            "begin 644 a.txt\n#0V%T\n`\nend\n",
            "Cat",
        );
        check(
            Encoding::Uuencode,
            "see below\r\n\r\nbegin 644 a.txt\r\n#0V%T\r\n \r\nend\r\nbye",
            "Cat",
        );
        check(Encoding::Uuencode, "#0V%T\n", "Cat");
    }

    #[test]
    fn names_are_tolerated() {
        assert_eq!(named(" Base64 "), Encoding::Base64);
        assert_eq!(named("\"quoted-printable\";x"), Encoding::QuotedPrintable);
        assert_eq!(named("8bit"), Encoding::Identity);
        assert_eq!(named("quoted printable"), Encoding::QuotedPrintable);
        assert_eq!(named("base 64"), Encoding::Base64);
        assert_eq!(named("base64 (comment)"), Encoding::Base64);
        assert_eq!(named("X-UUENCODE"), Encoding::Uuencode);
        assert_eq!(named("UTF-8"), Encoding::Identity);
        assert_eq!(named("base9000"), Encoding::Identity);
    }

    #[test]
    fn base64_of_any_length_is_read_whole_whatever_stands_between_its_digits() {
        let mut chance = 1_u32;
        let mut next = || {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            chance.to_be_bytes()[0]
        };
        for length in (0..200).chain([PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5]) {
            let bytes: Vec<u8> = std::iter::repeat_with(&mut next).take(length).collect();
            let text = data_encoding::BASE64.encode(&bytes);
            let lines: Vec<&str> = text
                .as_bytes()
                .chunks(76)
                .map(|line| str::from_utf8(line).unwrap())
                .collect();
            let noisy: String = text
                .chars()
                .flat_map(|c| [c, if next() < 128 { ' ' } else { '!' }])
                .collect();
            for sent in [text.as_str(), &lines.join("\r\n"), &noisy] {
                let mut pieces: Vec<Vec<u8>> = Vec::new();
                each_piece(sent.as_bytes(), Encoding::Base64, &mut |piece| {
                    pieces.push(piece.to_vec())
                });
                assert!(
                    pieces.iter().all(|piece| piece.len() <= PIECE + 3),
                    "{length}"
                );
                // Noise at the padding is taken for words that follow.
                let is_cut = text.ends_with("==") && sent == noisy;
                assert!(pieces.concat() == bytes || is_cut, "{length}");
            }
        }
    }

    #[test]
    fn base64_that_nobody_announced_is_seen() {
        assert!(is_hidden_base64(
            b"\r\nJVBERi0xLjEgCiXi48/TCjEgMCBvYmoK\r\nPDwg"
        ));
        assert!(!is_hidden_base64(b"JVBERi0 is how a PDF begins"));
        assert!(!is_hidden_base64(b"%PDF-1.4 ........."));
    }

    #[test]
    fn words_that_call_themselves_base64_are_words() {
        assert!(is_words("Принтер сломан".as_bytes()));
        assert!(is_words(b"\r\nThe printer is broken\r\n"));
        assert!(!is_words(
            b"0J/RgNC40L3RgtC10YA=\r\n\r\na list's footer of words"
        ));
        assert!(!is_words(b"0J/RgNC4 0L3RgtC1\n"));
        assert!(!is_words(b""));
    }
}
