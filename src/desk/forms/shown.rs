//! A form in letters: its lines to be filled in, and what is filled in.

use jiff::civil::Date;

use super::{
    FieldKind, FieldPolicy, FormPolicy, code_of,
    fields::{is_sound, missing},
};
use crate::model::{
    address::Address,
    form::FilledForm,
    ids::{FieldName, FormName},
    language::Language,
    outgoing::{FieldView, FormView, MissingField, OfferedForm},
};

/// The lines of a form, one a field, with what is known: `Период (год): 2025`. `has_hints`: with what to write, in brackets
/// before the colon, where whoever fills it in sees it and no program takes it for an answer.
#[must_use]
pub fn lines(
    form: &FormPolicy,
    known: Option<&FilledForm>,
    (language, has_hints): (Language, bool),
) -> Vec<String> {
    let line = |field: &FieldPolicy| {
        let value = known.and_then(|known| known.value(&field.name));
        let value = value.map(|value| value.as_str());
        let value = value.filter(|value| is_sound(field, value));
        let value = value
            .map(|value| shown(field, value, language))
            .unwrap_or_default();
        let mut notes = Vec::new();
        if has_hints {
            notes.extend(Some(hint(field, language)).filter(|hint| !hint.is_empty()));
            if !field.required {
                notes.push(optional(language).to_owned());
            }
        }
        let title = field.title.of(language);
        match notes.is_empty() {
            true => format!("{title}: {value}"),
            false => format!("{title} ({}): {value}", notes.join("; ")),
        }
    };
    form.fields.iter().map(line).collect()
}

const fn optional(language: Language) -> &'static str {
    match language {
        Language::Ru => "необязательно",
        Language::En => "optional",
    }
}

/// What to write in a field, in a few words.
fn hint(field: &FieldPolicy, language: Language) -> String {
    let own = field.hint.as_ref().map(|hint| hint.of(language).to_owned());
    let of_kind = match (&field.kind, language) {
        (FieldKind::Choice(choices), _) => {
            let choices: Vec<&str> = choices.iter().map(|choice| choice.of(language)).collect();
            Some(choices.join(" / "))
        }
        (FieldKind::Date, Language::Ru) if own.is_none() => {
            Some("дата, например 15.12.2026".to_owned())
        }
        (FieldKind::Date, Language::En) if own.is_none() => {
            Some("a date, as 15 December 2026".to_owned())
        }
        (FieldKind::Number, Language::Ru) if own.is_none() => Some("число".to_owned()),
        (FieldKind::Number, Language::En) if own.is_none() => Some("a number".to_owned()),
        (FieldKind::Text | FieldKind::Date | FieldKind::Number, _) => None,
    };
    let both = own.into_iter().chain(of_kind);
    both.collect::<Vec<_>>().join(": ")
}

/// A value as people read it.
fn shown(field: &FieldPolicy, value: &str, language: Language) -> String {
    match &field.kind {
        FieldKind::Choice(choices) => {
            let choice = choices.iter().find(|choice| choice.text == value);
            choice
                .map_or(value, |choice| choice.of(language))
                .to_owned()
        }
        FieldKind::Date => match (value.parse::<Date>(), language) {
            (Ok(date), Language::Ru) => date.strftime("%d.%m.%Y").to_string(),
            (Ok(date), Language::En) => date.strftime("%-d %B %Y").to_string(),
            (Err(_), _) => value.to_owned(),
        },
        FieldKind::Number if language == Language::Ru => value.replace('.', ","),
        FieldKind::Number | FieldKind::Text => value.to_owned(),
    }
}

/// What a field is called; its name where the configuration has lost it.
#[must_use]
pub fn title_of(form: Option<&FormPolicy>, field: &FieldName, language: Language) -> String {
    let known = form.and_then(|form| form.field(field));
    known.map_or_else(
        || field.to_string(),
        |field| field.title.of(language).to_owned(),
    )
}

/// A form as it is filled in.
#[must_use]
pub fn view(filled: &FilledForm, form: Option<&FormPolicy>, language: Language) -> FormView {
    let mut fields = Vec::new();
    let in_order = form.into_iter().flat_map(|form| &form.fields);
    for field in in_order {
        let value = filled.value(&field.name).map(|value| value.as_str());
        if let Some(value) = value.filter(|value| is_sound(field, value)) {
            fields.push(FieldView {
                title: field.title.of(language).to_owned(),
                value: shown(field, value, language),
            });
        }
    }
    // What the form has lost since is still what somebody has said.
    let lost = filled.fields.iter().filter(|(name, value)| {
        let is_known = form.is_some_and(|form| form.field(name).is_some());
        !is_known && !value.is_blank()
    });
    fields.extend(lost.map(|(name, value)| FieldView {
        title: name.to_string(),
        value: value.as_str().to_owned(),
    }));
    let lacking = form.into_iter().flat_map(|form| missing(form, filled));
    let lacking = lacking.map(|field| MissingField {
        title: field.title.of(language).to_owned(),
        value: filled
            .value(&field.name)
            .map_or_else(String::new, |value| value.as_str().to_owned()),
        hint: hint(field, language),
    });
    FormView {
        title: form.map_or_else(
            || filled.form.to_string(),
            |form| form.title.of(language).to_owned(),
        ),
        fields,
        missing: lacking.collect(),
        question: Vec::new(),
        to_fill: String::new(),
        is_asked: filled.is_asked,
        is_paused: false,
        is_new: false,
    }
}

/// A form in the list of those that there are.
#[must_use]
pub fn offered(
    (name, form): (&FormName, &FormPolicy),
    (queue, address): (&str, &Address),
    language: Language,
) -> OfferedForm {
    let about = form.about.as_ref();
    let title = form.title.of(language);
    OfferedForm {
        title: title.to_owned(),
        about: about.map_or_else(String::new, |about| about.of(language).to_owned()),
        queue: queue.to_owned(),
        address: address.clone(),
        subject: format!("{title} {}", code_of(name)),
        lines: lines(form, None, (language, true)),
        short: lines(form, None, (language, false)),
        files: form.files.iter().map(|file| file.name.clone()).collect(),
        files_left_out: Vec::new(),
    }
}
