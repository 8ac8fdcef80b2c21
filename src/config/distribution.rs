//! How a queue shares out its new tickets, as written, and whether that can work.

use super::{
    problems::{At, Notes},
    section::Section,
    values,
    written::{File, Queue},
};
use crate::{
    desk::policy::{ASSIGN_WITHIN_SECS, DistributionPolicy},
    model::distribution::Method,
};

/// What `[queue.NAME]` says of it.
#[derive(Debug)]
pub(super) struct Sharing {
    method: Option<At<Method>>,
    fallback: Option<At<Method>>,
    assign_within: Option<At<u32>>,
    max_active: Option<u32>,
    is_hard: Option<At<bool>>,
}

/// Reads it.
pub(super) fn read(section: &mut Section<'_>, notes: &mut Notes) -> Sharing {
    Sharing {
        method: section.parsed(notes, "distribution", method),
        fallback: section.parsed(notes, "fallback", fallback),
        assign_within: section.parsed(notes, "assign_within", |words| {
            let secs = values::target(words)?;
            u32::try_from(secs).map_err(|_long| "that is too long".to_owned())
        }),
        max_active: max_active(section, notes),
        is_hard: section.parsed(notes, "max_active_is", |words| match words {
            "soft" => Ok(false),
            "hard" => Ok(true),
            _ => Err(format!("\"{words}\" is none of \"soft\", \"hard\"")),
        }),
    }
}

/// `max_active`, of a queue or an agent.
pub(super) fn max_active(section: &mut Section<'_>, notes: &mut Notes) -> Option<u32> {
    let written = section.number(notes, "max_active", 1..=1000);
    written.map(|at| at.value)
}

fn method(words: &str) -> Result<Method, String> {
    Method::from_code(words).ok_or_else(|| one_of(words, &Method::ALL))
}

/// What needs nobody's word.
fn fallback(words: &str) -> Result<Method, String> {
    let all = [Method::Turn, Method::Least, Method::Own];
    let known = all.into_iter().find(|method| method.code() == words);
    known.ok_or_else(|| one_of(words, &all))
}

fn one_of(words: &str, all: &[Method]) -> String {
    let all: Vec<String> = all
        .iter()
        .map(|method| format!("\"{}\"", method.code()))
        .collect();
    format!("\"{}\" is none of {}", words.escape_debug(), all.join(", "))
}

/// How a queue shares out.
pub(super) fn resolve((file, queue): (&File, &Queue), notes: &mut Notes) -> DistributionPolicy {
    let written = &queue.sharing;
    let method = written.method.as_ref().map_or(Method::Turn, |at| at.value);
    if let Some(At { spot, .. }) = &written.method {
        if method == Method::Manual && queue.head.is_none() {
            notes.problem(
                spot,
                "nobody says who: write head = \"...\" with the agent who gives out its tickets",
            );
        }
        if method == Method::Curator && file.directory.is_none() {
            notes.problem(
                spot,
                "curators stand in the people directory, and there is none: write the table [directory]",
            );
        }
    }
    let needs_fallback = matches!(method, Method::Manual | Method::Curator);
    if let Some(At { spot, value }) = &written.fallback
        && !needs_fallback
        && *value != Method::Turn
    {
        notes.warning(
            spot,
            "nothing falls back here: it stands beside distribution = \"manual\" or \"curator\"",
        );
    }
    if let Some(At { spot, value }) = &written.assign_within
        && method != Method::Manual
        && *value != ASSIGN_WITHIN_SECS
    {
        notes.warning(spot, "it stands beside distribution = \"manual\"");
    }
    let is_limited = |name: &String| {
        let agent = file.agents.get(name);
        agent.is_some_and(|agent| agent.max_active.is_some())
    };
    if let Some(At { spot, value: true }) = &written.is_hard
        && written.max_active.is_none()
        && !queue.agents.value.iter().any(is_limited)
    {
        notes.warning(
            spot,
            "there is no limit to be hard: write max_active here or with the agents",
        );
    }
    DistributionPolicy {
        method,
        fallback: written
            .fallback
            .as_ref()
            .map_or(Method::Turn, |at| at.value),
        assign_within_secs: written
            .assign_within
            .as_ref()
            .map_or(ASSIGN_WITHIN_SECS, |at| at.value),
        max_active: written.max_active,
        is_hard: written.is_hard.as_ref().is_some_and(|at| at.value),
        ..DistributionPolicy::default()
    }
}
