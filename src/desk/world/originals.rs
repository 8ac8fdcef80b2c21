//! Mails that came in before, read: what an agent asks to see whole.

use std::collections::BTreeSet;

use super::World;
use crate::{
    desk::{arrival::Arrival, policy::Policy},
    model::ids::{PersonId, QueueName, RawId, TicketNumber},
};

impl World {
    /// The last mail that a participant wrote in a ticket, as it was read, for those who read along in a queue. Of a part
    /// it is the whole's, which may lie where it is for others' eyes alone.
    #[must_use]
    pub fn original(
        &self,
        number: TicketNumber,
        (readers, policy): (&QueueName, &Policy),
    ) -> Option<&Arrival> {
        debug_assert!(
            self.asked.originals,
            "the last mail of ticket {number} was not wanted"
        );
        let whole = self.wholes.get(&number);
        let original = self.originals.get(&number);
        original.filter(|_| whole.is_none_or(|whole| policy.may_meet(whole, readers)))
    }

    /// Adds in which queue that is from which a ticket was split off, and whose mail is its last one.
    pub fn set_whole(&mut self, number: TicketNumber, queue: QueueName) {
        self.wholes.insert(number, queue);
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
