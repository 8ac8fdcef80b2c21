//! Which queue a new ticket goes to. For now the mailbox decides; named rules come into this room.

use super::{arrival::Arrival, decision::Given};
use crate::model::{
    address::NamedAddress,
    ids::{MailboxName, QueueName},
};

/// The queue of the mailbox that was addressed: the first of ours in To, so that the copy which a department in Cc
/// received earlier does not take the ticket away from the one that was asked; else the mailbox it came in by.
pub(super) fn queue_for(arrival: &Arrival, given: &Given<'_>) -> Option<QueueName> {
    let to = arrival
        .reading
        .message
        .to
        .iter()
        .filter_map(NamedAddress::parsed);
    let addressed: Vec<&MailboxName> = to
        .filter_map(|address| given.policy.mailbox_of(&address))
        .collect();
    let name = if addressed.contains(&&arrival.mailbox) {
        None
    } else {
        addressed.first().copied()
    };
    given
        .policy
        .mailboxes
        .get(name.unwrap_or(&arrival.mailbox))
        .map(|mailbox| mailbox.queue.clone())
}
