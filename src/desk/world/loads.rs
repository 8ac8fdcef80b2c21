//! How many active tickets agents have, and how queues stand.

use super::World;
use crate::model::{
    distribution::QueueState,
    ids::{AgentName, QueueName, TicketNumber},
    ticket::Ticket,
};

/// Whose an active ticket is, and of which queue: somebody is responsible, and nothing is waited for (DOMAIN 20).
#[must_use]
pub fn active_of(ticket: &Ticket) -> Option<Active> {
    let agent = ticket.assignee.as_ref()?;
    let is_active = ticket.state.is_active();
    is_active.then(|| (agent.clone(), ticket.queue.clone()))
}

/// Whose an active ticket is, and of which queue.
pub type Active = (AgentName, QueueName);

impl World {
    /// How many active tickets an agent has, in that queue or in all.
    #[must_use]
    pub fn load(&self, agent: &AgentName, queue: Option<&QueueName>) -> u32 {
        debug_assert!(
            self.asked.loads.contains(agent),
            "how much {agent} has was not wanted"
        );
        let Some(all) = self.loads.get(agent) else {
            return 0;
        };
        match queue {
            Some(queue) => all.get(queue).copied().unwrap_or(0),
            None => all.values().fold(0, |sum, one| sum.saturating_add(*one)),
        }
    }

    /// The oldest tickets of a queue that wait for room.
    #[must_use]
    pub fn waiting(&self, queue: &QueueName) -> &[TicketNumber] {
        debug_assert!(
            self.asked.waiting.contains(queue),
            "what waits in {queue} was not wanted"
        );
        self.waiting.get(queue).map_or(&[], Vec::as_slice)
    }

    /// Says it; the tickets themselves are wanted, too.
    pub fn set_waiting(&mut self, queue: QueueName, tickets: Vec<TicketNumber>) {
        self.asked.tickets.extend(&tickets);
        self.waiting.insert(queue, tickets);
    }

    /// How a queue stands. All of the policy are always wanted.
    #[must_use]
    pub fn queue_state(&self, queue: &QueueName) -> Option<&QueueState> {
        self.queue_states.get(queue)
    }

    /// Says how many active tickets of a queue an agent has.
    pub fn set_load(&mut self, agent: AgentName, queue: QueueName, count: u32) {
        self.loads.entry(agent).or_default().insert(queue, count);
    }

    /// Says how a queue stands.
    pub fn set_queue_state(&mut self, queue: QueueName, state: QueueState) {
        self.queue_states.insert(queue, state);
    }

    /// A ticket was somebody's active one before, and is now.
    pub(super) fn count_active(&mut self, before: Option<Active>, now: Option<Active>) {
        if before == now {
            return;
        }
        if let Some((agent, queue)) = before
            && let Some(count) = self
                .loads
                .get_mut(&agent)
                .and_then(|all| all.get_mut(&queue))
        {
            *count = count.saturating_sub(1);
        }
        if let Some((agent, queue)) = now {
            let count = self.loads.entry(agent).or_default().entry(queue);
            let count = count.or_default();
            *count = count.saturating_add(1);
        }
    }
}
