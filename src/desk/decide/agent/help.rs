//! What can be said in this queue, told to the agent who asks.

use super::{NotDone, Said};
use crate::desk::{
    arrival::Arrival, command::Verb, draft::TicketDraft, notify::Sending, reason::Reason,
};
use crate::model::outgoing::{Body, Class, HelpLine, HelpList};

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
    let body = Body::Help(HelpList {
        ticket: facts,
        lines: lines.collect(),
    });
    let key = format!("help:{}", arrival.raw);
    // An agent has just asked for it: no cap may swallow it.
    let class = Class::Human;
    let author = (arrival, said.speaker.person);
    ticket.send(Sending::to_author(author, key, class, body));
    Ok(())
}
