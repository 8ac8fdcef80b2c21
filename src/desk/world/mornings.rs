//! What agents may have to do, and what stood in their work lists.

use super::{Passes, World};
use crate::{
    desk::worklist::ListItem,
    model::ids::{AgentName, PersonId, TicketNumber},
};

impl World {
    /// Tickets whose cards caps withheld from a person, for a digest.
    #[must_use]
    pub fn withheld(&self, reader: PersonId) -> &[TicketNumber] {
        debug_assert!(
            self.asked.readers.contains(&reader),
            "the digest of {reader} was not wanted"
        );
        self.withheld.get(&reader).map_or(&[], Vec::as_slice)
    }

    /// How far mail is known.
    #[must_use]
    pub fn passes(&self) -> &Passes {
        debug_assert!(self.asked.passes, "how far mail is known was not wanted");
        &self.passes
    }

    /// The live tickets that are an agent's, or nobody's in their queues.
    #[must_use]
    pub fn morning(&self, agent: &AgentName) -> &[TicketNumber] {
        debug_assert!(
            self.asked.mornings.contains_key(agent),
            "the morning of {agent} was not wanted"
        );
        self.mornings.get(agent).map_or(&[], Vec::as_slice)
    }

    /// The lines of a work list of theirs; `None` where there is none any more.
    #[must_use]
    pub fn work_list(&self, agent: &AgentName, minutes: i64) -> Option<&[TicketNumber]> {
        let list = self.work_lists.get(&(agent.clone(), minutes));
        list.map(Vec::as_slice)
    }

    /// What an agent has to decide, the oldest first.
    #[must_use]
    pub fn list_items(&self, agent: &AgentName) -> &[ListItem] {
        self.list_items.get(agent).map_or(&[], Vec::as_slice)
    }

    /// Says it.
    pub fn set_list_items(&mut self, agent: AgentName, items: Vec<ListItem>) {
        self.list_items.insert(agent, items);
    }

    /// Says what an agent may have to do; the tickets themselves are wanted, too.
    pub fn set_morning(&mut self, agent: AgentName, tickets: Vec<TicketNumber>) {
        self.asked.tickets.extend(&tickets);
        self.mornings.insert(agent, tickets);
    }

    /// Says what stood in a work list; the tickets themselves are wanted, too.
    pub fn set_work_list(&mut self, list: (AgentName, i64), tickets: Vec<TicketNumber>) {
        self.asked.tickets.extend(&tickets);
        self.work_lists.insert(list, tickets);
    }
}
