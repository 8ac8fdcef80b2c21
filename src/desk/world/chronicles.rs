//! The whole histories of tickets whose agents want to take something back.

use super::World;
use crate::{
    desk::{
        decision::Decision,
        undo::{Chronicle, Past, PastMail},
    },
    model::{
        event::{EventData, Stream},
        ids::TicketNumber,
        outgoing::Class,
    },
};

impl World {
    /// Everything that happened in a ticket; `None`: there is none, or none that was looked for.
    #[must_use]
    pub fn chronicle(&self, number: TicketNumber) -> Option<&Chronicle> {
        debug_assert!(
            self.asked.chronicles,
            "the history of ticket {number} was not wanted"
        );
        self.chronicles.get(&number)
    }

    /// Adds the history of a ticket. The tickets it was linked or merged with are wanted, too.
    pub fn set_chronicle(&mut self, number: TicketNumber, chronicle: Chronicle) {
        self.asked.tickets.extend(chronicle.others());
        self.chronicles.insert(number, chronicle);
    }

    /// Whose history is here.
    pub fn has_chronicle(&self, number: TicketNumber) -> bool {
        self.chronicles.contains_key(&number)
    }

    /// One more decision.
    pub(super) fn absorb_chronicles(&mut self, decision: &Decision) {
        let id = self.next.decision;
        self.next.decision = id.next();
        if !self.asked.chronicles {
            return;
        }
        for event in &decision.events {
            if let Stream::Ticket(number) = event.stream {
                let past = Past {
                    decision: id,
                    event: event.clone(),
                };
                // Of a ticket whose past was not looked for this would be no history.
                let is_new = matches!(event.data, EventData::TicketOpened(_));
                if is_new {
                    self.chronicles.insert(number, Chronicle::default());
                }
                if let Some(chronicle) = self.chronicles.get_mut(&number) {
                    chronicle.events.push(past);
                }
            }
        }
        for mail in decision.mails.iter().map(|queued| &queued.mail) {
            let Some(number) = mail.ticket else { continue };
            let Some(chronicle) = self.chronicles.get_mut(&number) else {
                continue;
            };
            for recipient in &mail.recipients {
                chronicle.mails.push(PastMail {
                    decision: id,
                    template: mail.body.template().to_owned(),
                    side: mail.side,
                    is_human: mail.class == Class::Human,
                    recipient: recipient.address.to_string(),
                    waits: true,
                    has_gone: false,
                });
            }
        }
    }
}
