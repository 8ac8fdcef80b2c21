//! Who hears of what an agent has changed: the requester, and the department that a ticket has come to.

use super::{
    super::cards::{Again, readers, show_again},
    Said,
};
use crate::desk::{arrival::Arrival, draft::TicketDraft, loops, notify::Sending};
use crate::model::{
    ids::AgentName,
    outgoing::{AutoSubmitted, Body, Class, Given, HandOver, When},
    ticket::Side,
};

/// The requester hears what an agent has changed: `what` as in [`Body::News`].
pub(super) fn tell_news(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    what: &str,
    (why, before): (&str, Option<When>),
) {
    let Some(facts) = ticket.facts(ticket.snapshot().language) else {
        return;
    };
    let to = vec![ticket.snapshot().requester];
    ticket.send(Sending {
        key: format!("{what}:{}", arrival.raw),
        class: Class::Automatic,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Requester,
        to,
        cc: Vec::new(),
        from_agent: Some(said.agent.clone()),
        body: Body::News {
            ticket: facts,
            what: what.to_owned(),
            why: why.to_owned(),
            before,
        },
        offers: None,
        enclosures: None,
        hop: loops::hop(arrival),
    });
}

/// The agents of the queue that a ticket has come to are shown the requester's last mail, and why it comes to them.
pub(super) fn tell_new_team(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    why: &str,
) {
    let again = Again {
        key: format!("transfer:{}", arrival.raw),
        class: Class::Human,
        handed_over: Some(HandOver {
            by: ticket.agent_name(&said.agent),
            why: why.to_owned(),
        }),
        given: ticket.given_as(),
        hop: loops::hop(arrival),
    };
    if let Some(to) = readers(ticket) {
        show_again(ticket, to, again);
    }
}

/// Whoever a colleague has given the ticket to is shown it: nobody has sent them its card.
pub(super) fn tell_new_owner(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    agent: &AgentName,
) {
    let Some(person) = ticket.agent_person(agent) else {
        return;
    };
    let again = Again {
        key: format!("given:{}:{}", arrival.raw, ticket.snapshot().number),
        class: Class::Human,
        handed_over: None,
        given: Some(Given {
            how: "person".to_owned(),
            by: ticket.agent_name(&said.agent),
        }),
        hop: loops::hop(arrival),
    };
    show_again(ticket, vec![person], again);
}
