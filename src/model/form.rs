//! Request forms: what people have filled in, and the files that go with a form.

use serde::{Deserialize, Serialize};

use super::{
    ids::{FieldName, FormName},
    text::Text,
};

/// A form as far as a ticket's people have filled it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilledForm {
    /// Which form.
    pub form: FormName,
    /// What was said of each field, in the order in which it was; the words may have been erased since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(FieldName, Text)>,
    /// Whoever filled it in was asked for what is missing: that is done once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_asked: bool,
}

impl FilledForm {
    /// A form of which nothing is filled in.
    #[must_use]
    pub const fn new(form: FormName) -> Self {
        Self {
            form,
            fields: Vec::new(),
            is_asked: false,
        }
    }

    /// What was said of a field.
    #[must_use]
    pub fn value(&self, field: &FieldName) -> Option<&Text> {
        let mut fields = self.fields.iter();
        fields
            .find(|(name, _)| name == field)
            .map(|(_, value)| value)
    }

    /// Something was said of a field, perhaps not for the first time.
    pub fn set(&mut self, field: &FieldName, value: Text) {
        match self.fields.iter_mut().find(|(name, _)| name == field) {
            Some((_, known)) => *known = value,
            None => self.fields.push((field.clone(), value)),
        }
    }
}

/// Values of fields as history keeps them apart: `name: value`, a value's further lines behind a tab.
#[must_use]
pub fn written(fields: &[(FieldName, Text)]) -> String {
    let lines = fields.iter().map(|(name, value)| {
        let value = value.as_str().replace('\n', "\n\t");
        format!("{name}: {value}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The value of that field in what [`written`] has made; nothing where the words were erased.
#[must_use]
pub fn value_in(words: &str, field: &FieldName) -> Text {
    let mut lines = words.lines();
    let first = lines.find_map(|line| {
        let (name, value) = line.split_once(": ").or_else(|| line.split_once(':'))?;
        (name == field.as_str()).then_some(value)
    });
    let Some(first) = first else {
        return Text::default();
    };
    let more = lines.map_while(|line| line.strip_prefix('\t'));
    let value: Vec<&str> = std::iter::once(first).chain(more).collect();
    Text::new(&value.join("\n"))
}

/// A file that goes with a form: an instruction, a rule, a form to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFile {
    /// Its name, without a path.
    pub name: String,
    /// `type/subtype`.
    pub media_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_apart_is_read_back() {
        let fields: Vec<(FieldName, Text)> = [
            ("kind", "за год"),
            ("why", "для визы\nи для банка\n\nsecond: line"),
            ("none", ""),
        ]
        .map(|(name, value)| (name.into(), value.into()))
        .to_vec();
        let words = written(&fields);
        for (name, value) in &fields {
            assert_eq!(value_in(&words, name), *value, "{name}");
        }
        assert_eq!(value_in(&words, &"second".into()), Text::default());
        assert_eq!(value_in("", &"kind".into()), Text::default());
    }
}
