//! An agent says that it is done.

use super::{super::become_responsible, NotDone, Said};
use crate::desk::{
    draft::TicketDraft,
    lifecycle::{Happening, Transition, transition},
    reason::Reason,
    sla,
};
use crate::model::event::EventData;

pub(super) fn resolve(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    if let Transition::Refuse(reason) =
        transition(ticket.snapshot().state, Happening::AgentResolved)
    {
        return Err(reason.into());
    }
    become_responsible(ticket, &said.agent);
    // After that: the verdict is theirs who resolved it.
    let judgements = sla::judge_resolved(ticket.snapshot(), ticket.voice.at);
    ticket.happened(
        EventData::Resolved {
            message: said.row,
            agent: said.agent.clone(),
        },
        Reason::AgentCommand,
    );
    for (judgement, reason) in judgements {
        ticket.happened(judgement, reason);
    }
    Ok(())
}
