//! What is still missing of a form, and what was chosen in it.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use super::{FieldKind, FieldPolicy, FormPolicy, fold::folded, value::check};
use crate::model::{form::FilledForm, ids::FieldName, text::Text};

/// Whether a value that was stored is one that the field takes.
#[must_use]
pub fn is_sound(field: &FieldPolicy, value: &str) -> bool {
    // What was checked once says its day whole: the time of the day does not matter any more.
    check(&field.kind, value, DateTime::default()).as_deref() == Some(value)
}

/// The fields that whoever filled in the form is to be asked for: obligatory ones without a value, and such with one that
/// cannot be used.
pub fn missing<'f>(
    form: &'f FormPolicy,
    filled: &'f FilledForm,
) -> impl Iterator<Item = &'f FieldPolicy> {
    form.fields.iter().filter(|field| {
        let value = filled.value(&field.name).filter(|value| !value.is_blank());
        match value {
            Some(value) => !is_sound(field, value.as_str()),
            None => field.required,
        }
    })
}

/// What was chosen where there is a list to choose from, in the words of the configuration. What anybody wrote freely is not
/// in it, nor what is none of the list.
#[must_use]
pub fn chosen(form: &FormPolicy, said: &[(FieldName, Text)]) -> BTreeMap<FieldName, String> {
    let choice = |(name, value): &(FieldName, Text)| {
        let FieldKind::Choice(choices) = &form.field(name)?.kind else {
            return None;
        };
        let own = choices.iter().find(|own| own.text == value.as_str())?;
        Some((name.clone(), own.text.clone()))
    };
    said.iter().filter_map(choice).collect()
}

/// Whether nothing at all is filled in.
#[must_use]
pub fn all_missing(filled: &FilledForm) -> bool {
    filled.fields.iter().all(|(_, value)| value.is_blank())
}

/// The field that somebody means who writes its title in any language, or its name.
#[must_use]
pub fn field_named<'f>(form: &'f FormPolicy, words: &str) -> Option<&'f FieldPolicy> {
    let words = folded(words);
    form.fields.iter().find(|field| {
        field.name.as_str().to_lowercase() == words
            || field.title.all().any(|title| folded(title) == words)
    })
}
