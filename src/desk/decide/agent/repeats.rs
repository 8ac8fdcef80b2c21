//! An agent says that the ticket repeats an earlier one, or that it does not. Only what is said so counts.

use super::{NotDone, Said, classify, others::other_ticket};
use crate::{
    desk::{command::Verb, draft::TicketDraft, reason::Reason},
    model::{event::EventData, ids::TicketNumber, ticket::Repeat},
};

/// It repeats the ticket that is named, or else the one that was proposed.
pub(super) fn confirm(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
    named: &str,
) -> Result<(), NotDone> {
    let of = match named.is_empty() {
        true => said_before(ticket).ok_or(Reason::NoRepeat)?,
        false => earlier(ticket, said, named)?,
    };
    if ticket.snapshot().repeats != Some(Repeat::confirmed(of)) {
        let agent = said.agent.clone();
        ticket.happened(
            EventData::RepeatConfirmed { of, agent },
            Reason::AgentCommand,
        );
    }
    Ok(())
}

/// It repeats none, whatever was proposed or said before.
pub(super) fn deny(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    let of = said_before(ticket).ok_or(Reason::NoRepeat)?;
    let agent = said.agent.clone();
    ticket.happened(EventData::RepeatDenied { of, agent }, Reason::AgentCommand);
    Ok(())
}

/// Why a ticket came that repeats another is to be said before it is solved, where the queue wants that: before, or in the
/// same mail.
pub(super) fn needs_cause(ticket: &TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    let Some(queue) = ticket.queue().filter(|queue| queue.repeat_needs_cause) else {
        return Ok(());
    };
    let known = ticket.snapshot();
    let is_repeat = known.repeats.as_ref().is_some_and(|one| one.is_confirmed)
        || said
            .mail
            .commands
            .iter()
            .any(|one| one.verb == Verb::Repeat);
    let is_denied = said
        .mail
        .commands
        .iter()
        .any(|one| one.verb == Verb::NotRepeat);
    let mut causes = said.mail.commands.iter();
    let is_said = causes.any(|one| {
        one.verb == Verb::Cause
            && classify::listed(&queue.causes, &one.argument).is_ok()
            && queue.is_on(Verb::Cause)
    });
    if !is_repeat || is_denied || is_said || known.classification.cause.is_some() {
        return Ok(());
    }
    Err(NotDone {
        reason: Reason::NeedsCause,
        detail: queue.causes.join(", "),
    })
}

/// What was proposed or said.
fn said_before(ticket: &TicketDraft<'_, '_>) -> Option<TicketNumber> {
    let repeats = ticket.snapshot().repeats.as_ref();
    repeats.map(|repeat| repeat.ticket)
}

/// The ticket named, which was opened before this one.
fn earlier(
    ticket: &TicketDraft<'_, '_>,
    said: &Said<'_>,
    named: &str,
) -> Result<TicketNumber, NotDone> {
    let other = other_ticket(ticket, said, named)?;
    if other.number < ticket.snapshot().number {
        return Ok(other.number);
    }
    Err(NotDone {
        reason: Reason::NotEarlier,
        detail: other.label(),
    })
}
