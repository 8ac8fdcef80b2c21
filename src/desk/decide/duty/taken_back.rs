//! What an agent has said of themselves last is taken back: it stands again as before. Tickets that went to others because
//! of it stay with them.

use super::{Refused, begin, change, end, letter::Saying, letter::tell};
use crate::desk::{draft::DecisionBuilder, reason::Reason};
use crate::model::{
    duty::Before,
    event::EventData,
    ids::{AgentName, RawId, TicketNumber},
};

/// Takes it back, and tells them how it stands.
pub(in crate::desk::decide) fn take_back(
    draft: &mut DecisionBuilder<'_>,
    (agent, mail): (&AgentName, RawId),
) -> Result<(), Refused> {
    let duty = draft.duty_of(agent);
    let nothing = || (Reason::NothingSaid, String::new());
    let before = duty.before.ok_or_else(nothing)?;
    let now = draft.given.now;
    let absence = before.absence.filter(|absence| absence.until > now);
    let saying = if before.prefers != duty.prefers {
        let prefers = before.prefers;
        let data = EventData::Preferred(prefers);
        change(
            draft,
            agent,
            |duty| duty.prefers = prefers,
            (data, Reason::TakenBack),
        );
        Saying::settings(prefers)
    } else if let Some(absence) = absence {
        begin(draft, agent, absence.clone(), Reason::TakenBack);
        Saying::absent(&absence)
    } else {
        end(draft, agent, Reason::TakenBack);
        Saying::back()
    };
    tell(draft, agent, mail, saying);
    Ok(())
}

/// What the author of this decision has just said of themselves stood in a mail about a ticket.
pub(in crate::desk::decide) fn said_about(
    draft: &mut DecisionBuilder<'_>,
    agent: &AgentName,
    ticket: TicketNumber,
) {
    let at = draft.voice.at;
    let person = draft.agent_person(agent);
    let person = person.and_then(|person| draft.person_by_id(person).cloned());
    let Some(mut person) = person else {
        return;
    };
    if let Some(before) = person.duty.before.as_mut().filter(|before| before.at == at) {
        before.ticket = Some(ticket);
        let id = person.id;
        draft.decision.people.retain(|one| one.id != id);
        draft.decision.people.push(person);
    }
}

/// Their last word about themselves, if it stood in a mail about that ticket and may be taken back.
pub(in crate::desk::decide) fn was_said_about(
    draft: &DecisionBuilder<'_>,
    agent: &AgentName,
    ticket: TicketNumber,
) -> Option<Before> {
    let before = draft.duty_of(agent).before;
    before.filter(|before| before.ticket == Some(ticket))
}
