//! Departments: queues under one head, and departments under another; the director above all.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    chains,
    file::Reader,
    problems::{At, Notes, Spot},
    section::Section,
    written::{File, Queue},
};
use crate::{
    desk::policy::{DepartmentPolicy, ESCALATE_AFTER, Targets},
    model::ids::{AgentName, DepartmentName},
};

/// `[department.NAME]`.
#[derive(Debug)]
pub(super) struct Department {
    pub spot: Spot,
    pub title: Option<At<String>>,
    pub head: Option<At<String>>,
    pub parent: Option<At<String>>,
    /// What is aimed at here; `None`: what the site aims at.
    pub targets: Option<Targets>,
}

impl Reader<'_> {
    /// Reads `[department.NAME]`.
    pub(super) fn department(&mut self, mut section: Section<'_>, usual: Targets) -> Department {
        section.need("title", "title = \"IT department\", the name people see");
        let department = Department {
            spot: section.spot.clone(),
            title: section.text(self.notes, "title"),
            head: section.text(self.notes, "head"),
            parent: section.text(self.notes, "parent"),
            targets: self.targets(&mut section, usual),
        };
        section.finish(self.notes);
        department
    }

    /// How late each step of the chain hears, in seconds of business time.
    pub(super) fn escalate_after(&mut self, section: &mut Section<'_>) -> Option<Vec<i64>> {
        let written = section.list(self.notes, "escalate_after", chains::delay)?;
        if written
            .value
            .windows(2)
            .any(|pair| pair.first() > pair.last())
        {
            self.notes.problem(
                &written.spot,
                "each step of the chain hears later than the one before, as in [\"0\", \"8 h\", \"16 h\"]",
            );
        }
        Some(written.value)
    }
}

/// When the chain of a queue hears: as written, else as usual where its agents are reminded at all.
pub(super) fn delays(queue: &Queue) -> Vec<i64> {
    let usual = match queue.reminders.percents.is_empty() {
        true => Vec::new(),
        false => ESCALATE_AFTER.to_vec(),
    };
    queue.escalate_after.clone().unwrap_or(usual)
}

/// The departments, as far as they are sound.
pub(super) fn resolve(
    file: &File,
    notes: &mut Notes,
) -> BTreeMap<DepartmentName, DepartmentPolicy> {
    let mut resolved = BTreeMap::new();
    for (name, department) in &file.departments {
        let parent = named(file, department.parent.as_ref(), notes);
        circle(file, name, department, notes);
        let policy = DepartmentPolicy {
            title: department
                .title
                .as_ref()
                .map_or_else(|| name.clone(), |at| at.value.clone()),
            head: agent(file, department.head.as_ref(), notes),
            parent,
            targets: department.targets,
        };
        resolved.insert(DepartmentName(name.clone()), policy);
    }
    resolved
}

/// A department by its name.
pub(super) fn named(
    file: &File,
    written: Option<&At<String>>,
    notes: &mut Notes,
) -> Option<DepartmentName> {
    let At { value, spot } = written?;
    if !file.departments.contains_key(value) {
        let known = file.departments.keys().map(String::as_str);
        notes.unknown(spot, "department", value, known);
    }
    Some(DepartmentName(value.clone()))
}

/// An agent who decides.
pub(super) fn agent(
    file: &File,
    written: Option<&At<String>>,
    notes: &mut Notes,
) -> Option<AgentName> {
    let At { value, spot } = written?;
    if !file.agents.contains_key(value) {
        let known = file.agents.keys().map(String::as_str);
        notes.unknown(spot, "agent", value, known);
    }
    Some(AgentName::from(value.as_str()))
}

/// Refuses departments of which each is a part of the other.
fn circle(file: &File, name: &str, department: &Department, notes: &mut Notes) {
    let mut seen = BTreeSet::from([name]);
    let mut way = vec![name];
    let mut above = department.parent.as_ref();
    while let Some(At { value, .. }) = above {
        way.push(value);
        if value == name {
            // Told once, of the first of them.
            if way.iter().any(|other| *other < name) {
                return;
            }
            let spot = department
                .parent
                .as_ref()
                .map_or(&department.spot, |at| &at.spot);
            let words = format!(
                "these are parts of each other: {}; nobody would be the last to hear of what is late",
                way.join(" -> ")
            );
            return notes.problem(spot, words);
        }
        if !seen.insert(value) {
            return;
        }
        above = file
            .departments
            .get(value)
            .and_then(|one| one.parent.as_ref());
    }
}
