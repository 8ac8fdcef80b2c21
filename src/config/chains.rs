//! Who hears of what is late, class by class: `chain.emergency = [{ to = "head" }, { to = "ivan", after = "30 min" }]`.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::{
    departments,
    file::Reader,
    problems::{At, Notes},
    section::{Section, text},
    values,
    written::{File, Queue},
};
use crate::{
    desk::policy::ChainLink,
    model::{classification::RequestClass, ids::AgentName},
};

/// The chains, as written: who, and how late, in seconds of business time.
pub(super) type Chains = BTreeMap<RequestClass, At<Vec<(String, i64)>>>;

const EXPECTED: &str = "a list of those who hear one after the other is expected, [{ to = \"head\" }, { to = \"ivan\", after = \
                        \"2 h\" }]; to: \"head\" (of the queue), \"department\" (its head), \"director\" or an agent's name";

impl Reader<'_> {
    /// Reads the table `chain` of a queue.
    pub(super) fn chains(&mut self, section: &mut Section<'_>) -> Chains {
        let mut chains = Chains::new();
        let Some(mut section) = section.section(self.notes, "chain") else {
            return chains;
        };
        for class in RequestClass::ALL {
            let written = section.read(self.notes, class.code(), |value| {
                let list = value.as_array().ok_or_else(|| EXPECTED.to_owned())?;
                list.iter().map(|one| link(one.get_ref())).collect()
            });
            chains.extend(written.map(|links: At<Vec<_>>| (class, links)));
        }
        section.finish(self.notes);
        chains
    }
}

fn link(value: &DeValue<'_>) -> Result<(String, i64), String> {
    let table = value.as_table().ok_or_else(|| EXPECTED.to_owned())?;
    let (mut to, mut after) = (None, 0);
    for (name, value) in table {
        match (&**name.get_ref(), text(value.get_ref())?) {
            ("to", words) => to = Some(words.to_owned()),
            ("after", words) => after = delay(words)?,
            (other, _) => {
                return Err(format!("\"{other}\" is not known here: {EXPECTED}"));
            }
        }
    }
    to.map(|to| (to, after)).ok_or_else(|| EXPECTED.to_owned())
}

/// Business time; none of it is at once.
pub(super) fn delay(words: &str) -> Result<i64, String> {
    match words.trim() {
        "0" => Ok(0),
        words => values::target(words),
    }
}

/// The chains of a queue, with the people who stand in them.
pub(super) fn resolve(
    file: &File,
    queue: &Queue,
    notes: &mut Notes,
) -> BTreeMap<RequestClass, Vec<ChainLink>> {
    let chains = queue.chains.iter();
    chains
        .map(|(class, written)| (*class, chain(file, queue, (*class, written), notes)))
        .collect()
}

fn chain(
    file: &File,
    queue: &Queue,
    (class, written): (RequestClass, &At<Vec<(String, i64)>>),
    notes: &mut Notes,
) -> Vec<ChainLink> {
    let At { value: links, spot } = written;
    if links.windows(2).any(|pair| match pair {
        [(_, one), (_, next)] => one > next,
        _ => false,
    }) {
        notes.problem(
            spot,
            "each step of the chain hears later than the one before; put them in the order of \"after\"",
        );
    }
    let mut way: Vec<&str> = Vec::new();
    let mut chain: Vec<ChainLink> = Vec::new();
    for (to, after_secs) in links {
        way.push(to);
        let Some(head) = who(file, queue, to, written, notes) else {
            continue;
        };
        if chain.iter().any(|link| link.head == head) {
            notes.problem(
                spot,
                format!(
                    "the chain goes round in circles: {}; \"{head}\" stands in it twice",
                    way.join(" -> ")
                ),
            );
            return chain;
        }
        // Who decides for the queue or its department may be the director as well.
        let is_named = !matches!(to.as_str(), "head" | "department");
        let is_director = is_named && file.director.as_ref().is_some_and(|at| at.value == head.0);
        if is_director && class != RequestClass::Emergency {
            notes.problem(
                spot,
                "the director hears of emergencies, and of what is late for days (director_after_days), and stands in no other \
                 chain",
            );
        }
        chain.push(ChainLink {
            head,
            after_secs: *after_secs,
        });
    }
    chain
}

/// The agent whom a step of the chain means.
fn who(
    file: &File,
    queue: &Queue,
    to: &str,
    written: &At<Vec<(String, i64)>>,
    notes: &mut Notes,
) -> Option<AgentName> {
    let spot = &written.spot;
    let agent = |at: &At<String>| AgentName::from(at.value.as_str());
    let missing = match to {
        "head" => match &queue.head {
            Some(head) => return Some(agent(head)),
            None => "the queue has no head to tell; write head = \"…\"",
        },
        "department" => {
            let department = queue.department.as_ref();
            let department = department.and_then(|name| file.departments.get(&name.value));
            match department.and_then(|department| department.head.as_ref()) {
                Some(head) => return Some(agent(head)),
                None => {
                    "the queue is of no department that has a head to tell; write department = \"…\", and head = \"…\" there"
                }
            }
        }
        "director" => match &file.director {
            Some(director) => return Some(agent(director)),
            None => "there is no director to tell; write director = \"…\" at the top of the file",
        },
        name => {
            let named = At {
                value: name.to_owned(),
                spot: spot.clone(),
            };
            return departments::agent(file, Some(&named), notes);
        }
    };
    notes.problem(spot, missing);
    None
}
