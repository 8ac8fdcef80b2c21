//! The people of a payroll: who they are for the staff office, and what was counted of them.

use crate::{
    desk::{
        kpi::{Sheet, Tally, figures},
        policy::Policy,
    },
    model::ids::{AgentName, QueueName},
    report::files::{Employee, Fact, Facts},
    store::{Db, StoreError, people},
};

/// An agent of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The queue.
    pub queue: QueueName,
    /// The agent.
    pub agent: AgentName,
    /// Who that is; without a number where the people directory says none.
    pub employee: Employee,
    /// What was counted of them there.
    pub facts: Facts,
}

/// Every agent of these queues. Whoever has done nothing is there, too.
///
/// # Errors
/// What the database says.
pub async fn staff<'q>(
    db: &Db,
    policy: &Policy,
    sheet: &Sheet,
    queues: impl IntoIterator<Item = &'q QueueName>,
) -> Result<Vec<Member>, StoreError> {
    let mut found = Vec::new();
    for name in queues {
        let Some(queue) = policy.queues.get(name) else {
            continue;
        };
        let mut agents: Vec<&AgentName> = queue.agents.iter().collect();
        agents.extend(sheet.agents_of(name).map(|(agent, _)| agent));
        agents.sort();
        agents.dedup();
        for agent in agents {
            let own = sheet.agents_of(name).find(|(of, _)| *of == agent);
            let counted = own.map_or_else(|| facts(&Tally::default()), |(_, tally)| facts(tally));
            found.push(Member {
                queue: name.clone(),
                agent: agent.clone(),
                employee: employee(db, policy, agent, &queue.title).await?,
                facts: counted,
            });
        }
    }
    Ok(found)
}

/// Agents of these queues whose employee number nobody has said.
///
/// # Errors
/// What the database says.
pub async fn nameless<'q>(
    db: &Db,
    policy: &Policy,
    queues: impl IntoIterator<Item = &'q QueueName>,
) -> Result<Vec<AgentName>, StoreError> {
    let queues = queues
        .into_iter()
        .filter_map(|name| policy.queues.get(name));
    let mut agents: Vec<&AgentName> = queues.flat_map(|queue| &queue.agents).collect();
    agents.sort();
    agents.dedup();
    let mut found = Vec::new();
    for agent in agents {
        if employee(db, policy, agent, "").await?.number.is_empty() {
            found.push(agent.clone());
        }
    }
    Ok(found)
}

async fn employee(
    db: &Db,
    policy: &Policy,
    agent: &AgentName,
    department: &str,
) -> Result<Employee, StoreError> {
    let known = policy.agents.get(agent);
    let person = match known {
        Some(known) => people::at(db, &known.address).await?,
        None => None,
    };
    let listing = person.as_ref().and_then(|person| person.listing.as_ref());
    let listed = person.as_ref().filter(|_| listing.is_some());
    let name = listed
        .map(|person| person.name.to_string())
        .filter(|name| !name.is_empty());
    let shown = || known.map_or_else(|| agent.to_string(), |known| known.name.clone());
    Ok(Employee {
        number: listing
            .map(|listing| listing.employee_number.to_string())
            .unwrap_or_default(),
        name: name.unwrap_or_else(shown),
        department: department.to_owned(),
        position: String::new(),
    })
}

fn facts(tally: &Tally) -> Facts {
    let all = figures(tally).into_iter();
    all.map(|figure| {
        let fact = Fact {
            numerator: figure.numerator,
            denominator: figure.denominator,
        };
        (figure.code, fact)
    })
    .collect()
}
