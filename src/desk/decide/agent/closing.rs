//! An agent closes a ticket without asking whether all is well, or says that it never was one.

use super::{NotDone, Said, repeats::needs_cause, resolve::judge};
use crate::desk::{
    draft::TicketDraft,
    lifecycle::{Happening, Transition, transition},
    reason::Reason,
    sla,
};
use crate::model::{
    clock::ClockKind,
    event::{ClosedBy, EventData},
    ticket::{Exclusion, State},
};

/// Closed, and nobody is asked: for what needs no answer, and for what was answered by telephone.
pub(super) fn close(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    let state = ticket.snapshot().state;
    if let Transition::Refuse(reason) = transition(state, Happening::AgentClosed) {
        return Err(reason.into());
    }
    if state != State::Resolved {
        needs_cause(ticket, said)?;
        // Nobody was written to, so that no promise of an answer is kept by that, and none is broken.
        let (policy, at) = (ticket.given.policy, ticket.voice.at);
        for (event, reason) in sla::unanswered(ticket.snapshot(), policy, at) {
            ticket.happened(event, reason);
        }
        judge(ticket, said, &[ClockKind::Resolution]);
    }
    let by = ClosedBy::Agent;
    ticket.happened(EventData::Closed { by }, Reason::AgentCommand);
    Ok(())
}

/// Nobody asked anything: it counts for nothing.
pub(super) fn exclude(ticket: &mut TicketDraft<'_, '_>) -> Result<(), NotDone> {
    let known = ticket.snapshot();
    if known.excluded.is_some() || !known.state.is_live() {
        return Err(Reason::NotLive.into());
    }
    // Whoever got an answer has asked something.
    if !known.answers.is_empty() {
        return Err(Reason::AlreadyAnswered.into());
    }
    let why = Exclusion::Spam;
    ticket.happened(EventData::Excluded { why }, Reason::AgentCommand);
    Ok(())
}

/// Somebody did ask something.
pub(super) fn include(ticket: &mut TicketDraft<'_, '_>) -> Result<(), NotDone> {
    if ticket.snapshot().excluded.is_none() {
        return Err(Reason::NotExcluded.into());
    }
    ticket.happened(EventData::Included, Reason::AgentCommand);
    Ok(())
}
