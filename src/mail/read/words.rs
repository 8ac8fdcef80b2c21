//! Encoded words in headers (RFC 2047), read tolerantly.
//!
//! Adjacent words of one charset are joined as bytes before they are decoded, since many senders split a character;
//! words in quotes, without white space around them and with raw spaces inside are read too. What is not encoded may
//! be raw 8-bit text of any charset.

use super::{bytes, charset, transfer};
use crate::model::message::Encoding;

/// One encoded word: charset, whether base64, its text, and what follows it.
struct Word<'a> {
    charset: &'a str,
    is_base64: bool,
    text: &'a [u8],
    rest: &'a [u8],
}

/// A run of words of one charset that are decoded together.
#[derive(Default)]
struct Run {
    charset: String,
    bytes: Vec<u8>,
    /// Base64 text whose group of four continues in the next word.
    pending: Vec<u8>,
}

/// Decodes a header value's bytes into text: encoded words decoded, the rest as UTF-8 or by guess.
pub(super) fn decode(value: &[u8]) -> String {
    if bytes::find(value, b"=?", 0).is_none() {
        return charset::guess(value).text;
    }
    let mut text = String::new();
    let mut run = Run::default();
    let mut has_run = false;
    let mut rest = value;
    while let Some(at) = bytes::find(rest, b"=?", 0) {
        let (before, from) = rest.split_at(at);
        let Some(word) = word(from) else {
            // No word after all: the two characters stand for themselves.
            let (literal, after) = rest.split_at(at.saturating_add(2));
            run.flush(&mut text);
            has_run = false;
            text.push_str(&charset::guess(literal).text);
            rest = after;
            continue;
        };
        let is_adjacent = has_run && before.iter().all(u8::is_ascii_whitespace);
        if !is_adjacent {
            run.flush(&mut text);
            text.push_str(&charset::guess(before).text);
        } else if !run.charset.eq_ignore_ascii_case(word.charset)
            || word.charset.to_ascii_lowercase().starts_with("iso-2022")
        {
            // Each word of a charset with escapes begins anew.
            run.flush(&mut text);
        }
        run.add(&word);
        has_run = true;
        rest = word.rest;
    }
    run.flush(&mut text);
    text.push_str(&charset::guess(rest).text);
    text
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
    word(value).map(|word| value.len().saturating_sub(word.rest.len()))
}

/// Reads `=?charset?B?text?=` at the start of `value`.
fn word(value: &[u8]) -> Option<Word<'_>> {
    let inner = value.strip_prefix(b"=?")?;
    let charset_ends = inner.iter().take(80).position(|b| *b == b'?')?;
    let (charset, after) = inner.split_at(charset_ends);
    if charset.is_empty()
        || charset
            .iter()
            .any(|b| b.is_ascii_whitespace() || !b.is_ascii_graphic())
    {
        return None;
    }
    let [b'?', encoding, b'?', text @ ..] = after else {
        return None;
    };
    let is_base64 = match encoding {
        b'B' | b'b' => true,
        b'Q' | b'q' => false,
        _ => return None,
    };
    let text_ends = word_end(text, is_base64)?;
    let (text, closing) = text.split_at(text_ends);
    let charset = std::str::from_utf8(charset).ok()?;
    Some(Word {
        charset: charset.split('*').next().unwrap_or(charset),
        is_base64,
        text,
        rest: closing.get(2..).unwrap_or_default(),
    })
}

/// Where the closing `?=` stands. A `?=` within Q text (a raw question mark before an encoded character) is no end:
/// an end is followed by white space, a delimiter, another word or nothing.
fn word_end(text: &[u8], is_base64: bool) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = bytes::find(text, b"?=", from)?;
        let after = text.get(at.saturating_add(2)..).unwrap_or_default();
        if is_base64 || transfer::hex_byte(after).is_none() {
            return Some(at);
        }
        from = at.saturating_add(1);
        if bytes::find(text, b"?=", from).is_none() {
            return Some(at);
        }
    }
}

impl Run {
    fn add(&mut self, word: &Word<'_>) {
        if self.charset.is_empty() {
            word.charset.clone_into(&mut self.charset);
        }
        if word.is_base64 {
            self.pending
                .extend(word.text.iter().filter(|b| !b.is_ascii_whitespace()));
            if self.pending.len().is_multiple_of(4) || self.pending.ends_with(b"=") {
                self.settle();
            }
        } else {
            self.settle();
            let spaced: Vec<u8> = word
                .text
                .iter()
                .map(|b| if *b == b'_' { b' ' } else { *b })
                .collect();
            // A trailing space must not be taken for padding of a line.
            let mut kept = spaced.as_slice();
            let mut spaces = 0_usize;
            while let Some(shorter) = kept.strip_suffix(b" ") {
                kept = shorter;
                spaces = spaces.saturating_add(1);
            }
            self.bytes
                .extend(transfer::decode(kept, Encoding::QuotedPrintable));
            self.bytes.extend(std::iter::repeat_n(b' ', spaces));
        }
    }

    fn settle(&mut self) {
        if !self.pending.is_empty() {
            self.bytes
                .extend(transfer::decode(&self.pending, Encoding::Base64));
            self.pending.clear();
        }
    }

    fn flush(&mut self, text: &mut String) {
        self.settle();
        if !self.bytes.is_empty() {
            text.push_str(&charset::decode(&self.bytes, Some(&self.charset)).text);
        }
        self.bytes.clear();
        self.charset.clear();
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
