//! Mails that came in before, read: what an agent asks to see whole.

use std::collections::BTreeSet;

use super::World;
use crate::{
    desk::arrival::Arrival,
    model::ids::{PersonId, RawId, TicketNumber},
};

impl World {
    /// The last mail that a participant wrote in a ticket, as it was read.
    #[must_use]
    pub fn original(&self, number: TicketNumber) -> Option<&Arrival> {
        debug_assert!(
            self.asked.originals,
            "the last mail of ticket {number} was not wanted"
        );
        self.originals.get(&number)
    }

    /// The mail in which a ticket was answered last, as it was read; `None` also where nobody looked for it.
    #[must_use]
    pub fn last_answer(&self, number: TicketNumber) -> Option<&Arrival> {
        self.answers.get(&number)
    }

    /// Adds the mail in which a ticket was answered last.
    pub fn set_last_answer(&mut self, number: TicketNumber, answer: Arrival) {
        self.answers.insert(number, answer);
    }

    /// Which of these mails of a ticket, the newest first, is one of a participant's.
    #[must_use]
    pub fn newest_of_participant(
        &self,
        number: TicketNumber,
        mails: &[(RawId, PersonId)],
    ) -> Option<RawId> {
        let ticket = self.tickets.get(&number)?;
        let mut mails = mails.iter();
        mails
            .find(|(_, person)| self.takes_part(*person, ticket))
            .map(|(raw, _)| *raw)
    }

    /// Adds the last mail of a participant.
    pub fn set_original(&mut self, number: TicketNumber, original: Arrival) {
        self.originals.insert(number, original);
    }

    /// The raw mails that letters may enclose, besides those that are decided on, each once.
    #[must_use]
    pub fn lent(&self) -> Vec<RawId> {
        let raws: BTreeSet<RawId> = self.originals.values().map(|one| one.raw).collect();
        raws.into_iter().collect()
    }
}
