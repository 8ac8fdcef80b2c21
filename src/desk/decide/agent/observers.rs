//! Who reads along by an agent's word: somebody who has written into the ticket and takes no part in it is let in, and
//! somebody who reads along is let go.

use super::NotDone;
use crate::desk::{draft::TicketDraft, reason::Reason};
use crate::model::{address::Address, event::EventData, ids::PersonId};

/// Adds whom the command names; without an address, the only one there is to add.
pub(super) fn add(ticket: &mut TicketDraft<'_, '_>, named: &str) -> Result<(), NotDone> {
    let candidates = ticket.snapshot().candidates.clone();
    let found = match (named.is_empty(), candidates.as_slice()) {
        (false, all) => of_address(ticket, all, named),
        (true, [one]) => Some(*one),
        (true, _) => None,
    };
    let person = found.ok_or_else(|| match candidates.is_empty() {
        true => Reason::NoCandidate.into(),
        false => NotDone {
            reason: Reason::SeveralCandidates,
            detail: addresses(ticket, &candidates),
        },
    })?;
    ticket.happened(EventData::ObserverAdded { person }, Reason::AgentCommand);
    Ok(())
}

/// Lets somebody go who reads along. The requester stays: it is their ticket.
pub(super) fn remove(ticket: &mut TicketDraft<'_, '_>, named: &str) -> Result<(), NotDone> {
    let readers: Vec<PersonId> = ticket.snapshot().readers().collect();
    let person = of_address(ticket, &readers, named).ok_or_else(|| NotDone {
        reason: Reason::NotReading,
        detail: addresses(ticket, &readers),
    })?;
    ticket.happened(EventData::ParticipantLeft { person }, Reason::AgentCommand);
    Ok(())
}

fn of_address(ticket: &TicketDraft<'_, '_>, people: &[PersonId], named: &str) -> Option<PersonId> {
    let word = named.split_whitespace().find(|word| word.contains('@'))?;
    let address = Address::parse(word.trim_matches(['<', '>'])).ok()?;
    let is_named = |id: &&PersonId| {
        let person = ticket.person_by_id(**id);
        person.is_some_and(|person| person.addresses().any(|own| *own == address))
    };
    people.iter().find(is_named).copied()
}

fn addresses(ticket: &TicketDraft<'_, '_>, people: &[PersonId]) -> String {
    let people = people.iter().filter_map(|id| ticket.person_by_id(*id));
    let addresses: Vec<&str> = people.map(|person| person.address.as_str()).collect();
    addresses.join(", ")
}
