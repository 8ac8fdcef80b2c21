//! Whether a directory may be taken although people would vanish: not too many at once, and nobody who still has work.

use super::{DirectoryFile, Roster, own_addresses};
use crate::{
    desk::{policy::Policy, reason::Reason},
    model::{ids::AgentName, language::Language, person::Person},
};

/// More than one in so many people who vanish at once are taken for half a file.
const GONE_ONE_IN: usize = 5;

/// How many of them are named.
const NAMED_MAX: usize = 20;

/// Why a sound directory is not taken, in lines for the administrator; `None`: it may be.
pub(in crate::desk) fn objections(
    file: &DirectoryFile,
    roster: &Roster,
    gone: &[Person],
    policy: &Policy,
) -> Option<(Reason, Vec<String>)> {
    let busy: Vec<(&Person, u64)> = gone
        .iter()
        .filter_map(|person| Some((person, live_tickets(person, roster, policy)?)))
        .collect();
    if !busy.is_empty() {
        let lines = busy
            .iter()
            .map(|(person, live)| busy_line(file, person, *live, policy.language));
        return Some((Reason::DirectoryLosesAgent, lines.collect()));
    }
    let before = roster
        .people
        .iter()
        .filter(|person| person.listed().is_some())
        .count();
    let is_too_many = gone.len().saturating_mul(GONE_ONE_IN) > before;
    if !is_too_many || file.is_confirmed {
        return None;
    }
    let mut lines = vec![shrunk_line(file, gone.len(), before, policy.language)];
    lines.extend(
        gone.iter()
            .take(NAMED_MAX)
            .map(|person| format!("  {}", named(person))),
    );
    let more = gone.len().saturating_sub(NAMED_MAX);
    if more > 0 {
        lines.push(match policy.language {
            Language::Ru => format!("  и ещё {more}"),
            Language::En => format!("  and {more} more"),
        });
    }
    Some((Reason::DirectoryShrunk, lines))
}

/// How many live tickets the agent who is this person has; `None` for none, and for who is no agent.
fn live_tickets(person: &Person, roster: &Roster, policy: &Policy) -> Option<u64> {
    let agent: &AgentName = own_addresses(person).find_map(|address| policy.agent_of(address))?;
    roster.live.get(agent).copied().filter(|live| *live > 0)
}

fn busy_line(file: &DirectoryFile, person: &Person, live: u64, language: Language) -> String {
    let (file, who) = (&file.file, named(person));
    match language {
        Language::Ru => format!(
            "{file}: нет сотрудника {who}, а открытых обращений у него: {live}; сначала пусть их возьмут другие"
        ),
        Language::En => format!(
            "{file}: the agent {who} is missing and has {live} open tickets; others must take them first"
        ),
    }
}

fn shrunk_line(file: &DirectoryFile, gone: usize, before: usize, language: Language) -> String {
    let file = &file.file;
    match language {
        Language::Ru => {
            format!("{file}: пропала бы больше чем пятая часть людей, {gone} из {before}:")
        }
        Language::En => {
            format!("{file}: more than a fifth of the people would vanish, {gone} of {before}:")
        }
    }
}

fn named(person: &Person) -> String {
    if person.name.is_blank() {
        return person.address.to_string();
    }
    format!("{} <{}>", person.name, person.address)
}
