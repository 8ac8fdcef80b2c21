//! Address fields (RFC 5322, 3.4 and 4.4; RFC 6854 groups), read as people's programs write them.
//!
//! Time is linear whatever stands there: what is never closed is looked for once.

mod entry;
mod spec;

use encoding_rs::Encoding;

use super::{bytes::shorten, charset, words};
use crate::model::address::NamedAddress;
use entry::Entry;

/// The longest name and the longest address kept, in bytes.
const LENGTH_MAX: usize = 1000;

/// The addresses of a field, groups flattened, at most `max`.
pub(super) fn read(value: &[u8], max: usize) -> Vec<NamedAddress> {
    read_near(value, max, None)
}

/// [`read`] with the charset that the same mail declares elsewhere as the first guess for raw 8-bit text.
pub(super) fn read_near(
    value: &[u8],
    max: usize,
    near: Option<&'static Encoding>,
) -> Vec<NamedAddress> {
    let mut text = charset::guess_near(value, near).text;
    if text.contains("&lt;") && !text.contains('<') {
        text = text.replace("&lt;", "<").replace("&gt;", ">");
    }
    let mut reader = Reader::new(&text, max);
    reader.read(true);
    reader.found
}

/// What is known while a field is passed from left to right.
struct Reader<'a> {
    rest: &'a str,
    max: usize,
    found: Vec<NamedAddress>,
    entry: Entry,
    /// The name of the group that has begun, and how many addresses were found before it.
    group: Option<(String, usize)>,
    /// The last one found is a word without an address before a comma: perhaps half a name.
    half: bool,
    /// The character before.
    before: char,
    /// Whether a quote or a comment may still be closed further on.
    can_close: Closers,
}

struct Closers {
    quote: bool,
    comment: bool,
    /// There is an odd number of quotes: one of them is stray.
    has_stray_quote: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, max: usize) -> Self {
        Self {
            rest: text,
            max,
            found: Vec::new(),
            entry: Entry::default(),
            group: None,
            half: false,
            before: ' ',
            can_close: Closers {
                quote: true,
                comment: true,
                has_stray_quote: !quotes(text).is_multiple_of(2),
            },
        }
    }

    /// Reads to the end; `may_nest` where an encoded word may hold whole addresses.
    fn read(&mut self, may_nest: bool) {
        while let Some(first) = self.rest.chars().next() {
            if self.found.len() >= self.max {
                return;
            }
            let length = match first {
                '"' => self.quote(),
                '(' => self.comment(),
                '<' => self.bracket(may_nest),
                '=' => self.word(),
                ',' => self.separator(may_nest, true),
                ';' => {
                    let length = self.separator(may_nest, false);
                    self.group = None;
                    length
                }
                ':' => self.colon(may_nest),
                other => self.entry.push(other),
            };
            let (passed, rest) = self
                .rest
                .split_at_checked(length)
                .unwrap_or((self.rest, ""));
            self.before = passed.chars().next_back().unwrap_or(' ');
            self.rest = rest;
        }
        self.finish(may_nest);
        self.end_group();
    }

    fn after(&self, length: usize) -> &'a str {
        self.rest.get(length..).unwrap_or_default()
    }

    fn quote(&mut self) -> usize {
        if !self.can_close.quote || self.before.is_alphanumeric() {
            // Within a word it opens nothing: «Anna" <a@uni.test>».
            return self.entry.push('"');
        }
        let Some((text, length)) = quoted(self.rest) else {
            self.can_close.quote = false;
            return 1;
        };
        let is_swallowing = self.can_close.has_stray_quote
            && text.split_once('<').is_some_and(|(_, r)| r.contains(">,"));
        if is_swallowing {
            self.can_close.has_stray_quote = false;
            return 1;
        }
        self.entry
            .push_quoted(&text, self.after(length).starts_with('@'));
        length
    }

    fn comment(&mut self) -> usize {
        if !self.can_close.comment {
            return self.entry.push('(');
        }
        let Some(inner) = commented(self.rest) else {
            self.can_close.comment = false;
            return self.entry.push('(');
        };
        self.entry.push_comment(inner);
        inner.len().saturating_add(2)
    }

    /// `<spec>`, also doubled, or never closed before a comma or another one.
    fn bracket(&mut self, may_nest: bool) -> usize {
        let inner = self.rest.trim_start_matches('<');
        let opening = self.rest.len().saturating_sub(inner.len());
        let sign = inner.find(['<', '>']).unwrap_or(inner.len());
        let (before_sign, from_sign) = inner.split_at_checked(sign).unwrap_or((inner, ""));
        let end = if from_sign.starts_with('>') {
            sign
        } else {
            before_sign.find([',', ';']).unwrap_or(sign)
        };
        let (spec, closing) = inner.split_at_checked(end).unwrap_or((inner, ""));
        if self.entry.is_complete() && spec.contains('@') {
            // The comma is missing: «Anna <a@uni.test> Olga <o@uni.test>».
            let name = self.entry.take_after();
            self.finish(may_nest);
            self.entry.push_str(&name);
        }
        self.entry.push_spec(spec);
        let closers = closing
            .len()
            .saturating_sub(closing.trim_start_matches('>').len());
        opening.saturating_add(end).saturating_add(closers)
    }

    /// An encoded word is passed whole, whatever signs it has.
    fn word(&mut self) -> usize {
        match words::length(self.rest.as_bytes()).and_then(|length| self.rest.get(..length)) {
            Some(word) => self.entry.push_encoded(word),
            None => self.entry.push('='),
        }
    }

    /// A colon ends the name of a group, or stands between two addresses; in an address it is a sign.
    fn colon(&mut self, may_nest: bool) -> usize {
        if self.entry.is_complete() {
            self.finish(may_nest);
        } else if self.entry.is_named("mailto") {
            self.entry = Entry::default();
        } else if self.group.is_none() && !self.entry.has_at() {
            let name = std::mem::take(&mut self.entry).into_name();
            self.group = Some((name.unwrap_or_default(), self.found.len()));
        } else {
            return self.entry.push(':');
        }
        1
    }

    fn separator(&mut self, may_nest: bool, is_comma: bool) -> usize {
        let is_word = self.entry.is_half_a_name();
        let count = self.found.len();
        self.finish(may_nest);
        self.half = is_comma && is_word && self.found.len() == count.saturating_add(1);
        1
    }

    fn finish(&mut self, may_nest: bool) {
        let mut entry = std::mem::take(&mut self.entry);
        if may_nest && let Some(decoded) = entry.hidden() {
            // The whole field was encoded, addresses and all.
            let room = self.max.saturating_sub(self.found.len());
            let mut inner = Reader::new(&decoded, room);
            inner.read(false);
            self.found.append(&mut inner.found);
            return;
        }
        if self.half && entry.is_complete() && entry.has_name() {
            // «Test, Anna <a@uni.test>» without quotes.
            if let Some(half) = self.found.pop() {
                entry.put_before(half);
            }
        }
        self.half = false;
        let before = self.found.len();
        entry.finish(&mut self.found);
        self.found.truncate(self.max);
        for new in self.found.iter_mut().skip(before) {
            for words in new.name.iter_mut().chain([&mut new.address]) {
                words.truncate(shorten(words, LENGTH_MAX).len());
            }
        }
    }

    /// A group that was never ended and has one member is no group: «IT: Olga <o@uni.test>» is a name.
    fn end_group(&mut self) {
        if let Some((name, before)) = self.group.take()
            && self.found.len() == before.saturating_add(1)
            && let Some(only) = self.found.last_mut()
            && let Some(own) = only.name.as_mut()
            && !name.is_empty()
        {
            *own = format!("{name}: {own}");
        }
    }
}

/// How many quotes there are that no backslash takes the meaning from.
fn quotes(text: &str) -> usize {
    let mut count = 0_usize;
    let mut is_escaped = false;
    for c in text.chars() {
        count = count.saturating_add(usize::from(c == '"' && !is_escaped));
        is_escaped = c == '\\' && !is_escaped;
    }
    count
}

/// The text of the quoted string at the start of `rest`, unescaped, and its length with the quotes.
fn quoted(rest: &str) -> Option<(String, usize)> {
    let mut is_escaped = false;
    let mut text = String::new();
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => {
                is_escaped = false;
                text.push(c);
            }
            '\\' => is_escaped = true,
            '"' => return Some((text, at.saturating_add(1))),
            _ => text.push(c),
        }
    }
    None
}

/// The inside of the comment at the start of `rest`: comments nest, and a backslash takes a bracket's meaning away.
fn commented(rest: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return rest.get(1..at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, addresses: &[(&str, &str)]) {
        let read = read(value.as_bytes(), 100);
        let read: Vec<(&str, &str)> = read
            .iter()
            .map(|a| (a.name.as_deref().unwrap_or(""), a.address.as_str()))
            .collect();
        assert_eq!(read, addresses, "{value}");
    }

    #[test]
    fn addresses_are_read() {
        check("anna@uni.test", &[("", "anna@uni.test")]);
        check(
            "Anna Test <anna@uni.test>",
            &[("Anna Test", "anna@uni.test")],
        );
        check(
            "\"Test, Anna\" <anna@uni.test>, b@uni.test",
            &[("Test, Anna", "anna@uni.test"), ("", "b@uni.test")],
        );
        check(
            "anna@uni.test (Anna Test)",
            &[("Anna Test", "anna@uni.test")],
        );
        check(
            "=?utf-8?B?0JDQvdC90LA=?= <anna@uni.test>",
            &[("Анна", "anna@uni.test")],
        );
        check(
            "\"=?utf-8?B?0JDQvdC90LA=?=\" <anna@uni.test>",
            &[("Анна", "anna@uni.test")],
        );
        check(
            "=?utf-8?Q?Test,_Anna?= <anna@uni.test>",
            &[("Test, Anna", "anna@uni.test")],
        );
        check(
            "Группа: a@uni.test, b@uni.test;",
            &[("", "a@uni.test"), ("", "b@uni.test")],
        );
        check("undisclosed-recipients:;", &[]);
        check("Анна <anna@uni.test>", &[("Анна", "anna@uni.test")]);
    }

    #[test]
    fn what_programs_write_is_understood() {
        check(
            "a@uni.test; b@uni.test",
            &[("", "a@uni.test"), ("", "b@uni.test")],
        );
        check("<<anna@uni.test>>", &[("", "anna@uni.test")]);
        check("<@relay.test:anna@uni.test>", &[("", "anna@uni.test")]);
        check("anna @ uni.test", &[("", "anna@uni.test")]);
        check(
            "Anna (IT) <anna@uni.test>",
            &[("Anna (IT)", "anna@uni.test")],
        );
        check("\"anna b\"@uni.test", &[("", "\"anna b\"@uni.test")]);
        check(
            "MAILER-DAEMON (Mail System)",
            &[("Mail System", "MAILER-DAEMON")],
        );
        check(
            "\"Anna \\\"A\\\" B\" <a@uni.test>",
            &[("Anna \"A\" B", "a@uni.test")],
        );
        check(
            "\"a@uni.test\" <a@uni.test>",
            &[("a@uni.test", "a@uni.test")],
        );
        check("Anna Test", &[("Anna Test", "")]);
        check("<>", &[]);
        check("", &[]);
    }

    #[test]
    fn obsolete_syntax_is_understood() {
        check(
            "Pete(A wonderful \\) chap) <pete(his account)@silly.test(his host)>",
            &[("Pete (A wonderful ) chap)", "pete@silly.test")],
        );
        check(
            "Olga <olga@machine(comment).  example>",
            &[("Olga", "olga@machine.example")],
        );
        check("olga @ uni . test", &[("", "olga@uni.test")]);
        check(
            "Olga <@a.test,@b.test:olga@uni.test>",
            &[("Olga", "olga@uni.test")],
        );
        check(
            "A Group(Some people):Anna <a@uni.test>,o@uni.test;",
            &[("Anna", "a@uni.test"), ("", "o@uni.test")],
        );
        check(
            "(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;",
            &[],
        );
        check(
            "Undisclosed:;, Olga <o@uni.test>",
            &[("Olga", "o@uni.test")],
        );
        check(
            "One: a@uni.test; Two: b@uni.test;",
            &[("", "a@uni.test"), ("", "b@uni.test")],
        );
    }

    #[test]
    fn forgotten_signs_are_made_up_for() {
        check("Anna <anna@uni.test", &[("Anna", "anna@uni.test")]);
        check("Anna anna@uni.test>", &[("Anna", "anna@uni.test")]);
        check("Anna anna@uni.test", &[("Anna", "anna@uni.test")]);
        check(
            "Anna <a@uni.test> Olga <o@uni.test>",
            &[("Anna", "a@uni.test"), ("Olga", "o@uni.test")],
        );
        check(
            "a@uni.test o@uni.test",
            &[("", "a@uni.test"), ("", "o@uni.test")],
        );
        check(
            "Anna <a@uni.test, Olga <o@uni.test>",
            &[("Anna", "a@uni.test"), ("Olga", "o@uni.test")],
        );
        check("Test, Anna <a@uni.test>", &[("Test, Anna", "a@uni.test")]);
        check(
            "root, Anna <a@uni.test>",
            &[("", "root"), ("Anna", "a@uni.test")],
        );
        check(
            "Anna\" <a@uni.test>, \"Olga\" <o@uni.test>",
            &[("Anna", "a@uni.test"), ("Olga", "o@uni.test")],
        );
        check(
            "\"Anna <a@uni.test>, \"Olga\" <o@uni.test>",
            &[("Anna", "a@uni.test"), ("Olga", "o@uni.test")],
        );
        check("IT: Olga <o@uni.test>", &[("IT: Olga", "o@uni.test")]);
        check(
            "Anna (never closed <a@uni.test>",
            &[("Anna (never closed", "a@uni.test")],
        );
    }

    #[test]
    fn names_stand_in_strange_places() {
        check("anna@uni.test <Anna>", &[("Anna", "anna@uni.test")]);
        check("<anna@uni.test> (Anna)", &[("Anna", "anna@uni.test")]);
        check("<anna@uni.test> Anna", &[("Anna", "anna@uni.test")]);
        check(
            "Anna <anna@uni.test> by phone",
            &[("Anna", "anna@uni.test")],
        );
        check("Olga (olga@uni.test)", &[("Olga", "olga@uni.test")]);
        check("'Anna' <anna@uni.test>", &[("Anna", "anna@uni.test")]);
        check("\"'Anna'\" <anna@uni.test>", &[("Anna", "anna@uni.test")]);
        check("Anna B' <anna@uni.test>", &[("Anna B'", "anna@uni.test")]);
        check(
            "\"Anna\" von \"Test\" <a@uni.test>",
            &[("Anna von Test", "a@uni.test")],
        );
        check(
            "Anna <uni.test anna@uni.test>",
            &[("Anna", "anna@uni.test")],
        );
        check("&lt;anna@uni.test&gt;", &[("", "anna@uni.test")]);
        check("Anna &lt;anna@uni.test&gt;", &[("Anna", "anna@uni.test")]);
        check("Anna <> <anna@uni.test>", &[("Anna", "anna@uni.test")]);
        check(
            "Anna <work> <anna@uni.test>",
            &[("Anna work", "anna@uni.test")],
        );
        check("mailto:anna@uni.test", &[("", "anna@uni.test")]);
        check("Anna <mailto:anna@uni.test>", &[("Anna", "anna@uni.test")]);
    }

    #[test]
    fn two_addresses_are_not_taken_for_one() {
        check(
            "\"Anna\" <anna@uni.test>:<other@evil.test>",
            &[("Anna", "anna@uni.test"), ("", "other@evil.test")],
        );
        check(
            "\"boss@uni.test <boss@uni.test>\" <o@evil.test>",
            &[("boss@uni.test <boss@uni.test>", "o@evil.test")],
        );
    }

    #[test]
    fn encoded_fields_are_read_whole() {
        check(
            "=?utf-8?B?0JDQvdC90LAgPGFubmFAdW5pLnRlc3Q+?=",
            &[("Анна", "anna@uni.test")],
        );
        check(
            "=?utf-8?Q?Anna_<a@uni.test>,_Olga_<o@uni.test>?=",
            &[("Anna", "a@uni.test"), ("Olga", "o@uni.test")],
        );
        check(
            "=?utf-8?B?0JDQvdC90LA=?=, =?utf-8?Q?B?= <a@uni.test>",
            &[("Анна, B", "a@uni.test")],
        );
        check(
            "(=?utf-8?B?0JDQvdC90LA=?=) <a@uni.test>",
            &[("Анна", "a@uni.test")],
        );
        check(
            "a@uni.test (=?utf-8?B?0JDQvdC90LA=?=)",
            &[("Анна", "a@uni.test")],
        );
        check(
            "=?utf-8?B?0JDQvdC9?= =?utf-8?B?0LA=?= <a@uni.test>",
            &[("Анна", "a@uni.test")],
        );
        check("Анна <анна@почта.test>", &[("Анна", "анна@почта.test")]);
        let near = charset::worth_a_guess(b"gb2312");
        let (raw, _, _) = encoding_rs::GBK.encode("绩效管理 <a@uni.test>");
        assert_eq!(
            read_near(&raw, 10, near)[0].name.as_deref(),
            Some("绩效管理")
        );
    }

    #[test]
    fn hostile_fields_take_no_time() {
        for piece in [
            "(", "\"\\", "<", "<,", "\"a\" ", "=?a?q?", "a@b ", ": ", "()", "&lt;", ",", "\"",
            "<a@b", "(\\)", "a@b:",
        ] {
            let read = read(piece.repeat(40_000).as_bytes(), 1000);
            assert!(read.len() <= 1000, "{piece}");
        }
    }
}
