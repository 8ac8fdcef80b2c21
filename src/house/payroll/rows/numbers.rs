//! Employee numbers: who has which, and whose nobody has said.

use std::collections::BTreeSet;

use super::{employee::employee, paid_before::paid_as};
use crate::{
    desk::{payroll::Payrolls, policy::Policy},
    model::{
        address::Address,
        ids::{AgentName, QueueName},
        numbers::{NumberSaid, is_one_number, last_said},
        person::Person,
    },
    store::{Db, StoreError, history, people},
};

/// Agents of these queues whose employee number nobody has said.
///
/// # Errors
/// What the database says.
pub(in crate::house::payroll) async fn nameless<'q>(
    db: &Db,
    policy: &Policy,
    queues: impl IntoIterator<Item = &'q QueueName>,
) -> Result<Vec<AgentName>, StoreError> {
    let queues = queues
        .into_iter()
        .filter_map(|name| policy.queues.get(name));
    let agents: BTreeSet<AgentName> = queues.flat_map(|queue| &queue.agents).cloned().collect();
    numberless(db, policy, &agents).await
}

/// Those of them whose employee number nobody has said; also who serves no queue any more.
///
/// # Errors
/// What the database says.
pub(in crate::house::payroll) async fn numberless(
    db: &Db,
    policy: &Policy,
    agents: &BTreeSet<AgentName>,
) -> Result<Vec<AgentName>, StoreError> {
    let mut found = Vec::new();
    for agent in agents {
        if employee(db, policy, agent, "").await?.number.is_empty() {
            found.push(agent.clone());
        }
    }
    Ok(found)
}

/// The number of an agent that the administrator has said by mail; the people directory overrules it. A number that is somebody
/// else's by now counts as none: two people under one number would be paid as one.
pub(in crate::house::payroll) async fn said(
    db: &Db,
    policy: &Policy,
    agent: &AgentName,
) -> Result<String, StoreError> {
    let told = history::numbers_told(db).await?;
    let last = last_said(&told);
    let Some(place) = last.iter().position(|one| one.agent == *agent) else {
        return Ok(String::new());
    };
    let (before, own) = last.split_at(place);
    let Some(own) = own.first() else {
        return Ok(String::new());
    };
    if own.is_same_person {
        return Ok(own.number.clone());
    }
    let is_it = |one: &&NumberSaid| is_one_number(&one.number, &own.number);
    let is_said = before.iter().any(is_it);
    let is_taken = is_said || is_listed(db, policy, (agent, &own.number)).await?;
    Ok(match is_taken {
        true => String::new(),
        false => own.number.clone(),
    })
}

/// Whether the directory has that number of another person among the agents.
async fn is_listed(
    db: &Db,
    policy: &Policy,
    (agent, number): (&AgentName, &str),
) -> Result<bool, StoreError> {
    let known = policy.agents.get(agent).map(|agent| &agent.address);
    let all: Vec<&Address> = policy.agents.values().map(|one| &one.address).collect();
    let people = people::at_any(db, &all).await?;
    let is_own = |person: &Person| person.addresses().any(|one| Some(one) == known);
    Ok(people
        .iter()
        .filter(|person| !is_own(person))
        .any(|person| {
            let listing = person.listing.as_ref();
            let listing = listing.filter(|listing| listing.is_current);
            listing
                .is_some_and(|listing| is_one_number(&listing.employee_number.to_string(), number))
        }))
}

/// The employee number of an agent, or of whoever was one and has left: as they were paid last where nobody says it any more.
/// Empty: nobody has ever said it.
///
/// # Errors
/// What the database says.
pub async fn number_paid(
    db: &Db,
    policy: &Policy,
    (agent, before): (&AgentName, &Payrolls),
) -> Result<String, StoreError> {
    let number = number_of(db, policy, agent).await?;
    let is_known = !number.is_empty() || policy.agents.contains_key(agent);
    let paid = || paid_as(before, agent, "").map(|(number, _)| number);
    Ok(match is_known {
        true => number,
        false => paid().unwrap_or_default(),
    })
}

/// The employee number of an agent; empty: nobody has said it.
///
/// # Errors
/// What the database says.
pub async fn number_of(db: &Db, policy: &Policy, agent: &AgentName) -> Result<String, StoreError> {
    Ok(employee(db, policy, agent, "").await?.number)
}
