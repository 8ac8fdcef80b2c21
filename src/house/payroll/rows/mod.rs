//! Who and what stands in the files of a payroll: each employee in each department, and departments, with what a period has of
//! them, and what it carries of closed ones. The terminal's files and those by mail are made of the same rows.

pub(super) mod employee;
mod groups;
pub(super) mod numbers;
pub(super) mod paid_before;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::counting::{facts::facts_of_all, working_days};
use crate::{
    desk::{
        kpi::{Sheet, Tally, additive},
        payroll::{Owner, Part, Payrolls, grouped, whose},
        policy::Policy,
    },
    house::periods::Lines,
    model::{
        ids::{AgentName, QueueName},
        language::Language,
    },
    report::files::{Carried, Employee, Facts, KpiRow, RowKind},
    store::{Db, StoreError},
};
pub use groups::Rows;

/// Nobody's number is named besides the people directory.
pub static NO_NUMBERS: BTreeMap<AgentName, String> = BTreeMap::new();

/// What rows are made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'s> {
    /// Where people are known.
    pub db: &'s Db,
    /// Who serves which queue, and what both are called.
    pub policy: &'s Policy,
    /// The figures.
    pub lines: &'s Lines,
    /// What they were counted from: what is in the middle of several queues is taken from it. `None`: it is not told.
    pub sheet: Option<&'s Sheet>,
    /// Which of them stand in one row.
    pub rows: &'s Rows,
    /// Employee numbers by agent, of those who are no agents any more.
    pub numbers: &'s BTreeMap<AgentName, String>,
    /// The months that are closed: who has left is called there as they were.
    pub before: &'s Payrolls,
    /// The language of the letters before a ticket's number.
    pub language: Language,
    /// The first and the last day of the period.
    pub days: (Date, Date),
}

/// An employee in a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The queues and agents that they are there, in order.
    pub parts: Vec<Part>,
    /// Who that is; without a number where nobody has said it.
    pub employee: Employee,
    /// On how many days of the period the department works, and they were there.
    pub working_days: Option<i64>,
    /// What was counted of them there.
    pub facts: Facts,
}

impl Member {
    /// Their row of the file of figures.
    #[must_use]
    pub fn row(&self) -> KpiRow {
        KpiRow {
            working_days: self.working_days,
            ..of_employee(RowKind::Employee, self.employee.clone(), self.facts.clone())
        }
    }

    /// The queues and agents in words: `help/anna+it/anna`.
    #[must_use]
    pub fn whose(&self) -> String {
        whose(&self.parts)
    }

    /// Whether they are anybody in these queues.
    #[must_use]
    pub fn is_of(&self, queues: &[QueueName]) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|(queue, _)| queues.contains(queue))
    }

    /// The agents that they are, each once.
    pub fn agents(&self) -> impl Iterator<Item = &AgentName> {
        let agents: BTreeSet<&AgentName> = self.parts.iter().map(|(_, agent)| agent).collect();
        agents.into_iter()
    }
}

impl Source<'_> {
    /// Everybody in these queues: whoever serves one, and whoever has figures there, once in each department. Whoever has done
    /// nothing is there, too.
    ///
    /// # Errors
    /// What the database says.
    pub async fn members<'q>(
        &self,
        queues: impl IntoIterator<Item = &'q QueueName>,
    ) -> Result<Vec<Member>, StoreError> {
        let queues: Vec<&QueueName> = queues.into_iter().collect();
        let mut found = Vec::new();
        for parts in self.groups(&queues).await? {
            let calendars = parts.iter();
            let calendars = calendars.filter_map(|(queue, _)| self.policy.queues.get(queue));
            let calendars: Vec<_> = calendars.map(|queue| &queue.calendar).collect();
            let agents: BTreeSet<&AgentName> = parts.iter().map(|(_, agent)| agent).collect();
            found.push(Member {
                working_days: working_days::of(self, &agents, &calendars).await?,
                employee: self.as_sent(self.employee_of(&parts, None).await?, &parts, None),
                facts: self.facts(&of_parts(&parts)),
                parts,
            });
        }
        Ok(found)
    }

    /// The queues and agents that stand in one row.
    async fn groups(&self, queues: &[&QueueName]) -> Result<Vec<Vec<Part>>, StoreError> {
        let own = queues.iter().flat_map(|queue| self.parts(queue));
        let own: Vec<Part> = own.collect();
        if let Some(kept) = &self.rows.kept {
            let mut groups = kept.clone();
            groups
                .iter_mut()
                .for_each(|group| group.retain(|(queue, _)| queues.contains(&queue)));
            groups.retain(|group| !group.is_empty());
            // Whoever has figures and no row is told all the same.
            let is_counted = |part: &Part| self.counted(&part.0).any(|agent| agent == part.1);
            let is_missing = |part: &Part| !kept.iter().any(|group| group.contains(part));
            let others = own
                .into_iter()
                .filter(|part| is_missing(part) && is_counted(part));
            groups.extend(others.map(|part| vec![part]));
            return Ok(groups);
        }
        if self.rows.rules == 1 {
            return Ok(own.into_iter().map(|part| vec![part]).collect());
        }
        let owners = self.owners(&own).await?;
        let owned = own.into_iter().filter_map(|part| {
            let owner: Owner = owners.get(&part)?.clone();
            Some((part, owner))
        });
        Ok(grouped(owned))
    }

    /// Everything of a department that is no employee's: what is nobody's, the department as a whole, what is carried with it,
    /// and what must be nought. `queues`: those that the file has of it.
    #[must_use]
    pub fn others(&self, queues: &[QueueName], carried: &[Carried]) -> Vec<KpiRow> {
        let of = |agent: &'static str| -> Vec<(&str, &str)> {
            queues.iter().map(|queue| (queue.as_str(), agent)).collect()
        };
        let department = queues
            .first()
            .map(|queue| self.title(queue))
            .unwrap_or_default();
        let nobodys = row(RowKind::Unassigned, &department, self.facts(&of("")));
        let of_all = row(RowKind::Department, &department, self.facts(&of("*")));
        let is_own = |name: &str| queues.iter().any(|queue| queue.as_str() == name);
        let left = self.left_over(&of("*"), |name, agent| is_own(name) && agent != "*");
        let mut rows = vec![nobodys, of_all];
        let own = carried.iter().filter(|one| queues.contains(&one.queue));
        rows.extend(own.filter_map(Carried::row));
        rows.push(row(RowKind::Check, &department, left));
        rows
    }

    /// The house as a whole, and what must be nought of it.
    #[must_use]
    pub fn total(&self) -> [KpiRow; 2] {
        let of_house = row(RowKind::Total, "", self.facts(&[("", "*")]));
        let left = self.left_over(&[("", "*")], |name, agent| !name.is_empty() && agent == "*");
        [of_house, row(RowKind::Check, "", left)]
    }

    /// The queues there are, and those that have figures still.
    #[must_use]
    pub fn queues(&self) -> BTreeSet<QueueName> {
        let counted = self.lines.figures.keys().map(|(queue, _)| queue);
        let adjusted = self.lines.adjusted.iter().map(|one| &one.queue);
        let known = counted.chain(adjusted).filter(|queue| !queue.is_empty());
        let known = known.map(|queue| QueueName::from(queue.as_str()));
        self.policy.queues.keys().cloned().chain(known).collect()
    }

    /// Whoever has figures of a queue.
    fn counted(&self, queue: &QueueName) -> impl Iterator<Item = AgentName> {
        let counted = self.lines.figures.keys();
        let counted = counted
            .filter(move |(of, agent)| *of == queue.as_str() && !agent.is_empty() && agent != "*");
        counted.map(|(_, agent)| AgentName(agent.clone()))
    }

    fn parts(&self, queue: &QueueName) -> Vec<Part> {
        let serving = self.policy.queues.get(queue);
        let serving = serving.iter().flat_map(|queue| &queue.agents).cloned();
        let agents: BTreeSet<AgentName> = serving.chain(self.counted(queue)).collect();
        agents
            .into_iter()
            .map(|agent| (queue.clone(), agent))
            .collect()
    }

    /// Every figure of these queues and agents together; what is not there is nought.
    fn facts(&self, whose: &[(&str, &str)]) -> Facts {
        facts_of_all(self.lines, self.sheet, whose)
    }

    /// What is left of wholes once their parts are taken off: nought of every figure that adds up.
    fn left_over(&self, whole: &[(&str, &str)], is_part: impl Fn(&str, &str) -> bool) -> Facts {
        let mut left = self.facts(whole);
        let adds_up: BTreeSet<&str> = additive(&Tally::default())
            .iter()
            .map(|figure| figure.code)
            .collect();
        left.retain(|code, _| adds_up.contains(code.as_ref()));
        let parts = self.lines.figures.keys();
        for (name, agent) in parts.filter(|(name, agent)| is_part(name, agent)) {
            for (code, part) in self.facts(&[(name, agent)]) {
                if let Some(fact) = left.get_mut(&code) {
                    fact.numerator = fact.numerator.saturating_sub(part.numerator);
                    let below = part.denominator.unwrap_or(0);
                    fact.denominator = fact.denominator.map(|own| own.saturating_sub(below));
                }
            }
        }
        left
    }
}

/// A ticket in a file: a number alone is summed by whoever adds up a column.
#[must_use]
pub fn ticket_name(ticket: i64, language: Language) -> String {
    let letter = match language {
        Language::Ru => "З",
        Language::En => "T",
    };
    match ticket {
        // It comes from a file, and from no ticket.
        0 => String::new(),
        ticket => format!("{letter}-{ticket}"),
    }
}

/// Parts as lines name them.
pub(in crate::house::payroll) fn of_parts(parts: &[Part]) -> Vec<(&str, &str)> {
    let parts = parts.iter();
    parts
        .map(|(queue, agent)| (queue.as_str(), agent.as_str()))
        .collect()
}

fn row(kind: RowKind, department: &str, facts: Facts) -> KpiRow {
    of_employee(kind, nobody(department), facts)
}

pub(in crate::house::payroll) fn nobody(department: &str) -> Employee {
    Employee {
        number: String::new(),
        name: String::new(),
        department: department.to_owned(),
        position: String::new(),
    }
}

/// A row of the file of figures about somebody.
const fn of_employee(kind: RowKind, employee: Employee, facts: Facts) -> KpiRow {
    KpiRow {
        kind,
        adjusts: None,
        ticket: String::new(),
        employee,
        working_days: None,
        facts,
    }
}
