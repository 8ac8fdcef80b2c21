//! One ticket of a decision, in hand. While it is, no other is: nothing can be said to the wrong one.

use std::ops::{Deref, DerefMut};

use super::DecisionBuilder;
use crate::{
    desk::{
        fold,
        lifecycle::{Happening, Transition, transition},
        reason::Reason,
    },
    model::{
        event::{EventData, Private, Stream},
        ticket::{State, Ticket},
    },
};

/// One ticket of a decision, in hand.
#[derive(Debug)]
pub(in crate::desk) struct TicketDraft<'d, 'a> {
    builder: &'d mut DecisionBuilder<'a>,
    ticket: &'d mut Ticket,
}

impl<'d, 'a> TicketDraft<'d, 'a> {
    pub(super) const fn new(builder: &'d mut DecisionBuilder<'a>, ticket: &'d mut Ticket) -> Self {
        Self { builder, ticket }
    }

    /// The ticket as it stands after the events so far.
    pub(in crate::desk) const fn snapshot(&self) -> &Ticket {
        self.ticket
    }

    /// Something happened to it.
    pub(in crate::desk) fn happened(&mut self, data: EventData, reason: Reason) {
        self.happened_privately(data, reason, None);
    }

    /// It goes to work where this is what follows: a state that no other event says.
    pub(in crate::desk) fn goes_to_work(&mut self, happening: Happening, reason: Reason) {
        if transition(self.ticket.state, happening) == Transition::Open {
            self.happened(EventData::StateChanged { state: State::Open }, reason);
        }
    }

    /// Something happened to it, with words that may be erased.
    pub(in crate::desk) fn happened_privately(
        &mut self,
        data: EventData,
        reason: Reason,
        private: Option<Private>,
    ) {
        let stream = Stream::Ticket(self.ticket.number);
        let event = self.builder.event(stream, data, reason, private);
        fold::apply(self.ticket, &event);
        self.builder.decision.events.push(event);
    }
}

impl<'a> Deref for TicketDraft<'_, 'a> {
    type Target = DecisionBuilder<'a>;

    fn deref(&self) -> &Self::Target {
        self.builder
    }
}

impl DerefMut for TicketDraft<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.builder
    }
}
