//! Tables below a table: by their names, in their order, or by keys that nobody knows beforehand.

use toml::de::DeValue;

use super::{Section, kind_of, line_of};
use crate::config::{
    near::sound_name,
    problems::{At, Notes, Spot},
};

impl<'a> Section<'a> {
    /// The tables of a table keyed by name: `[mailbox.it]`, `[mailbox.hr]`.
    pub(in crate::config) fn named(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
    ) -> Vec<(At<String>, Self)> {
        self.tables(notes, key, sound_name)
    }

    /// The same, where names are of another sort.
    pub(in crate::config) fn tables(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
        sound: impl Fn(&str) -> Result<(), String>,
    ) -> Vec<(At<String>, Self)> {
        let Some(parent) = self.section(notes, key) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (name, value) in parent.table {
            let spot = Spot {
                line: line_of(self.source, name.span().start),
                key: parent.spot.path_of(name.get_ref()),
            };
            let value = At {
                value: value.get_ref(),
                spot: spot.clone(),
            };
            let Some(table) = value.value.as_table() else {
                notes.problem(
                    &spot,
                    format!("a table with a name is expected: [{key}.name]"),
                );
                continue;
            };
            if let Err(words) = sound(name.get_ref()) {
                notes.problem(&spot, words);
            }
            let name = At {
                value: name.get_ref().to_string(),
                spot: spot.clone(),
            };
            found.push((name, Self::new(self.source, table, spot)));
        }
        found
    }

    /// Tables in their order: `[[rule]]`.
    pub(in crate::config) fn in_order(
        &mut self,
        notes: &mut Notes,
        key: &'static str,
    ) -> Vec<Self> {
        let Some(written) = self.value(key) else {
            return Vec::new();
        };
        let Some(items) = written.value.as_array() else {
            let kind = kind_of(written.value);
            let words = format!("tables are expected, [[{key}]], but this is {kind}");
            notes.problem(&written.spot, words);
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items.iter() {
            let value = At {
                value: item.get_ref(),
                spot: Spot {
                    line: line_of(self.source, item.span().start),
                    key: written.spot.key.clone(),
                },
            };
            found.extend(self.below(notes, &value));
        }
        found
    }

    /// Every key and its value, whatever the keys are.
    pub(in crate::config) fn entries(&self) -> Vec<(At<String>, &'a DeValue<'a>)> {
        let entries = self.table.iter().map(|(name, value)| {
            let spot = Spot {
                line: line_of(self.source, name.span().start),
                key: self.spot.path_of(name.get_ref()),
            };
            let name = At {
                value: name.get_ref().to_string(),
                spot,
            };
            (name, value.get_ref())
        });
        entries.collect()
    }
}
