//! Who takes part in a ticket, or might.

use crate::model::{
    event::EventData,
    ids::PersonId,
    ticket::{CANDIDATES_KEPT, Ticket},
};

/// One more event.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest changes no people")]
pub(super) fn apply(ticket: &mut Ticket, data: &EventData) {
    match data {
        EventData::OriginAsked(unsure) => ticket.origin = Some(unsure.clone()),
        EventData::RequesterNamed { person, language } => {
            ticket.requester = *person;
            ticket.language = *language;
            ticket.origin = None;
        }
        EventData::CollaboratorsAdded { people } => ticket.collaborators.extend(people),
        EventData::ObserverProposed { person } => proposed(ticket, *person),
        EventData::ObserverAdded { person } => {
            ticket.candidates.retain(|one| one != person);
            ticket.left.retain(|one| one != person);
            ticket.observers.push(*person);
        }
        EventData::ParticipantLeft { person } => {
            ticket.collaborators.retain(|one| one != person);
            ticket.observers.retain(|one| one != person);
            ticket.left.push(*person);
        }
        _ => {}
    }
}

fn proposed(ticket: &mut Ticket, person: PersonId) {
    ticket.candidates.push(person);
    let surplus = ticket.candidates.len().saturating_sub(CANDIDATES_KEPT);
    ticket.candidates.drain(..surplus);
}
