//! An agent lets somebody read along who has written into the ticket and takes no part in it.

use crate::desk::{draft::TicketDraft, reason::Reason};
use crate::model::{address::Address, event::EventData, ids::PersonId, person::Person};

/// Adds whom the command names; without an address, the only one there is to add.
pub(super) fn add(ticket: &mut TicketDraft<'_, '_>, written: &str) -> Result<(), (Reason, String)> {
    let candidates = ticket.snapshot().candidates.clone();
    let named = written.split_whitespace().find(|word| word.contains('@'));
    let found = match (named, candidates.as_slice()) {
        (Some(named), all) => {
            let address = Address::parse(named.trim_matches(['<', '>'])).ok();
            let is_named = |id: &&PersonId| {
                let person = ticket.person_by_id(**id);
                person
                    .zip(address.as_ref())
                    .is_some_and(|(person, named)| person.addresses().any(|own| own == named))
            };
            all.iter().find(is_named)
        }
        (None, [one]) => Some(one),
        (None, _) => None,
    };
    let Some(person) = found.copied() else {
        return Err(why_not(ticket, &candidates));
    };
    ticket.happened(EventData::ObserverAdded { person }, Reason::AgentCommand);
    Ok(())
}

fn why_not(ticket: &TicketDraft<'_, '_>, candidates: &[PersonId]) -> (Reason, String) {
    if candidates.is_empty() {
        return (Reason::NoCandidate, String::new());
    }
    let people = candidates.iter().filter_map(|id| ticket.person_by_id(*id));
    let addresses: Vec<&str> = people
        .map(|person: &Person| person.address.as_str())
        .collect();
    (Reason::SeveralCandidates, addresses.join(", "))
}
