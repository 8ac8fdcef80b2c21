//! What an agent has said of themselves last is taken back: it stands again as before. Tickets that went to others because
//! of it stay with them.

use super::{Refused, begin, change, end, letter::Saying, letter::tell};
use crate::desk::{draft::DecisionBuilder, reason::Reason};
use crate::model::{
    duty::{Absence, Before, Duty, Preferences},
    event::{EventData, Trust},
    ids::{AgentName, RawId, TicketNumber},
};

/// Takes it back, and tells them how it stands.
pub(in crate::desk::decide) fn take_back(
    draft: &mut DecisionBuilder<'_>,
    (agent, mail): (&AgentName, Option<RawId>),
) -> Result<(), Refused> {
    let nothing = || (Reason::NothingSaid, String::new());
    for said in restore(draft, agent).ok_or_else(nothing)? {
        let saying = match said {
            StandsAgain::Settings(prefers) => Saying::settings(prefers),
            StandsAgain::Absent(absence) => Saying::absent(&absence),
            StandsAgain::Back => Saying::back(),
        };
        tell(draft, (agent, Trust::Token), mail, saying);
    }
    Ok(())
}

/// What stands again of what an agent has said of themselves.
pub(in crate::desk::decide) enum StandsAgain {
    Settings(Preferences),
    Absent(Absence),
    Back,
}

impl StandsAgain {
    /// The name in letters.
    pub(in crate::desk::decide) const fn code(&self) -> &'static str {
        match self {
            Self::Settings(_) => "settings",
            Self::Absent(_) => "absent",
            Self::Back => "back",
        }
    }
}

/// It stands again as before their last mail about themselves; `None`: there is none that may be taken back.
pub(in crate::desk::decide) fn restore(
    draft: &mut DecisionBuilder<'_>,
    agent: &AgentName,
) -> Option<Vec<StandsAgain>> {
    let duty = draft.duty_of(agent);
    let before = duty.before?;
    let now = draft.given.now;
    let mut restored = Vec::new();
    if before.prefers != duty.prefers {
        let prefers = before.prefers;
        let data = EventData::Preferred(prefers);
        let how = |duty: &mut Duty| duty.prefers = prefers;
        change(draft, agent, how, (data, Reason::TakenBack));
        restored.push(StandsAgain::Settings(prefers));
    }
    if before.absence == duty.absence && !restored.is_empty() {
        return Some(restored);
    }
    match before.absence.filter(|absence| absence.until > now) {
        Some(absence) => {
            begin(draft, agent, absence.clone(), Reason::TakenBack);
            restored.push(StandsAgain::Absent(absence));
        }
        None => {
            end(draft, agent, Reason::TakenBack);
            restored.push(StandsAgain::Back);
        }
    }
    Some(restored)
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
