//! One address while it is read: what of it is a name, what a comment, what the address itself.

use super::spec;
use crate::{
    mail::read::{bytes::shorten, words},
    model::{address::NamedAddress, text::Text},
};

/// What stood in brackets.
struct Spec {
    text: String,
    has_at: bool,
}

/// What is known so far of one address.
#[derive(Default)]
pub(super) struct Entry {
    /// Text outside brackets, quotes taken off.
    words: String,
    /// Text after the brackets.
    after: String,
    comment: String,
    /// How long `words` was before a comment in it.
    before_comment: Option<usize>,
    /// What stood in brackets.
    spec: Option<Spec>,
    has_at: bool,
    has_words: bool,
    has_quoted: bool,
}

impl Entry {
    /// Whether the address in brackets was read.
    pub(super) fn is_complete(&self) -> bool {
        self.spec.as_ref().is_some_and(|spec| spec.has_at)
    }

    pub(super) const fn has_at(&self) -> bool {
        self.has_at || self.spec.is_some()
    }

    pub(super) const fn has_name(&self) -> bool {
        self.has_words
    }

    /// Whether nothing but this word was read.
    pub(super) fn is_named(&self, word: &str) -> bool {
        !self.has_at() && self.words.len() < 20 && self.words.trim().eq_ignore_ascii_case(word)
    }

    /// Whether what was read may be the first half of a name with a comma: no address, and a capital first.
    pub(super) fn is_half_a_name(&self) -> bool {
        let first = self.words.trim_start().chars().next();
        !self.has_at()
            && !self.has_quoted
            && self.comment.is_empty()
            && self.words.len() < 200
            && first.is_some_and(|c| c.is_uppercase() || c == '=')
    }

    pub(super) fn push(&mut self, c: char) -> usize {
        self.has_at |= c == '@' && self.spec.is_none();
        self.has_words |= !c.is_whitespace() && self.spec.is_none();
        let place = if self.spec.is_some() {
            &mut self.after
        } else {
            &mut self.words
        };
        place.push(c);
        c.len_utf8()
    }

    pub(super) fn push_str(&mut self, text: &str) -> usize {
        for c in text.chars() {
            self.push(c);
        }
        text.len()
    }

    /// An encoded word: what signs it has mean nothing.
    pub(super) fn push_encoded(&mut self, word: &str) -> usize {
        let has_at = self.has_at;
        self.push_str(word);
        self.has_at = has_at;
        word.len()
    }

    /// A quoted local part (`"a b"@host`) belongs to the address, anything else to the name.
    pub(super) fn push_quoted(&mut self, text: &str, is_local: bool) {
        self.has_quoted = true;
        if is_local {
            self.push('"');
            self.push_str(text);
            self.push('"');
        } else {
            self.push_str(text);
        }
    }

    pub(super) fn push_comment(&mut self, inner: &str) {
        self.comment = unescaped(inner);
        if self.has_words && !self.has_at() {
            // Part of a name, as in «Anna (IT) <anna@…>», unless no address follows.
            self.before_comment = Some(self.words.len());
            if !self.words.ends_with(' ') {
                self.words.push(' ');
            }
            self.words.push('(');
            self.words.push_str(&self.comment);
            self.words.push(')');
        }
    }

    pub(super) fn push_spec(&mut self, spec: &str) {
        if spec.trim().is_empty() && self.spec.is_some() {
            return;
        }
        if let Some(earlier) = self.spec.take() {
            // Only the last in brackets is the address; what stood in brackets before is part of the name.
            self.words.push_str(&earlier.text);
            self.words.push_str(&std::mem::take(&mut self.after));
        }
        self.spec = Some(Spec {
            text: spec.to_owned(),
            has_at: spec.contains('@'),
        });
    }

    /// What stood after the brackets, for the next address.
    pub(super) fn take_after(&mut self) -> String {
        std::mem::take(&mut self.after)
    }

    /// What stood before a comma belongs to the name.
    pub(super) fn put_before(&mut self, half: NamedAddress) {
        let half = half.name.unwrap_or(half.address);
        self.words = format!("{half}, {}", self.words.trim_start());
    }

    /// What was read as a name.
    pub(super) fn into_name(self) -> Option<String> {
        name_in(&self.words)
    }

    /// The decoded text, where the address itself was hidden in an encoded word.
    pub(super) fn hidden(&self) -> Option<String> {
        if self.has_at() || !self.words.contains("=?") {
            return None;
        }
        let decoded = words::decode_str(&self.words);
        decoded.contains('@').then_some(decoded)
    }

    /// The address and its name; several where people forgot the commas.
    pub(super) fn finish(self, found: &mut Vec<NamedAddress>) {
        let comment = || name_in(&self.comment);
        let Some(Spec { text: inside, .. }) = &self.spec else {
            let words = match self.before_comment {
                Some(length) if !self.has_at => shorten(&self.words, length),
                _ => self.words.as_str(),
            };
            bare(words, comment(), found);
            return;
        };
        let address = spec::tidy(inside);
        let name = name_in(&self.words);
        match name {
            // «anna@uni.test <Anna>»
            Some(name) if !address.contains('@') && self.has_at && !name.contains(' ') => {
                found.push(NamedAddress {
                    address: spec::tidy(&name),
                    name: name_in(inside),
                });
            }
            name => {
                let name = name.or_else(comment).or_else(|| name_in(&self.after));
                if !address.is_empty() || name.is_some() {
                    found.push(NamedAddress { name, address });
                }
            }
        }
    }
}

/// `text` with the backslashes taken off that quote a sign.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut is_escaped = false;
    for c in text.chars() {
        if c == '\\' && !is_escaped {
            is_escaped = true;
        } else {
            is_escaped = false;
            plain.push(c);
        }
    }
    plain
}

/// A name decoded and without the quotes around it.
fn name_in(text: &str) -> Option<String> {
    let line: String = Text::line(&words::decode_str(text)).into();
    let mut name = line.trim();
    for quote in ['"', '\'', '"'] {
        let inner = name.strip_prefix(quote).and_then(|n| n.strip_suffix(quote));
        // «"Anna" and "Olga"» is not in quotes.
        name = inner.filter(|n| !n.contains(quote)).unwrap_or(name).trim();
    }
    if name.matches('"').count() == 1 {
        name = name.trim_matches('"').trim();
    }
    (!name.is_empty()).then(|| name.to_owned())
}

/// Addresses that stand without brackets: the words with an `@`, what is around a single one being its name.
fn bare(text: &str, comment: Option<String>, found: &mut Vec<NamedAddress>) {
    let decoded = words::decode_str(text);
    let decoded = decoded.trim();
    if decoded.is_empty() {
        if let Some(comment) = comment.filter(|c| c.contains('@') && !c.contains(' ')) {
            found.push(NamedAddress {
                name: None,
                address: comment,
            });
        }
        return;
    }
    if !decoded.contains('@') {
        let name = name_in(decoded);
        found.push(match (name, comment) {
            // «Olga (olga@uni.test)»
            (name, Some(comment)) if comment.contains('@') && !comment.contains(' ') => {
                NamedAddress {
                    name,
                    address: spec::tidy(&comment),
                }
            }
            (Some(name), comment) if name.contains(' ') => NamedAddress {
                name: Some(comment.map_or_else(|| name.clone(), |c| format!("{name} ({c})"))),
                address: String::new(),
            },
            (name, comment) => NamedAddress {
                name: comment,
                address: name.unwrap_or_default(),
            },
        });
        return;
    }
    if decoded.starts_with('"') && decoded.contains("\"@") {
        found.push(NamedAddress {
            name: comment,
            address: spec::tidy(decoded),
        });
        return;
    }
    let tight = spec::tighten(decoded);
    let (addresses, names): (Vec<&str>, Vec<&str>) = tight
        .split_whitespace()
        .partition(|word| word.contains('@'));
    let name = if addresses.len() == 1 {
        name_in(&names.join(" ")).or(comment)
    } else {
        comment
    };
    for (at, address) in addresses.iter().enumerate() {
        found.push(NamedAddress {
            name: name.clone().filter(|_| at == 0),
            address: spec::tidy(address),
        });
    }
}
