//! An agent waits: for the requester, who is asked, or for a third party until a day.

use jiff::{Timestamp, civil::Time};

use super::{super::become_responsible, NotDone, Said, has_answer};
use crate::desk::{
    arrival::Arrival,
    command::{folded, when},
    draft::TicketDraft,
    lifecycle::{Happening, Transition, transition},
    reason::Reason,
};
use crate::model::{
    event::{EventData, Private},
    ticket::State,
};

/// Words that name the requester.
const REQUESTER: &[&str] = &[
    "",
    "заявителя",
    "ответа",
    "ответ",
    "requester",
    "answer",
    "reply",
];

pub(super) fn wait(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    for_whom: &str,
) -> Result<(), NotDone> {
    if REQUESTER.contains(&folded(for_whom).as_str()) {
        return ask(ticket, arrival, said);
    }
    hold(ticket, said, for_whom)
}

/// The words of the mail are the question; without any it is one that was sent before.
fn ask(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
) -> Result<(), NotDone> {
    if let Transition::Refuse(reason) = transition(ticket.snapshot().state, Happening::AgentAsked) {
        return Err(reason.into());
    }
    if !has_answer(arrival, said) && ticket.snapshot().answers.is_empty() {
        return Err(Reason::NoQuestion.into());
    }
    become_responsible(ticket, &said.agent);
    ticket.enters(State::Pending, Reason::AgentCommand);
    Ok(())
}

/// Until a day: then the ticket comes back, and the agent hears of it when work begins.
fn hold(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>, words: &str) -> Result<(), NotDone> {
    if let Transition::Refuse(reason) = transition(ticket.snapshot().state, Happening::AgentWaits) {
        return Err(reason.into());
    }
    let (until, whom) = day(ticket, words)?;
    become_responsible(ticket, &said.agent);
    ticket.enters(State::OnHold, Reason::AgentCommand);
    let whom = (!whom.is_empty()).then(|| Private {
        person: None,
        text: whom.to_owned(),
    });
    ticket.happened_privately(EventData::WaitsUntil { until }, Reason::AgentCommand, whom);
    Ok(())
}

/// The day that the words begin with, when work begins on it, and what follows.
pub(super) fn day<'w>(
    ticket: &TicketDraft<'_, '_>,
    words: &'w str,
) -> Result<(Timestamp, &'w str), NotDone> {
    let queue = ticket.queue().ok_or(Reason::NoQueue)?;
    let zone = queue.calendar.zone();
    let (moment, rest) =
        when::read(words, zone.to_datetime(ticket.given.now)).ok_or(Reason::NoDate)?;
    let at = moment
        .date
        .to_datetime(moment.time.unwrap_or(Time::midnight()));
    let until = zone.to_ambiguous_timestamp(at).compatible();
    let until = until.ok().and_then(|until| queue.calendar.next_open(until));
    let until = until.ok_or(Reason::NoDate)?;
    if until <= ticket.given.now {
        return Err(Reason::PastDate.into());
    }
    Ok((until, rest))
}
