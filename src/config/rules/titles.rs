//! Titles of form fields in rules: each is one of a form's of this file, in whichever of its languages it is written.

use std::collections::BTreeSet;

use crate::{
    config::{
        problems::{At, Notes, Spot},
        written::File,
    },
    desk::{
        forms::Title,
        rules::{Condition, Place, folded_title},
    },
};

/// The titles of all fields of all forms.
pub(super) struct Titles<'f> {
    all: Vec<&'f Title>,
}

impl<'f> Titles<'f> {
    /// All titles of fields of the forms of the file.
    pub(super) fn of(file: &'f File) -> Self {
        let all = file.forms.values().flat_map(|form| form.titles());
        Self { all: all.collect() }
    }

    /// The condition with the titles by which mails are asked.
    pub(super) fn in_condition(
        &self,
        At { value, spot }: &At<Condition>,
        notes: &mut Notes,
    ) -> Condition {
        let mut condition = value.clone();
        if let Condition::Says { place, .. } | Condition::Matches { place, .. } = &mut condition
            && let Place::Field(title) = place
            && let Some(known) = self.known(title, spot, notes)
        {
            *title = known;
        }
        condition
    }

    /// The title that mails are asked by: that of the site's own language.
    pub(super) fn known(&self, title: &str, spot: &Spot, notes: &mut Notes) -> Option<String> {
        let written = folded_title(title);
        let is_meant = |known: &&&Title| known.all().any(|one| folded_title(one) == written);
        let meant = self.all.iter().filter(is_meant);
        let meant: BTreeSet<String> = meant.map(|known| folded_title(&known.text)).collect();
        // A title in the site's own language means itself, whatever else is called so in English.
        if meant.contains(&written) {
            return Some(written);
        }
        let mut several = meant.iter();
        match (several.next(), several.next()) {
            (Some(only), None) => Some(only.clone()),
            (Some(one), Some(other)) => {
                let words = format!(
                    "\"{title}\" is the English title of several fields, \"{one}\" and \"{other}\"; write which one"
                );
                notes.problem(spot, words);
                None
            }
            (None, _) => {
                let known: Vec<&str> = self.all.iter().flat_map(|known| known.all()).collect();
                let known = known.iter().copied();
                notes.unknown(spot, "field of a form", title.trim(), known);
                None
            }
        }
    }
}
