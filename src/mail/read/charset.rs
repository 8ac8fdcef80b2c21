//! Bytes to characters: the charset that was declared, unless the bytes say otherwise.
//!
//! A label is believed as far as the bytes allow: valid UTF-8 beats a single-byte label, broken UTF-8 and text that
//! would be almost nothing but accented letters are guessed (Firefox's guesser, leaning to Russian).

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, WINDOWS_1252, WINDOWS_1254, X_USER_DEFINED};

/// How much of a text the guesser looks at.
const GUESSED_FROM: usize = 64 << 10;

/// Characters, and whether the charset had to be guessed.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) is_guessed: bool,
}

/// Decodes `bytes` as `label` says, or as they look where it is missing, unknown or plainly wrong.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let sure = |text: Cow<'_, str>| Decoded {
        text: text.into_owned(),
        is_guessed: false,
    };
    let label = label.map(tidy).unwrap_or_default();
    if is_utf7(&label) && bytes.is_ascii() {
        return sure(Cow::Owned(utf7(bytes)));
    }
    let declared = encoding(&label);
    if bytes.is_ascii() && !bytes.contains(&0x1B) && !is_wide(declared) {
        // What all charsets of mail agree on, and by far the most common case.
        return sure(String::from_utf8_lossy(bytes));
    }
    let Some(declared) = declared else {
        return guess(bytes);
    };
    let (text, _, is_broken) = declared.decode(bytes);
    let is_wrong = if declared == UTF_8 {
        is_broken && is_mostly_broken(&text)
    } else if is_wide(Some(declared)) {
        // Escapes are seven-bit, and UTF-16 has a zero in every line end: without, the label is wrong.
        if declared == ISO_2022_JP {
            !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok()
        } else {
            !bytes.contains(&0)
        }
    } else {
        is_broken || contradicts(bytes, declared, &text)
    };
    if is_wrong { guess(bytes) } else { sure(text) }
}

/// Decodes bytes of unknown charset, such as a raw 8-bit header.
pub(super) fn guess(bytes: &[u8]) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes)
        && !bytes.contains(&0x1B)
    {
        return Decoded {
            text: text.trim_start_matches('\u{FEFF}').to_owned(),
            is_guessed: !text.is_ascii(),
        };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(super::bytes::cut(bytes, 0, GUESSED_FROM), true);
    let guessed = detector.guess(Some(b"ru"), Utf8Detection::Allow);
    let (text, _, _) = guessed.decode(bytes);
    Decoded {
        text: text.into_owned(),
        is_guessed: true,
    }
}

fn tidy(label: &str) -> String {
    let label = label.trim().trim_matches(['"', '\'', '=', ';', ' ']);
    let label = label.split(['*', ';', ' ']).next().unwrap_or_default();
    label.to_ascii_lowercase().replace('_', "-")
}

fn is_utf7(label: &str) -> bool {
    matches!(
        label,
        "utf-7" | "utf7" | "unicode-1-1-utf-7" | "unicode-2-0-utf-7" | "x-unicode-2-0-utf-7"
    )
}

/// Encodings whose text is no ASCII superset on the wire, so that no guess from single bytes applies.
fn is_wide(encoding: Option<&'static Encoding>) -> bool {
    encoding.is_some_and(|e| !e.is_ascii_compatible())
}

/// What a charset label means; `None` for none, an unknown one, and those that promise nothing about 8-bit bytes.
fn encoding(label: &str) -> Option<&'static Encoding> {
    if matches!(
        label,
        "" | "us-ascii" | "ascii" | "ansi-x3.4-1968" | "iso646-us" | "ansi-x3.110-1983"
    ) {
        return None;
    }
    if let Some(found) = Encoding::for_label_no_replacement(label.as_bytes()) {
        return (found != X_USER_DEFINED).then_some(found);
    }
    // Misspelt: cp-1251, win1251, windows1251, x-koi8r, iso8859_5, utf8mb4, ibm-866 ...
    let squeezed: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    let squeezed = squeezed.strip_prefix('x').unwrap_or(&squeezed);
    let digits: String = squeezed.chars().filter(char::is_ascii_digit).collect();
    let name = if squeezed.starts_with("utf8") || squeezed.starts_with("unicode11utf8") {
        "utf-8".to_owned()
    } else if squeezed.starts_with("koi8") {
        if squeezed.contains('u') {
            "koi8-u"
        } else {
            "koi8-r"
        }
        .to_owned()
    } else if squeezed.starts_with("iso8859") {
        format!(
            "iso-8859-{}",
            digits.strip_prefix("8859").unwrap_or_default()
        )
    } else if squeezed.contains("maccyr") || squeezed.contains("macukr") {
        "x-mac-cyrillic".to_owned()
    } else if ["win", "cp", "ms", "ansi", "windows"]
        .iter()
        .any(|p| squeezed.starts_with(p))
        && (digits.starts_with("125") || digits == "874")
    {
        format!("windows-{digits}")
    } else if digits == "866" {
        "ibm866".to_owned()
    } else if digits == "936" || squeezed.starts_with("gb") {
        "gb18030".to_owned()
    } else if digits == "932" || squeezed.contains("sjis") || squeezed.contains("shiftjis") {
        "shift_jis".to_owned()
    } else if digits == "949" || squeezed.starts_with("ksc") || squeezed.starts_with("euckr") {
        "euc-kr".to_owned()
    } else if digits == "950" {
        "big5".to_owned()
    } else {
        return None;
    };
    Encoding::for_label_no_replacement(name.as_bytes())
}

/// Broken UTF-8 is guessed only where little of it was UTF-8; a single cut character is no reason.
fn is_mostly_broken(text: &str) -> bool {
    let broken = text.chars().filter(|c| *c == '\u{FFFD}').count();
    let sound = text
        .chars()
        .filter(|c| !c.is_ascii() && *c != '\u{FFFD}')
        .count();
    broken > sound
}

/// Whether a single-byte label is plainly wrong: the bytes are valid UTF-8 with at least two long characters, or a
/// Western label would make most letters accented ones.
fn contradicts(bytes: &[u8], declared: &'static Encoding, text: &str) -> bool {
    if declared.is_single_byte()
        && let Ok(utf8) = std::str::from_utf8(bytes)
    {
        return utf8.chars().filter(|c| !c.is_ascii()).count() >= 2;
    }
    if declared != WINDOWS_1252 && declared != WINDOWS_1254 {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let accented = text
        .chars()
        .filter(|c| c.is_alphabetic() && !c.is_ascii())
        .count();
    accented >= 8 && accented.saturating_mul(10) > letters.saturating_mul(6)
}

/// UTF-7 (RFC 2152): base64 of UTF-16 between `+` and `-`.
fn utf7(bytes: &[u8]) -> String {
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
            let units = super::transfer::decode(shifted, crate::model::message::Encoding::Base64);
            let units = units.chunks_exact(2).map(|pair| {
                u16::from_be_bytes([
                    pair.first().copied().unwrap_or(0),
                    pair.get(1).copied().unwrap_or(0),
                ])
            });
            text.extend(char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')));
        }
        rest = after.strip_prefix(b"-").unwrap_or(after);
    }
    text.push_str(&String::from_utf8_lossy(rest));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREETING: &str = "Привет, как дела? Принтер на втором этаже снова не печатает.";

    #[track_caller]
    fn check(charset: &str, label: Option<&str>) {
        let (bytes, _, _) = Encoding::for_label(charset.as_bytes())
            .unwrap()
            .encode(GREETING);
        assert_eq!(
            decode(&bytes, label).text,
            GREETING,
            "{charset} labelled {label:?}"
        );
    }

    #[test]
    fn russian_is_read_whatever_the_label() {
        for charset in ["utf-8", "koi8-r", "windows-1251", "ibm866", "iso-8859-5"] {
            check(charset, Some(charset));
        }
        for charset in ["utf-8", "koi8-r", "windows-1251", "ibm866"] {
            for label in [
                None,
                Some("unknown-8bit"),
                Some("us-ascii"),
                Some("iso-8859-1"),
            ] {
                check(charset, label);
            }
        }
        check("utf-8", Some("koi8-r"));
        check("windows-1251", Some("utf-8"));
        check("windows-1251", Some("cp-1251"));
        check("windows-1251", Some("Win1251"));
        check("koi8-r", Some("\"koi8r\""));
        check("ibm866", Some("cp866"));
        check("iso-8859-5", Some("iso8859_5"));
    }

    #[test]
    fn western_text_stays_western() {
        assert_eq!(
            decode(b"Gr\xFC\xDFe aus M\xFCnchen", Some("iso-8859-1")).text,
            "Grüße aus München"
        );
        assert_eq!(decode(b"plain", Some("nonsense")).text, "plain");
    }

    #[test]
    fn utf7_is_read() {
        assert_eq!(
            decode(b"+BB8EQAQ4BDIENQRC-, 1 +- 1", Some("utf-7")).text,
            "Привет, 1 + 1"
        );
    }

    #[test]
    fn japanese_by_escapes_is_read() {
        assert_eq!(
            decode(b"\x1B$B$3$s$K$A$O\x1B(B", Some("iso-2022-jp")).text,
            "こんにちは"
        );
        assert_eq!(decode(b"\x1B$B$3$s$K$A$O\x1B(B", None).text, "こんにちは");
    }
}
