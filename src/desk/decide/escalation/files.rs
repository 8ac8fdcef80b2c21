//! Which files go along with a question.

use crate::{
    desk::{arrival::Arrival, draft::TicketDraft, notify::names_of},
    model::outgoing::Enclosures,
};

/// The agent's own files where there are any, else the requester's: one mail encloses those of one.
pub(super) fn files(
    arrival: &Arrival,
    original: Option<&Arrival>,
    ticket: &TicketDraft<'_, '_>,
) -> (Option<Enclosures>, Vec<String>) {
    let most = ticket.given.policy.relay_bytes_max;
    let (own, left_out) = arrival.enclosures(most);
    let (theirs, theirs_left_out) = original.map_or((None, Vec::new()), |original| {
        original.enclosures_for_agents(most)
    });
    match own {
        Some(own) => {
            let names = names_of(theirs.as_ref());
            (Some(own), left_out.into_iter().chain(names).collect())
        }
        None => (
            theirs,
            left_out.into_iter().chain(theirs_left_out).collect(),
        ),
    }
}
