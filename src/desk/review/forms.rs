//! Requests by form, as letters and reports show them: in the words of the configuration.

use std::collections::BTreeMap;

use crate::{
    desk::{
        forms::{FieldKind, title_of},
        kpi::{FormCount, Hints},
        policy::Policy,
    },
    model::{
        ids::{FieldName, FormName},
        language::Language,
        outgoing::{ChoiceShown, FormFieldShown, FormShown},
    },
};

/// The forms of these queues together, those that came most often first. What the configuration has lost is called by its name.
#[must_use]
pub fn forms_shown<'h>(
    hints: impl IntoIterator<Item = &'h Hints>,
    policy: &Policy,
    language: Language,
) -> Vec<FormShown> {
    let mut sums: BTreeMap<&FormName, FormCount> = BTreeMap::new();
    for (name, count) in hints.into_iter().flat_map(|own| &own.forms) {
        sums.entry(name).or_default().add(count);
    }
    let mut forms: Vec<(&FormName, FormCount)> = sums.into_iter().collect();
    forms.sort_by_key(|(name, count)| (std::cmp::Reverse(count.requests), *name));
    let shown = |(name, count): (&FormName, FormCount)| {
        let known = policy.forms.get(name);
        let title = known.map(|known| known.title.of(language).to_owned());
        let fields = count.choices.iter();
        FormShown {
            form: name.to_string(),
            title: title.unwrap_or_else(|| name.to_string()),
            count: count.requests,
            fields: fields
                .map(|(field, choices)| field_shown((name, field), choices, (policy, language)))
                .collect(),
        }
    };
    forms.into_iter().map(shown).collect()
}

/// A field with what was chosen of it, what was chosen most often first.
fn field_shown(
    (form, field): (&FormName, &FieldName),
    choices: &BTreeMap<String, u64>,
    (policy, language): (&Policy, Language),
) -> FormFieldShown {
    let known = policy.forms.get(form);
    let mut made: Vec<(&String, u64)> =
        choices.iter().map(|(words, many)| (words, *many)).collect();
    made.sort_by_key(|(words, many)| (std::cmp::Reverse(*many), *words));
    let own = known.and_then(|known| known.field(field));
    let words = |chosen: &String| match own.map(|own| &own.kind) {
        Some(FieldKind::Choice(all)) => {
            let known = all.iter().find(|choice| choice.text == *chosen);
            known.map_or_else(|| chosen.clone(), |choice| choice.of(language).to_owned())
        }
        Some(FieldKind::Text | FieldKind::Date | FieldKind::Number) | None => chosen.clone(),
    };
    FormFieldShown {
        title: title_of(known, field, language),
        choices: made
            .into_iter()
            .map(|(chosen, count)| ChoiceShown {
                words: words(chosen),
                count,
            })
            .collect(),
    }
}
