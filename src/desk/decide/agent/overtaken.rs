//! An agent takes an answer back in the very instant in which it is handed over: it has gone, so it stands, and the agent
//! is told.

use super::{
    undo::{has_gone, mails},
    undone_lines::own_lines,
};
use crate::desk::{draft::Draft, notify::Sending, reason::Reason, undo};
use crate::model::{
    event::{Actor, EventData},
    ids::{DecisionId, TicketNumber},
    outgoing::{AutoSubmitted, Body, Class, UndoneLetter},
    ticket::Side,
};

/// What of that decision has gone stands again, and its author, who was told otherwise, hears so.
pub(in crate::desk::decide) fn overtaken(
    draft: &mut Draft<'_>,
    (decision, number): (DecisionId, TicketNumber),
) {
    let world = draft.world;
    let Some(chronicle) = world.chronicle(number) else {
        return;
    };
    let Some(restored) = undo::overtaken(chronicle, (number, decision)) else {
        return;
    };
    let author = draft.voice.actor.clone();
    draft.undoing = Some(decision);
    let Some(mut ticket) = draft.ticket(number) else {
        return;
    };
    let data = EventData::Undone(Box::new(restored.clone()));
    ticket.happened(data, Reason::GoneMeanwhile);
    let (Actor::Person(author), Some(facts)) = (author, ticket.facts(ticket.staff_language()))
    else {
        return;
    };
    let mut done = chronicle.events.iter();
    let done = done.find(|past| past.decision == decision);
    let done_at = done.map_or(ticket.voice.at, |past| past.event.at);
    let body = Body::Undone(UndoneLetter {
        ticket: facts,
        is_too_late: true,
        done_at: ticket.when(done_at),
        lines: own_lines(&ticket, &restored),
        stopped: Vec::new(),
        gone: mails(&[chronicle], decision, has_gone),
        stays: vec!["answer".to_owned()],
    });
    ticket.send(Sending {
        key: format!("overtaken:{decision}:{number}"),
        // An agent waits to hear of it: no cap may swallow it.
        class: Class::Human,
        auto_submitted: AutoSubmitted::Replied,
        side: Side::Agents,
        to: vec![author],
        cc: Vec::new(),
        from_agent: None,
        body,
        offers: None,
        enclosures: None,
        hop: 0,
    });
}
