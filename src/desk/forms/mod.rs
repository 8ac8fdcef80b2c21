//! # forms: requests that are asked by lines `Title: value`
//!
//! A form is known by its code in the subject, `[form:ndfl]`; or by its own title there; or since all its obligatory
//! titles stand in the mail. In every other mail a line with a colon is prose. What is read is tolerant ([`read`]), what
//! counts is checked ([`value`]), and nothing of the mail's text is taken away: the fields stand above it.

mod answer;
mod fields;
mod fold;
mod read;
mod recognise;
mod shown;
mod value;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use answer::answer;
pub use fields::{all_missing, chosen, field_named, is_sound, missing};
pub use fold::folded;
pub use read::{Found, read};
pub use recognise::{Filled, code_of, is_list_asked, recognise, without_code};
pub use shown::{lines, offered, title_of, view};
pub use value::check;

use crate::model::{
    ids::{FieldName, FormName, QueueName},
    language::Language,
};

/// The forms, by their names.
pub type Forms = BTreeMap<FormName, FormPolicy>;

/// Words that people see, in the language of the site and, where it was given, in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// The words.
    pub text: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Title {
    /// The words in that language, as far as there are any.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match (language, &self.en) {
            (Language::En, Some(en)) => en,
            (Language::En, None) | (Language::Ru, _) => &self.text,
        }
    }

    /// The words in every language.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.en.as_deref())
    }
}

/// A form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPolicy {
    /// What it is called; a mail with just this subject may be of it.
    pub title: Title,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Title>,
    /// Who answers, whichever mailbox it comes in by.
    pub queue: QueueName,
    /// Its fields, in order.
    pub fields: Vec<FieldPolicy>,
    /// Whether nothing is promised while what is missing was asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pauses: bool,
    /// The files that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileFacts>,
}

impl FormPolicy {
    /// A field by its name.
    #[must_use]
    pub fn field(&self, name: &FieldName) -> Option<&FieldPolicy> {
        self.fields.iter().find(|field| field.name == *name)
    }
}

/// A file that goes with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Its name, without a path.
    pub name: String,
    /// How large it is.
    pub bytes: u64,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldPolicy {
    /// Its name, by which history and reports know it.
    pub name: FieldName,
    /// What stands before the colon.
    pub title: Title,
    /// What may stand behind it.
    pub kind: FieldKind,
    /// It must be filled in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// What to write, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Title>,
}

/// What may be said of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Words, perhaps several lines of them.
    Text,
    /// One of these.
    Choice(Vec<Title>),
    /// A day.
    Date,
    /// A number.
    Number,
}

impl FieldKind {
    /// The word in the configuration.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Choice(_) => "choice",
            Self::Date => "date",
            Self::Number => "number",
        }
    }
}

#[cfg(test)]
mod tests;
