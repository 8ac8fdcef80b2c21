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
    let facts = ticket.facts(ticket.staff_language());
    let body = Body::Help(HelpList {
        ticket: facts.ok_or(Reason::NoQueue)?,
        lines: help_lines(ticket, Verb::all()),
    });
    let key = format!("help:{}", arrival.raw);
    // An agent has just asked for it: no cap may swallow it.
    let class = Class::Human;
    let author = (arrival, said.speaker.person);
    ticket.send(Sending::to_author(author, key, class, body));
    Ok(())
}

/// How those of the commands are written that the ticket's queue has.
pub(in super::super) fn help_lines(
    ticket: &TicketDraft<'_, '_>,
    verbs: impl IntoIterator<Item = Verb>,
) -> Vec<HelpLine> {
    let language = ticket.staff_language();
    let is_on = |verb: &Verb| ticket.queue().is_some_and(|queue| queue.is_on(*verb));
    let lines = verbs.into_iter().filter(is_on).map(|verb| HelpLine {
        form: verb.shown(language),
        verb: verb.code().to_owned(),
    });
    lines.collect()
}
