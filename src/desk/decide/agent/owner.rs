//! Who is responsible for a ticket, by an agent's word.

use super::{super::distribute, NotDone, Said, mails::tell_owners, news::tell_new_owner};
use crate::desk::{
    arrival::Arrival,
    distribution::Limit,
    draft::{DecisionBuilder, TicketDraft},
    lifecycle::{Happening, Transition, transition},
    reason::Reason,
};
use crate::model::{
    address::Address, distribution::Method, event::EventData, ids::AgentName, language::Language,
};

/// The author of the mail is.
pub(super) fn take(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    let assignee = ticket.snapshot().assignee.as_ref();
    if let Some(other) = assignee.filter(|assignee| **assignee != said.agent) {
        return Err(NotDone {
            reason: Reason::AlreadyTaken,
            detail: ticket.agent_name(other),
        });
    }
    let is_mine_already = assignee.is_some();
    match transition(ticket.snapshot().state, Happening::AgentTook) {
        Transition::Refuse(reason) => Err(reason.into()),
        Transition::Stay
        | Transition::Open
        | Transition::Pend
        | Transition::Hold
        | Transition::Resolve
        | Transition::Close
        | Transition::Reopen => {
            if !is_mine_already {
                has_room(ticket, said, &said.agent)?;
                ticket.happened(
                    EventData::Assigned {
                        agent: said.agent.clone(),
                    },
                    Reason::AgentCommand,
                );
            }
            ticket.goes_to_work(Happening::AgentTook, Reason::AgentCommand);
            Ok(())
        }
    }
}

/// A hard limit holds for what agents take or are given by a colleague, too; whoever decides for the queue may go beyond it.
fn has_room(
    ticket: &TicketDraft<'_, '_>,
    said: &Said<'_>,
    agent: &AgentName,
) -> Result<(), NotDone> {
    let policy = ticket.given.policy;
    let decides =
        |queue| policy.decides_for(&said.agent, queue) || ticket.is_decided_by(&said.agent);
    let Some(full) =
        distribute::wall(ticket, agent).filter(|_| !ticket.queue().is_some_and(decides))
    else {
        return Ok(());
    };
    let (name, Limit { taken, places }) = (ticket.agent_name(agent), full);
    let words = match ticket.staff_language() {
        Language::Ru => format!("{name}: {taken} из {places}"),
        Language::En => format!("{name}: {taken} of {places}"),
    };
    Err((Reason::AgentFull, words).into())
}

/// Somebody else of the queue is; they and whoever was it hear of it.
pub(super) fn assign(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
    name: &str,
) -> Result<(), NotDone> {
    if !ticket.snapshot().state.is_live() {
        return Err(Reason::NotLive.into());
    }
    let team = ticket.queue().map_or(&[][..], |queue| &queue.agents);
    let agent = colleague(ticket, team, name)?;
    let before = ticket.snapshot().assignee.clone();
    if before.as_ref() == Some(&agent) {
        return Err(NotDone {
            reason: Reason::AlreadyTaken,
            detail: ticket.agent_name(&agent),
        });
    }
    if let Some(absence) = ticket.absence_of(&agent) {
        let zone = ticket.queue().map(|queue| queue.calendar.zone());
        let back = zone.map(|zone| zone.to_datetime(absence.until).strftime("%d.%m.%Y"));
        let back = back.map(|back| format!(", {back}")).unwrap_or_default();
        let detail = format!("{}{back}", ticket.agent_name(&agent));
        let reason = Reason::AgentAway;
        return Err(NotDone { reason, detail });
    }
    has_room(ticket, said, &agent)?;
    ticket.happened(
        EventData::Assigned {
            agent: agent.clone(),
        },
        Reason::AgentCommand,
    );
    // Where everybody gets every card they need no second one.
    let has_card = ticket
        .queue()
        .is_none_or(|queue| queue.distribution.method == Method::Own);
    if has_card || ticket.brought.is_some() {
        tell_owners(ticket, arrival, said, [Some(agent), before]);
    } else {
        if agent != said.agent {
            tell_new_owner(ticket, (arrival, said), &agent);
        }
        tell_owners(ticket, arrival, said, [None, before]);
    }
    Ok(())
}

/// Who of a team is meant: by the key in the configuration, which `@` marks, an address, the name people see, or a word of
/// it. What may mean several means none of them.
pub(in crate::desk::decide) fn colleague(
    draft: &DecisionBuilder<'_>,
    team: &[AgentName],
    words: &str,
) -> Result<AgentName, (Reason, String)> {
    let policy = draft.given.policy;
    let written = words.trim().to_lowercase();
    let word = written.trim_start_matches('@');
    let by_key = team.iter().find(|one| one.as_str().to_lowercase() == word);
    if let Some(agent) = by_key.filter(|_| written.starts_with('@')) {
        return Ok(agent.clone());
    }
    let address = Address::parse(word).ok();
    let by_address = address.and_then(|address| policy.agent_of(&address));
    if let Some(agent) = by_address.filter(|one| team.contains(one)) {
        return Ok(agent.clone());
    }
    let shown = |agent: &AgentName| draft.agent_name(agent).to_lowercase();
    let is_whole = |agent: &&AgentName| shown(agent) == word;
    let is_part = |agent: &&AgentName| {
        let is_key = agent.as_str().to_lowercase() == word;
        is_key || !word.is_empty() && shown(agent).split_whitespace().any(|part| part == word)
    };
    let whole: Vec<&AgentName> = team.iter().filter(is_whole).collect();
    let found = match whole.as_slice() {
        [] => team.iter().filter(is_part).collect(),
        [..] => whole,
    };
    let names = |all: &mut dyn Iterator<Item = &AgentName>, mark: &str| {
        let shown: Vec<String> = all
            .map(|agent| format!("{} ({mark}{agent})", draft.agent_name(agent)))
            .collect();
        shown.join(", ")
    };
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Err((Reason::NoSuchAgent, names(&mut team.iter(), ""))),
        several => {
            let listed = names(&mut several.iter().copied(), "@");
            Err((Reason::SeveralAgents, listed))
        }
    }
}
