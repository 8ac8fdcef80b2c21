//! One line of an agent's mail: a command, a note, a word that was meant to be one of them, or words for the requester.

use super::{
    Command, Unknown,
    form::{Form, Takes},
    slip::is_slip_of,
    verb::Verb,
};

/// What a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line<'t> {
    /// Something to do.
    Command(Command),
    /// Something to do that nobody knows, or that is spelled wrongly.
    Unknown(Unknown),
    /// From here on a note; what stands behind its colon.
    Note(&'t str),
    /// Words.
    Words,
}

const NOTE: &[&str] = &["заметка", "note"];

/// Words that look like a slip in *note* and are words themselves, unless a colon follows.
const NO_NOTES: &[&str] = &["none", "nope", "noted", "notes", "заметки"];

/// Words that look like a slip in a command and are words themselves.
const NO_SLIPS: &[&str] = &[
    "готов",
    "готова",
    "готовы",
    "решена",
    "решены",
    "сделана",
    "сделаны",
    "выполнена",
    "выполнены",
    "взяли",
    "salved",
];

/// A bare line is looked at for slips from this many letters on: shorter words are too often others.
const BARE_SLIP_LETTERS_MIN: usize = 5;

/// What this line is.
pub(super) fn read(line: &str) -> Line<'_> {
    if let Some(rest) = after_note_word(line) {
        return Line::Note(rest);
    }
    match line.trim_start().strip_prefix('#') {
        Some(marked) => read_marked(line, marked.trim()),
        None => read_bare(line),
    }
}

/// Behind `#`: a command, perhaps with an argument.
fn read_marked<'t>(line: &str, marked: &str) -> Line<'t> {
    let is_word = marked.chars().next().is_some_and(char::is_alphabetic);
    if !is_word {
        return Line::Words;
    }
    let best = Form::words()
        .filter_map(|(word, form)| Some((word.len(), form, rest_behind(marked, word)?)))
        .max_by_key(|(length, ..)| *length);
    match best {
        Some((_, form, rest)) if form.takes == Takes::Nothing && !rest.is_empty() => {
            Line::Unknown(unknown(line, Some(form.verb)))
        }
        Some((_, form, rest)) => Line::Command(command(line, form.verb, rest)),
        None => Line::Unknown(unknown(line, nearest(first_word(marked)))),
    }
}

/// Without `#`: a word alone, or one that takes an address with just that.
fn read_bare<'t>(line: &str) -> Line<'t> {
    let words = folded(line);
    let alone = |form: &Form| form.takes != Takes::Argument;
    let exact = Form::words().find(|(word, form)| *word == words && alone(form));
    if let Some((_, form)) = exact {
        return Line::Command(command(line, form.verb, ""));
    }
    let (verb, rest) = words.split_once(' ').unwrap_or((&words, ""));
    let is_address = rest.contains('@') && !rest.contains(' ');
    let taker = Form::words().find(|(word, form)| *word == verb && form.takes == Takes::Maybe);
    match taker {
        Some((_, form)) if is_address => Line::Command(command(line, form.verb, rest)),
        Some(_) | None if is_bare_slip(&words) => Line::Unknown(unknown(line, nearest(&words))),
        Some(_) | None => Line::Words,
    }
}

/// What stands behind a verb, as written; `None` where the line does not begin with it.
fn rest_behind<'t>(line: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = line;
    for part in word.split(' ') {
        let written = rest.split_whitespace().next()?;
        if folded(written.trim_end_matches([':', ','])) != part {
            return None;
        }
        rest = rest.trim_start().get(written.len()..)?;
    }
    Some(rest.trim())
}

fn is_bare_slip(words: &str) -> bool {
    let is_long = words.chars().count() >= BARE_SLIP_LETTERS_MIN;
    is_long
        && words.chars().all(char::is_alphabetic)
        && !NO_SLIPS.contains(&words)
        && nearest(words).is_some_and(|verb| verb.form().takes != Takes::Argument)
}

/// The verb of which this word is one slip away.
fn nearest(word: &str) -> Option<Verb> {
    let word = folded(word);
    let near = Form::words().find(|(known, _)| is_slip_of(&word, known));
    near.map(|(_, form)| form.verb)
}

fn first_word(text: &str) -> &str {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.trim_end_matches([':', ',', '.', '!'])
}

fn command(line: &str, verb: Verb, argument: &str) -> Command {
    Command {
        verb,
        argument: argument.to_owned(),
        written: line.trim().to_owned(),
    }
}

fn unknown(line: &str, near: Option<Verb>) -> Unknown {
    Unknown {
        written: line.trim().chars().take(60).collect(),
        near,
    }
}

/// What stands behind `заметка:` at the beginning of a line, with or without `#`.
fn after_note_word(line: &str) -> Option<&str> {
    let (head, rest) = line.split_once(':').or_else(|| line.split_once('：'))?;
    let word = folded(head);
    let word = word
        .strip_prefix('#')
        .map_or(word.as_str(), str::trim_start);
    NOTE.contains(&word).then(|| rest.trim_start())
}

/// Whether a first line was perhaps meant to say *note*: the word without its colon, or one letter off before a colon.
pub(super) fn is_nearly_note(words: &str) -> bool {
    let head = words
        .split([':', '：', ';', '.', ',', '-', '—'])
        .next()
        .unwrap_or("")
        .trim();
    let head = head.strip_prefix('#').unwrap_or(head).trim();
    !head.contains(' ')
        && !NO_NOTES.contains(&words)
        && NOTE
            .iter()
            .any(|note| head == *note || is_slip_of(head, note))
}

/// Lower case, one space between words, no closing dots.
pub(in crate::desk) fn folded(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words
        .to_lowercase()
        .trim_end_matches(['.', '!', ' '])
        .to_owned()
}
