//! Bytes to characters: the charset that was declared, unless the bytes say otherwise.
//!
//! A label is believed as far as the bytes allow: valid UTF-8 beats a single-byte label, broken UTF-8 and text that
//! reads like no language in the declared charset are guessed: first by what the rest of the mail declares, then by
//! Firefox's guesser, leaning to Russian.

mod label;
mod look;
mod shifted;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    EUC_JP, Encoding, ISO_2022_JP, KOI8_R, KOI8_U, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
    WINDOWS_1252,
};

use super::bytes;
use label::Label;
pub(super) use look::is_encoded_twice;

/// How much of a text the guesser looks at.
const GUESSED_FROM: usize = 64 << 10;

/// How many lines of other charsets in a UTF-8 text are guessed, each by itself.
const LINES_GUESSED: usize = 100;

/// Characters, and whether the charset had to be guessed.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) is_guessed: bool,
}

impl Decoded {
    fn sure(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_guessed: false,
        }
    }

    fn guessed(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_guessed: true,
        }
    }
}

/// Decodes `bytes` as `label` says, or as they look where it is missing, unknown or plainly wrong.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    decode_near(bytes, label, None)
}

/// [`decode`] with the charset that the same mail declares elsewhere as the first guess.
pub(super) fn decode_near(
    bytes: &[u8],
    label: Option<&str>,
    near: Option<&'static Encoding>,
) -> Decoded {
    let label = label.map_or(Label::Nothing, Label::read);
    let is_plain = bytes.is_ascii() && !bytes.contains(&0x1B);
    match label {
        Label::Known(wide) if wide == UTF_16LE || wide == UTF_16BE => utf16(bytes, wide, near),
        // What all charsets of mail agree on, and by far the most common case.
        Label::Known(_) | Label::Nothing if is_plain => {
            Decoded::sure(String::from_utf8_lossy(bytes))
        }
        Label::Known(declared) => declared_as(bytes, declared, near),
        Label::Nothing => guess_near(bytes, near),
        // The others are of seven bits.
        Label::Utf7 | Label::Hz | Label::ShiftedKorean | Label::ShiftedChinese
            if !bytes.is_ascii() =>
        {
            guess_near(bytes, near)
        }
        Label::Utf7 => Decoded::sure(shifted::utf7(bytes)),
        Label::Hz => Decoded::sure(shifted::hz(bytes)),
        Label::ShiftedKorean => Decoded::sure(shifted::korean(bytes)),
        Label::ShiftedChinese => Decoded::sure(shifted::chinese(bytes)),
    }
}

/// Decodes bytes of unknown charset, such as a raw 8-bit header, with the charset that the same mail declares elsewhere
/// as the first guess.
pub(super) fn guess_near(bytes: &[u8], near: Option<&'static Encoding>) -> Decoded {
    if !bytes.contains(&0x1B)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        let text = text.trim_start_matches('\u{FEFF}');
        return if text.is_ascii() {
            Decoded::sure(text)
        } else {
            Decoded::guessed(text)
        };
    }
    if bytes::find(bytes, b"\x1B$)C", 0).is_some() && bytes.is_ascii() {
        return Decoded::guessed(shifted::korean(bytes));
    }
    Decoded::guessed(likeliest(bytes, near).decode(bytes).0)
}

/// The encoding that 8-bit text without a label is likely in: the one that the same mail declares elsewhere if it reads
/// well so, else what it looks like.
pub(super) fn likeliest(bytes: &[u8], near: Option<&'static Encoding>) -> &'static Encoding {
    if let Some(near) = near.filter(|_| !bytes.contains(&0x1B)) {
        let (text, is_broken) = near.decode_without_bom_handling(bytes);
        if !is_broken && !is_doubtful(near, &text, 4) {
            return near;
        }
    }
    let detector = detector(bytes);
    let first = detector.guess(Some(b"ru"), Utf8Detection::Allow);
    if !look::is_cyrillic(first) || look::reads_cyrillic(&first.decode(bytes).0, 0) {
        return first;
    }
    let second = detector.guess(None, Utf8Detection::Allow);
    if look::is_cyrillic(second) {
        WINDOWS_1252
    } else {
        second
    }
}

/// Whether a label names a charset at all.
pub(super) fn is_known(label: &str) -> bool {
    Label::read(label) != Label::Nothing || label.eq_ignore_ascii_case("us-ascii")
}

/// The encoding that a label names, where it says more than "ASCII" and is not UTF-8: worth a guess elsewhere in the mail.
pub(super) fn worth_a_guess(label: &[u8]) -> Option<&'static Encoding> {
    let Label::Known(found) = Label::read(&String::from_utf8_lossy(label)) else {
        return None;
    };
    (found != UTF_8 && found.is_ascii_compatible()).then_some(found)
}

fn detector(bytes: &[u8]) -> EncodingDetector {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes::cut(bytes, 0, GUESSED_FROM), true);
    detector
}

/// Decodes as declared where that can be true.
fn declared_as(
    bytes: &[u8],
    declared: &'static Encoding,
    near: Option<&'static Encoding>,
) -> Decoded {
    let (text, used, is_broken) = declared.decode(bytes);
    if used != declared {
        // A byte order mark says more than a label.
        return Decoded::sure(text);
    }
    if declared == UTF_8 {
        if !is_broken {
            return Decoded::sure(text);
        }
        if is_stray(bytes) {
            return Decoded::sure(text);
        }
        if is_mostly_broken(&text) {
            return guess_near(bytes, near);
        }
        return by_lines(bytes, near).unwrap_or_else(|| Decoded::sure(text));
    }
    if declared == ISO_2022_JP && !bytes.is_ascii() && !is_stray(bytes) {
        // Escapes are seven-bit: it is another Japanese one.
        let other = [EUC_JP, SHIFT_JIS].into_iter().find_map(|other| {
            let (text, is_broken) = other.decode_without_bom_handling(bytes);
            (!is_broken && str::from_utf8(bytes).is_err()).then_some(text)
        });
        return other.map_or_else(|| guess_near(bytes, near), Decoded::guessed);
    }
    if is_broken && declared != ISO_2022_JP || contradicts(bytes, declared, &text) {
        guess_near(bytes, near.filter(|n| *n != declared))
    } else {
        Decoded::sure(text)
    }
}

/// UTF-16: by its mark, by where the zeros or the high bytes of one script stand, or as declared. Words of plain
/// bytes labelled so are not UTF-16 at all.
fn utf16(bytes: &[u8], declared: &'static Encoding, near: Option<&'static Encoding>) -> Decoded {
    let (text, used, is_broken) = declared.decode(bytes);
    let is_marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let is_text = |b: &u8| *b >= b' ' || matches!(b, b'\t' | b'\r' | b'\n');
    if !is_marked && bytes.iter().all(is_text) && std::str::from_utf8(bytes).is_ok() {
        return guess_near(bytes, near);
    }
    let (pairs, _) = bytes.as_chunks::<2>();
    let (high_first, high_second) = pairs.iter().fold((0_usize, 0_usize), |(a, b), [x, y]| {
        (
            a.saturating_add(usize::from(*x < 5)),
            b.saturating_add(usize::from(*y < 5)),
        )
    });
    let looks = if high_first > high_second {
        UTF_16BE
    } else if high_second > high_first {
        UTF_16LE
    } else {
        used
    };
    if is_marked || looks == used && !is_broken {
        return Decoded::sure(text);
    }
    Decoded::sure(looks.decode(bytes).0)
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

/// Whether what is no UTF-8 is a byte or two that no charset has a usual letter for: cut or mangled, not another charset.
fn is_stray(bytes: &[u8]) -> bool {
    let mut high = bytes.iter().filter(|b| !b.is_ascii());
    let is_unusual = |b: &u8| matches!(b, 0x81..=0x84 | 0x86..=0x90 | 0x98 | 0x9A..=0x9F);
    high.clone().count() <= 2 && high.all(is_unusual)
}

/// UTF-8 with some lines of another charset, such as a footer a gateway has added: those are guessed by themselves.
fn by_lines(bytes: &[u8], near: Option<&'static Encoding>) -> Option<Decoded> {
    let mut text = String::with_capacity(bytes.len());
    let mut guessed = 0_usize;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let lossy = String::from_utf8_lossy(line);
        if lossy.contains('\u{FFFD}') && is_mostly_broken(&lossy) {
            guessed = guessed.saturating_add(1);
            if guessed > LINES_GUESSED {
                return None;
            }
            text.push_str(&guess_near(line, near).text);
        } else {
            text.push_str(&lossy);
        }
    }
    (guessed > 0).then(|| Decoded::guessed(text))
}

/// Whether a text of at least so many letters (of Cyrillic twice as many) reads like no language in this encoding.
fn is_doubtful(encoding: &'static Encoding, text: &str, letters_min: usize) -> bool {
    if look::is_cyrillic(encoding) {
        !look::reads_cyrillic(text, letters_min.saturating_mul(2))
    } else {
        look::is_western(encoding) && look::is_all_accents(text, letters_min)
    }
}

/// Whether a label is plainly wrong: the bytes are valid UTF-8 with at least two long characters, or they read like no
/// language as declared but well otherwise.
fn contradicts(bytes: &[u8], declared: &'static Encoding, text: &str) -> bool {
    if declared.is_single_byte()
        && let Ok(utf8) = std::str::from_utf8(bytes)
    {
        return utf8.chars().filter(|c| !c.is_ascii()).count() >= 2;
    }
    let is_strange = is_doubtful(declared, text, 6);
    let is_loud = look::is_cyrillic(declared) && look::is_in_capitals(text);
    if !is_strange && !is_loud {
        return false;
    }
    let other = detector(bytes).guess(Some(b"ru"), Utf8Detection::Allow);
    // KOI8-R and -U differ in eight letters; Western sets in a few.
    let is_same = |is_kin: fn(&'static Encoding) -> bool| is_kin(declared) && is_kin(other);
    if other == declared || is_same(look::is_western) || is_same(|e| [KOI8_R, KOI8_U].contains(&e))
    {
        return false;
    }
    let (better, _, is_broken) = other.decode(bytes);
    !is_broken
        && !is_doubtful(other, &better, 0)
        && (is_strange || look::is_likelier(&better, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(bytes: &[u8]) -> Decoded {
        guess_near(bytes, None)
    }

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
        check("koi8-r", Some("\"koi8r\""));
        check("ibm866", Some("cp866"));
        check("iso-8859-5", Some("iso8859_5"));
        check("x-mac-cyrillic", Some("mac-cyrillic"));
        // Cyrillic taken for other Cyrillic shows in its capitals.
        check("koi8-r", Some("windows-1251"));
        check("windows-1251", Some("koi8-r"));
        check("ibm866", Some("windows-1251"));
        check("windows-1251", Some("iso-8859-15"));
    }

    #[test]
    fn text_without_capitals_is_read_under_the_other_cyrillic_label() {
        let text = "Добрый день, не работает принтер на третьем этаже, помогите пожалуйста";
        let loud = text.to_uppercase();
        for (charset, label) in [("koi8-r", "windows-1251"), ("windows-1251", "koi8-r")] {
            let encoding = Encoding::for_label(charset.as_bytes()).unwrap();
            let (bytes, _, _) = encoding.encode(text);
            assert_eq!(
                decode(&bytes, Some(label)).text,
                text,
                "{charset} as {label}"
            );
            // Who shouts is believed.
            let (bytes, _, _) = encoding.encode(&loud);
            assert_eq!(decode(&bytes, Some(charset)).text, loud, "{charset}");
        }
    }

    #[test]
    fn a_word_of_russian_is_read_under_a_western_label() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Привет");
        assert_eq!(decode(&bytes, Some("iso-8859-1")).text, "Привет");
        assert_eq!(guess(&bytes).text, "Привет");
    }

    #[test]
    fn a_named_charset_is_believed_where_little_is_written() {
        for text in [
            "млн",
            "ООО",
            "СССР",
            "км/ч",
            "руб.",
            "Cчет",
            "1С",
            "ж/д",
            "№ 5",
            "МЧС РФ",
            "hПа",
        ] {
            for charset in ["koi8-r", "windows-1251", "ibm866", "iso-8859-5"] {
                let (bytes, _, is_lossy) = Encoding::for_label(charset.as_bytes())
                    .unwrap()
                    .encode(text);
                if !is_lossy {
                    assert_eq!(decode(&bytes, Some(charset)).text, text, "{charset}");
                }
            }
        }
    }

    #[test]
    fn western_text_stays_western() {
        assert_eq!(
            decode(b"Gr\xFC\xDFe aus M\xFCnchen", Some("iso-8859-1")).text,
            "Grüße aus München"
        );
        assert_eq!(decode(b"plain", Some("nonsense")).text, "plain");
        // Letters that testers type, in a charset that is named: nobody's Russian.
        assert_eq!(
            decode(
                b"\xC4\xE4\xD6\xF6\xDC\xFC\xC4\xE4\xD6\xF6",
                Some("iso-8859-1")
            )
            .text,
            "ÄäÖöÜüÄäÖö"
        );
        // Without any name: one strange letter in a Latin word.
        assert_eq!(guess(b"Ingo L\xFCtkebohle").text, "Ingo Lütkebohle");
        assert_eq!(guess(b"Wilhelmsen H\xE5vard").text, "Wilhelmsen Håvard");
        assert_eq!(guess(b"Rendez-vous \xE0 Paris").text, "Rendez-vous à Paris");
    }

    #[test]
    fn what_the_mail_declares_elsewhere_is_tried_first() {
        let (bytes, _, _) = encoding_rs::GBK.encode("绩效管理,究竟谁错了.xls");
        let near = worth_a_guess(b"GB2312");
        assert_eq!(guess_near(&bytes, near).text, "绩效管理,究竟谁错了.xls");
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Счёт");
        assert_eq!(
            guess_near(&bytes, worth_a_guess(b"iso-8859-1")).text,
            "Счёт"
        );
        assert_eq!(
            guess_near(&bytes, worth_a_guess(b"windows-1251")).text,
            "Счёт"
        );
        assert!(worth_a_guess(b"utf-8").is_none());
        assert!(worth_a_guess(b"us-ascii").is_none());
    }

    #[test]
    fn a_line_of_another_charset_is_read() {
        let mut bytes = GREETING.as_bytes().to_vec();
        bytes.push(b'\n');
        bytes.extend(
            encoding_rs::WINDOWS_1251
                .encode("Проверено на вирусы\n")
                .0
                .iter(),
        );
        let decoded = decode(&bytes, Some("utf-8"));
        assert_eq!(decoded.text, format!("{GREETING}\nПроверено на вирусы\n"));
        assert!(decoded.is_guessed);
        assert_eq!(
            decode(b"cut \xD0\xBF\xD0", Some("utf-8")).text,
            "cut п\u{FFFD}"
        );
    }

    #[test]
    fn utf16_is_read() {
        let le: Vec<u8> = "Привет".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "Привет".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [&le, &be] {
            assert_eq!(decode(bytes, Some("utf-16")).text, "Привет");
        }
        assert_eq!(
            decode(&[&[0xFE, 0xFF], be.as_slice()].concat(), Some("utf-16")).text,
            "Привет"
        );
        assert_eq!(decode(b"plain", Some("unicode")).text, "plain");
        assert_eq!(decode("Привет".as_bytes(), Some("utf-16")).text, "Привет");
    }

    #[test]
    fn the_east_is_read() {
        for (charset, text) in [
            ("gb2312", "关于发票的问题"),
            ("gb18030", "关于发票的问题"),
            ("big5", "關於發票的問題"),
            ("euc-kr", "프린터가 고장났습니다"),
            ("shift_jis", "プリンターが動きません"),
            ("euc-jp", "プリンターが動きません"),
            ("iso-2022-jp", "プリンターが動きません"),
        ] {
            let (bytes, _, _) = Encoding::for_label(charset.as_bytes())
                .unwrap()
                .encode(text);
            assert_eq!(decode(&bytes, Some(charset)).text, text);
            assert_eq!(
                guess_near(&bytes, worth_a_guess(charset.as_bytes())).text,
                text
            );
        }
        for charset in ["euc-jp", "shift_jis", "utf-8"] {
            let encoding = Encoding::for_label(charset.as_bytes()).unwrap();
            let (bytes, _, _) = encoding.encode("プリンターが動きません");
            let decoded = decode(&bytes, Some("iso-2022-jp"));
            assert_eq!(decoded.text, "プリンターが動きません", "{charset}");
        }
        assert_eq!(decode(b"~{<:Ky2;~}", Some("hz-gb-2312")).text, "己所不");
        assert_eq!(decode(b"\x1B$)C\x0E0!3*\x0F", None).text, "가나");
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
