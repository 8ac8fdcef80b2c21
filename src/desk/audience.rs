//! Which of the staff hear of a ticket: who is responsible, else everybody of the queue, each or by the address of their
//! group.

use super::draft::TicketDraft;
use crate::model::ids::{AgentName, PersonId};

impl<'a> TicketDraft<'_, 'a> {
    /// The agents to be told of the ticket at hand: who is responsible, else everybody of the queue.
    pub(super) fn agents_to_tell(&mut self) -> Vec<PersonId> {
        let agents = &self.given.policy.agents;
        // Somebody who has left answers nobody: then it is the team's again.
        let assignee = self.snapshot().assignee.clone();
        let assignee = assignee.filter(|name| agents.contains_key(name));
        match assignee {
            Some(assignee) => self.agent_person(&assignee).into_iter().collect(),
            None => self.team_to_tell(),
        }
    }

    /// The others of the queue, who should know what one of them does.
    pub(super) fn colleagues_of(&mut self, agent: &AgentName) -> Vec<PersonId> {
        if let Some(group) = self.group() {
            return vec![group];
        }
        self.team()
            .iter()
            .filter(|name| *name != agent)
            .filter_map(|name| self.agent_person(name))
            .collect()
    }

    /// All of the queue, whoever is responsible.
    pub(super) fn team_to_tell(&mut self) -> Vec<PersonId> {
        if let Some(group) = self.group() {
            return vec![group];
        }
        let team = self.team();
        team.iter()
            .filter_map(|name| self.agent_person(name))
            .collect()
    }

    /// The address that all of the queue read, where there is one.
    fn group(&mut self) -> Option<PersonId> {
        let queue = self.queue()?;
        let group = queue.group.as_ref()?;
        Some(self.person(group, Some(&queue.title), None))
    }

    fn team(&self) -> &'a [AgentName] {
        self.queue().map_or(&[], |queue| &queue.agents)
    }
}
