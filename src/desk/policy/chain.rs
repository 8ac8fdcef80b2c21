//! Who decides: heads of queues and departments, one above the other, and the director above all.

use serde::{Deserialize, Serialize};

use super::{Policy, QueuePolicy};
use crate::model::ids::{AgentName, DepartmentName};

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

    /// Whether an agent decides for a queue: its head, or anybody above.
    #[must_use]
    pub fn decides_for(&self, agent: &AgentName, queue: &QueuePolicy) -> bool {
        self.heads_of(queue).contains(&agent) || self.director.as_ref() == Some(agent)
    }
}
