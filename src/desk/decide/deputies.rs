//! Who decides for a queue while its head is away: whom the head has named for that time, else the deputy of the file. The head
//! reads along, may decide all the same, and finds in the first list after their return what nobody has decided.

use crate::desk::{
    appointment::of_agent,
    draft::{DecisionBuilder, TicketDraft},
    policy::QueuePolicy,
    worklist::{self, ItemKind, ListItem},
};
use crate::model::ids::{AgentName, PersonId, QueueName};

impl DecisionBuilder<'_> {
    /// Whoever decides for a queue now: its head; while the head is away, who stands in for them. Where nobody does it waits
    /// for the head. `None`: nobody is named.
    pub(in crate::desk) fn deciding(&self, queue: &QueuePolicy) -> Option<AgentName> {
        self.stand_in(queue).or_else(|| queue.head.clone())
    }

    /// Who decides instead of the head, who is away now; `None`: the head is here, or nobody stands in who is.
    pub(in crate::desk) fn stand_in(&self, queue: &QueuePolicy) -> Option<AgentName> {
        self.instead_of(queue.head.as_ref()?, queue)
    }

    /// Who hears and decides in a queue instead of one of its heads, who is away now: whom that one has named; instead of its own
    /// head also the deputy of the file.
    pub(in crate::desk) fn instead_of(
        &self,
        head: &AgentName,
        queue: &QueuePolicy,
    ) -> Option<AgentName> {
        let absence = self.absence_of(head)?;
        // What is confidential stays with its own people, whomever the head names.
        let named = absence.deputy.as_ref();
        let named = named.filter(|one| !queue.confidential || queue.agents.contains(one));
        let of_file = queue.deputy.as_ref();
        let of_file = of_file.filter(|_| queue.head.as_ref() == Some(head));
        let mut all = named.into_iter().chain(of_file);
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

    /// A queue that an agent decides for now, instead of its head.
    pub(in crate::desk) fn stands_in_at(&self, agent: &AgentName) -> Option<&QueueName> {
        let mut queues = self.given.policy.queues.iter();
        let own = queues.find(|(_, queue)| self.stand_in(queue).as_ref() == Some(agent));
        own.map(|(name, _)| name)
    }

    /// Something stands in the next list of whoever decides for a queue; in that of the head as well, who finds it when they are
    /// back, unless it is decided by then.
    pub(in crate::desk) fn list_for_deciding(&mut self, queue: &QueuePolicy, item: &ListItem) {
        let stand_in = self.stand_in(queue);
        if let Some(one) = &stand_in {
            self.appoint_list(one, queue);
        }
        for one in queue.head.iter().cloned().chain(stand_in) {
            self.decision.list_items.push((one, item.clone()));
        }
    }

    /// Whoever stands in may have no list of their own, as one whom the head has named: they get what is to be decided, of the
    /// next morning.
    pub(in crate::desk) fn appoint_list(&mut self, agent: &AgentName, queue: &QueuePolicy) {
        let (policy, now) = (self.given.policy, self.given.now);
        if worklist::next_at(agent, policy, now).is_none() {
            let time = queue.digest.unwrap_or(worklist::HEAD_LIST);
            let next = queue.calendar.next_working_day_at(now, time);
            let next = next.map(|at| (of_agent(agent), at));
            self.decision.mornings.extend(next);
        }
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
            .is_some_and(|queue| self.is_decider(agent, queue) || self.was_asked(agent, queue))
    }

    /// Whether an agent stands in the chain of the ticket's class and has been told that it is late: they were asked to decide.
    fn was_asked(&self, agent: &AgentName, queue: &QueuePolicy) -> bool {
        let known = self.snapshot();
        let chain = queue.chains.get(&known.classification.class);
        let mut links = chain.into_iter().flatten();
        let mut clocks = known.clocks.iter();
        links.any(|link| link.head == *agent) && clocks.any(|clock| clock.told.contains(agent))
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
        self.list_for_deciding(queue, &item);
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
