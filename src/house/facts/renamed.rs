//! An agent has another name in the configuration by now: the same employee number is the same person, and of one person the later
//! figure from outside counts alone.

use std::collections::BTreeMap;

use super::super::payroll;
use crate::{
    desk::policy::Policy,
    model::{
        address::Address,
        ids::{AgentName, PersonId, QueueName},
        numbers::is_one_number,
        outside::OutsideFact,
    },
    store::{Db, StoreError, people},
};

/// The person behind an agent; `None`: nobody has met them yet, or there is no such agent.
pub(super) async fn person(
    db: &Db,
    policy: &Policy,
    agent: &AgentName,
) -> Result<Option<PersonId>, StoreError> {
    let Some(known) = policy.agents.get(agent) else {
        return Ok(None);
    };
    let person = people::at(db, &known.address).await?;
    Ok(person.map(|person| person.id))
}

/// The employee number of somebody who is no agent under that name any more, by the person they were when figures of theirs were
/// taken; empty: nobody knows it.
pub(super) async fn number(
    db: &Db,
    policy: &Policy,
    (agent, known): (&AgentName, &[OutsideFact]),
) -> Result<String, StoreError> {
    let own = known.iter().filter(|fact| fact.agent == *agent);
    let ids: Vec<PersonId> = own.filter_map(|fact| fact.person).collect();
    if ids.is_empty() {
        return Ok(String::new());
    }
    for (_, person) in people::named(db, &ids).await? {
        let is_theirs =
            |address: &Address| person.address == *address || person.further.contains(address);
        let mut agents = policy.agents.iter();
        let today = agents.find(|(_, known)| is_theirs(&known.address));
        if let Some((today, _)) = today {
            let number = payroll::number_of(db, policy, today).await?;
            if !number.is_empty() {
                return Ok(number);
            }
        }
        let listed = person.listing.as_ref();
        let listed = listed.map(|listing| listing.employee_number.to_string());
        if let Some(listed) = listed.filter(|listed| !listed.is_empty()) {
            return Ok(listed);
        }
    }
    Ok(String::new())
}

/// The agents of one number: where somebody of today has a queue, whoever had it under an earlier name is the same.
pub(super) fn as_today(same: &mut Vec<(AgentName, Vec<QueueName>)>, policy: &Policy) {
    let is_today = |agent: &AgentName| policy.agents.contains_key(agent);
    let own = same.iter().filter(|(agent, _)| is_today(agent));
    let today: Vec<QueueName> = own.flat_map(|(_, queues)| queues.clone()).collect();
    for (agent, queues) in same.iter_mut() {
        if !is_today(agent) {
            queues.retain(|queue| !today.contains(queue));
        }
    }
    same.retain(|(_, queues)| !queues.is_empty());
}

/// The figures of a file, and that those of the same queue and employee under another name count no more: each counts once. What
/// takes back a figure takes back whichever there is.
pub(super) fn instead(
    numbers: &BTreeMap<AgentName, String>,
    known: &[OutsideFact],
    facts: Vec<OutsideFact>,
) -> Vec<OutsideFact> {
    let is_one = |one: &AgentName, other: &AgentName| {
        let numbers = numbers.get(one).zip(numbers.get(other));
        numbers.is_some_and(|(one, other)| is_one_number(one, other))
    };
    // Whoever is in the file under both names has a row of each.
    let named: Vec<_> = facts.iter().map(OutsideFact::key).collect();
    let mut found = Vec::new();
    for fact in facts {
        let is_before = |was: &&OutsideFact| {
            let is_same = was.queue == fact.queue && was.figure == fact.figure;
            let is_other = was.agent != fact.agent && !named.contains(&was.key());
            is_same && is_other && is_one(&was.agent, &fact.agent)
        };
        let before: Vec<&OutsideFact> = known.iter().filter(is_before).collect();
        let is_known = known.iter().any(|was| was.key() == fact.key());
        found.extend(before.iter().map(|was| OutsideFact {
            numerator: 0,
            denominator: was.denominator.map(|_| 0),
            is_withdrawn: true,
            ..(*was).clone()
        }));
        if !fact.is_withdrawn || is_known || before.is_empty() {
            found.push(fact);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `anna 18/20`, empty of what is taken back.
    fn fact(words: &str) -> OutsideFact {
        let (agent, value) = words.split_once(' ').unwrap_or((words, ""));
        let (above, below) = value.split_once('/').unwrap_or(("0", "0"));
        OutsideFact {
            queue: "it".into(),
            agent: agent.into(),
            figure: "x:PAYMENTS".to_owned(),
            numerator: above.parse().unwrap(),
            denominator: below.parse().ok(),
            is_withdrawn: value.is_empty(),
            person: None,
        }
    }

    #[track_caller]
    fn told(known: &[&str], file: &[&str], expected: &[&str]) {
        // Anna is Anya by now, and has the number in capitals in another register.
        let numbers = [("anna", "ут-42"), ("anya", "УТ-42"), ("boris", "УТ-43")];
        let numbers = numbers.map(|(agent, number)| (agent.into(), number.to_owned()));
        let all = |words: &[&str]| words.iter().map(|one| fact(one)).collect::<Vec<_>>();
        let found = instead(&BTreeMap::from(numbers), &all(known), all(file));
        assert_eq!(found, all(expected), "{known:?} {file:?}");
    }

    #[test]
    fn the_later_figure_of_a_number_takes_the_place_of_the_earlier_whatever_the_agent_is_called() {
        told(&["anna 18/20"], &["anya 19/20"], &["anna", "anya 19/20"]);
        told(&["boris 18/20"], &["anya 19/20"], &["anya 19/20"]);
        told(&["anya 18/20"], &["anya 19/20"], &["anya 19/20"]);
        // Both were taken: both go, and one comes.
        told(
            &["anna 18/20", "anya 1/2"],
            &["anya 3/3"],
            &["anna", "anya 3/3"],
        );
        // What is taken back is whichever there is.
        told(&["anna 18/20"], &["anya"], &["anna"]);
        told(&["anna 18/20", "anya 1/2"], &["anya"], &["anna", "anya"]);
        told(&[], &["anya"], &["anya"]);
        // Nobody knows the number of either.
        told(&["kim 18/20"], &["lev 19/20"], &["lev 19/20"]);
    }
}
