//! What can be said in this queue, told to the agent who asks.

use super::{NotDone, Said};
use crate::desk::{
    arrival::Arrival, command::Verb, draft::TicketDraft, loops, notify::Sending, reason::Reason,
};
use crate::model::{
    outgoing::{AutoSubmitted, Body, Class, HelpLine},
    ticket::Side,
};

pub(super) fn tell(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
) -> Result<(), NotDone> {
    let language = ticket.staff_language();
    let (queue, facts) = ticket
        .queue()
        .zip(ticket.facts(language))
        .ok_or(Reason::NoQueue)?;
    let lines = Verb::all().filter(|verb| queue.is_on(*verb));
    let lines = lines.map(|verb| HelpLine {
        form: verb.shown(language),
        verb: verb.code().to_owned(),
    });
    let body = Body::Help {
        ticket: facts,
        lines: lines.collect(),
    };
    ticket.send(Sending {
        key: format!("help:{}", arrival.raw),
        // An agent has just asked for it: no cap may swallow it.
        class: Class::Human,
        auto_submitted: AutoSubmitted::Replied,
        side: Side::Agents,
        to: vec![said.speaker.person],
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: None,
        enclosures: None,
        hop: loops::hop(arrival),
    });
    Ok(())
}
