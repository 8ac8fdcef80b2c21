//! Who and what stands in the files of a payroll: employees and departments, with what a period has of them, and what it
//! carries of closed ones. The terminal's files and those by mail are made of the same rows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{facts::facts_in, numbers, working_days};
use crate::{
    desk::{
        kpi::{Tally, additive},
        payroll::Payrolls,
        policy::Policy,
    },
    house::periods::Lines,
    model::{
        ids::{AgentName, QueueName},
        language::Language,
    },
    report::files::{Carried, Employee, Facts, KpiRow, RowKind},
    store::{Db, StoreError, people},
};

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
    /// Employee numbers by agent, of those who are no agents any more.
    pub numbers: &'s BTreeMap<AgentName, String>,
    /// The months that were approved by mail: who has left is called there as they were.
    pub before: Option<&'s Payrolls>,
    /// The language of the letters before a ticket's number.
    pub language: Language,
    /// The first and the last day of the period.
    pub days: (Date, Date),
}

/// An agent of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The queue.
    pub queue: QueueName,
    /// The agent.
    pub agent: AgentName,
    /// Who that is; without a number where nobody has said it.
    pub employee: Employee,
    /// On how many days of the period the queue works, and they were there.
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
}

impl Source<'_> {
    /// Every agent of these queues: whoever serves one, and whoever has figures there. Whoever has done nothing is there, too.
    ///
    /// # Errors
    /// What the database says.
    pub async fn members<'q>(
        &self,
        queues: impl IntoIterator<Item = &'q QueueName>,
    ) -> Result<Vec<Member>, StoreError> {
        let mut found = Vec::new();
        for queue in queues {
            let calendar = self.policy.queues.get(queue).map(|queue| &queue.calendar);
            for agent in self.agents(queue) {
                found.push(Member {
                    working_days: working_days::of(self, &agent, calendar).await?,
                    queue: queue.clone(),
                    employee: self.employee(&agent, &self.title(queue)).await?,
                    facts: self.facts(queue.as_str(), agent.as_str()),
                    agent,
                });
            }
        }
        Ok(found)
    }

    /// What these queues carry of closed periods: of each period, ticket and employee.
    ///
    /// # Errors
    /// What the database says.
    pub async fn carried<'q>(
        &self,
        queues: impl IntoIterator<Item = &'q QueueName>,
    ) -> Result<Vec<Carried>, StoreError> {
        let mut found = Vec::new();
        for queue in queues {
            let mut all: BTreeMap<(&str, i64, &str), BTreeMap<String, _>> = BTreeMap::new();
            let adjusted = self.lines.adjusted.iter();
            for one in adjusted.filter(|one| one.queue == queue.as_str()) {
                let of = (one.period.as_str(), one.ticket.0, one.agent.as_str());
                all.entry(of)
                    .or_default()
                    .insert(one.figure.clone(), one.by);
            }
            for ((period, ticket, agent), changes) in all {
                let department = self.title(queue);
                let employee = match agent {
                    "" => nobody(&department),
                    agent => {
                        let agent = AgentName::from(agent);
                        self.employee_in(&agent, &department, period).await?
                    }
                };
                found.push(Carried {
                    period: period.to_owned(),
                    ticket: ticket_name(ticket, self.language),
                    employee,
                    changes,
                });
            }
        }
        Ok(found)
    }

    /// Everything of a queue that is no employee's: what is nobody's, the queue as a whole, what it carries, and what must be
    /// nought.
    ///
    /// # Errors
    /// What the database says.
    pub async fn others(&self, queue: &QueueName) -> Result<Vec<KpiRow>, StoreError> {
        let (department, name) = (self.title(queue), queue.as_str());
        let nobodys = row(RowKind::Unassigned, &department, self.facts(name, ""));
        let of_queue = row(RowKind::Department, &department, self.facts(name, "*"));
        let left = self.left_over(name, |queue, agent| queue == name && agent != "*");
        let carried = self.carried([queue]).await?;
        let mut rows = vec![nobodys, of_queue];
        rows.extend(carried.iter().filter_map(Carried::row));
        rows.push(row(RowKind::Check, &department, left));
        Ok(rows)
    }

    /// The house as a whole, and what must be nought of it.
    #[must_use]
    pub fn total(&self) -> [KpiRow; 2] {
        let of_house = row(RowKind::Total, "", self.facts("", "*"));
        let left = self.left_over("", |name, agent| !name.is_empty() && agent == "*");
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

    fn agents(&self, queue: &QueueName) -> BTreeSet<AgentName> {
        let serving = self.policy.queues.get(queue);
        let serving = serving.iter().flat_map(|queue| &queue.agents).cloned();
        let counted = self.lines.figures.keys();
        let counted = counted
            .filter(|(of, agent)| *of == queue.as_str() && !agent.is_empty() && agent != "*");
        serving
            .chain(counted.map(|(_, agent)| AgentName(agent.clone())))
            .collect()
    }

    pub(super) fn title(&self, queue: &QueueName) -> String {
        let known = self.policy.queues.get(queue);
        known.map_or_else(|| queue.to_string(), |queue| queue.title.clone())
    }

    /// Every figure of a queue and an agent; what is not there is nought.
    fn facts(&self, queue: &str, agent: &str) -> Facts {
        facts_in(self.lines, queue, agent)
    }

    /// What is left of a whole once its parts are taken off: nought of every figure that adds up.
    fn left_over(&self, queue: &str, is_part: impl Fn(&str, &str) -> bool) -> Facts {
        let mut left = self.facts(queue, "*");
        let adds_up: BTreeSet<&str> = additive(&Tally::default())
            .iter()
            .map(|figure| figure.code)
            .collect();
        left.retain(|code, _| adds_up.contains(code.as_ref()));
        let parts = self.lines.figures.keys();
        for (name, agent) in parts.filter(|(name, agent)| is_part(name, agent)) {
            for (code, part) in self.facts(name, agent) {
                if let Some(fact) = left.get_mut(&code) {
                    fact.numerator = fact.numerator.saturating_sub(part.numerator);
                    let below = part.denominator.unwrap_or(0);
                    fact.denominator = fact.denominator.map(|own| own.saturating_sub(below));
                }
            }
        }
        left
    }

    pub(super) async fn employee(
        &self,
        agent: &AgentName,
        department: &str,
    ) -> Result<Employee, StoreError> {
        let listed = employee(self.db, self.policy, agent, department).await?;
        let named = self.numbers.get(agent);
        Ok(match named.filter(|_| listed.number.is_empty()) {
            Some(number) => Employee {
                number: number.clone(),
                ..listed
            },
            // An agent of today may be somebody else than who was called so.
            None if self.policy.agents.contains_key(agent) => listed,
            None => self.as_paid(listed, agent, ""),
        })
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

fn nobody(department: &str) -> Employee {
    Employee {
        number: String::new(),
        name: String::new(),
        department: department.to_owned(),
        position: String::new(),
    }
}

fn row(kind: RowKind, department: &str, facts: Facts) -> KpiRow {
    of_employee(kind, nobody(department), facts)
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

pub(super) async fn employee(
    db: &Db,
    policy: &Policy,
    agent: &AgentName,
    department: &str,
) -> Result<Employee, StoreError> {
    let known = policy.agents.get(agent);
    let person = match known {
        Some(known) => people::at(db, &known.address).await?,
        None => None,
    };
    let listing = person.as_ref().and_then(|person| person.listing.as_ref());
    let listed = person.as_ref().filter(|_| listing.is_some());
    let name = listed
        .map(|person| person.name.to_string())
        .filter(|name| !name.is_empty());
    let shown = || known.map_or_else(|| agent.to_string(), |known| known.name.clone());
    let number = listing.map(|listing| listing.employee_number.to_string());
    let number = number.filter(|number| !number.is_empty());
    let number = match number {
        Some(number) => number,
        None => numbers::said(db, agent).await?,
    };
    Ok(Employee {
        number,
        name: name.unwrap_or_else(shown),
        department: department.to_owned(),
        position: listing.map_or_else(String::new, |listing| listing.position.to_string()),
    })
}
