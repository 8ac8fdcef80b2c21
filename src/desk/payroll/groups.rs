//! Whose row a figure stands in. Figures are counted by queue and agent; people are paid by employee and department (DOMAIN 3.4):
//! one row for all the queues of a department that somebody serves, and for all the names that they have gone by.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::policy::Unit;
use crate::model::ids::{AgentName, QueueName};

/// What figures are counted by: an agent of a queue.
pub type Part = (QueueName, AgentName);

/// Who somebody is, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Person {
    /// The employee of that number, whatever agents they are.
    Number(String),
    /// An agent whose number nobody has said.
    Agent(AgentName),
}

/// Whose row a part stands in: an employee of a department.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    /// What they are paid in.
    pub unit: Unit,
    /// Who.
    pub person: Person,
}

impl Owner {
    /// Of an agent with that employee number; empty: nobody has said it.
    #[must_use]
    pub fn new(unit: Unit, number: &str, agent: &AgentName) -> Self {
        let person = match number {
            "" => Person::Agent(agent.clone()),
            number => Person::Number(number.to_owned()),
        };
        Self { unit, person }
    }
}

/// Parts put together by their owners, in the order of the first part of each; the parts of one are sorted.
#[must_use]
pub fn grouped(parts: impl IntoIterator<Item = (Part, Owner)>) -> Vec<Vec<Part>> {
    let mut found: Vec<(Owner, Vec<Part>)> = Vec::new();
    for (part, owner) in parts {
        match found.iter_mut().find(|(known, _)| *known == owner) {
            Some((_, own)) => own.push(part),
            None => found.push((owner, vec![part])),
        }
    }
    found.into_iter().map(|(_, own)| sorted(own)).collect()
}

/// The groups in which changes of a closed month stand: those in which people were paid for it (`paid`); what has come in since
/// goes to the one group that is its owner's today, and else stands by its owner. Only groups with a changed part.
#[must_use]
pub fn regrouped(
    paid: &[Vec<Part>],
    changed: &BTreeSet<Part>,
    owners: &BTreeMap<Part, Owner>,
) -> Vec<Vec<Part>> {
    let mut groups = paid.to_vec();
    let mut others = Vec::new();
    for part in changed {
        if paid.iter().any(|group| group.contains(part)) {
            continue;
        }
        let Some(owner) = owners.get(part) else {
            groups.push(vec![part.clone()]);
            continue;
        };
        let is_theirs = |group: &Vec<Part>| group.iter().any(|own| owners.get(own) == Some(owner));
        let mut theirs = (0..paid.len()).filter(|place| paid.get(*place).is_some_and(is_theirs));
        match (theirs.next(), theirs.next()) {
            (Some(only), None) => groups
                .get_mut(only)
                .into_iter()
                .for_each(|group| group.push(part.clone())),
            // Whoever had several rows then has none of them enlarged.
            (_, _) => others.push((part.clone(), owner.clone())),
        }
    }
    groups.extend(grouped(others));
    groups.retain(|group| group.iter().any(|part| changed.contains(part)));
    groups.into_iter().map(sorted).collect()
}

/// Groups of which none shares a part with another: those that do are one.
#[must_use]
pub fn united(groups: impl IntoIterator<Item = Vec<Part>>) -> Vec<Vec<Part>> {
    let mut found: Vec<Vec<Part>> = Vec::new();
    for group in groups {
        let shares = |other: &Vec<Part>| other.iter().any(|part| group.contains(part));
        let (same, others): (Vec<_>, Vec<_>) = found.into_iter().partition(shares);
        found = others;
        found.push(sorted(same.into_iter().flatten().chain(group).collect()));
    }
    found
}

fn sorted(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort();
    parts.dedup();
    parts
}

/// Parts in words, as drafts keep them: `help/anna+it/anna`. What is nobody's has no agent: `it/`.
#[must_use]
pub fn whose(parts: &[Part]) -> String {
    let parts = parts.iter();
    let words: Vec<String> = parts
        .map(|(queue, agent)| format!("{queue}/{agent}"))
        .collect();
    words.join("+")
}

/// The parts that such words name.
#[must_use]
pub fn parts_in(whose: &str) -> Vec<Part> {
    let parts = whose.split('+').filter_map(|one| one.split_once('/'));
    parts
        .map(|(queue, agent)| (QueueName::from(queue), AgentName::from(agent)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::DepartmentName;

    /// `it/anna=digital:42`: the part, the department (with a colon before it a queue of its own), the number, where it is known.
    fn owned(words: &str) -> (Part, Owner) {
        let (part, owner) = words.split_once('=').unwrap();
        let part = parts_in(part).remove(0);
        let (department, number) = owner.split_once(':').unwrap();
        let unit = match department {
            "" => Unit::Queue(part.0.clone()),
            name => Unit::Department(DepartmentName(name.to_owned())),
        };
        let owner = Owner::new(unit, number, &part.1);
        (part, owner)
    }

    fn told(groups: &[Vec<Part>]) -> String {
        let told: Vec<String> = groups.iter().map(|group| whose(group)).collect();
        told.join(" ")
    }

    #[track_caller]
    fn rows(parts: &str, expected: &str) {
        let groups = grouped(parts.split_whitespace().map(owned));
        assert_eq!(told(&groups), expected, "{parts}");
    }

    #[test]
    fn an_employee_has_one_row_in_each_department() {
        // Two queues of one department.
        rows("it/anna=d:1 help/anna=d:1", "help/anna+it/anna");
        // Two queues of no department, and two departments: two positions.
        rows("it/anna=:1 help/anna=:1", "it/anna help/anna");
        rows("it/anna=d:1 buh/anna=e:1", "it/anna buh/anna");
        // Renamed, and whoever was renamed has moved, too.
        rows("it/anna=:1 it/anna2=:1", "it/anna+it/anna2");
        rows(
            "it/anna=d:1 help/anna2=d:1 it/boris=d:2",
            "help/anna2+it/anna it/boris",
        );
        // Of whom nothing is known the name is all there is; two people of one name in two queues of a department are one agent.
        rows(
            "it/anna=d: it/boris=d: help/anna=d:",
            "help/anna+it/anna it/boris",
        );
        // Whoever has a number is not who has none.
        rows("it/anna=d:1 help/anna=d:", "it/anna help/anna");
        rows("", "");
    }

    #[track_caller]
    fn again(paid: &str, changed: &str, today: &str, expected: &str) {
        let paid: Vec<Vec<Part>> = paid.split_whitespace().map(parts_in).collect();
        let changed = changed.split_whitespace().flat_map(parts_in).collect();
        let owners = today.split_whitespace().map(owned).collect();
        let groups = regrouped(&paid, &changed, &owners);
        assert_eq!(told(&groups), expected, "{paid:?}");
    }

    #[test]
    fn a_closed_month_is_adjusted_in_the_rows_in_which_it_was_paid() {
        let today = "it/anna=d:1 help/anna=d:1 it/anna2=d:1 it/boris=d:2";
        // Departments are others now, and the rows are what they were.
        again("it/anna help/anna", "help/anna", today, "help/anna");
        again(
            "help/anna+it/anna it/boris",
            "it/anna",
            today,
            "help/anna+it/anna",
        );
        // What has come in since is its owner's.
        again(
            "help/anna+it/anna",
            "it/anna2",
            today,
            "help/anna+it/anna+it/anna2",
        );
        again("help/anna+it/anna", "it/boris", today, "it/boris");
        again("", "it/anna2 it/anna", today, "it/anna+it/anna2");
        // Of two rows that were paid neither is enlarged.
        again("it/anna help/anna", "it/anna2", today, "it/anna2");
        again("it/anna", "", today, "");
    }

    #[test]
    fn groups_that_share_a_part_are_one() {
        let all = [
            "it/anna",
            "help/anna+it/anna",
            "it/boris",
            "it/vera+it/boris",
        ];
        let groups = united(all.map(parts_in));
        assert_eq!(told(&groups), "help/anna+it/anna it/boris+it/vera");
    }
}
