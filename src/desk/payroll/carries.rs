//! What a draft carries of closed months, and since when.

use std::collections::BTreeMap;

use crate::model::{
    ids::{EventSeq, QueueName},
    payroll::PayrollDraft,
};

/// What a draft carries of closed months besides its own figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carries {
    /// Changes of closed months after this event are carried as adjustments; `None`: no earlier month is closed.
    pub since: Option<EventSeq>,
    /// The same of queues that came from another list.
    pub since_of: BTreeMap<QueueName, Option<EventSeq>>,
    /// Queues that no list has any more: nothing but changes of their closed months.
    pub gone: Vec<QueueName>,
}

impl Carries {
    /// What a draft has carried.
    #[must_use]
    pub fn of(draft: &PayrollDraft) -> Self {
        Self {
            since: draft.since,
            since_of: draft.since_of.clone(),
            gone: draft.gone.clone(),
        }
    }

    /// The queues of which it is known up to where they were told, besides those that are told.
    pub fn known(&self) -> impl Iterator<Item = &QueueName> {
        self.since_of.keys()
    }

    /// Drops those queues no list has any more which have not changed.
    pub fn drop_unchanged_gone(&mut self, is_changed: impl Fn(&QueueName) -> bool) {
        let others = std::mem::take(&mut self.gone).into_iter();
        let (kept, others): (Vec<_>, Vec<_>) = others.partition(is_changed);
        self.gone = kept;
        self.since_of.retain(|queue, _| !others.contains(queue));
    }

    /// Up to which event closed months of a queue were told.
    #[must_use]
    pub fn since(&self, queue: &QueueName) -> Option<EventSeq> {
        self.since_of.get(queue).copied().unwrap_or(self.since)
    }
}
