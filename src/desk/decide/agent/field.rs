//! An agent puts right what a field of the ticket's form says.

use super::NotDone;
use crate::desk::{
    arrival::Arrival,
    decide::forms::{fill, of_ticket},
    draft::TicketDraft,
    filled,
    forms::{self, FieldKind, FieldPolicy},
    reason::Reason,
};
use crate::model::{language::Language, text::Text};

/// `Период: 2025`: the field by its title in any language or by its name, and its value, checked like a requester's.
pub(super) fn set(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    words: &str,
) -> Result<(), NotDone> {
    let language = ticket.staff_language();
    let (filled, form) = of_ticket(ticket).ok_or(Reason::NoForm)?;
    let (title, value) = words.split_once([':', '：', '=']).unwrap_or((words, ""));
    let field = forms::field_named(form, title).ok_or_else(|| NotDone {
        reason: Reason::NoSuchField,
        detail: listed(form.fields.iter().map(|field| field.title.of(language))),
    })?;
    let now = filled::wall_time(arrival, ticket.given.policy);
    let value = forms::check(&field.kind, value, now).ok_or_else(|| NotDone {
        reason: Reason::NoSuchValue,
        detail: what_fits(field, language),
    })?;
    let value = Text::new(&value);
    if filled.value(&field.name) != Some(&value) {
        let said = vec![(field.name.clone(), value)];
        fill(ticket, filled.form, said, Reason::AgentCommand);
    }
    Ok(())
}

/// The choices of a field; nothing where it has none.
fn what_fits(field: &FieldPolicy, language: Language) -> String {
    match &field.kind {
        FieldKind::Choice(choices) => listed(choices.iter().map(|choice| choice.of(language))),
        FieldKind::Text | FieldKind::Date | FieldKind::Number => String::new(),
    }
}

fn listed<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
