//! A question whose card is dealt once more: what is asked stands in it as in the first.

use super::files::files;
use crate::{
    desk::{arrival::Arrival, draft::TicketDraft},
    model::outgoing::{AskedBy, Enclosures},
};

/// What the card of a question says of whoever asks.
pub(in super::super) struct AskedAgain<'a> {
    /// Who asks, for which ticket, and what.
    pub(in super::super) by: AskedBy,
    /// The agent who asks, and their address.
    pub(in super::super) agent: (String, String),
    /// The requester's mail, where the department that is asked may read it.
    pub(in super::super) original: Option<&'a Arrival>,
    /// The files that go along, and the names of those that do not.
    pub(in super::super) files: (Option<Enclosures>, Vec<String>),
}

/// The same for the ticket at hand; `None`: no department asks it.
pub(in super::super) fn asked_again<'a>(ticket: &TicketDraft<'_, 'a>) -> Option<AskedAgain<'a>> {
    let (known, world, policy) = (ticket.snapshot(), ticket.world, ticket.given.policy);
    let of = world.ticket(known.asked_for?)?;
    let mut asked = of.escalations.iter().rev();
    let asked = asked.find(|one| one.ticket == Some(known.number))?;
    let may_meet = policy.may_meet(&of.queue, &known.queue);
    let original = world.original(of.number, (&known.queue, policy));
    let original = original.filter(|_| may_meet);
    let files = ticket
        .original()
        .map_or((None, Vec::new()), |own| files(own, original, ticket));
    let department = policy.queue_of(of);
    let address = policy.agents.get(&asked.agent);
    Some(AskedAgain {
        by: AskedBy {
            department: department.map_or_else(String::new, |queue| queue.title.clone()),
            label: may_meet.then(|| of.label()),
            why: asked.why.clone(),
        },
        agent: (
            ticket.agent_name(&asked.agent),
            address.map_or_else(String::new, |agent| agent.address.to_string()),
        ),
        original,
        files,
    })
}
