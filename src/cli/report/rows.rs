//! Who and what stands in the files of a payroll at the terminal.

use std::collections::BTreeSet;

use anyhow::bail;

use crate::{
    cli::visit::Visit,
    desk::payroll::parts_in,
    house::payroll::{
        Closed,
        rows::{Member, Source},
    },
    model::ids::{AgentName, QueueName},
    report::files::{Adjusted, KpiRow},
};

/// Everybody and everything in the files.
pub(super) struct Rows {
    /// Each employee in each department; whoever has done nothing is there, too.
    pub(super) members: Vec<Member>,
    /// Everything else: what is nobody's, departments, the whole, adjustments, and what must be nought.
    pub(super) others: Vec<KpiRow>,
    /// What the period carries of closed ones.
    pub(super) carried: Adjusted,
}

/// What a period says of these queues; `asked`: of this one alone; `own`: of these alone. `closed`: the closed periods that it
/// carries adjustments of.
///
/// # Errors
/// An agent has no employee number; what the database says.
pub(super) async fn rows(
    here: &Visit,
    (source, closed): (Source<'_>, &[Closed<'_>]),
    (asked, own): (Option<&QueueName>, Option<&[QueueName]>),
) -> anyhow::Result<Rows> {
    let mut queues = source.queues();
    queues.retain(|queue| asked.is_none_or(|asked| asked == queue));
    queues.retain(|queue| own.is_none_or(|own| own.contains(queue)));
    let all: Vec<QueueName> = queues.iter().cloned().collect();
    let mut rows = Rows {
        members: source.members(&queues).await?,
        others: Vec::new(),
        carried: source.adjusted(&all, closed).await?,
    };
    for unit in source.units(&queues) {
        let others = source.others(&unit, &rows.carried.tickets);
        rows.others.extend(others);
    }
    if asked.is_none() && own.is_none() {
        rows.others.extend(source.total());
    }
    let nameless = rows.members.iter();
    let nameless = nameless.filter(|one| one.employee.number.is_empty());
    let mut nameless: BTreeSet<String> = nameless
        .flat_map(|one| {
            let agents = one.agents();
            agents.map(|agent| unnumbered(here, agent, &one.employee.name))
        })
        .collect();
    // Whoever has left, and would be owed something without a row.
    let unpayable = rows.carried.unpayable().into_iter().flat_map(parts_in);
    nameless.extend(unpayable.map(|(_, agent)| unnumbered(here, &agent, agent.as_str())));
    if !nameless.is_empty() {
        let nameless: Vec<String> = nameless.into_iter().collect();
        bail!(
            "{}: {}",
            here.words
                .pick("Нет табельного номера", "There is no employee number of"),
            nameless.join("; ")
        );
    }
    Ok(rows)
}

/// Whose number is missing, and where it is to be written.
fn unnumbered(here: &Visit, agent: &AgentName, name: &str) -> String {
    let words = &here.words;
    if here.config.policy.agents.contains_key(agent) {
        let add = words.pick(
            "добавьте его в файл сотрудников: столбец «табельный номер»",
            "add it to the file of people: the column `employee_number`",
        );
        format!("{agent} ({name}): {add}")
    } else {
        let name = words.pick(
            "такого сотрудника в конфигурации больше нет; назовите номер сами:",
            "no agent of that name is configured any more; name the number yourself:",
        );
        format!("{agent}: {name} --number {agent}=000123")
    }
}
