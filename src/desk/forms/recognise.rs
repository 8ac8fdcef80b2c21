//! Which form a mail is of, and whether it asks for the list of them.

use jiff::civil::DateTime;

use super::{FormPolicy, Forms, fold::folded, read::read};
use crate::model::{
    ids::{FieldName, FormName},
    text::Text,
};

/// A form as a mail has filled it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Which.
    pub form: FormName,
    /// The fields of which it says something, in the order of the form.
    pub fields: Vec<(FieldName, Text)>,
}

/// How the whole matter of a mail is written that asks for the list of forms.
const LIST: &[&str] = &[
    "формы",
    "форма",
    "шаблоны",
    "бланки",
    "список форм",
    "forms",
    "form",
    "templates",
    "list of forms",
];

/// What may stand behind the `+` of a mailbox's address that asks for them.
const DETAILS: &[&str] = &["forms", "form", "templates", "формы", "шаблоны"];

/// Polite words that ask nothing of their own.
const POLITE: &[&str] = &[
    "здравствуйте",
    "добрый день",
    "доброе утро",
    "добрый вечер",
    "пожалуйста",
    "спасибо",
    "заранее спасибо",
    "hello",
    "hi",
    "please",
    "thanks",
    "thank you",
];

/// Whether a line is nothing but polite.
pub(super) fn is_polite(line: &str) -> bool {
    POLITE.contains(&folded(line).as_str())
}

/// Whether a mail asks for the list: by the detail of the address that it went to, or since its whole matter is the word.
/// A text besides a subject of that word is the matter itself, and no list is its answer.
#[must_use]
pub fn is_list_asked<'a>(
    details: impl IntoIterator<Item = &'a str>,
    subject: &str,
    text: &str,
) -> bool {
    let is_word = |words: &str| {
        let words = folded(words).trim_end_matches('?').to_owned();
        LIST.contains(&words.trim_start_matches('#').trim())
    };
    let mut lines = text.lines().map(folded).filter(|line| !line.is_empty());
    let mut details = details.into_iter().map(str::to_lowercase);
    if details.any(|detail| DETAILS.contains(&detail.as_str())) {
        return true;
    }
    let is_nothing_more =
        |line: &String| is_word(line) || POLITE.contains(&line.trim_end_matches('?'));
    let says = text.lines().any(is_word);
    (is_word(subject) || says) && lines.all(|line| is_nothing_more(&line))
}

/// The code of a form, as it stands in a subject.
#[must_use]
pub fn code_of(form: &FormName) -> String {
    format!("[form:{form}]")
}

/// The subject without the code of any form.
#[must_use]
pub fn without_code(subject: &str) -> String {
    let mut rest = subject.to_owned();
    while let Some((start, end, _)) = code_in(&rest) {
        let before = rest.get(..start).unwrap_or_default().trim_end();
        let after = rest.get(end..).unwrap_or_default().trim_start();
        rest = format!("{before} {after}").trim().to_owned();
    }
    rest
}

/// Where a code stands, and the name in it: `[form:ndfl]`, also with a space or without its last bracket.
fn code_in(subject: &str) -> Option<(usize, usize, &str)> {
    let lower = subject.to_ascii_lowercase();
    let start = lower.find("[form:").or_else(|| lower.find("[form："))?;
    let open = start.saturating_add("[form".len());
    let inside = subject.get(open..)?.trim_start_matches([':', '：']);
    let length = inside.find(']').unwrap_or(inside.len());
    let name = inside.get(..length)?;
    let until = subject
        .len()
        .saturating_sub(inside.len())
        .saturating_add(length);
    let end = until.saturating_add(1).min(subject.len());
    Some((start, end, name.trim()))
}

/// The form that a mail is of, with what it says. `new` is its new text and `whole` all of its text, quotes among it:
/// there somebody may have filled in what they were sent.
#[must_use]
pub fn recognise(
    forms: &Forms,
    (subject, new, whole): (&str, &str, &str),
    now: DateTime,
) -> Option<Filled> {
    if forms.is_empty() {
        return None;
    }
    let named = code_in(subject).and_then(|(_, _, code)| {
        let code = code.to_lowercase();
        forms
            .iter()
            .find(|(name, _)| name.as_str().to_lowercase() == code)
    });
    if let Some((name, form)) = named {
        let fields = of_texts(form, (new, whole), now);
        return Some(Filled {
            form: name.clone(),
            fields,
        });
    }
    let subject = folded(subject);
    let mut best: Option<(usize, Filled)> = None;
    for (name, form) in forms {
        let is_titled = form.title.all().any(|title| {
            let title = folded(title);
            subject == title
                || subject
                    .strip_suffix(&title)
                    .is_some_and(|rest| rest.ends_with(": "))
        });
        let fields = of_texts(form, (new, whole), now);
        let filled = fields.iter().filter(|(_, value)| !value.is_blank()).count();
        let is_best = best.as_ref().is_none_or(|(most, _)| filled > *most);
        if filled > 0 && (is_titled || has_required(form, &fields)) && is_best {
            let form = name.clone();
            best = Some((filled, Filled { form, fields }));
        }
    }
    best.map(|(_, filled)| filled)
}

/// Whether all obligatory titles stand there, and at least two titles: one alone stands in many a mail.
fn has_required(form: &FormPolicy, fields: &[(FieldName, Text)]) -> bool {
    let has = |name: &FieldName| fields.iter().any(|(known, _)| known == name);
    let mut required = form.fields.iter().filter(|field| field.required);
    fields.len() >= 2
        && form.fields.iter().any(|field| field.required)
        && required.all(|field| has(&field.name))
}

/// What the new text says; where it says nothing of the form, what the whole text does.
fn of_texts(
    form: &FormPolicy,
    (new, whole): (&str, &str),
    now: DateTime,
) -> Vec<(FieldName, Text)> {
    let of_new = named(form, new, now);
    match of_new.is_empty() {
        true => named(form, whole, now),
        false => of_new,
    }
}

/// What a text says of the fields, by their names, in the order of the form.
pub(super) fn named(form: &FormPolicy, text: &str, now: DateTime) -> Vec<(FieldName, Text)> {
    let mut found = read(text, form, now);
    found.sort_by_key(|one| one.field);
    let fields = found.into_iter();
    fields
        .filter_map(|one| {
            let field = form.fields.get(one.field)?;
            Some((field.name.clone(), Text::new(&one.value)))
        })
        .collect()
}
