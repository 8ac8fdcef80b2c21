//! Who reads along from the start.

use crate::desk::{
    arrival::Arrival, decision::Given, draft::DecisionBuilder, identity::Speaker, loops,
    routing::Addressee, threading,
};
use crate::model::{address::NamedAddress, event::Trust, ids::PersonId};

/// Who else gets what the agents answer: not whom a suspicious mail names, and nobody where the author did not name us:
/// those in To and Cc do not know that we got it (Bcc), or are everybody there is.
pub(super) fn read_along(
    arrival: &Arrival,
    speaker: &Speaker,
    to: Addressee<'_>,
    given: &Given<'_>,
) -> Vec<NamedAddress> {
    let is_suspicious = speaker.trust == Trust::Suspicious;
    let is_told = loops::is_addressed(arrival, given) || threading::is_open_to_all(arrival, given);
    if is_suspicious || to.is_hidden || !is_told {
        return Vec::new();
    }
    arrival.others(given.policy)
}

/// The people, met now if never before.
pub(super) fn meet(draft: &mut DecisionBuilder<'_>, people: &[NamedAddress]) -> Vec<PersonId> {
    let known = |named: &NamedAddress| Some((named.parsed()?, named.name.clone()));
    let people = people.iter().filter_map(known);
    let mut met = Vec::new();
    for (address, name) in people {
        let person = draft.person(&address, name.as_deref(), None);
        // One person may stand there under two addresses.
        if !met.contains(&person) {
            met.push(person);
        }
    }
    met
}
