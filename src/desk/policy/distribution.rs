//! What the configuration says of sharing out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    desk::calendar::Calendar,
    model::{distribution::Method, ids::AgentName},
};

/// How a queue shares out its new tickets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistributionPolicy {
    /// The method.
    pub method: Method,
    /// What stands in where the method finds nobody: the head has not said who, the requester has no curator here.
    pub fallback: Method,
    /// For how many seconds of the queue's hours its head may say who.
    pub assign_within_secs: u32,
    /// How many active tickets of this queue an agent is to have at most; `None`: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_active: Option<u32>,
    /// The same of single agents, by their head's word.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<AgentName, u32>,
    /// Whether nobody is given more than they may have, or only others before them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_hard: bool,
    /// Agents whom the head has taken out: they serve the queue, and are given nothing.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub out: BTreeSet<AgentName>,
}

impl Default for DistributionPolicy {
    fn default() -> Self {
        Self {
            method: Method::Turn,
            fallback: Method::Turn,
            assign_within_secs: ASSIGN_WITHIN_SECS,
            max_active: None,
            limits: BTreeMap::new(),
            is_hard: false,
            out: BTreeSet::new(),
        }
    }
}

/// What [`DistributionPolicy::assign_within_secs`] is unless somebody says otherwise.
pub const ASSIGN_WITHIN_SECS: u32 = 3600;

impl DistributionPolicy {
    /// How many active tickets of the queue an agent is to have at most.
    #[must_use]
    pub fn limit_of(&self, agent: &AgentName) -> Option<u32> {
        self.limits.get(agent).copied().or(self.max_active)
    }
}

/// Until when the head may say who, and when they are reminded: after three quarters of that time.
#[must_use]
pub fn assign_within(
    policy: &DistributionPolicy,
    calendar: &Calendar,
    from: Timestamp,
) -> Option<(Timestamp, Timestamp)> {
    let whole = i64::from(policy.assign_within_secs);
    let most = whole.checked_mul(3)?.checked_div(4)?;
    let add = |secs| calendar.add(from, SignedDuration::from_secs(secs));
    Some((add(most)?, add(whole)?))
}
