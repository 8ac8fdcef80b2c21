//! Who decides for a queue while its head is away: whom the head has named for that time, else the deputy of the file. The head
//! reads along, may decide all the same, and finds in the first list after their return what nobody has decided.

use crate::desk::{
    draft::{DecisionBuilder, TicketDraft},
    policy::QueuePolicy,
    worklist::{ItemKind, ListItem},
};
use crate::model::ids::{AgentName, PersonId};

impl DecisionBuilder<'_> {
    /// Whoever decides for a queue now: its head; while the head is away, who stands in for them. Where nobody does it waits
    /// for the head. `None`: nobody is named.
    pub(in crate::desk) fn deciding(&self, queue: &QueuePolicy) -> Option<AgentName> {
        self.stand_in(queue).or_else(|| queue.head.clone())
    }

    /// Who decides instead of the head, who is away now; `None`: the head is here, or nobody stands in who is.
    pub(in crate::desk) fn stand_in(&self, queue: &QueuePolicy) -> Option<AgentName> {
        let head = queue.head.as_ref()?;
        let absence = self.absence_of(head)?;
        // What is confidential stays with its own people, whomever the head names.
        let named = absence.deputy.as_ref();
        let named = named.filter(|one| !queue.confidential || queue.agents.contains(one));
        let mut all = named.into_iter().chain(&queue.deputy);
        let is_here = |one: &&AgentName| {
            let is_known = self.given.policy.agents.contains_key(*one);
            *one != head && is_known && self.absence_of(one).is_none()
        };
        all.find(is_here).cloned()
    }

    /// The head of a queue who is away, while somebody else decides.
    pub(in crate::desk) fn away_head(&self, queue: &QueuePolicy) -> Option<AgentName> {
        let head = queue.head.clone();
        head.filter(|_| self.stand_in(queue).is_some())
    }

    /// Whether an agent's word decides for a queue: its head's, or that of who stands in now. A deputy whose head is here decides
    /// nothing: least of all on days that they have moved themselves.
    pub(in crate::desk) fn is_decider(&self, agent: &AgentName, queue: &QueuePolicy) -> bool {
        queue.head.as_ref() == Some(agent) || self.stand_in(queue).as_ref() == Some(agent)
    }

    /// Whoever an agent decides instead of now, by their names.
    pub(in crate::desk) fn decides_instead_of(&self, agent: &AgentName) -> Vec<String> {
        let queues = self.given.policy.queues.values();
        let own = queues.filter(|queue| self.stand_in(queue).as_ref() == Some(agent));
        let mut heads: Vec<&AgentName> = own.filter_map(|queue| queue.head.as_ref()).collect();
        heads.sort_unstable();
        heads.dedup();
        heads
            .into_iter()
            .map(|head| self.agent_name(head))
            .collect()
    }
}

impl TicketDraft<'_, '_> {
    /// Whoever decides for the ticket's queue now.
    pub(in crate::desk) fn deciding_head(&self) -> Option<AgentName> {
        self.queue().and_then(|queue| self.deciding(queue))
    }

    /// Whether an agent's word decides for the ticket's queue.
    pub(in crate::desk) fn is_decided_by(&self, agent: &AgentName) -> bool {
        self.queue()
            .is_some_and(|queue| self.is_decider(agent, queue))
    }

    /// The head who is away and reads along, and what they are called.
    pub(in crate::desk) fn reads_along(&mut self) -> Option<(PersonId, String)> {
        let away = self.queue().and_then(|queue| self.away_head(queue))?;
        let person = self.agent_person(&away)?;
        Some((person, self.agent_name(&away)))
    }

    /// Something stands in the next list of whoever decides; in that of the head as well, who finds it when they are back,
    /// unless it is decided by then.
    pub(in crate::desk) fn list_for_head(&mut self, item: ListItem) {
        let Some(queue) = self.queue() else {
            return;
        };
        let stand_in = self.stand_in(queue);
        for one in queue.head.iter().cloned().chain(stand_in) {
            self.decision.list_items.push((one, item.clone()));
        }
    }

    /// It stands there no more, whoever was to decide.
    pub(in crate::desk) fn unlist_for_head(&mut self, kind: ItemKind) {
        let number = self.snapshot().number.0;
        let Some(queue) = self.queue() else {
            return;
        };
        let stand_in = self.stand_in(queue);
        let all = queue.head.iter().chain(&queue.deputy).cloned();
        for one in all.chain(stand_in) {
            self.decision.list_items_done.push((one, number, kind));
        }
    }
}
