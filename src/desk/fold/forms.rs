//! The form that a ticket was asked by, as far as it is filled in.

use crate::model::{
    event::{Event, EventData},
    form::{FilledForm, value_in},
    ticket::Ticket,
};

/// One more event that may be about it.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest fills in nothing")]
pub(super) fn apply(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::FieldsFilled { form, fields, .. } => {
            // Erased words leave the names of their fields.
            let words = event.private.as_ref();
            let words = words.map_or("", |private| private.text.as_str());
            let filled = ticket
                .form
                .get_or_insert_with(|| FilledForm::new(form.clone()));
            for field in fields {
                filled.set(field, value_in(words, field));
            }
        }
        EventData::FieldsAsked { .. } => {
            if let Some(filled) = &mut ticket.form {
                filled.is_asked = true;
            }
        }
        _ => {}
    }
}
