//! Reads one table of the file key by key, and then says which keys nobody asked for. Unlike serde's derive it goes
//! on after the first mistake, so that a person sees all of them at once.

mod tables;

use toml::de::{DeTable, DeValue};

use super::{
    near::nearest,
    problems::{At, Notes, Spot},
};

/// A value as it stands in the file.
pub(super) type Value<'a> = At<&'a DeValue<'a>>;

/// A table that is being read.
#[derive(Debug)]
pub(super) struct Section<'a> {
    source: &'a str,
    table: &'a DeTable<'a>,
    /// Where the table begins.
    pub spot: Spot,
    asked: Vec<&'static str>,
    missing: Vec<(&'static str, &'static str)>,
}

/// The line, from 1, of a byte of the source.
pub(super) fn line_of(source: &str, byte: usize) -> usize {
    let before = source.as_bytes().get(..byte).unwrap_or_default();
    let ends = before.iter().filter(|b| **b == b'\n').count();
    ends.saturating_add(1)
}

impl<'a> Section<'a> {
    /// The whole file.
    pub(super) const fn file(source: &'a str, table: &'a DeTable<'a>) -> Self {
        Self::new(
            source,
            table,
            Spot {
                line: 1,
                key: String::new(),
            },
        )
    }

    const fn new(source: &'a str, table: &'a DeTable<'a>, spot: Spot) -> Self {
        Self {
            source,
            table,
            spot,
            asked: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// How many keys are written in it.
    pub(super) fn len(&self) -> usize {
        self.table.len()
    }

    /// Whether a key is written.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.iter().any(|(name, _)| name.get_ref() == key)
    }

    /// The value of a key, if it is written.
    pub(super) fn value(&mut self, key: &'static str) -> Option<Value<'a>> {
        self.asked.push(key);
        let (name, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        Some(At {
            value: value.get_ref(),
            spot: Spot {
                line: line_of(self.source, name.span().start),
                key: self.spot.path_of(key),
            },
        })
    }

    /// A value through `read`, which says what is wrong with it.
    pub(super) fn read<T>(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        read: impl FnOnce(&DeValue<'_>) -> Result<T, String>,
    ) -> Option<At<T>> {
        let At { value, spot } = self.value(key)?;
        match read(value) {
            Ok(value) => Some(At { value, spot }),
            Err(words) => {
                notes.problem(&spot, words);
                None
            }
        }
    }

    /// A text through `parse`.
    pub(super) fn parsed<T>(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<At<T>> {
        self.read(notes, key, |value| parse(text(value)?))
    }

    /// A text of one line, not blank.
    pub(super) fn text(&mut self, notes: &mut Notes, key: &'static str) -> Option<At<String>> {
        self.parsed(notes, key, |words| Ok(words.to_owned()))
    }

    /// A list of texts, each through `parse`.
    pub(super) fn list<T>(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<At<Vec<T>>> {
        self.read(notes, key, |value| {
            let items = value.as_array().ok_or_else(|| {
                format!(
                    "a list is expected, [\"…\"], but this is {}",
                    kind_of(value)
                )
            })?;
            items
                .iter()
                .map(|item| parse(text(item.get_ref())?))
                .collect()
        })
    }

    /// A whole number within a range.
    pub(super) fn number(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<At<u32>> {
        self.read(notes, key, |value| {
            integer(value)
                .and_then(|number| u32::try_from(number).ok())
                .filter(|number| range.contains(number))
                .ok_or_else(|| {
                    format!(
                        "a whole number from {} to {} is expected",
                        range.start(),
                        range.end()
                    )
                })
        })
    }

    /// A table below this one.
    pub(super) fn section(&mut self, notes: &mut Notes, key: &'static str) -> Option<Self> {
        let written = self.value(key)?;
        self.below(notes, &written)
    }

    /// A value as a table.
    pub(super) fn below(&self, notes: &mut Notes, written: &Value<'a>) -> Option<Self> {
        let Some(table) = written.value.as_table() else {
            let kind = kind_of(written.value);
            notes.problem(
                &written.spot,
                format!("a table is expected, but this is {kind}"),
            );
            return None;
        };
        Some(Self::new(self.source, table, written.spot.clone()))
    }

    /// Says that a key must be written where it is not; `example` is the line to write.
    pub(super) fn need(&mut self, key: &'static str, example: &'static str) {
        if !self.has(key) {
            self.missing.push((key, example));
        }
    }

    /// Reports the keys that nobody asked for and the needed ones that are not there. A missing key that a misspelt
    /// one stands for is told once.
    pub(super) fn finish(self, notes: &mut Notes) {
        let mut meant = Vec::new();
        for (name, _) in self.table {
            let key: &str = name.get_ref();
            if self.asked.contains(&key) {
                continue;
            }
            let unwritten = self.asked.iter().copied().filter(|asked| {
                !self
                    .table
                    .iter()
                    .any(|(written, _)| written.get_ref() == asked)
            });
            let spot = Spot {
                line: line_of(self.source, name.span().start),
                key: self.spot.path_of(key),
            };
            let words = match nearest(key, unwritten) {
                Some(near) => {
                    meant.push(near);
                    format!("unknown key; did you mean `{near}`?")
                }
                None => format!("unknown key; known here are {}", self.asked.join(", ")),
            };
            notes.problem(&spot, words);
        }
        for (key, example) in &self.missing {
            if !meant.contains(key) {
                notes.problem(
                    &self.spot.below(key),
                    format!("is missing; write {example}"),
                );
            }
        }
    }
}

/// A text of one line, not blank.
pub(super) fn text<'v>(value: &'v DeValue<'_>) -> Result<&'v str, String> {
    let words = value.as_str().ok_or_else(|| {
        format!(
            "a text in quotes is expected, but this is {}",
            kind_of(value)
        )
    })?;
    if words.trim().is_empty() {
        return Err("the text is empty".to_owned());
    }
    if words.chars().any(char::is_control) {
        return Err("the text has a line end or another control character in it".to_owned());
    }
    Ok(words)
}

/// A whole number.
pub(super) fn integer(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// What a value is, for a person.
pub(super) fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A key that is true or false.
pub(super) fn flag(
    section: &mut Section<'_>,
    notes: &mut Notes,
    key: &'static str,
) -> Option<At<bool>> {
    section.read(notes, key, |value: &DeValue<'_>| {
        value.as_bool().ok_or_else(|| {
            format!(
                "true or false is expected, without quotes, but this is {}",
                kind_of(value)
            )
        })
    })
}
