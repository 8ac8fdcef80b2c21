//! What agents of a queue may ask of other queues: `escalates_to`, `while_escalated`, `escalation_through`, `ola`.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    problems::{At, Notes},
    promises,
    section::Section,
    written::{File, Queue},
};
use crate::{
    desk::{
        command::Verb,
        policy::{self, Through},
    },
    model::{ids::QueueName, terms::Terms},
};

/// The keys as written.
#[derive(Debug, Default)]
pub(super) struct Asking {
    to: Option<At<Vec<String>>>,
    pauses: bool,
    through: Option<At<Through>>,
    ola: Option<Terms>,
}

/// Reads them.
pub(super) fn read(section: &mut Section<'_>, notes: &mut Notes) -> Asking {
    let pauses = section.parsed(notes, "while_escalated", |words| match words {
        "runs" => Ok(false),
        "pauses" => Ok(true),
        _ => Err("\"runs\" or \"pauses\" is expected".to_owned()),
    });
    Asking {
        to: section.list(notes, "escalates_to", |words| Ok(words.to_owned())),
        pauses: pauses.is_some_and(|at| at.value),
        through: section.parsed(notes, "escalation_through", |words| match words {
            "direct" => Ok(Through::Direct),
            "head" => Ok(Through::Head),
            _ => Err("\"direct\" or \"head\" is expected".to_owned()),
        }),
        ola: section
            .parsed(notes, "ola", promises::target)
            .map(|at| at.value),
    }
}

/// How a queue asks others, and is asked.
pub(super) fn resolve(
    file: &File,
    (name, queue): (&str, &Queue),
    notes: &mut Notes,
) -> policy::Asking {
    let written = &queue.asking;
    let mut to = Vec::new();
    if let Some(At { value, spot }) = &written.to {
        let mut seen = BTreeSet::new();
        for target in value {
            if target == name {
                notes.problem(spot, "a queue does not escalate to itself");
            } else if !file.queues.contains_key(target) {
                let known = file.queues.keys().map(String::as_str);
                notes.unknown(spot, "queue", target, known);
            } else if !seen.insert(target) {
                notes.problem(spot, format!("\"{target}\" stands here twice"));
            } else {
                to.push(QueueName(target.clone()));
            }
        }
    }
    no_head(file, (name, queue), notes);
    policy::Asking {
        to,
        pauses: written.pauses,
        through: written
            .through
            .as_ref()
            .map_or(Through::Direct, |at| at.value),
        ola: written.ola.clone(),
    }
}

/// A queue that may ask another one through its head must have a head.
fn no_head(file: &File, (name, queue): (&str, &Queue), notes: &mut Notes) {
    if queue.head.is_some() || !queue.commands.contains(&Verb::Escalate) {
        return;
    }
    let targets = queue.asking.to.as_ref().map(|at| &at.value);
    let asks =
        |other: &str| other != name && targets.is_none_or(|to| to.iter().any(|one| one == other));
    let needs = |other: &Queue| {
        let through = other.asking.through.as_ref();
        through.is_some_and(|at| at.value == Through::Head)
    };
    let mut asked = file.queues.iter();
    if let Some((other, _)) = asked.find(|(other, queue)| asks(other) && needs(queue)) {
        notes.warning(
            &queue.spot,
            format!(
                "queue \"{other}\" is asked through the head of the queue that asks, and this one names none: its agents cannot escalate there; write head = \"...\""
            ),
        );
    }
}

/// A question never comes back to whoever asks: of queues that name whom they ask none may be asked by those it asks.
pub(super) fn no_circles(file: &File, notes: &mut Notes) {
    let mut to: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, queue) in &file.queues {
        let written = queue.asking.to.iter().flat_map(|at| &at.value);
        to.insert(name, written.map(String::as_str).collect());
    }
    let mut told: BTreeSet<Vec<&str>> = BTreeSet::new();
    for (name, queue) in &file.queues {
        let Some(way) = way_back(name, &to) else {
            continue;
        };
        let mut members = way.clone();
        members.sort_unstable();
        members.dedup();
        if let Some(At { spot, .. }) = queue.asking.to.as_ref().filter(|_| told.insert(members)) {
            notes.problem(
                spot,
                format!(
                    "the escalation goes round in circles: {}; a question would come back to whoever asks",
                    way.join(" -> ")
                ),
            );
        }
    }
}

/// The shortest way from a queue back to itself.
fn way_back<'f>(from: &'f str, to: &BTreeMap<&'f str, Vec<&'f str>>) -> Option<Vec<&'f str>> {
    let mut seen = BTreeSet::new();
    let mut ways: Vec<Vec<&str>> = vec![vec![from]];
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let Some(next) = way.last().and_then(|last| to.get(last)) else {
                continue;
            };
            for next in next {
                let mut way = way.clone();
                way.push(next);
                // To itself is told otherwise.
                if *next == from && way.len() > 2 {
                    return Some(way);
                }
                if *next != from && seen.insert(*next) {
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    None
}
