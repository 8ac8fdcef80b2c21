//! The lines of a form in a text. What stands between and around them is left alone.

use jiff::civil::DateTime;

use super::{
    FieldKind, FormPolicy,
    fold::{
        Behind, behind_title, folded, has_open_hint, is_invisible, trimmed, unquoted,
        without_bullet,
    },
    value::check,
};
use crate::model::text::Text;

/// How many lines of a text are looked at.
const LINES_MAX: usize = 400;

/// Over how many lines more a hint may be broken.
const HINT_LINES_MAX: usize = 6;

/// The longest value, in characters, and its lines.
const VALUE_MAX: usize = 2000;
const VALUE_LINES_MAX: usize = 40;

/// What a text says of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which field of the form, counted from 0.
    pub field: usize,
    /// The value as [`check`] makes it; what cannot be used as it was written. Empty: the title alone stands there.
    pub value: String,
}

/// A line, and the field that it begins.
struct Line<'t> {
    words: &'t str,
    begins: Option<(usize, &'t str)>,
}

/// What a text says of the fields of a form, each once: the first value counts. Only for a mail that is of this form: in
/// any other a line with a colon is prose.
#[must_use]
pub fn read(text: &str, form: &FormPolicy, now: DateTime) -> Vec<Found> {
    let titles = titles(form);
    let whole = whole_lines(text, &titles);
    let lines: Vec<Line<'_>> = whole
        .iter()
        .map(|line| Line {
            words: unquoted(line),
            begins: begun(line, &titles, form, now),
        })
        .collect();
    let mut found: Vec<Found> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((field, first)) = line.begins else {
            continue;
        };
        let Some(kind) = form.fields.get(field).map(|field| &field.kind) else {
            continue;
        };
        let below = lines.get(at.saturating_add(1)..).unwrap_or_default();
        let written = value((first, below), kind, now);
        let value = match is_empty(&written, form, field) {
            true => String::new(),
            false => check(kind, &written, now).unwrap_or(written),
        };
        let value = Text::new(&value).as_str().to_owned();
        match found.iter_mut().find(|known| known.field == field) {
            Some(known) if known.value.is_empty() => known.value = value,
            Some(_) => {}
            None => found.push(Found { field, value }),
        }
    }
    found
}

/// Every title, folded, the longest first: `Период работы` is no `Период`.
fn titles(form: &FormPolicy) -> Vec<(usize, String)> {
    let fields = form.fields.iter().enumerate();
    let mut titles: Vec<(usize, String)> = fields
        .flat_map(|(at, field)| field.title.all().map(move |title| (at, folded(title))))
        .collect();
    titles.sort_by_key(|(_, title)| std::cmp::Reverse(title.chars().count()));
    titles
}

/// The lines of a text; one that a program has broken within the hint behind a title is whole again.
fn whole_lines(text: &str, titles: &[(usize, String)]) -> Vec<String> {
    let is_open = |line: &str| {
        let words = without_bullet(line);
        titles.iter().any(|(_, title)| has_open_hint(words, title))
    };
    let mut whole: Vec<String> = Vec::new();
    let mut lines = text.lines().take(LINES_MAX).peekable();
    while let Some(line) = lines.next() {
        let mut line = line.to_owned();
        if is_open(&line) {
            let mut joined = line.clone();
            let mut rest = lines.clone();
            for (taken, next) in rest.by_ref().take(HINT_LINES_MAX).enumerate() {
                joined = format!("{joined} {}", unquoted(next));
                if !is_open(&joined) {
                    line = joined;
                    lines.nth(taken);
                    break;
                }
            }
        }
        whole.push(line);
    }
    whole
}

/// The field that a line begins, and what stands behind its title.
fn begun<'t>(
    line: &'t str,
    titles: &[(usize, String)],
    form: &FormPolicy,
    now: DateTime,
) -> Option<(usize, &'t str)> {
    let words = without_bullet(line);
    titles.iter().find_map(|(at, title)| {
        let value = match behind_title(words, title)? {
            Behind::Value(value) => value,
            Behind::Nothing => "",
            // Cells of a table without lines stand side by side; words may be a sentence.
            Behind::Words(value) => {
                let kind = &form.fields.get(*at)?.kind;
                let is_one = *kind != FieldKind::Text && check(kind, value, now).is_some();
                return is_one.then_some((*at, value));
            }
        };
        Some((*at, value))
    })
}

/// What is written of a field: behind its title, or below it; of words, all lines up to an empty one or the next title.
fn value((first, below): (&str, &[Line<'_>]), kind: &FieldKind, now: DateTime) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut rest = below.iter();
    if is_blank(first) {
        let gap = below.iter().take_while(|line| is_blank(line.words)).count();
        let next = below.get(gap).filter(|line| line.begins.is_none());
        let Some(next) = next.filter(|_| gap <= 1) else {
            return String::new();
        };
        let is_its_own = match kind {
            _ if gap == 0 => true,
            FieldKind::Text => is_between_titles(below.get(gap..).unwrap_or_default()),
            FieldKind::Choice(_) | FieldKind::Date | FieldKind::Number => {
                check(kind, next.words, now).is_some()
            }
        };
        if !is_its_own {
            return String::new();
        }
        lines.push(next.words);
        rest = below
            .get(gap.saturating_add(1)..)
            .unwrap_or_default()
            .iter();
    } else {
        lines.push(first);
    }
    if *kind != FieldKind::Text {
        // A line that a program has broken.
        let next = rest.clone().next();
        let next = next.filter(|line| line.begins.is_none() && !is_blank(line.words));
        let alone = lines.join(" ");
        if let Some(next) = next.filter(|_| check(kind, &alone, now).is_none()) {
            let both = format!("{alone} {}", next.words);
            if check(kind, &both, now).is_some() {
                return plain(&both);
            }
        }
    } else {
        let more = rest.take_while(|line| line.begins.is_none() && !is_blank(line.words));
        lines.extend(more.map(|line| line.words).take(VALUE_LINES_MAX));
    }
    let lines: Vec<String> = lines.into_iter().map(plain).collect();
    let joined = lines.join("\n");
    joined.trim().chars().take(VALUE_MAX).collect()
}

/// Whether the words that begin here end with an empty line before the next title: a program that makes a paragraph of
/// every line. The last field of a form has no such sign, and what follows it may be anything.
fn is_between_titles(lines: &[Line<'_>]) -> bool {
    let words = lines
        .iter()
        .take_while(|line| line.begins.is_none() && !is_blank(line.words));
    let behind = lines.get(words.count()..).unwrap_or_default();
    let next = behind.iter().find(|line| !is_blank(line.words));
    next.is_some_and(|line| line.begins.is_some())
}

fn is_blank(words: &str) -> bool {
    trimmed(words).is_empty()
}

/// One space between words, nothing invisible.
fn plain(words: &str) -> String {
    let seen: String = words.chars().filter(|c| !is_invisible(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether nothing was written: no letter and no digit, or the form's own hint.
fn is_empty(written: &str, form: &FormPolicy, field: usize) -> bool {
    let words = folded(written);
    let hint = form.fields.get(field).and_then(|field| field.hint.as_ref());
    let is_hint = |hint: &super::Title| hint.all().any(|hint| folded(hint) == words);
    !words.chars().any(char::is_alphanumeric) || hint.is_some_and(is_hint)
}
