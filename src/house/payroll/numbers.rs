//! Employee numbers: who has which, and whose nobody has said.

use std::collections::BTreeSet;

use super::{paid_before::paid_as, who::employee};
use crate::{
    desk::{payroll::Payrolls, policy::Policy},
    model::ids::{AgentName, QueueName},
    store::{Db, StoreError, history},
};

/// Agents of these queues whose employee number nobody has said.
///
/// # Errors
/// What the database says.
pub(super) async fn nameless<'q>(
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
pub(super) async fn numberless(
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

/// The number of an agent that the administrator has said by mail; the people directory overrules it.
pub(super) async fn said(db: &Db, agent: &AgentName) -> Result<String, StoreError> {
    let mut said = history::numbers_said(db).await?;
    Ok(said.remove(agent).unwrap_or_default())
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
