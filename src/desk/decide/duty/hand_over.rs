//! An absence begins: the agent's tickets go to the deputy, or back to their teams, who are sent lists of them.

use std::collections::BTreeMap;

use super::{
    super::{distribute::pass_on, worklist::line},
    letter::{Saying, tell_person},
};
use crate::desk::{
    appointment::agent_of,
    decide::finish,
    decision::{Decision, Given},
    draft::{Draft, Voice},
    reason::Reason,
    worklist::{LINES_MAX, LOOKED_AT_MAX, Section},
    world::World,
};
use crate::model::{
    duty::Absence,
    event::EventData,
    ids::{AgentName, PersonId, TicketNumber},
    outgoing::WorkLine,
};

/// Decides on the beginning of the absence of the agent who has this appointment.
pub(in super::super) fn hand_over(appointment: i64, world: &World, given: &Given<'_>) -> Decision {
    let mut draft = Draft::new(given, world, Voice::okno(given.now), Reason::AgentAway);
    let Some((name, _)) = agent_of(appointment, given.policy) else {
        return Decision::new(Reason::NothingToDo);
    };
    let Some(absence) = draft.duty_of(name).absence else {
        return Decision::new(Reason::NothingToDo);
    };
    // It was put off, or is over.
    if !absence.covers(given.now) {
        let ahead = Some(absence.from).filter(|from| *from > given.now);
        draft.decision.reason = Reason::NothingToDo;
        let ahead = ahead.map(|from| (appointment, from));
        draft.decision.absences.extend(ahead);
        return finish(draft, None);
    }
    let owned = world.morning(name).to_vec();
    let is_more = i64::try_from(owned.len()).is_ok_and(|many| many >= LOOKED_AT_MAX);
    draft
        .decision
        .absences
        .extend(is_more.then_some((appointment, given.now)));
    give_away(&mut draft, (name, &absence), &owned);
    finish(draft, None)
}

fn give_away(
    draft: &mut Draft<'_>,
    (agent, absence): (&AgentName, &Absence),
    owned: &[TicketNumber],
) {
    let deputy = absence.deputy.as_ref();
    let deputy = deputy.filter(|deputy| draft.absence_of(deputy).is_none());
    let mut taken: Vec<TicketNumber> = Vec::new();
    let mut freed: Vec<TicketNumber> = Vec::new();
    let mut given: BTreeMap<AgentName, Vec<TicketNumber>> = BTreeMap::new();
    for number in owned {
        let Some(mut ticket) = draft.ticket(*number) else {
            continue;
        };
        let known = ticket.snapshot();
        if known.assignee.as_ref() != Some(agent) || !known.state.is_live() {
            continue;
        }
        let serves = |deputy: &&AgentName| {
            let queue = ticket.queue();
            queue.is_some_and(|queue| queue.agents.contains(*deputy))
        };
        if let Some(deputy) = deputy.filter(serves) {
            let agent = deputy.clone();
            ticket.happened(EventData::Assigned { agent }, Reason::AgentAway);
            taken.push(*number);
        } else {
            let agent = agent.clone();
            ticket.happened(EventData::Unassigned { agent }, Reason::AgentAway);
            pass_on(&mut ticket);
            match ticket.snapshot().assignee.clone() {
                Some(new) => given.entry(new).or_default().push(*number),
                None => freed.push(*number),
            }
        }
    }
    if let Some(person) = deputy.and_then(|deputy| draft.agent_person(deputy)) {
        tell_of(draft, (agent, absence), person, (&taken, Section::Own));
    }
    for (new, numbers) in given {
        if let Some(person) = draft.agent_person(&new) {
            tell_of(draft, (agent, absence), person, (&numbers, Section::Own));
        }
    }
    let mut readers: Vec<(PersonId, Vec<TicketNumber>)> = Vec::new();
    for number in freed {
        let ticket = draft.ticket(number);
        let team = ticket.map_or_else(Vec::new, |mut ticket| ticket.team_to_tell());
        for person in team {
            match readers.iter_mut().find(|(reader, _)| *reader == person) {
                Some((_, numbers)) => numbers.push(number),
                None => readers.push((person, vec![number])),
            }
        }
    }
    for (person, numbers) in readers {
        tell_of(draft, (agent, absence), person, (&numbers, Section::Free));
    }
}

fn tell_of(
    draft: &mut Draft<'_>,
    (agent, absence): (&AgentName, &Absence),
    reader: PersonId,
    (numbers, section): (&[TicketNumber], Section),
) {
    let (shown, rest) = numbers.split_at(numbers.len().min(LINES_MAX));
    let mut lines: Vec<WorkLine> = Vec::new();
    for number in shown {
        lines.extend(line(draft, &lines, (section, *number)));
    }
    if lines.is_empty() {
        return;
    }
    let more = u64::try_from(rest.len()).unwrap_or(u64::MAX);
    let what = match section {
        Section::Own => "handed_over",
        Section::Moved
        | Section::Draft
        | Section::Asks
        | Section::Rated
        | Section::Recounted
        | Section::Due
        | Section::Free
        | Section::Waiting
        | Section::Withheld
        | Section::Owner
        | Section::Done => "free",
    };
    let saying = Saying::passed_on(what, absence, (lines, more));
    let key = format!(
        "{what}:{agent}:{reader}:{}",
        draft.given.now.as_millisecond()
    );
    tell_person(draft, (agent, reader), key, saying);
}
