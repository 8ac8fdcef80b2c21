//! Mails that are in some conversation already, among the facts: by their ids, by what they name.

use jiff::Timestamp;

use super::World;
use crate::model::{
    ids::{MessageId, MessageRow, PersonId, TicketNumber},
    ticket::Side,
};

/// A mail that is already in some conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The mail.
    pub message: MessageRow,
    /// Its ticket.
    pub ticket: TicketNumber,
    /// On which side.
    pub side: Side,
    /// Sum over sender, text and files, to tell a second copy from another mail with a reused id.
    pub content: i64,
    /// Who wrote it; of ours, the first it was sent to.
    pub person: PersonId,
    /// Ours, and sent to that one person alone: whoever names its id has had that person's mail.
    pub is_personal: bool,
    /// When it was stored.
    pub at: Timestamp,
}

/// Looking up.
impl World {
    /// The conversations a Message-ID stands in, the oldest first: one a ticket.
    #[must_use]
    pub fn known(&self, id: &MessageId) -> &[Known] {
        debug_assert!(self.asked.message_ids.contains(id), "{id} was not wanted");
        self.known.get(id).map_or(&[], Vec::as_slice)
    }

    /// Whether a mail of this Message-ID was put aside.
    #[must_use]
    pub fn is_aside(&self, id: &MessageId) -> bool {
        debug_assert!(self.asked.message_ids.contains(id), "{id} was not wanted");
        self.asides.contains(id)
    }

    /// The mails of tickets that name an id or are of a conversation, the newest last; old ones are forgotten.
    #[must_use]
    pub fn kin(&self, id: &MessageId) -> &[Known] {
        debug_assert!(
            self.asked.lineage.contains(id),
            "who names {id} was not wanted"
        );
        self.kin.get(id).map_or(&[], Vec::as_slice)
    }
}

/// Filling.
impl World {
    /// Adds a conversation that a Message-ID stands in; its ticket and its author are wanted too.
    pub fn know(&mut self, id: MessageId, known: Known) {
        self.asked.tickets.insert(known.ticket);
        self.asked.people.insert(known.person);
        self.known.entry(id).or_default().push(known);
    }

    /// Says that a mail of this Message-ID was put aside.
    pub fn set_aside(&mut self, id: MessageId) {
        self.asides.insert(id);
    }

    /// Adds a mail that names an id or is of a conversation, later ones later; its ticket is wanted too.
    pub fn add_kin(&mut self, id: MessageId, kin: Known) {
        self.asked.tickets.insert(kin.ticket);
        self.kin.entry(id).or_default().push(kin);
    }
}
