//! What an answer says of a form.

use jiff::civil::DateTime;

use super::{
    FieldKind, FormPolicy,
    fields::missing,
    recognise::{is_polite, named},
    value::check,
};
use crate::{
    desk::command::is_thanks,
    model::{form::FilledForm, ids::FieldName, text::Text},
};

/// The longest text that may be a value without its title, in characters.
const BARE_VALUE_MAX: usize = 120;

/// What a later mail of a ticket says of its form: lines of the form in the new text; where whoever filled it in was asked
/// for the rest, such lines within the quote; and where one field is missing alone, a text that is nothing but its value.
#[must_use]
pub fn answer(
    form: &FormPolicy,
    filled: &FilledForm,
    (new, whole): (&str, &str),
    now: DateTime,
) -> Vec<(FieldName, Text)> {
    let is_news =
        |(name, value): &(FieldName, Text)| !value.is_blank() && filled.value(name) != Some(value);
    let said: Vec<_> = named(form, new, now).into_iter().filter(is_news).collect();
    if !said.is_empty() || !filled.is_asked {
        return said;
    }
    let lacking: Vec<_> = missing(form, filled).collect();
    let is_missing = |name: &FieldName| lacking.iter().any(|field| field.name == *name);
    let quoted = named(form, whole, now).into_iter().filter(is_news);
    let quoted: Vec<_> = quoted.filter(|(name, _)| is_missing(name)).collect();
    if !quoted.is_empty() {
        return quoted;
    }
    let [only] = lacking.as_slice() else {
        return Vec::new();
    };
    let value = bare_value(new, &only.kind, now);
    let value = value.map(|value| (only.name.clone(), Text::new(&value)));
    value.into_iter().collect()
}

/// The value that a text is, besides polite words.
fn bare_value(text: &str, kind: &FieldKind, now: DateTime) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut said = lines.filter(|line| !is_polite(line) && !is_thanks(line));
    let only = said.next()?;
    let is_one = said.next().is_none();
    let is_short = only.chars().count() <= BARE_VALUE_MAX && !only.contains('?');
    check(kind, only, now).filter(|_| is_one && is_short)
}
