//! Appointments are kept by number: which number an agent's and a queue's have, and back.

use sha2::{Digest, Sha256};

use super::policy::{AgentPolicy, Policy, QueuePolicy};
use crate::model::ids::{AgentName, QueueName};

/// The number that a name stands for in the table of appointments.
#[must_use]
pub fn number_of(name: &str) -> i64 {
    let digest = Sha256::digest(name.as_bytes());
    let first = digest.first_chunk::<8>();
    first.map_or(0, |bytes| i64::from_be_bytes(*bytes))
}

/// The number of an agent's appointments.
#[must_use]
pub fn of_agent(agent: &AgentName) -> i64 {
    number_of(agent.as_str())
}

/// The agent whose number this is.
#[must_use]
pub fn agent_of(number: i64, policy: &Policy) -> Option<(&AgentName, &AgentPolicy)> {
    let mut agents = policy.agents.iter();
    agents.find(|(name, _)| of_agent(name) == number)
}

/// The number of a queue's appointment.
#[must_use]
pub fn of_queue(queue: &QueueName) -> i64 {
    number_of(&format!("queue:{queue}"))
}

/// The queue whose number this is.
#[must_use]
pub fn queue_of(number: i64, policy: &Policy) -> Option<(&QueueName, &QueuePolicy)> {
    let mut queues = policy.queues.iter();
    queues.find(|(name, _)| of_queue(name) == number)
}
