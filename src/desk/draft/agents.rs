//! Agents, as persons and as they are called.

use super::DecisionBuilder;
use crate::model::ids::{AgentName, PersonId};

impl DecisionBuilder<'_> {
    /// The person an agent is.
    pub(in crate::desk) fn agent_person(&mut self, name: &AgentName) -> Option<PersonId> {
        let agent = self.given.policy.agents.get(name)?;
        Some(self.person(&agent.address, Some(&agent.name), None))
    }

    /// The name requesters know an agent by.
    pub(in crate::desk) fn agent_name(&self, name: &AgentName) -> String {
        self.given
            .policy
            .agents
            .get(name)
            .map_or_else(|| name.to_string(), |agent| agent.name.clone())
    }
}
