//! Who and what stands in the files of a payroll at the terminal.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;
use jiff::civil::Date;

use crate::{
    cli::visit::Visit,
    house::{
        payroll::{
            Closed,
            rows::{Member, Source},
        },
        periods::Lines,
    },
    model::ids::{AgentName, QueueName},
    report::files::{Adjusted, Employee, KpiRow},
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

/// What a period says of these queues; `asked`: of this one alone; `own`: of these alone. `numbers`: employee numbers by
/// agent, of those who are no agents any more; `days`: the first and the last of the period. `closed`: the closed periods that it
/// carries adjustments of.
///
/// # Errors
/// An agent has no employee number; what the database says.
pub(super) async fn rows(
    here: &Visit,
    (lines, closed): (&Lines, &[Closed<'_>]),
    (asked, own): (Option<&QueueName>, Option<&[QueueName]>),
    (numbers, days): (&BTreeMap<AgentName, String>, (Date, Date)),
) -> anyhow::Result<Rows> {
    let source = Source {
        db: &here.db,
        policy: &here.config.policy,
        lines,
        numbers,
        before: None,
        language: here.words.language,
        days,
    };
    let mut queues = source.queues();
    queues.retain(|queue| asked.is_none_or(|asked| asked == queue));
    queues.retain(|queue| own.is_none_or(|own| own.contains(queue)));
    let all: Vec<QueueName> = queues.iter().cloned().collect();
    let mut rows = Rows {
        members: source.members(&queues).await?,
        others: Vec::new(),
        carried: source.adjusted(&all, closed).await?,
    };
    for queue in &queues {
        rows.others.extend(source.others(queue).await?);
    }
    if asked.is_none() && own.is_none() {
        rows.others.extend(source.total());
    }
    let nameless = rows.members.iter();
    let nameless = nameless.filter(|one| one.employee.number.is_empty());
    let nameless: BTreeSet<String> = nameless
        .map(|one| unnumbered(here, &one.agent, &one.employee))
        .collect();
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
fn unnumbered(here: &Visit, agent: &AgentName, employee: &Employee) -> String {
    let words = &here.words;
    if here.config.policy.agents.contains_key(agent) {
        let add = words.pick(
            "добавьте его в файл сотрудников: столбец «табельный номер»",
            "add it to the file of people: the column `employee_number`",
        );
        format!("{agent} ({}): {add}", employee.name)
    } else {
        let name = words.pick(
            "такого сотрудника в конфигурации больше нет; назовите номер сами:",
            "no agent of that name is configured any more; name the number yourself:",
        );
        format!("{agent}: {name} --number {agent}=000123")
    }
}
