//! Encoded words in headers (RFC 2047), read tolerantly.
//!
//! Adjacent words of one charset are joined as bytes before they are decoded, since many senders split a character;
//! words in quotes, without white space around them, with raw spaces inside, with the wrong letter for their encoding
//! or without an end are read too. What is not encoded may be raw 8-bit text of any charset.

use encoding_rs::Encoding;

use super::{bytes, charset, transfer};
use crate::model::message;

/// One encoded word: charset, whether base64, its text, and what follows it.
struct Word<'a> {
    charset: &'a str,
    is_base64: bool,
    text: &'a [u8],
    /// The word as it stands.
    whole: &'a [u8],
    rest: &'a [u8],
}

/// A run of words of one charset that are decoded together.
#[derive(Default)]
struct Run {
    charset: String,
    bytes: Vec<u8>,
    /// Base64 text whose group of four continues in the next word.
    pending: Vec<u8>,
    /// The words as they stand.
    written: Vec<u8>,
}

/// Decodes a header value's bytes into text: encoded words decoded, the rest as UTF-8 or by guess.
pub(super) fn decode(value: &[u8]) -> String {
    decode_near(value, None)
}

/// [`decode`] with the charset that the same mail declares elsewhere as the first guess for raw 8-bit text.
pub(super) fn decode_near(value: &[u8], near: Option<&'static Encoding>) -> String {
    if bytes::find(value, b"=?", 0).is_none() {
        return charset::guess_near(value, near).text;
    }
    let text = decode_once(value, near);
    // Some programs encode what is encoded already.
    if text.starts_with("=?") && text.ends_with("?=") {
        decode_once(text.as_bytes(), near)
    } else {
        text
    }
}

/// [`decode`] for a value that is text already.
pub(super) fn decode_str(value: &str) -> String {
    if value.contains("=?") {
        decode(value.as_bytes())
    } else {
        value.to_owned()
    }
}

/// The length of the encoded word at the start of `value`, if there is one.
pub(super) fn length(value: &[u8]) -> Option<usize> {
    word(value).map(|word| word.whole.len())
}

fn decode_once(value: &[u8], near: Option<&'static Encoding>) -> String {
    let mut text = String::new();
    let mut run = Run::default();
    let mut has_run = false;
    let (mut rest, mut from) = (value, 0_usize);
    while let Some(at) = bytes::find(rest, b"=?", from) {
        let (before, here) = rest.split_at(at);
        let Some(word) = word(here) else {
            // No word after all: the two characters stand for themselves.
            from = at.saturating_add(2);
            continue;
        };
        let is_adjacent = has_run && before.iter().all(u8::is_ascii_whitespace);
        if !is_adjacent {
            run.flush(&mut text, near);
            text.push_str(&charset::guess_near(before, near).text);
        } else if !run.charset.eq_ignore_ascii_case(word.charset)
            || begins_anew(&word.charset.to_ascii_lowercase())
        {
            run.flush(&mut text, near);
        }
        run.add(&word);
        has_run = true;
        (rest, from) = (word.rest, 0);
    }
    run.flush(&mut text, near);
    text.push_str(&charset::guess_near(rest, near).text);
    text
}

/// Whether each word of this charset begins in ASCII, whatever the one before ended in.
fn begins_anew(charset: &str) -> bool {
    ["iso-2022", "utf-7", "unicode-1-1-utf-7", "hz"]
        .iter()
        .any(|stateful| charset.starts_with(stateful))
}

/// Reads `=?charset?B?text?=` at the start of `value`.
fn word(value: &[u8]) -> Option<Word<'_>> {
    let (charset, is_base64, text) = head(value)?;
    let (length, closing) = end(text, is_base64);
    if closing == 0 && (text.is_empty() || length == 0 || !charset::is_known(charset)) {
        return None;
    }
    let (text, rest) = text.split_at_checked(length)?;
    let rest = rest.get(closing..).unwrap_or_default();
    Some(Word {
        charset,
        is_base64,
        text,
        whole: bytes::cut(value, 0, value.len().saturating_sub(rest.len())),
        rest,
    })
}

/// Reads `=?charset?B?`: the charset, whether base64, and what follows.
fn head(value: &[u8]) -> Option<(&str, bool, &[u8])> {
    let inner = value.strip_prefix(b"=?")?;
    let charset_ends = inner.iter().take(80).position(|b| *b == b'?')?;
    let (charset, after) = inner.split_at(charset_ends);
    let charset = charset.trim_ascii();
    if charset.is_empty() || !charset.iter().all(u8::is_ascii_graphic) {
        return None;
    }
    let [letter, after @ ..] = after.get(1..)?.trim_ascii_start() else {
        return None;
    };
    let text = after.trim_ascii_start().strip_prefix(b"?")?;
    let is_base64 = match letter {
        b'B' | b'b' => true,
        b'Q' | b'q' => false,
        _ => return None,
    };
    let charset = std::str::from_utf8(charset).ok()?;
    Some((
        charset.split('*').next().unwrap_or(charset),
        is_base64,
        text,
    ))
}

/// Where a word's text ends, and how long what closes it is: two for `?=`, nothing where another word begins or the
/// value ends before.
///
/// A `?=` within Q text (a raw question mark before an encoded character) closes nothing if another one does.
fn end(text: &[u8], is_base64: bool) -> (usize, usize) {
    let mut doubtful = None;
    let mut at = 0_usize;
    while let Some(step) = text
        .get(at..)
        .and_then(|rest| rest.iter().position(|b| matches!(b, b'?' | b'=')))
    {
        at = at.saturating_add(step);
        match text.get(at..).unwrap_or_default() {
            [b'?', b'=', after @ ..] => {
                if is_base64 || transfer::hex_byte(after).is_none() {
                    return (at, 2);
                }
                doubtful = doubtful.or(Some(at));
            }
            from @ [b'=', b'?', ..] if head(from).is_some() => {
                let length = bytes::cut(text, 0, at).trim_ascii_end().len();
                return doubtful.map_or((length, 0), |doubtful| (doubtful, 2));
            }
            _ => {}
        }
        at = at.saturating_add(1);
    }
    if let Some(doubtful) = doubtful {
        return (doubtful, 2);
    }
    let belongs = |b: &u8| {
        if is_base64 {
            b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=')
        } else {
            b.is_ascii_graphic() && *b != b'?'
        }
    };
    let length = text.iter().position(|b| !belongs(b)).unwrap_or(text.len());
    (length, usize::from(text.get(length) == Some(&b'?')))
}

impl Run {
    fn add(&mut self, word: &Word<'_>) {
        if self.charset.is_empty() {
            word.charset.clone_into(&mut self.charset);
        }
        self.written.extend(word.whole);
        if word.is_base64 && !is_quoted(word.text) {
            self.pending
                .extend(word.text.iter().filter(|b| !b.is_ascii_whitespace()));
            if self.pending.len().is_multiple_of(4) || self.pending.ends_with(b"=") {
                self.settle();
            }
        } else {
            self.settle();
            match base64_after_all(word) {
                Some(decoded) => self.bytes.extend(decoded),
                None => unquote(word.text, &mut self.bytes),
            }
        }
    }

    fn settle(&mut self) {
        if !self.pending.is_empty() {
            self.bytes
                .extend(transfer::decode(&self.pending, message::Encoding::Base64));
            self.pending.clear();
        }
    }

    fn flush(&mut self, text: &mut String, near: Option<&'static Encoding>) {
        self.settle();
        let decoded = charset::decode_near(&self.bytes, Some(&self.charset), near);
        if decoded.is_guessed && decoded.text.chars().any(char::is_control) {
            // Neither what it says it is nor anything else: words cut short. They stay as they came.
            text.push_str(&String::from_utf8_lossy(&self.written));
        } else {
            text.push_str(&decoded.text);
        }
        self.bytes.clear();
        self.charset.clear();
        self.written.clear();
    }
}

/// Whether a text that should be base64 is quoted-printable: every `=` begins an encoded character.
fn is_quoted(text: &[u8]) -> bool {
    let mut after_equals = text.split(|b| *b == b'=').skip(1).peekable();
    after_equals.peek().is_some() && after_equals.all(|after| transfer::hex_byte(after).is_some())
}

/// What a word's text is where it calls itself Q but is base64, and surely so.
fn base64_after_all(word: &Word<'_>) -> Option<Vec<u8>> {
    let text = word.text;
    let letters = text.strip_suffix(b"=").unwrap_or(text);
    let letters = letters.strip_suffix(b"=").unwrap_or(letters);
    let is_base64 = text.len() >= 12
        && text.len().is_multiple_of(4)
        && letters
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'));
    if !is_base64 {
        return None;
    }
    let bytes = transfer::decode(text, message::Encoding::Base64);
    let decoded = charset::decode(&bytes, Some(word.charset));
    let foreign = decoded
        .text
        .chars()
        .filter(|c| c.is_alphabetic() && !c.is_ascii());
    let is_text = !decoded.is_guessed
        && !decoded
            .text
            .chars()
            .any(|c| c.is_control() || c == '\u{FFFD}')
        && foreign.count().saturating_mul(2) >= decoded.text.chars().count();
    is_text.then_some(bytes)
}

/// Q encoding (RFC 2047, 4.2).
fn unquote(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (*first, transfer::hex_byte(after)) {
            (b'=', Some(byte)) => {
                out.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            (b'_', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, text: &str) {
        assert_eq!(decode(value.as_bytes()), text, "{value}");
    }

    #[test]
    fn words_are_decoded() {
        check("plain subject", "plain subject");
        check("=?utf-8?B?0J/RgNC40LLQtdGC?=", "Привет");
        check("=?UTF-8?Q?=D0=9F_=3F?= tail", "П ? tail");
        check("=?koi8-r?B?8NLJ18XU?=", "Привет");
        check("a =?utf-8?q?b?= =?utf-8?q?c?= d", "a bc d");
        check("=?utf-8*ru?q?b?=", "b");
    }

    #[test]
    fn what_senders_do_is_understood() {
        check("=?utf-8?B?0J/RgNC40LLQtdE=?= =?utf-8?B?gg==?=", "Привет");
        check("=?utf-8?B?0J/RgN?= =?utf-8?B?C40LLQtdGC?=", "Привет");
        check("\"=?utf-8?q?b_c?=\" x", "\"b c\" x");
        check("=?utf-8?q?two words?=", "two words");
        check("=?utf-8?q?one?==?koi8-r?B?8NLJ18XU?=", "oneПривет");
        check("=?utf-8?Q?what?=3D?=", "what?=");
    }

    #[test]
    fn a_word_may_break_off() {
        check("=?utf-8?B?0J/RgNC40LLQtdGC", "Привет");
        check("=?utf-8?B?0J/RgNC40LLQtdGC? x", "Привет x");
        check("=?utf-8?Q?=D0=9F=D1=80 and more", "Пр and more");
        check("=?utf-8?B?0J/RgNC40LL =?utf-8?B?QtdGC?=", "Привет");
        check("=?utf-8?Q?one =?utf-8?Q?_two?=", "one two");
        check("=?nonsense?Q?one", "=?nonsense?Q?one");
    }

    #[test]
    fn a_word_may_be_of_the_other_kind() {
        check("=?utf-8?B?=D0=9F=D1=80_x?=", "Пр x");
        check("=?utf-8?Q?0J/RgNC40LLQtdGC?=", "Привет");
        check("=?utf-8?Q?Wiederherstellung?=", "Wiederherstellung");
        check("=?utf-8?Q?Telephonbuch?=", "Telephonbuch");
    }

    #[test]
    fn spaces_and_folds_are_passed_over() {
        check("=? utf-8 ? B ?0J/RgNC4 0LLQtdGC?=", "Привет");
        check("=?utf-8?B?0J/RgNC4\t 0LLQtdGC?=", "Привет");
        check("=?UTF-8?Q?a?=\r\n =?UTF-8?Q?b?=", "ab");
        check("=?utf-8?Q?a=20?= =?utf-8?Q?b?=", "a b");
    }

    #[test]
    fn charsets_of_all_sorts_are_words() {
        check("=?utf-7?Q?+BB8EQAQ4-?=", "При");
        check(
            "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?= =?ISO-2022-JP?B?GyRCOGwbKEI=?=",
            "日本語",
        );
        check("=?iso-2022-kr?Q?=1B$)C=0E0!=0F?=", "가");
        check("=?hz-gb-2312?Q?~{<:~}?=", "己");
        check("=?koi8-r?Q?=F0=D2?= =?windows-1251?Q?=E8?=", "При");
        check("=?gb2312?B?ztI=?=", "我");
        check("=?ks_c_5601-1987?B?u+fB+C5KUEc=?=", "사진.JPG");
        check("=?utf-16?B?BB8EQAQ4?=", "При");
        check("=?8bit?Q?=D0=9F=D1=80?=", "Пр");
    }

    #[test]
    fn what_was_encoded_twice_as_words_is_decoded_twice() {
        check(
            "=?utf-8?Q?=3D=3Futf-8=3FB=3F0J/RgNC40LLQtdGC=3F=3D?=",
            "Привет",
        );
    }

    #[test]
    fn what_is_no_text_stays_as_it_came() {
        check(
            "=?utf-8?B?nnDusSNdG92w6Fs=?=",
            "=?utf-8?B?nnDusSNdG92w6Fs=?=",
        );
    }

    #[test]
    fn what_is_no_word_stays() {
        check("=?broken", "=?broken");
        check("=??q?x?=", "=??q?x?=");
        check("a =?= b", "a =?= b");
        check("1 + 1 =? 2", "1 + 1 =? 2");
    }

    #[test]
    fn raw_bytes_are_guessed() {
        let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode("Сломался принтер в приёмной");
        assert_eq!(decode(&cyrillic), "Сломался принтер в приёмной");
    }
}
