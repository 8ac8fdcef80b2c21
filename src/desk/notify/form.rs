//! The form of a ticket, in the mails about it.

use crate::{
    desk::{draft::TicketDraft, forms},
    model::{
        event::{EventData, Stream},
        language::Language,
        outgoing::FormView,
        ticket::State,
    },
};

impl TicketDraft<'_, '_> {
    /// The form that the ticket at hand was asked by, as it is filled in.
    pub(super) fn form(&self, language: Language) -> Option<FormView> {
        let ticket = self.snapshot();
        let filled = ticket.form.as_ref()?;
        let form = self.given.policy.forms.get(&filled.form);
        let of_ticket = Stream::Ticket(ticket.number);
        let mut events = self.decision.events.iter();
        let is_new = events.any(|event| {
            event.stream == of_ticket && matches!(event.data, EventData::FieldsFilled { .. })
        });
        Some(FormView {
            is_paused: filled.is_asked && ticket.state == State::Pending,
            is_new,
            ..forms::view(filled, form, language)
        })
    }
}
