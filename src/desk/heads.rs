//! What queues' heads have changed by mail, laid over what the file says. Where the file says something else of a key than
//! it did when the head changed it, the file counts.

use std::collections::BTreeMap;

use super::policy::{Policy, QueuePolicy};
use crate::model::{
    distribution::QueueState,
    ids::{AgentName, QueueName},
    queue_change::{Changed, QueueChange},
};

/// How queues stand.
pub type States = BTreeMap<QueueName, QueueState>;

/// The rules in force: those of the file with what stands beside them; `None`: nothing does.
#[must_use]
pub fn in_force(file: &Policy, states: &States) -> Option<Policy> {
    let mut changes = standing(file, states).peekable();
    changes.peek()?;
    let mut policy = file.clone();
    for (name, changed) in changes {
        if let Some(queue) = policy.queues.get_mut(name) {
            lay_over(queue, &changed.change);
        }
    }
    Some(policy)
}

/// A queue of the file with what stands beside it: whether nothing would change by this.
#[must_use]
pub fn stands_so(file: &QueuePolicy, state: &QueueState, change: &QueueChange) -> bool {
    let mut queue = file.clone();
    for changed in standing_of(file, state) {
        lay_over(&mut queue, &changed.change);
    }
    let distribution = &queue.distribution;
    match change {
        QueueChange::Method { method } => distribution.method == *method,
        QueueChange::Out { agent } => distribution.out.contains(agent),
        QueueChange::In { agent } => queue.agents.contains(agent),
        QueueChange::Limit { agent, max_active } => {
            let own = agent.as_ref().map_or(distribution.max_active, |agent| {
                distribution.limits.get(agent).copied()
            });
            own == Some(*max_active)
        }
        QueueChange::Closed { on } => queue.calendar.openings(*on).is_empty(),
    }
}

/// What stands no more, since the file says something else.
#[must_use]
pub fn over(file: &Policy, states: &States) -> Vec<(QueueName, QueueChange)> {
    let of = |name: &QueueName, one: &Changed| match file.queues.get(name) {
        Some(queue) => file_says(queue, &one.change) != one.file,
        // A queue that is gone changes nothing, and may come back as it was.
        None => false,
    };
    let all = states
        .iter()
        .flat_map(|(name, state)| state.changed.iter().map(move |one| (name, one)));
    let over = all.filter(|(name, one)| of(name, one));
    over.map(|(name, one)| (name.clone(), one.change.clone()))
        .collect()
}

/// What stands, in the order in which it was changed.
pub fn standing<'s>(
    file: &'s Policy,
    states: &'s States,
) -> impl Iterator<Item = (&'s QueueName, &'s Changed)> {
    let queues = file.queues.iter().filter_map(|(name, queue)| {
        let (name, state) = states.get_key_value(name)?;
        Some((name, queue, state))
    });
    queues.flat_map(|(name, queue, state)| standing_of(queue, state).map(move |one| (name, one)))
}

fn standing_of<'s>(
    file: &'s QueuePolicy,
    state: &'s QueueState,
) -> impl Iterator<Item = &'s Changed> {
    let changed = state.changed.iter();
    changed.filter(|one| file_says(file, &one.change) == one.file)
}

/// What the file's queue says of the key in whose place a change stands.
#[must_use]
pub fn file_says(queue: &QueuePolicy, change: &QueueChange) -> String {
    match change {
        QueueChange::Method { .. } => queue.distribution.method.code().to_owned(),
        QueueChange::Out { .. } | QueueChange::In { .. } => {
            let agents = queue.agents.iter().map(AgentName::as_str);
            agents.collect::<Vec<_>>().join(" ")
        }
        QueueChange::Limit { .. } => {
            let limit = queue.distribution.max_active;
            limit.map_or_else(String::new, |limit| limit.to_string())
        }
        // Of that day alone: other hours of other days, and other holidays, have nothing to do with it.
        QueueChange::Closed { on } => {
            let hours = queue.calendar.openings(*on).iter();
            let hours = hours.map(|hours| format!("{}-{}", hours.from, hours.to));
            hours.collect::<Vec<_>>().join(" ")
        }
    }
}

fn lay_over(queue: &mut QueuePolicy, change: &QueueChange) {
    let distribution = &mut queue.distribution;
    match change {
        QueueChange::Method { method } => distribution.method = *method,
        QueueChange::Out { agent } => {
            distribution.out.insert(agent.clone());
        }
        QueueChange::In { agent } => {
            if !queue.agents.contains(agent) {
                queue.agents.push(agent.clone());
            }
        }
        QueueChange::Limit {
            agent: Some(agent),
            max_active,
        } => {
            distribution.limits.insert(agent.clone(), *max_active);
        }
        QueueChange::Limit {
            agent: None,
            max_active,
        } => distribution.max_active = Some(*max_active),
        QueueChange::Closed { on } => queue.calendar = queue.calendar.closed_on(*on),
    }
}
