//! Address fields (RFC 5322, 3.4 and 4.4; RFC 6854 groups), read as people's programs write them.

use super::{bytes::shorten, charset, words};
use crate::model::{address::NamedAddress, text::Text};

/// The addresses of a field, groups flattened, at most `max`.
pub(super) fn read(value: &[u8], max: usize) -> Vec<NamedAddress> {
    read_all(value, max).0
}

/// The same, and how many mailboxes the field names, those among them that name neither an address nor a person.
pub(super) fn read_all(value: &[u8], max: usize) -> (Vec<NamedAddress>, usize) {
    let mut empty = 0_usize;
    let text = charset::guess(value).text;
    let mut found = Vec::new();
    let mut entry = Entry::default();
    let mut rest = text.as_str();
    let mut is_group = false;
    while let Some(first) = rest.chars().next() {
        if found.len() >= max {
            break;
        }
        let mut length = first.len_utf8();
        match first {
            '"' => length = entry.quoted(rest),
            '(' => length = entry.comment(rest),
            '<' => length = entry.angle(rest),
            ',' => empty = empty.saturating_add(entry.finish(&mut found)),
            ';' => {
                empty = empty.saturating_add(entry.finish(&mut found));
                is_group = false;
            }
            // The name of a group says nothing about an address.
            ':' if !is_group && !entry.words.contains('@') && entry.angle.is_none() => {
                entry = Entry::default();
                is_group = true;
            }
            '=' => match words::length(rest.as_bytes()) {
                Some(word) if rest.is_char_boundary(word) => {
                    entry.words.push_str(rest.get(..word).unwrap_or_default());
                    length = word;
                }
                _ => entry.words.push('='),
            },
            other => entry.words.push(other),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    if found.len() < max {
        empty = empty.saturating_add(entry.finish(&mut found));
    }
    let named = found.len().saturating_add(empty);
    (found, named)
}

/// What is known so far of one address.
#[derive(Default)]
struct Entry {
    /// Text outside quotes, comments and brackets.
    words: String,
    /// Quoted text, already unescaped.
    quoted: String,
    comment: String,
    /// How long `words` was before a comment in it.
    before_comment: Option<usize>,
    angle: Option<String>,
}

impl Entry {
    fn quoted(&mut self, rest: &str) -> usize {
        let mut is_escaped = false;
        let mut text = String::new();
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                _ if is_escaped => {
                    is_escaped = false;
                    text.push(c);
                }
                '\\' => is_escaped = true,
                '"' => {
                    self.add_quoted(&text, rest.get(at.saturating_add(1)..));
                    return at.saturating_add(1);
                }
                _ => text.push(c),
            }
        }
        // Never closed: the quote is only a character.
        1
    }

    /// A quoted local part (`"a b"@host`) belongs to the address, anything else to the name.
    fn add_quoted(&mut self, text: &str, after: Option<&str>) {
        let is_local = self.angle.is_none() && after.is_some_and(|a| a.starts_with('@'));
        if is_local {
            self.words.push_str(&format!("\"{text}\""));
        } else if self.words.trim().is_empty() && self.quoted.is_empty() {
            text.clone_into(&mut self.quoted);
        } else {
            // A quote within a name: the words keep their order.
            let before = std::mem::take(&mut self.quoted);
            self.words = format!("{before}{}{text}", self.words);
        }
    }

    fn comment(&mut self, rest: &str) -> usize {
        let mut depth = 0_usize;
        for (at, c) in rest.char_indices() {
            match c {
                '(' => depth = depth.saturating_add(1),
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                let inner = rest.get(1..at).unwrap_or_default();
                if self.words.contains('@') || self.angle.is_some() || self.words.trim().is_empty()
                {
                    inner.clone_into(&mut self.comment);
                } else {
                    // Part of a name, as in «Anna (IT) <anna@…>», unless no address follows.
                    self.before_comment = Some(self.words.len());
                    inner.clone_into(&mut self.comment);
                    self.words.push_str(&format!("({inner})"));
                }
                return at.saturating_add(1);
            }
        }
        self.words.push('(');
        1
    }

    fn angle(&mut self, rest: &str) -> usize {
        let inner = rest.trim_start_matches('<');
        let skipped = rest.len().saturating_sub(inner.len());
        let end = inner
            .find('>')
            .or_else(|| inner.find([',', ';']))
            .unwrap_or(inner.len());
        let spec = inner.get(..end).unwrap_or_default();
        if !spec.trim().is_empty() || self.angle.is_none() {
            if let Some(earlier) = self.angle.take().filter(|e| !e.is_empty()) {
                // «anna@uni.test <anna@uni.test> <x@y.test>»: the last one counts, as mail programs do.
                self.words.push_str(&earlier);
            }
            self.angle = Some(spec.to_owned());
        }
        let closing = inner.get(end..).unwrap_or_default();
        let closers = closing
            .len()
            .saturating_sub(closing.trim_start_matches('>').len());
        skipped.saturating_add(end).saturating_add(closers)
    }

    /// Adds what was read; 1 where it is a mailbox, by its brackets, that says nothing at all.
    fn finish(&mut self, found: &mut Vec<NamedAddress>) -> usize {
        let entry = std::mem::take(self);
        let name_in = |text: &str| {
            let text: String = Text::line(&words::decode_str(text)).into();
            let text = text.trim_matches(['"', '\'']).trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        let outside = format!("{}{}", entry.quoted, entry.words);
        if let Some(angle) = &entry.angle {
            let name = name_in(&outside).or_else(|| name_in(&entry.comment));
            let address = spec(angle);
            if !address.is_empty() || name.is_some() {
                found.push(NamedAddress { name, address });
                return 0;
            }
            return 1;
        }
        let outside = match entry.before_comment {
            Some(length) if !outside.contains('@') => shorten(&entry.words, length),
            _ => outside.as_str(),
        };
        let decoded = words::decode_str(outside);
        let decoded = decoded.trim();
        if decoded.is_empty() {
            return 0;
        }
        let (address, name) = bare(decoded);
        found.push(NamedAddress {
            name: name.or_else(|| name_in(&entry.comment)),
            address,
        });
        0
    }
}

/// An address that stands without brackets: the word with the `@`, what is around it being a name.
fn bare(text: &str) -> (String, Option<String>) {
    if !text.contains('@') {
        let line: String = Text::line(text).into();
        let is_one_word = !line.contains(' ');
        return if is_one_word {
            (line, None)
        } else {
            (String::new(), Some(line))
        };
    }
    if let Some((name, inside)) = text.split_once('<') {
        // The brackets were within an encoded word.
        let name: String = Text::line(name).into();
        let name = name.trim_matches('"').trim().to_owned();
        return (
            spec(inside.trim_end_matches('>')),
            (!name.is_empty()).then_some(name),
        );
    }
    if text.starts_with('"') && text.contains("\"@") && !text.ends_with(')') {
        return (text.to_owned(), None);
    }
    let tight = text.replace(" @", "@").replace("@ ", "@");
    let word = tight
        .split_whitespace()
        .find(|w| w.contains('@'))
        .unwrap_or_default()
        .to_owned();
    let name: Vec<&str> = tight.split_whitespace().filter(|w| *w != word).collect();
    (spec(&word), (!name.is_empty()).then(|| name.join(" ")))
}

/// `text` without `(comments)`, where each is closed.
fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((_, left)) = after.split_once(')') else {
            break;
        };
        kept.push_str(before);
        rest = left;
    }
    kept.push_str(rest);
    kept
}

/// What stands in the brackets, tidied: white space, a source route and stray quotes taken out.
fn spec(inside: &str) -> String {
    let decoded = words::decode_str(&without_comments(inside));
    let tight: String = Text::line(&decoded)
        .as_str()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let tight = match tight.strip_prefix('@').and_then(|r| r.split_once(':')) {
        Some((_, after)) => after,
        None => tight.as_str(),
    };
    let tight = tight.trim_matches(['<', '>', '\'']);
    let tight = tight.strip_prefix("mailto:").unwrap_or(tight);
    shorten(tight, 1000).to_owned()
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
}
