//! What a line above a quote is made of: words that stand in such lines, names, and strangers.

use super::moment;
use crate::mail::read::reply::words::{self, Tense, Word, folded};

/// How it begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Beginning {
    /// `On`, `Am`, `Le`: a word that such lines begin with.
    Opening,
    /// A number, a day, a month.
    Moment,
    /// A name or an address.
    Name,
    #[default]
    Other,
}

/// The parts of a text that may be an attribution.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) begins: Beginning,
    /// There is a date; a time of day.
    pub(super) has_date: bool,
    pub(super) has_time: bool,
    pub(super) who: Who,
    /// It ends with a colon.
    pub(super) has_colon: bool,
    pub(super) verb: Option<Tense>,
    pub(super) last: Last,
    /// Words with a capital that are nothing else.
    pub(super) names: usize,
    /// Words that stand in no attribution.
    pub(super) strangers: usize,
    pub(super) words: usize,
}

/// What it ends with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Last {
    Verb,
    /// An address in brackets.
    Address,
    #[default]
    Other,
}

/// How surely an address is in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Who {
    #[default]
    Unnamed,
    /// `anna@uni.test` among the words.
    Address,
    /// `<anna@uni.test>`.
    Bracketed,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Bracketed,
    Address,
    /// In quotation marks.
    Quoted,
    Number,
    Month,
    /// A day, or a word that stands in such lines.
    Known,
    Opening,
    Verb(Tense),
    Name,
    /// Three letters or fewer: of, at, um, van.
    Short,
    /// What a person says of themselves.
    Speaking,
    Stranger,
}

impl Shape {
    pub(super) fn of(text: &str) -> Self {
        let bare = bare(text);
        let words = sorted(bare);
        let mut shape = Self {
            has_date: moment::has_date(bare),
            has_time: moment::has_time(bare),
            has_colon: bare.ends_with([':', '：']),
            words: words.len(),
            ..Self::default()
        };
        for (at, (sort, word)) in words.iter().enumerate() {
            match sort {
                Sort::Bracketed => shape.who = Who::Bracketed,
                Sort::Address if shape.who == Who::Unnamed => shape.who = Who::Address,
                // A month is one beside a number: `out` is Portuguese, too.
                Sort::Month => shape.has_date |= is_beside_number(&words, at),
                Sort::Verb(tense) => shape.verb = Some(*tense),
                Sort::Speaking => shape.strangers = shape.strangers.saturating_add(1),
                Sort::Name => shape.names = shape.names.saturating_add(1),
                // A login stands beside the verb or the address.
                Sort::Stranger if !is_login(&words, at, word) => {
                    shape.strangers = shape.strangers.saturating_add(1);
                }
                Sort::Address
                | Sort::Quoted
                | Sort::Number
                | Sort::Known
                | Sort::Opening
                | Sort::Short
                | Sort::Stranger => {}
            }
        }
        shape.last = match words.last() {
            Some((Sort::Verb(_), _)) => Last::Verb,
            Some((Sort::Bracketed, _)) => Last::Address,
            Some(_) | None => Last::Other,
        };
        shape.begins = words.first().map_or(Beginning::Other, beginning);
        if shape.verb.is_none() && !bare.is_ascii() && ends_eastern(bare) {
            shape.verb = Some(Tense::Past);
            shape.last = Last::Verb;
        }
        shape
    }

    pub(super) const fn has_moment(&self) -> bool {
        self.has_date || self.has_time
    }
}

/// Whether a text without spaces ends with a verb of writing.
fn ends_eastern(bare: &str) -> bool {
    words::WROTE_EAST.ends(bare.trim_end_matches([':', '：', ' ', '\u{A0}', '.']))
}

/// The words of a text, and what they are.
pub(super) fn sorted(text: &str) -> Vec<(Sort, &str)> {
    Words(bare(text)).map(|word| (sort(word), word)).collect()
}

/// Without rules and emphasis around it.
fn bare(text: &str) -> &str {
    let is_around = |c: char| {
        matches!(c, '*' | '-' | '_' | '~' | '=' | '—' | '–')
            || c.is_whitespace()
            || words::is_invisible(c)
    };
    let text = text.trim_matches(is_around);
    // `> On …`: within the box it stands in.
    text.trim_start_matches(|c: char| c == '>' || is_around(c))
}

const fn beginning((sort, _): &(Sort, &str)) -> Beginning {
    match sort {
        Sort::Opening => Beginning::Opening,
        Sort::Number | Sort::Month | Sort::Known => Beginning::Moment,
        Sort::Bracketed | Sort::Address | Sort::Quoted | Sort::Name => Beginning::Name,
        Sort::Verb(_) | Sort::Short | Sort::Speaking | Sort::Stranger => Beginning::Other,
    }
}

/// Whether one of the two words before or behind `at` is a number.
fn is_beside_number(words: &[(Sort, &str)], at: usize) -> bool {
    words
        .iter()
        .skip(at.saturating_sub(2))
        .take(5)
        .any(|(sort, _)| *sort == Sort::Number)
}

/// Whether the stranger at `at` is a name all the same: one word of no more than 30 letters right before or behind the
/// verb, or before the address.
fn is_login(words: &[(Sort, &str)], at: usize, word: &str) -> bool {
    let neighbour = |at: Option<usize>| at.and_then(|at| words.get(at)).map(|(sort, _)| *sort);
    let after = neighbour(at.checked_add(1));
    let before = neighbour(at.checked_sub(1));
    word.len() <= 60
        && (matches!(after, Some(Sort::Verb(_) | Sort::Bracketed | Sort::Address))
            || (matches!(before, Some(Sort::Verb(_))) && after.is_none()))
}

fn sort(word: &str) -> Sort {
    if word.starts_with('<') {
        return if word.contains('@') {
            Sort::Bracketed
        } else {
            Sort::Quoted
        };
    }
    if is_address(word) {
        return Sort::Address;
    }
    if word.starts_with(['"', '“', '„', '«', '”', '‘', '\'']) {
        return Sort::Quoted;
    }
    let trimmed = word.trim_matches(is_punctuation);
    let plain = folded(trimmed);
    let plain = plain.trim_matches(['(', ')', '/']);
    if plain.is_empty() {
        return Sort::Short;
    }
    match words::word(plain) {
        Some(Word::Verb(tense)) => return Sort::Verb(tense),
        // `I.` is an initial.
        Some(Word::Speaking) if !word.ends_with('.') => return Sort::Speaking,
        Some(Word::Opening) => return Sort::Opening,
        Some(Word::Month) => return Sort::Month,
        Some(Word::Day | Word::Between) => return Sort::Known,
        Some(Word::Speaking) | None => {}
    }
    if plain.chars().any(char::is_numeric) {
        return Sort::Number;
    }
    match trimmed.chars().find(|c| c.is_alphabetic()) {
        Some(c) if c.is_uppercase() || !c.is_lowercase() => Sort::Name,
        _ if plain.chars().nth(3).is_none() => Sort::Short,
        _ => Sort::Stranger,
    }
}

/// `anna@uni.test`: letters or digits on both sides.
fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(local, domain)| {
        local.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '"' | '.'))
            && domain.starts_with(|c: char| c.is_alphanumeric() || c == '[')
            && local.chars().any(char::is_alphanumeric)
    })
}

/// What stands around words; strokes and brackets may be a part of them.
const fn is_punctuation(c: char) -> bool {
    (c.is_ascii_punctuation() && !matches!(c, '(' | ')' | '/'))
        || matches!(c, '：' | '。' | '—' | '–' | '…' | '×')
        || words::is_invisible(c)
}

/// The words of a text: what stands between spaces, in brackets, in quotation marks.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let is_gap = |c: char| {
            c.is_whitespace()
                || words::is_invisible(c)
                || matches!(c, ',' | '、' | '，' | ';' | '|')
        };
        let rest = self.0.trim_start_matches(is_gap);
        let first = rest.chars().next()?;
        let closing = match first {
            '<' => Some('>'),
            '"' => Some('"'),
            '“' | '„' => Some('”'),
            '«' => Some('»'),
            _ => None,
        };
        let inner = rest.get(first.len_utf8()..).unwrap_or_default();
        let closed = closing.and_then(|c| inner.find(c).map(|at| at.saturating_add(c.len_utf8())));
        let length = match closed {
            Some(length) => length.saturating_add(first.len_utf8()),
            None => inner
                .find(|c: char| is_gap(c) || c == '<')
                .map_or(rest.len(), |at| at.saturating_add(first.len_utf8())),
        };
        let (word, after) = rest.split_at_checked(length)?;
        self.0 = after;
        Some(word)
    }
}
