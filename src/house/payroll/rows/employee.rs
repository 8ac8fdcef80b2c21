//! Who an agent is to whoever pays them: name, employee number, department.

use std::collections::BTreeMap;

use super::{Source, numbers};
use crate::{
    desk::{
        payroll::{Owner, Part},
        policy::Policy,
    },
    model::ids::AgentName,
    report::files::{Employee, period_words},
    store::{Db, StoreError, people},
};

impl Source<'_> {
    /// Whose row each of these parts stands in today.
    pub(in crate::house::payroll) async fn owners(
        &self,
        parts: &[Part],
    ) -> Result<BTreeMap<Part, Owner>, StoreError> {
        let mut numbers: BTreeMap<&AgentName, String> = BTreeMap::new();
        let mut found = BTreeMap::new();
        for part in parts {
            let (queue, agent) = part;
            let number = match numbers.get(agent) {
                Some(known) => known.clone(),
                None => self.employee(agent, "").await?.number,
            };
            let owner = Owner::new(self.policy.unit_of(queue), &number, agent);
            numbers.insert(agent, number);
            found.insert(part.clone(), owner);
        }
        Ok(found)
    }

    /// Who the agents of a row are, who are one person: called as the one of them who is an agent today. `period`: of a closed
    /// month that is adjusted, as they were paid for it, where nobody knows their number any more.
    ///
    /// # Errors
    /// What the database says.
    pub(in crate::house::payroll) async fn employee_of(
        &self,
        parts: &[Part],
        period: Option<&str>,
    ) -> Result<Employee, StoreError> {
        let department = parts
            .first()
            .map(|(queue, _)| self.title(queue))
            .unwrap_or_default();
        let mut agents: Vec<&AgentName> = parts.iter().map(|(_, agent)| agent).collect();
        agents.sort();
        agents.dedup();
        // Stable: by name within both.
        agents.sort_by_key(|agent| !self.policy.agents.contains_key(*agent));
        let mut first = None;
        for agent in agents {
            let known = match period {
                Some(period) => self.employee_in(agent, &department, period).await?,
                None => self.employee(agent, &department).await?,
            };
            if !known.number.is_empty() {
                return Ok(known);
            }
            first.get_or_insert(known);
        }
        Ok(first.unwrap_or_else(|| super::nobody(&department)))
    }

    /// Whoever these parts are, as they stand in the file that was approved, where there is one. `adjusts`: in a row that adjusts
    /// that closed month.
    pub(in crate::house::payroll) fn as_sent(
        &self,
        employee: Employee,
        parts: &[Part],
        adjusts: Option<&str>,
    ) -> Employee {
        let adjusts = adjusts.map(period_words);
        let sent = self.rows.sent.as_ref();
        let called = sent.and_then(|sent| sent.who(parts, adjusts.as_deref()));
        match called {
            Some(called) => Employee {
                number: called.number.clone(),
                name: called.name.clone(),
                department: called.department.clone(),
                ..employee
            },
            None => employee,
        }
    }

    pub(in crate::house::payroll) async fn employee(
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

/// An agent as the people directory has them, or as the administrator has said.
pub(in crate::house::payroll) async fn employee(
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
        None => numbers::said(db, policy, agent).await?,
    };
    Ok(Employee {
        number,
        name: name.unwrap_or_else(shown),
        department: department.to_owned(),
        position: listing.map_or_else(String::new, |listing| listing.position.to_string()),
    })
}
