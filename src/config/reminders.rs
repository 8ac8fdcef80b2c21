//! When agents are reminded of a promise, and which heads hear of it as well.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::{
    file::Reader,
    problems::{Notes, Spot},
    section::{Section, integer, text},
    written::{File, Queue},
};
use crate::desk::policy::{REMINDERS, RemindedHeads};

/// `reminders`, as written.
#[derive(Debug)]
pub(super) struct Reminders {
    /// At how many of a hundred parts of the time, in order.
    pub percents: Vec<u32>,
    /// Who hears at these besides the agents.
    pub heads: BTreeMap<u32, RemindedHeads>,
    spot: Spot,
}

const EXPECTED: &str = "a list of percentages between 1 and 99 is expected, [50, 80], each alone or with who hears \
                        of it, { at = 80, tell = [\"agents\", \"head\"] }";

impl Reader<'_> {
    /// At which percentages who is reminded.
    pub(super) fn reminders(&mut self, section: &mut Section<'_>) -> Reminders {
        let usual = section.spot.below("reminders");
        let written = section.read(self.notes, "reminders", |value| {
            let list = value.as_array().ok_or_else(|| EXPECTED.to_owned())?;
            list.iter().map(|one| reminder(one.get_ref())).collect()
        });
        let (written, spot): (Vec<(u32, RemindedHeads)>, Spot) = match written {
            Some(at) => (at.value, at.spot),
            None => {
                let usual_at = REMINDERS.map(|percent| (percent, RemindedHeads::default()));
                (usual_at.to_vec(), usual)
            }
        };
        let mut percents: Vec<u32> = written.iter().map(|(percent, _)| *percent).collect();
        percents.sort_unstable();
        let twice = percents.windows(2).find_map(|pair| match pair {
            [one, next] if one == next => Some(*one),
            _ => None,
        });
        if let Some(percent) = twice {
            let words = format!(
                "{percent} stands here twice; who hears of one part of the time stands in one place"
            );
            self.notes.problem(&spot, words);
        }
        percents.dedup();
        let heads = written.into_iter();
        Reminders {
            percents,
            heads: heads
                .filter(|(_, heads)| *heads != RemindedHeads::default())
                .collect(),
            spot,
        }
    }
}

fn reminder(value: &DeValue<'_>) -> Result<(u32, RemindedHeads), String> {
    match value.as_table() {
        None => Ok((percent(value)?, RemindedHeads::default())),
        Some(table) => with_heads(table),
    }
}

fn percent(value: &DeValue<'_>) -> Result<u32, String> {
    let percent = integer(value).and_then(|percent| u32::try_from(percent).ok());
    let percent = percent.filter(|percent| (1..100).contains(percent));
    percent.ok_or_else(|| EXPECTED.to_owned())
}

fn with_heads(table: &DeTable<'_>) -> Result<(u32, RemindedHeads), String> {
    let (mut at, mut heads) = (None, None);
    for (name, value) in table {
        match &**name.get_ref() {
            "at" => at = Some(percent(value.get_ref())?),
            "tell" => heads = Some(told(value.get_ref())?),
            other => {
                return Err(format!(
                    "\"{other}\" is not known here: a reminder has \"at\" and \"tell\", \
                     {{ at = 80, tell = [\"agents\", \"head\"] }}"
                ));
            }
        }
    }
    at.zip(heads).ok_or_else(|| EXPECTED.to_owned())
}

/// Who hears: the agents always do, it is their work.
fn told(value: &DeValue<'_>) -> Result<RemindedHeads, String> {
    let one = |value: &DeValue<'_>| text(value).map(str::to_owned);
    let names = match value.as_array() {
        Some(list) => list
            .iter()
            .map(|name| one(name.get_ref()))
            .collect::<Result<Vec<String>, String>>()?,
        None => vec![one(value)?],
    };
    let mut heads = RemindedHeads::default();
    let mut has_agents = false;
    for name in &names {
        match name.as_str() {
            "agents" => has_agents = true,
            "head" => heads.head = true,
            "department" => heads.department = true,
            other => {
                return Err(format!(
                    "\"{other}\" is none of those who hear of a reminder: \"agents\", \"head\" (of the queue), \
                     \"department\" (its head)"
                ));
            }
        }
    }
    match has_agents {
        true => Ok(heads),
        false => Err(
            "whoever works on a ticket is always reminded; write tell = [\"agents\", …]".to_owned(),
        ),
    }
}

/// Who hears at which percentage; whoever is to hear must be named somewhere.
pub(super) fn heads(file: &File, queue: &Queue, notes: &mut Notes) -> BTreeMap<u32, RemindedHeads> {
    let Reminders { heads, spot, .. } = &queue.reminders;
    let is_told = |who: fn(&RemindedHeads) -> bool| heads.values().any(who);
    if is_told(|one| one.head) && queue.head.is_none() {
        notes.problem(spot, "the queue has no head to tell; write head = \"…\"");
    }
    let department = queue.department.as_ref();
    let department = department.and_then(|name| file.departments.get(&name.value));
    let has_head = department.is_some_and(|one| one.head.is_some());
    if is_told(|one| one.department) && !has_head {
        notes.problem(
            spot,
            "the queue is of no department that has a head to tell; write department = \"…\", and head = \"…\" there",
        );
    }
    heads.clone()
}
