//! What somebody has asked, as they are told of it.

use crate::desk::{
    arrival::Arrival,
    draft::{Draft, TicketDraft},
    world::HISTORY_MAX,
};
use crate::model::{
    ids::{PersonId, TicketNumber},
    language::Language,
    outgoing::OwnTicket,
};

/// The author's other tickets, the newest first, and whether there are more. Strictly their own.
pub(super) fn own_tickets(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (person, this): (PersonId, TicketNumber),
) -> (Vec<OwnTicket>, bool) {
    let Some((address, _)) = arrival.author() else {
        return (Vec::new(), false);
    };
    let own = draft.world.own_tickets(&address).to_vec();
    let is_more = own.len() > HISTORY_MAX;
    let language = draft.ticket(this).map(|ticket| ticket.snapshot().language);
    let mut listed = Vec::new();
    for number in own.into_iter().take(HISTORY_MAX) {
        let Some(ticket) = draft.ticket(number).filter(|_| number != this) else {
            continue;
        };
        let is_theirs = ticket.world.is_requester(person, ticket.snapshot());
        if is_theirs && ticket.snapshot().merged_into.is_none() {
            listed.extend(language.and_then(|language| own_ticket(&ticket, language)));
        }
    }
    (listed, is_more)
}

/// A ticket as its requester is told of it.
pub(super) fn own_ticket(ticket: &TicketDraft<'_, '_>, language: Language) -> Option<OwnTicket> {
    let known = ticket.snapshot();
    let mut facts = ticket.facts(language)?;
    // What is closed is not promised any more.
    facts.due = facts.due.filter(|_| known.state.is_live());
    let agent = known.assignee.as_ref();
    Some(OwnTicket {
        ticket: facts,
        state: known.state.code().to_owned(),
        is_urgent: known.is_urgent,
        opened: ticket.when(known.opened_at),
        agent: agent.map(|agent| ticket.agent_name(agent)),
        closes: ticket.closes(),
    })
}
