//! How many active tickets agents have, and how queues stand, with what a decision has changed so far.

use std::collections::BTreeSet;

use super::DecisionBuilder;
use crate::{
    desk::{appointment::of_queue, reason::Reason, world::Active},
    model::{
        distribution::QueueState,
        event::{Event, EventData, Stream},
        ids::{AgentName, QueueName},
    },
};

impl DecisionBuilder<'_> {
    /// How many active tickets an agent has, in that queue or in all.
    pub(in crate::desk) fn load(&self, agent: &AgentName, queue: Option<&QueueName>) -> u32 {
        let before = i64::from(self.world.load(agent, queue));
        let counts = |(who, of): &Active| who == agent && queue.is_none_or(|queue| queue == of);
        let changed = self.loads.iter().filter(|(active, _)| counts(active));
        let now = changed.fold(before, |sum, (_, change)| sum.saturating_add(*change));
        u32::try_from(now).unwrap_or(0)
    }

    /// A ticket was somebody's active one before, and is now.
    pub(super) fn count_active(&mut self, before: Option<Active>, now: Option<Active>) {
        if before == now {
            return;
        }
        if let Some(active) = before {
            let change = self.loads.entry(active).or_default();
            *change = change.saturating_sub(1);
        }
        if let Some(active) = now {
            let change = self.loads.entry(active).or_default();
            *change = change.saturating_add(1);
        }
    }

    /// Something has ended, or somebody is back: queues that are full look at once whether they can give out what waits.
    pub(in crate::desk) fn look_where_full(&mut self) {
        let freed = self.freed();
        let queues = self.given.policy.queues.iter().filter(|(name, queue)| {
            queue.agents.iter().any(|agent| freed.contains(agent))
                && self.queue_state(name).full_since.is_some()
        });
        let now = self.given.now;
        let looks: Vec<_> = queues.map(|(name, _)| (of_queue(name), now)).collect();
        self.decision.give_outs.extend(looks);
    }

    /// Who has fewer active tickets now than before, and who is back.
    fn freed(&self) -> BTreeSet<AgentName> {
        let fewer = self.loads.iter().filter(|(_, change)| **change < 0);
        let mut freed: BTreeSet<AgentName> = fewer.map(|((agent, _), _)| agent.clone()).collect();
        let ended = |event: &Event| matches!(event.data, EventData::AbsenceEnded);
        if self.decision.events.iter().any(ended) {
            freed.extend(self.given.policy.agents.keys().cloned());
        }
        freed
    }

    /// How a queue stands.
    pub(in crate::desk) fn queue_state(&self, queue: &QueueName) -> QueueState {
        let mut changed = self.decision.queue_states.iter();
        let changed = changed.find(|(name, _)| name == queue);
        let state = changed.map(|(_, state)| state);
        let state = state.or_else(|| self.world.queue_state(queue));
        state.cloned().unwrap_or_default()
    }

    /// Something happened to a queue.
    pub(in crate::desk) fn happened_to_queue(
        &mut self,
        queue: &QueueName,
        data: EventData,
        reason: Reason,
    ) {
        let mut state = self.queue_state(queue);
        let event = self.event(Stream::Queue(queue.clone()), data, reason, None);
        state.apply(&event.data, event.at);
        self.decision.queue_states.retain(|(name, _)| name != queue);
        self.decision.queue_states.push((queue.clone(), state));
        self.decision.events.push(event);
    }
}
