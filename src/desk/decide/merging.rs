//! Tickets that turn out to be one conversation. Only a mailing list shows that by itself: all who write there read all of
//! it, and somebody whose program loses References opens a ticket that the next answer ties to the first. Elsewhere a mail
//! may well answer two matters, and merging them would show each to the people of the other.

use crate::desk::{
    arrival::Arrival,
    draft::Draft,
    policy::ListMail,
    reason::Reason,
    threading::{self, Seat},
};
use crate::model::{
    event::EventData,
    ids::{PersonId, TicketNumber},
    ticket::{State, Ticket},
};

/// How many tickets one mail may tie together.
const BRIDGED_MAX: usize = 8;

/// Merges what this mail ties together into the oldest of it, as far as nobody has worked on the younger ones. The mail's
/// place is the ticket that goes on.
pub(super) fn merge_bridged(draft: &mut Draft<'_>, arrival: &Arrival, place: Seat) -> Seat {
    if !threading::is_open_to_all(arrival, draft.given) {
        return place;
    }
    let others = threading::bridged(arrival, draft.world, place.ticket);
    let mut tied: Vec<TicketNumber> = others.into_iter().take(BRIDGED_MAX).collect();
    tied.push(place.ticket);
    tied.sort_unstable();
    let Some((oldest, younger)) = tied.split_first() else {
        return place;
    };
    let mut ticket = place.ticket;
    for number in younger {
        if merge(draft, *number, *oldest) && *number == ticket {
            ticket = *oldest;
        }
    }
    Seat { ticket, ..place }
}

/// Whether it could be done: both came by lists that open tickets of one queue, and nobody waits for an answer to the
/// younger from the agent who has begun it.
fn merge(draft: &mut Draft<'_>, younger: TicketNumber, oldest: TicketNumber) -> bool {
    let (one, other) = (draft.world.ticket(younger), draft.world.ticket(oldest));
    let Some((one, other)) = one.zip(other) else {
        return false;
    };
    let is_untouched = one.state == State::New && one.assignee.is_none();
    let is_of_lists = |ticket: &Ticket| {
        let mailbox = draft.given.policy.mailboxes.get(&ticket.mailbox);
        mailbox.is_some_and(|mailbox| mailbox.list_mail == ListMail::Ticket)
    };
    if !is_untouched || !is_of_lists(one) || !is_of_lists(other) || one.queue != other.queue {
        return false;
    }
    let people = std::iter::once(&one.requester).chain(&one.collaborators);
    let mut new: Vec<PersonId> = Vec::new();
    for person in people {
        if !draft.world.takes_part(*person, other) && !new.contains(person) {
            new.push(*person);
        }
    }
    if let Some(mut ticket) = draft.ticket(younger) {
        ticket.happened(EventData::Merged { into: oldest }, Reason::OneConversation);
    }
    if let Some(mut ticket) = draft.ticket(oldest) {
        let data = EventData::TookIn { ticket: younger };
        ticket.happened(data, Reason::OneConversation);
        if !new.is_empty() {
            let data = EventData::CollaboratorsAdded { people: new };
            ticket.happened(data, Reason::OneConversation);
        }
    }
    true
}
