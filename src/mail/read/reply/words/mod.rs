//! The words mail programs put around what they quote, forward and sign, in the languages met in real mail: one file a
//! subject, one table a role, one row a language. They are compared after [`folded`].

mod announced;
mod banners;
mod dates;
mod fields;
mod fine_print;
mod prefixes;
mod signing;
mod stems;
mod wrote;

use std::{collections::HashMap, sync::LazyLock};

pub(super) use stems::*;

/// So many letters at least stand for the name of a month or a day.
const SHORTEST: usize = 3;

/// A language (BCP 47) and its words, `|` between them.
type Row = (&'static str, &'static str);

/// What a line of a quoted header block is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mail::read) enum Key {
    From,
    To,
    Cc,
    Date,
    Subject,
    /// Known, of no interest: `Reply-To`, `Importance`, `Attachments`.
    Other,
}

/// When somebody wrote, by the verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Present,
}

/// What a word of a line above a quote is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Verb(Tense),
    /// A person says it of themselves, or to somebody.
    Speaking,
    /// Such lines begin with it.
    Opening,
    Month,
    Day,
    /// It stands in such lines and is no name.
    Between,
}

/// What a subject begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mail::read) enum Prefix {
    Reply,
    Forward,
}

static KEYS: LazyLock<HashMap<String, Key>> = LazyLock::new(|| {
    let mut keys = HashMap::new();
    for (rows, key) in [
        (fields::FROM, Key::From),
        (fields::TO, Key::To),
        (fields::CC, Key::Cc),
        (fields::DATE, Key::Date),
        (fields::SUBJECT, Key::Subject),
        (fields::OTHER, Key::Other),
    ] {
        for word in all(rows) {
            // The first role a word is named for stands.
            keys.entry(word).or_insert(key);
        }
    }
    keys
});
/// Names of months and days also by what they begin with: `янв`, `sept`.
static WORDS: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (rows, word) in [
        (wrote::WRITES, Word::Verb(Tense::Present)),
        (wrote::WROTE, Word::Verb(Tense::Past)),
        (wrote::SPEAKING, Word::Speaking),
        (wrote::OPENINGS, Word::Opening),
        (dates::MONTHS, Word::Month),
        (dates::DAYS, Word::Day),
        (wrote::BETWEEN, Word::Between),
    ] {
        for name in all(rows) {
            words.entry(name).or_insert(word);
        }
    }
    for (rows, word) in [(dates::MONTHS, Word::Month), (dates::DAYS, Word::Day)] {
        for name in all(rows) {
            let ends = name.char_indices().map(|(at, _)| at).skip(SHORTEST);
            for beginning in ends.filter_map(|at| name.get(..at)) {
                words.entry(beginning.to_owned()).or_insert(word);
            }
        }
    }
    words
});
static PREFIXES: LazyLock<HashMap<String, Prefix>> = LazyLock::new(|| {
    let reply = all(prefixes::REPLY).map(|word| (word, Prefix::Reply));
    let forward = all(prefixes::FORWARD).map(|word| (word, Prefix::Forward));
    reply.chain(forward).collect()
});

fn all(rows: &'static [Row]) -> impl Iterator<Item = String> {
    rows.iter()
        .flat_map(|(_, words)| words.split('|'))
        .map(folded)
}

/// `text` as it is compared: lower case, nothing invisible, one kind of space and of apostrophe, no dot over a Turkish i.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii()
        && !text.bytes().any(|b| b.is_ascii_control() || b == b'`')
        && !text.contains("  ")
    {
        text.trim().clone_into(&mut out);
        out.make_ascii_lowercase();
        return out;
    }
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        match c {
            _ if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '’' | '‘' | 'ʼ' | '´' | '`' => out.push('\''),
            'ё' | 'Ё' => out.push('е'),
            'ı' => out.push('i'),
            _ => out.extend(c.to_lowercase().filter(|l| *l != '\u{307}')),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Characters that programs put around words and nobody sees: zero width, direction marks, soft hyphens.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// What `name` says a header line is about.
pub(in crate::mail::read) fn key(name: &str) -> Option<Key> {
    // No name is longer; a long line is not folded to learn that.
    (name.len() <= 80)
        .then(|| KEYS.get(&folded(name)).copied())
        .flatten()
}

/// What a word is in a line above a quote; endings of verbs in brackets or behind a stroke do not count: `писал(а)`,
/// `כתב/ה`. A beginning of three letters or more stands for the name of a month or a day.
pub(super) fn word(folded: &str) -> Option<Word> {
    let stem = folded.split(['(', '/']).next().unwrap_or(folded);
    let is_shorter = stem.len() < folded.len();
    WORDS
        .get(stem)
        .or_else(|| is_shorter.then(|| WORDS.get(folded)).flatten())
        .copied()
}

/// The tense of a verb of writing.
pub(super) fn verb(folded: &str) -> Option<Tense> {
    match word(folded) {
        Some(Word::Verb(tense)) => Some(tense),
        Some(_) | None => None,
    }
}

/// What a subject begins with, behind tags in brackets: `[it] Fwd: x`.
pub(in crate::mail::read) fn prefix(subject: &str) -> Option<Prefix> {
    split_prefix(subject).map(|(prefix, _)| prefix)
}

/// A subject without what programs put before it to pass it on.
pub(in crate::mail::read) fn without_forward_prefixes(subject: &str) -> &str {
    let mut subject = subject.trim();
    while let Some((Prefix::Forward, rest)) = split_prefix(subject) {
        subject = rest.trim();
    }
    subject
}

fn split_prefix(subject: &str) -> Option<(Prefix, &str)> {
    let mut rest = subject.trim_start();
    while let Some((_, after)) = rest
        .strip_prefix('[')
        .and_then(|inner| inner.split_once(']'))
    {
        rest = after.trim_start();
    }
    let (name, after) = rest.split_once([':', '：'])?;
    // `Re[2]:`, `AW (3):`, `SV^2:` count.
    let name = name.split(['[', '(', '^']).next().unwrap_or(name).trim();
    let found = (name.len() <= 40).then(|| PREFIXES.get(&folded(name)).copied());
    found.flatten().map(|prefix| (prefix, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        assert_eq!(folded("İLETİ\u{A0} BAŞLANGICI"), "ileti başlangici");
        assert_eq!(folded("\u{200F}Message d’origine "), "message d'origine");
    }

    #[test]
    fn fields_are_known_in_many_languages() {
        for (name, wanted) in [
            ("From", Key::From),
            ("Отправитель", Key::From),
            ("KİMDEN", Key::From),
            ("À", Key::To),
            ("Вниз", Key::Other),
            ("寄件日期", Key::Date),
            ("Envoyé le", Key::Date),
            ("ΘΈΜΑ", Key::Subject),
            ("Reply-To", Key::Other),
        ] {
            let known = (name != "Вниз").then_some(wanted);
            assert_eq!(key(name), known, "{name}");
        }
    }

    #[test]
    fn beginnings_of_names_are_known() {
        for name in ["нояб", "marrask", "sept", "may"] {
            assert_eq!(word(name), Some(Word::Month), "{name}");
        }
        assert_eq!(word("пн"), Some(Word::Day));
        assert_eq!(word("thurs"), Some(Word::Day));
        assert_eq!(word("th"), None);
        assert_eq!(word("принтер"), None);
        assert_eq!(verb("написал(а)"), Some(Tense::Past));
    }

    #[test]
    fn subjects_begin_in_many_languages() {
        for (subject, wanted) in [
            ("Re: x", Some(Prefix::Reply)),
            ("Re[2]: x", Some(Prefix::Reply)),
            ("[it] Fwd: x", Some(Prefix::Forward)),
            ("ПЕРЕСЛ: x", Some(Prefix::Forward)),
            ("答复：x", Some(Prefix::Reply)),
            ("Вопрос: x", None),
            ("VS: x", None),
        ] {
            assert_eq!(prefix(subject), wanted, "{subject}");
        }
        assert_eq!(without_forward_prefixes("Fwd: FW: Re: x"), "Re: x");
        assert_eq!(without_forward_prefixes("Вопрос: x"), "Вопрос: x");
    }

    #[test]
    fn every_table_is_written_as_it_is_compared() {
        for word in all(fields::FROM).chain(all(wrote::WROTE)) {
            assert!(!word.is_empty() && word == folded(&word));
        }
    }
}
