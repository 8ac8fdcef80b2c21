//! Where words deny what they seem to say: `не срочно`, `Срочно? Нет`.

use crate::desk::rules::Spoken;

/// Words that deny, or only ask, what follows.
const DENYING: &[&str] = &[
    "не",
    "ни",
    "нет",
    "без",
    "ничего",
    "ничем",
    "если",
    "насколько",
    "not",
    "no",
    "non",
    "nothing",
    "never",
    "t",
    "isnt",
    "dont",
    "if",
    "whether",
    "how",
];

/// Words that may stand between.
const BETWEEN: &[&str] = &[
    "очень",
    "так",
    "уж",
    "особо",
    "особенно",
    "слишком",
    "совсем",
    "настолько",
    "сильно",
    "столь",
    "прямо",
    "нужно",
    "надо",
    "требуется",
    "обязательно",
    "необходимо",
    "это",
    "самое",
    "very",
    "so",
    "that",
    "too",
    "really",
    "particularly",
    "terribly",
    "need",
    "needs",
    "be",
    "to",
    "is",
    "it",
    "a",
    "an",
    "all",
];

/// Words that say no.
const NO: &[&str] = &["нет", "no", "не", "not"];

/// A piece of a text between two marks, and the mark that ends it.
#[derive(Debug)]
pub(super) struct Clause<'t> {
    pub(super) spoken: Spoken<'t>,
    mark: Option<char>,
}

/// Cuts a text at its marks and line ends.
pub(super) fn clauses(text: &str) -> Vec<Clause<'_>> {
    let mut found = Vec::new();
    let mut start = 0_usize;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        // A hyphen within a word is none: `по-новому`.
        let is_dash = matches!(c, '-') && before.is_whitespace() && rest.starts_with("- ");
        if is_dash
            || matches!(
                c,
                '.' | '!' | '?' | ';' | ',' | ':' | '(' | ')' | '\n' | '–' | '—' | '…'
            )
        {
            found.extend(text.get(start..at).map(|piece| clause(piece, Some(c))));
            start = at.saturating_add(c.len_utf8());
        }
        before = c;
    }
    found.extend(text.get(start..).map(|piece| clause(piece, None)));
    // Of `Срочно?!` the first mark counts: nothing is said between the two.
    let mut whole: Vec<Clause<'_>> = Vec::new();
    for one in found {
        if !one.spoken.words().is_empty() {
            whole.push(one);
        }
    }
    whole
}

fn clause(piece: &str, mark: Option<char>) -> Clause<'_> {
    Clause {
        spoken: Spoken::new(piece),
        mark,
    }
}

impl Clause<'_> {
    /// The words, in lower case.
    fn low(&self) -> Vec<&str> {
        let words = self.spoken.words().iter();
        words.map(|word| word.low.as_str()).collect()
    }

    /// Whether what stands from `start` to before `end` is denied: by what stands before it, by a *no* at the end, or by
    /// the answer that is a piece of its own.
    pub(super) fn is_denied(&self, start: usize, end: usize, next: Option<&Self>) -> bool {
        let low = self.low();
        let before = low.get(..start).unwrap_or_default();
        let mut before = before
            .iter()
            .rev()
            .skip_while(|word| BETWEEN.contains(word));
        if before.next().is_some_and(|word| DENYING.contains(word)) {
            return true;
        }
        let behind = low.get(end..).unwrap_or_default();
        match behind {
            [] if matches!(self.mark, Some('?' | ':' | '-' | '–' | '—')) => {
                next.is_some_and(|next| is_no(&next.low()))
            }
            behind => is_no(behind),
        }
    }
}

/// Whether an answer takes back what its first word says: `срочности нет`, `да, не срочно`.
pub(super) fn takes_back(answer: &str, is_it: impl Fn(&str) -> bool) -> bool {
    let all = clauses(answer);
    let first = all
        .first()
        .is_some_and(|one| one.is_denied(0, 1, all.get(1)));
    let is_pair = |pair: &[&str]| matches!(pair, [no, it] if NO.contains(no) && is_it(it));
    first || all.iter().any(|one| one.low().windows(2).any(is_pair))
}

/// Whether words say no and nothing else: `нет`, `не очень`.
fn is_no(words: &[&str]) -> bool {
    let Some((first, rest)) = words.split_first() else {
        return false;
    };
    NO.contains(first) && rest.iter().all(|word| BETWEEN.contains(word))
}
