//! Requests by form: how many came by each, and what was chosen where there is a list to choose from. Nothing that anybody
//! wrote freely is known here, and nobody is paid by it.

use std::collections::BTreeMap;

use super::super::undo::Past;
use crate::model::{
    event::{EventData, Stream},
    ids::{FieldName, FormName, TicketNumber},
};

/// What came by a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormCount {
    /// So many requests.
    pub requests: u64,
    /// How often each of its words was chosen, by field. Of what came before choices were noted there is nothing.
    pub choices: BTreeMap<FieldName, BTreeMap<String, u64>>,
}

impl FormCount {
    /// More of the same form.
    pub fn add(&mut self, more: &Self) {
        self.requests = self.requests.saturating_add(more.requests);
        for (field, choices) in &more.choices {
            let own = self.choices.entry(field.clone()).or_default();
            for (words, many) in choices {
                let sum = own.entry(words.clone()).or_default();
                *sum = sum.saturating_add(*many);
            }
        }
    }
}

/// The form that a ticket is of, with what is chosen in it now; `None`: it is of none.
pub(super) fn form_of(
    number: TicketNumber,
    history: &[Past],
) -> Option<(FormName, BTreeMap<FieldName, String>)> {
    let stream = Stream::Ticket(number);
    let mut found: Option<(FormName, BTreeMap<FieldName, String>)> = None;
    for past in history.iter().filter(|past| past.event.stream == stream) {
        let EventData::FieldsFilled {
            form,
            fields,
            choices,
        } = &past.event.data
        else {
            continue;
        };
        // The form of a ticket is the one that it came by.
        let (_, chosen) = found.get_or_insert_with(|| (form.clone(), BTreeMap::new()));
        chosen.retain(|field, _| !fields.contains(field));
        chosen.extend(choices.clone());
    }
    found
}

/// One more request of a form.
pub(super) fn count(
    (form, chosen): (FormName, BTreeMap<FieldName, String>),
    into: &mut BTreeMap<FormName, FormCount>,
) {
    let one = FormCount {
        requests: 1,
        choices: chosen
            .into_iter()
            .map(|(field, words)| (field, BTreeMap::from([(words, 1)])))
            .collect(),
    };
    into.entry(form).or_default().add(&one);
}
