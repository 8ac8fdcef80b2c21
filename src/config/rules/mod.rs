//! `[[rule]]` and `[list.NAME]`: what becomes of which new mail, and the lists of people that rules and queues name.

mod conditions;
mod resolving;
mod titles;

use std::collections::BTreeMap;

use super::{
    commands,
    file::Reader,
    problems::{At, Notes, Spot},
    section::{Section, flag},
};
use crate::{
    desk::rules::{Condition, Who},
    model::classification::{Priority, RequestClass},
};

pub(super) use conditions::listed;
pub(super) use resolving::resolve;

/// More rules than anybody could overlook.
const RULES_MAX: usize = 500;

/// The longest name of a rule, in letters.
const NAME_MAX: usize = 80;

/// The members of each list.
pub(super) type Lists = BTreeMap<String, Vec<Who>>;

/// `[[rule]]` as written.
#[derive(Debug)]
pub(super) struct Rule {
    pub spot: Spot,
    pub name: Option<At<String>>,
    pub when: Vec<At<Condition>>,
    pub unless: Vec<At<Condition>>,
    pub queue: Option<At<String>>,
    pub class: Option<RequestClass>,
    pub priority: Option<Priority>,
    pub assignee: Option<At<String>>,
    pub tags: Vec<String>,
    pub acknowledgement: Option<At<String>>,
    pub stop: Option<At<bool>>,
}

impl Reader<'_> {
    /// Reads `[list.NAME]`.
    pub(super) fn lists(&mut self, top: &mut Section<'_>) -> Lists {
        let mut lists = Lists::new();
        for (name, mut section) in top.named(self.notes, "list") {
            section.need(
                "members",
                "members = [\"olga@uni.test\", \"dean.uni.test\"]",
            );
            let members = section.list(self.notes, "members", Who::parse);
            section.finish(self.notes);
            lists.insert(name.value, members.map(|at| at.value).unwrap_or_default());
        }
        lists
    }

    /// Reads every `[[rule]]`, in order.
    pub(super) fn rules(&mut self, top: &mut Section<'_>, lists: &Lists) -> Vec<Rule> {
        let sections = top.in_order(self.notes, "rule");
        if let Some(first) = sections.get(RULES_MAX) {
            let words = format!("more than {RULES_MAX} rules");
            self.notes.problem(&first.spot, words);
        }
        let sections = sections.into_iter();
        sections.map(|section| self.rule(section, lists)).collect()
    }

    fn rule(&mut self, mut section: Section<'_>, lists: &Lists) -> Rule {
        section.need("name", "name = \"Справки\", by which history tells of it");
        let name = section.parsed(self.notes, "name", name);
        let mut conditions = |key| match section.section(self.notes, key) {
            Some(below) => self.conditions(below, lists),
            None => Vec::new(),
        };
        let (when, unless) = (conditions("when"), conditions("unless"));
        let rule = Rule {
            spot: section.spot.clone(),
            name,
            when,
            unless,
            queue: section.text(self.notes, "queue"),
            class: choice(&mut section, self.notes, "class", &classes()),
            priority: choice(&mut section, self.notes, "priority", &priorities()),
            assignee: section.text(self.notes, "assignee"),
            tags: section
                .list(self.notes, "tags", commands::choice)
                .map(|at| at.value)
                .unwrap_or_default(),
            acknowledgement: section.text(self.notes, "acknowledgement"),
            stop: flag(&mut section, self.notes, "stop"),
        };
        section.finish(self.notes);
        rule
    }
}

fn name(words: &str) -> Result<String, String> {
    let name = words.trim();
    let is_short = name.chars().count() <= NAME_MAX;
    is_short
        .then(|| name.to_owned())
        .ok_or_else(|| format!("the name is longer than {NAME_MAX} letters"))
}

fn classes() -> [(&'static str, RequestClass); 5] {
    RequestClass::ALL.map(|class| (class.code(), class))
}

fn priorities() -> [(&'static str, Priority); 3] {
    Priority::ALL.map(|priority| (priority.code(), priority))
}

/// One of these words.
fn choice<T: Copy>(
    section: &mut Section<'_>,
    notes: &mut Notes,
    key: &'static str,
    known: &[(&str, T)],
) -> Option<T> {
    let written = section.text(notes, key)?;
    let found = known.iter().find(|(code, _)| *code == written.value);
    if found.is_none() {
        let codes = known.iter().map(|(code, _)| *code);
        notes.unknown(&written.spot, key, &written.value, codes);
    }
    found.map(|(_, value)| *value)
}
