//! An agent, and how much is theirs to do.

use serde::{Deserialize, Serialize};

use super::{DistributionPolicy, Policy, QueuePolicy};
use crate::{
    desk::calendar::Calendar,
    model::{address::Address, distribution::Method, ids::AgentName},
};

/// An agent, as far as decisions go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgentPolicy {
    /// The name requesters see.
    pub name: String,
    /// Where cards go, and the address commands come from.
    pub address: Address,
    /// Further addresses the agent writes from.
    pub aliases: Vec<Address>,
    /// The line that ends the agent's mails from a shared mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// When the agent works, where that is not when their queues do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Calendar>,
    /// How many active tickets the agent is to have at most, in all queues; `None`: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_active: Option<u32>,
}

impl Policy {
    /// Whether it matters in a queue how many active tickets its agents have.
    #[must_use]
    pub fn counts_active(&self, queue: &QueuePolicy) -> bool {
        let DistributionPolicy {
            method,
            fallback,
            max_active,
            limits,
            ..
        } = &queue.distribution;
        let counts = |method: &Method| matches!(method, Method::Least | Method::Manual);
        let has_limit = |name: &AgentName| {
            let agent = self.agents.get(name);
            agent.is_some_and(|agent| agent.max_active.is_some())
        };
        counts(method)
            || counts(fallback)
            || max_active.is_some()
            || !limits.is_empty()
            || queue.agents.iter().any(has_limit)
    }
}
