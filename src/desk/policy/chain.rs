//! Who decides: heads of queues and departments, one above the other, and the director above all.

use serde::{Deserialize, Serialize};

use super::{Policy, QueuePolicy, Targets};
use crate::model::{
    classification::RequestClass,
    ids::{AgentName, DepartmentName, QueueName},
};

/// A department, as far as decisions go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentPolicy {
    /// The name people see.
    pub title: String,
    /// The agent who decides for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<AgentName>,
    /// The department it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<DepartmentName>,
    /// What is aimed at here, where that is not what the site aims at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<Targets>,
}

/// A step of the chain that a class of requests has of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainLink {
    /// Who hears.
    pub head: AgentName,
    /// How late, in seconds of business time.
    pub after_secs: i64,
}

/// Which heads hear of a reminder besides the agents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemindedHeads {
    /// The queue's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub head: bool,
    /// That of its department.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub department: bool,
}

/// What [`super::QueuePolicy::escalate_after`] is unless somebody says otherwise: at once, a working day later, two.
pub const ESCALATE_AFTER: [i64; 3] = [0, 8 * 3600, 16 * 3600];

/// What [`super::Policy::director_after_days`] is unless somebody says otherwise.
pub const DIRECTOR_AFTER_DAYS: u32 = 3;

/// How many departments one above the other are looked at.
const PARENTS_MAX: usize = 16;

pub(super) const fn director_after_days() -> u32 {
    DIRECTOR_AFTER_DAYS
}

impl Policy {
    /// What is aimed at in a queue: by its department, else by the site.
    #[must_use]
    pub fn targets_of(&self, queue: &QueuePolicy) -> Targets {
        let department = queue.department.as_ref();
        let department = department.and_then(|name| self.departments.get(name));
        let own = department.and_then(|department| department.targets);
        own.unwrap_or(self.targets)
    }

    /// So many requests a month these queues can take together; `None` where one of them has no limit: then neither have all.
    #[must_use]
    pub fn capacity_of<'q>(&self, queues: impl IntoIterator<Item = &'q QueueName>) -> Option<i64> {
        let own = queues.into_iter().filter_map(|name| self.queues.get(name));
        let limits: Vec<i64> = own.map(|queue| i64::from(queue.alarms.capacity)).collect();
        let is_limited = !limits.is_empty() && limits.iter().all(|limit| *limit > 0);
        is_limited.then(|| limits.into_iter().fold(0, i64::saturating_add))
    }

    /// Who decides for a queue, the nearest first: its own head, then those of its department and of the departments above.
    /// Nobody stands there twice.
    #[must_use]
    pub fn heads_of<'p>(&'p self, queue: &'p QueuePolicy) -> Vec<&'p AgentName> {
        let mut heads: Vec<&AgentName> = queue.head.iter().collect();
        let mut above = queue.department.as_ref();
        for _ in 0..PARENTS_MAX {
            let Some(department) = above.and_then(|name| self.departments.get(name)) else {
                break;
            };
            let head = department.head.as_ref();
            heads.extend(head.filter(|head| !heads.contains(head)));
            above = department.parent.as_ref();
        }
        heads
    }

    /// The heads who hear when so many of a hundred parts of a promise's time have passed, the nearest first.
    #[must_use]
    pub fn reminded_heads<'p>(
        &'p self,
        queue: &'p QueuePolicy,
        percent: u32,
    ) -> Vec<&'p AgentName> {
        let told = queue.reminder_heads.get(&percent);
        let told = told.copied().unwrap_or_default();
        let department = queue.department.as_ref();
        let department = department.and_then(|name| self.departments.get(name));
        let above = department.and_then(|department| department.head.as_ref());
        let mut heads: Vec<&AgentName> = queue.head.iter().filter(|_| told.head).collect();
        heads.extend(above.filter(|head| told.department && !heads.contains(head)));
        heads
    }

    /// Whether an agent decides about requests of a class in a queue: as [`Self::decides_for`], or as one of the chain that the
    /// class has of its own.
    #[must_use]
    pub fn decides_about(
        &self,
        agent: &AgentName,
        (queue, class): (&QueuePolicy, RequestClass),
    ) -> bool {
        let mut own = queue.chains.get(&class).into_iter().flatten();
        own.any(|link| link.head == *agent) || self.decides_for(agent, queue)
    }

    /// Whether an agent decides for a queue: its head, or anybody above. Who stands in while the head is away, decides, too.
    #[must_use]
    pub fn decides_for(&self, agent: &AgentName, queue: &QueuePolicy) -> bool {
        self.heads_of(queue).contains(&agent) || self.director.as_ref() == Some(agent)
    }
}
