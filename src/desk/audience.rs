//! Which of the staff hear of a ticket: who is responsible, else everybody of the queue, each or by the address of their
//! group.

use super::draft::TicketDraft;
use crate::model::{
    ids::{AgentName, PersonId},
    outgoing::TicketFacts,
};

impl<'a> TicketDraft<'_, 'a> {
    /// The agents to be told of the ticket at hand: who is responsible, else everybody of the queue.
    pub(super) fn agents_to_tell(&mut self) -> Vec<PersonId> {
        let agents = &self.given.policy.agents;
        // Somebody who has left answers nobody: then it is the team's again.
        let assignee = self.snapshot().assignee.clone();
        let assignee = assignee.filter(|name| agents.contains_key(name));
        match assignee.and_then(|assignee| self.here_for(assignee)) {
            Some(assignee) => self.agent_person(&assignee).into_iter().collect(),
            None => self.team_to_tell(),
        }
    }

    /// Who stands in for an agent now: they themselves, if they are here, else their deputy of this queue.
    pub(super) fn here_for(&self, agent: AgentName) -> Option<AgentName> {
        match self.absence_of(&agent) {
            None => Some(agent),
            Some(absence) => {
                let team = self.queue().map_or(&[][..], |queue| &queue.agents);
                let is_here = |one: &AgentName| self.absence_of(one).is_none();
                let deputy = absence.deputy.filter(|one| team.contains(one));
                deputy.filter(is_here)
            }
        }
    }

    /// The others of the queue, who should know what one of them does.
    pub(super) fn colleagues_of(&mut self, agent: &AgentName) -> Vec<PersonId> {
        if let Some(group) = self.group() {
            return vec![group];
        }
        self.team()
            .iter()
            .filter(|name| **name != agent)
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

    /// What a mail of staff about the ticket at hand tells, for these readers. What is in a confidential queue leaves it with
    /// its own people alone: anybody else is not told what it is about.
    pub(super) fn facts_for(&mut self, readers: &[PersonId]) -> Option<TicketFacts> {
        let mut facts = self.facts(self.staff_language())?;
        let queue = self.snapshot().queue.clone();
        if self.given.policy.is_confidential(&queue) {
            let own = self.own_people();
            if !readers.iter().all(|reader| own.contains(reader)) {
                facts.subject.clear();
            }
        }
        Some(facts)
    }

    /// The people of the queue: its agents, whoever decides for it, and the address that all of it read.
    fn own_people(&mut self) -> Vec<PersonId> {
        let Some(queue) = self.queue() else {
            return Vec::new();
        };
        let own = queue.agents.iter().chain(&queue.head).chain(&queue.deputy);
        let own = own.filter_map(|name| self.agent_person(name));
        let own: Vec<PersonId> = own.collect();
        own.into_iter().chain(self.group()).collect()
    }

    /// The address that all of the queue read, where there is one.
    fn group(&mut self) -> Option<PersonId> {
        let queue = self.queue()?;
        let group = queue.group.as_ref()?;
        Some(self.person(group, Some(&queue.title), None))
    }

    /// The agents of the queue who are here; all of them, where none is.
    fn team(&self) -> Vec<&'a AgentName> {
        let all = self.queue().map_or(&[][..], |queue| &queue.agents);
        let here = all.iter().filter(|name| self.absence_of(name).is_none());
        let here: Vec<&AgentName> = here.collect();
        if here.is_empty() {
            all.iter().collect()
        } else {
            here
        }
    }
}
