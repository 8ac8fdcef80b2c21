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

    /// The same for colleagues, where it is to be clear who is meant: with the key where somebody else bears the name, too.
    pub(in crate::desk) fn agent_name_apart(&self, name: &AgentName) -> String {
        let shown = self.agent_name(name);
        let others = self.given.policy.agents.iter();
        let mut others = others.filter(|(other, _)| *other != name);
        match others.any(|(_, agent)| agent.name.to_lowercase() == shown.to_lowercase()) {
            true => format!("{shown} (@{name})"),
            false => shown,
        }
    }
}
