//! Which figures a head may say something about.

use std::collections::BTreeSet;

use super::answer::Answer;
use crate::desk::policy::{PayrollPolicy, Policy};
use crate::model::{
    ids::{AgentName, QueueName},
    payroll::DraftPart,
};

impl Answer<'_> {
    /// The parts that this agent decides on.
    pub(super) fn parts(&self) -> Vec<DraftPart> {
        if self.month.is_of_queue() {
            return self.own_queue().into_iter().collect();
        }
        let drafted = self.state.drafted.iter();
        let parts = drafted.flat_map(|drafted| &drafted.draft.parts);
        let is_own = |part: &&DraftPart| decides(self.month.list, &self.agent, &part.approver);
        parts.filter(is_own).cloned().collect()
    }

    /// A queue without a payroll list is all there is.
    fn own_queue(&self) -> Option<DraftPart> {
        let list = self.month.list;
        let approver = list.approver.clone()?;
        let is_own = decides(list, &self.agent, &approver);
        is_own.then(|| DraftPart {
            approver,
            queues: list.queues.clone(),
            sha256: String::new(),
            basis: String::new(),
        })
    }

    /// The queues whose figures this agent may still say something about. A month that is closed is never drafted for a new
    /// head: whoever has approved it may have left the queue since, and then it is the new head's.
    pub(super) fn queues(&self, policy: &Policy) -> BTreeSet<QueueName> {
        let own = self.parts().into_iter().flat_map(|part| part.queues);
        if self.state.frozen.is_none() {
            return own.collect();
        }
        let now = self.month.list.parts(policy);
        let decides_now = |name: &QueueName| {
            let mut parts = now.iter();
            let part = parts.find(|(_, queues)| queues.contains(name));
            match part {
                Some((approver, _)) => decides(self.month.list, &self.agent, approver),
                // Another list has it by now, or none: whoever decides for the queue.
                None => {
                    let queue = policy.queues.get(name);
                    queue.is_none_or(|queue| policy.decides_for(&self.agent, queue))
                }
            }
        };
        own.filter(decides_now).collect()
    }

    /// Why the agent may say nothing about these figures, as a code; `None`: they may.
    pub(super) fn not_theirs(&self, policy: &Policy) -> Option<&'static str> {
        match (self.parts().is_empty(), self.queues(policy).is_empty()) {
            (true, _) => Some("not_yours"),
            (false, true) => Some("not_head"),
            (false, false) => None,
        }
    }
}

/// Whether an agent decides on that head's part.
fn decides(list: &PayrollPolicy, agent: &AgentName, approver: &AgentName) -> bool {
    agent == approver || list.deputy.as_ref() == Some(agent)
}
