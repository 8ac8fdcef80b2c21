//! Deliveries of ours, among the facts: what a report about one may speak of.

use super::World;
use crate::model::{
    address::Address,
    ids::{DeliveryId, MessageId, MessageRow, TicketNumber},
    ticket::Side,
};

/// A mail of ours to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The delivery.
    pub delivery: DeliveryId,
    /// The mail's id.
    pub message_id: MessageId,
    /// In which ticket's conversation it was sent.
    pub ticket: Option<TicketNumber>,
    /// On which side.
    pub side: Option<Side>,
    /// Its place in the conversation.
    pub message: Option<MessageRow>,
    /// Where it was sent.
    pub recipient: Address,
}

/// Looking up.
impl World {
    /// To whom we sent the mail of this Message-ID; nobody: it is not ours.
    pub fn posted<'w>(&'w self, id: &'w MessageId) -> impl Iterator<Item = &'w Posted> {
        debug_assert!(
            self.asked.posted.contains(id),
            "whom {id} was sent to was not wanted"
        );
        self.posted
            .values()
            .filter(move |one| one.message_id == *id)
    }

    /// What we sent by this delivery.
    #[must_use]
    pub fn posted_by(&self, delivery: DeliveryId) -> Option<&Posted> {
        debug_assert!(
            self.asked.deliveries.contains(&delivery),
            "delivery {} was not wanted",
            delivery.0
        );
        self.posted.get(&delivery)
    }
}

/// Filling.
impl World {
    /// Adds a delivery; its ticket and its recipient are wanted too.
    pub fn add_posted(&mut self, posted: Posted) {
        self.asked.tickets.extend(posted.ticket);
        self.asked.addresses.insert(posted.recipient.clone());
        self.posted.insert(posted.delivery, posted);
    }
}
