//! Bytes to characters: what spreadsheets save, found by looking.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use super::finding::FileFault;

/// The characters of a file.
#[derive(Debug)]
pub(super) struct Decoded {
    /// Without a byte order mark; every line ends with `\n`.
    pub(super) text: String,
    /// In which encoding it was.
    pub(super) encoding: &'static Encoding,
}

/// Decodes a whole file. UTF-8 and UTF-16 are known by their byte order mark, UTF-16 also by its many zeros; other
/// bytes are UTF-8 where they are valid, else windows-1251.
///
/// # Errors
/// Each line that cannot be read, and why; line 0 is the file.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Vec<(u64, FileFault)>> {
    if is_workbook(bytes) {
        return Err(vec![(0, FileFault::Workbook)]);
    }
    let (encoding, marked) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, bytes.get(length..).unwrap_or_default()),
        None => (guess(bytes), bytes),
    };
    if encoding == UTF_8 {
        let broken = broken_lines(marked);
        if !broken.is_empty() {
            let told = broken
                .into_iter()
                .map(|line| (line, FileFault::BrokenCharacter));
            return Err(told.collect());
        }
    }
    let (text, _) = encoding.decode_without_bom_handling(marked);
    // No replacement character stands in a file that says what it is; half a pair at the end is one, too.
    let is_strange = encoding == WINDOWS_1251 && !looks_like_words(&text);
    let is_broken = text.contains('\u{FFFD}') || is_strange;
    if is_broken {
        return Err(vec![(0, FileFault::UnknownEncoding)]);
    }
    Ok(Decoded {
        text: text.replace("\r\n", "\n").replace('\r', "\n"),
        encoding,
    })
}

/// `.xlsx` and `.ods` are ZIP files, `.xls` is an OLE compound file.
fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// The encoding of bytes without a mark.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // Line ends, separators, digits and Latin letters of UTF-16 have a zero each, all on the same side.
    let mut zeros = [0_usize; 2];
    for pair in bytes.chunks(2) {
        for (count, byte) in zeros.iter_mut().zip(pair) {
            *count = count.saturating_add(usize::from(*byte == 0));
        }
    }
    let [even, odd] = zeros;
    let is_wide = even.max(odd).saturating_mul(32) >= bytes.len().max(1);
    if is_wide {
        return if odd > even { UTF_16LE } else { UTF_16BE };
    }
    // One bad byte does not make UTF-8 windows-1251: there, two bytes that look like a UTF-8 letter are rare.
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        let wide = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        sound = sound.saturating_add(wide);
        broken = broken.saturating_add(usize::from(!chunk.invalid().is_empty()));
    }
    if broken > sound { WINDOWS_1251 } else { UTF_8 }
}

/// The lines that are not UTF-8.
fn broken_lines(bytes: &[u8]) -> Vec<u64> {
    let mut lines = Vec::new();
    let mut line = 1_u64;
    for chunk in bytes.utf8_chunks() {
        let text = chunk.valid();
        let all = text.matches('\n').count();
        // Old Macintosh files have no `\n` at all.
        let ends = if all == 0 {
            text.matches('\r').count()
        } else {
            all
        };
        line = line.saturating_add(u64::try_from(ends).unwrap_or(u64::MAX));
        if !chunk.invalid().is_empty() && lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    lines
}

/// Whether most of what is not ASCII are letters of Russian and its neighbours: another single-byte encoding, read as
/// windows-1251, is full of signs and of letters nobody uses.
fn looks_like_words(text: &str) -> bool {
    let (mut letters, mut signs) = (0_usize, 0_usize);
    for c in text.chars() {
        let is_letter = matches!(c, 'А'..='я' | 'Ё' | 'ё' | 'І' | 'і' | 'Ї' | 'ї' | 'Є' | 'є');
        if is_letter {
            letters = letters.saturating_add(1);
        } else if !c.is_ascii() || c.is_control() && !c.is_whitespace() {
            signs = signs.saturating_add(1);
        }
    }
    // A short file may have more dashes, spaces and number signs than letters of its own.
    signs < 20 || signs < letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: &'static Encoding) {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], found: &[(u64, FileFault)]) {
        assert_eq!(decode(bytes).unwrap_err(), found);
    }

    fn wide(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    const WORDS: &str = "Почта;ФИО\nanna@uni.test;Анна Петрова\n";

    #[test]
    fn encodings_are_found_by_looking() {
        check(WORDS.as_bytes(), WORDS, UTF_8);
        check(format!("\u{FEFF}{WORDS}").as_bytes(), WORDS, UTF_8);
        check(&WINDOWS_1251.encode(WORDS).0, WORDS, WINDOWS_1251);
        let marked = format!("\u{FEFF}{WORDS}");
        for text in [WORDS, &marked] {
            check(&wide(text, u16::to_le_bytes), WORDS, UTF_16LE);
            check(&wide(text, u16::to_be_bytes), WORDS, UTF_16BE);
        }
        check(b"", "", UTF_8);
    }

    #[test]
    fn line_ends_are_one() {
        check(b"a\r\nb\rc\nd", "a\nb\nc\nd", UTF_8);
    }

    #[test]
    fn a_bad_byte_in_utf_8_is_named_by_its_line() {
        let mut bytes = WORDS.as_bytes().to_vec();
        bytes.extend(b"olga@uni.test;\xCE\xEB\xFC\n\xFF\n");
        check_refused(
            &bytes,
            &[
                (3, FileFault::BrokenCharacter),
                (4, FileFault::BrokenCharacter),
            ],
        );
        // And in windows-1251 two bytes that happen to be one letter of UTF-8 do not hide the rest.
        check(
            &WINDOWS_1251.encode("Почта;ФИО\nВёшки;Вё").0,
            "Почта;ФИО\nВёшки;Вё",
            WINDOWS_1251,
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        check_refused(b"PK\x03\x04\x14\x00\x06\x00", &[(0, FileFault::Workbook)]);
        check_refused(
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00",
            &[(0, FileFault::Workbook)],
        );
        check_refused(b"\xFF\xFEa", &[(0, FileFault::UnknownEncoding)]);
        // The code page of DOS (866): «Почта;Фамилия имя отчество».
        let dos = b"\x8F\xAE\xE7\xE2\xA0;\x94\xA0\xAC\xA8\xAB\xA8\xEF \xA8\xAC\xEF \xAE\xE2\xE7\xA5\xE1\xE2\xA2\xAE \x94\xA0\xAC\xA8\xAB\xA8\xEF \xA8\xAC\xEF \xAE\xE2\xE7\xA5\xE1\xE2\xA2\xAE";
        check_refused(dos, &[(0, FileFault::UnknownEncoding)]);
    }
}
