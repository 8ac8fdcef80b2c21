//! An agent says that it is done.

use super::{
    super::{become_responsible, correcting::found_later},
    NotDone, Said, canned,
    repeats::needs_cause,
};
use crate::desk::{
    draft::TicketDraft,
    lifecycle::{Happening, Transition, transition},
    reason::Reason,
    sla,
};
use crate::model::{clock::ClockKind, event::EventData};

pub(super) fn resolve(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    if let Transition::Refuse(reason) =
        transition(ticket.snapshot().state, Happening::AgentResolved)
    {
        return Err(reason.into());
    }
    needs_cause(ticket, said)?;
    judge(ticket, said, &ClockKind::ALL);
    Ok(())
}

/// It is done now, and whether in time. By that promises of these kinds were kept, be it that they were taken for broken.
pub(super) fn judge(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>, kinds: &[ClockKind]) {
    become_responsible(ticket, &said.agent);
    let at = ticket.voice.at;
    // What stood still goes on: in time is what had time left.
    let policy = ticket.given.policy;
    for clock in sla::resume(ticket.snapshot(), policy, at) {
        ticket.happened(clock, Reason::AgentCommand);
    }
    let by = Some(&said.agent);
    found_later(ticket, (kinds, by));
    let chars = canned::chars_said(ticket, said);
    let judgements = sla::judge_resolved(ticket.snapshot(), policy, by, at);
    ticket.happened(
        EventData::Resolved {
            message: said.row,
            agent: said.agent.clone(),
            chars: u32::try_from(chars).ok(),
        },
        Reason::AgentCommand,
    );
    for (judgement, reason) in judgements {
        ticket.happened(judgement, reason);
    }
}
