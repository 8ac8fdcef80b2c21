//! By when a ticket is due, and why: the story of its clocks, to an agent, or to whoever asked for the ticket.

use crate::desk::{arrival::Arrival, draft::TicketDraft, loops, notify::Sending, sla};
use crate::model::{
    ids::PersonId,
    outgoing::{AutoSubmitted, Body, Class, Offer, ToldClock, WhyLetter},
    ticket::Side,
};

/// Tells it; whether there was anything to tell it by.
pub(in crate::desk::decide) fn tell(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    person: PersonId,
    side: Side,
) -> bool {
    let language = match side {
        Side::Requester => ticket.snapshot().language,
        Side::Agents => ticket.staff_language(),
    };
    let Some((queue, facts)) = ticket.queue().zip(ticket.facts(language)) else {
        return false;
    };
    let stories = sla::stories(ticket.snapshot(), ticket.given.policy, ticket.given.now);
    let told = stories.iter().map(|story| {
        let (title, lines) = sla::told(story, &queue.calendar, language);
        ToldClock { title, lines }
    });
    let body = Body::Why(WhyLetter {
        ticket: facts,
        is_own: side == Side::Requester,
        clocks: told.collect(),
    });
    ticket.send(Sending {
        key: format!("why:{}", arrival.raw),
        // An agent has just asked for it: no cap may swallow it.
        class: match side {
            Side::Requester => Class::Automatic,
            Side::Agents => Class::Human,
        },
        auto_submitted: AutoSubmitted::Replied,
        side,
        to: vec![person],
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: (side == Side::Requester).then_some(Offer::Wishes),
        enclosures: None,
        hop: loops::hop(arrival),
    });
    true
}
