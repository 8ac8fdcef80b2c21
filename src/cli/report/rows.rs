//! Who and what stands in the files of a payroll: employees and departments, with what a period has of them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;
use jiff::Timestamp;

use crate::{
    cli::visit::Visit,
    desk::kpi::{Balance, Detail, Tally, additive, whole},
    house::periods::Lines,
    model::{
        classification::RequestClass,
        ids::{AgentName, QueueName},
    },
    report::files::{Employee, Fact, Facts, Judged, KpiRow, RowKind},
    store::people,
};

/// Everybody and everything in the files.
pub(super) struct Rows {
    /// Each employee in each department; whoever has done nothing is there, too.
    pub(super) employees: Vec<(Employee, Facts)>,
    /// Everything else: what is nobody's, departments, the whole, adjustments, and what must be nought.
    pub(super) others: Vec<KpiRow>,
}

/// What a period says of these queues; `asked`: of this one alone. `numbers`: employee numbers by agent, of those who are
/// no agents any more.
///
/// # Errors
/// An agent has no employee number; what the database says.
pub(super) async fn rows(
    here: &Visit,
    lines: &Lines,
    asked: Option<&QueueName>,
    numbers: &BTreeMap<AgentName, String>,
) -> anyhow::Result<Rows> {
    let mut rows = Rows {
        employees: Vec::new(),
        others: Vec::new(),
    };
    let mut nameless = BTreeSet::new();
    for queue in queues(here, lines) {
        if asked.is_some_and(|asked| *asked != queue) {
            continue;
        }
        let department = title(here, &queue);
        for agent in agents(here, lines, &queue) {
            let employee = employee(here, &agent, (&department, numbers)).await?;
            if employee.number.is_empty() {
                nameless.insert(unnumbered(here, &agent, &employee));
            }
            let facts = facts(lines, queue.as_str(), agent.as_str());
            rows.employees.push((employee, facts));
        }
        let nobodys = row(
            RowKind::Unassigned,
            &department,
            facts(lines, queue.as_str(), ""),
        );
        let of_queue = row(
            RowKind::Department,
            &department,
            facts(lines, queue.as_str(), "*"),
        );
        rows.others.extend([nobodys, of_queue]);
        rows.others
            .extend(adjusted(here, lines, (&queue, &department), numbers).await?);
        let parts = |agent: &str| agent != "*";
        let left = left_over(lines, queue.as_str(), |name, agent| {
            name == queue.as_str() && parts(agent)
        });
        rows.others.push(row(RowKind::Check, &department, left));
    }
    if asked.is_none() {
        let of_house = row(RowKind::Total, "", facts(lines, "", "*"));
        let left = left_over(lines, "", |name, agent| !name.is_empty() && agent == "*");
        rows.others
            .extend([of_house, row(RowKind::Check, "", left)]);
    }
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

/// The queues there are, and those that have figures still.
fn queues(here: &Visit, lines: &Lines) -> BTreeSet<QueueName> {
    let counted = lines.figures.keys().map(|(queue, _)| queue);
    let adjusted = lines.adjusted.iter().map(|one| &one.queue);
    let known = counted.chain(adjusted).filter(|queue| !queue.is_empty());
    let known = known.map(|queue| QueueName::from(queue.as_str()));
    let there = here.config.policy.queues.keys().cloned();
    there.chain(known).collect()
}

/// Whoever serves a queue, and whoever has figures there.
fn agents(here: &Visit, lines: &Lines, queue: &QueueName) -> BTreeSet<AgentName> {
    let policy = here.config.policy.queues.get(queue);
    let serving = policy.iter().flat_map(|queue| &queue.agents).cloned();
    let counted = lines.figures.keys();
    let counted =
        counted.filter(|(of, agent)| *of == queue.as_str() && !agent.is_empty() && agent != "*");
    serving
        .chain(counted.map(|(_, agent)| AgentName(agent.clone())))
        .collect()
}

fn title(here: &Visit, queue: &QueueName) -> String {
    let known = here.config.policy.queues.get(queue);
    known.map_or_else(|| queue.to_string(), |queue| queue.title.clone())
}

const fn row_of(kind: RowKind, employee: Employee, facts: Facts) -> KpiRow {
    KpiRow {
        kind,
        adjusts: None,
        ticket: String::new(),
        employee,
        working_days: None,
        facts,
    }
}

fn row(kind: RowKind, department: &str, facts: Facts) -> KpiRow {
    let employee = Employee {
        number: String::new(),
        name: String::new(),
        department: department.to_owned(),
        position: String::new(),
    };
    row_of(kind, employee, facts)
}

/// Each employee as a row of the file of figures.
pub(super) fn of_employees(employees: Vec<(Employee, Facts)>) -> impl Iterator<Item = KpiRow> {
    employees
        .into_iter()
        .map(|(employee, facts)| row_of(RowKind::Employee, employee, facts))
}

/// Every figure of a queue and an agent; what is not there is nought.
fn facts(lines: &Lines, queue: &str, agent: &str) -> Facts {
    let own = lines.figures.get(&(queue.to_owned(), agent.to_owned()));
    let all = whole(&Tally::default(), &Balance::default()).into_iter();
    all.map(|figure| {
        let known = own.and_then(|own| own.get(figure.code)).copied();
        let (numerator, denominator) = known.unwrap_or((figure.numerator, figure.denominator));
        let fact = Fact {
            numerator,
            denominator,
        };
        (figure.code, fact)
    })
    .collect()
}

/// What is left of a whole once its parts are taken off: nought of every figure that adds up.
fn left_over(lines: &Lines, queue: &str, is_part: impl Fn(&str, &str) -> bool) -> Facts {
    let mut left = facts(lines, queue, "*");
    let adds_up: BTreeSet<&str> = additive(&Tally::default())
        .iter()
        .map(|figure| figure.code)
        .collect();
    left.retain(|code, _| adds_up.contains(code));
    let parts = lines.figures.keys();
    for (name, agent) in parts.filter(|(name, agent)| is_part(name, agent)) {
        for (code, part) in facts(lines, name, agent) {
            if let Some(fact) = left.get_mut(code) {
                fact.numerator = fact.numerator.saturating_sub(part.numerator);
                let below = part.denominator.unwrap_or(0);
                fact.denominator = fact.denominator.map(|own| own.saturating_sub(below));
            }
        }
    }
    left
}

/// What a queue carries of closed periods, a row a ticket, period and employee.
async fn adjusted(
    here: &Visit,
    lines: &Lines,
    (queue, department): (&QueueName, &str),
    numbers: &BTreeMap<AgentName, String>,
) -> anyhow::Result<Vec<KpiRow>> {
    let mut found: BTreeMap<(&str, i64, &str), (i64, i64)> = BTreeMap::new();
    for one in lines
        .adjusted
        .iter()
        .filter(|one| one.queue == queue.as_str())
    {
        let key = (one.period.as_str(), one.ticket.0, one.agent.as_str());
        match one.figure.as_str() {
            "solved" => found.entry(key).or_default().0 = one.by.0,
            "sla_resolution_pct" => found.entry(key).or_default().1 = one.by.0,
            _ => {}
        }
    }
    let mut rows = Vec::new();
    for ((period, ticket, agent), (solved, met)) in found {
        let employee = match agent {
            "" => row(RowKind::Adjustment, department, Facts::new()).employee,
            agent => {
                let agent = AgentName(agent.to_owned());
                employee(here, &agent, (department, numbers)).await?
            }
        };
        let facts = Facts::from([
            ("adjustment_solved", Fact::count(solved)),
            ("adjustment_met", Fact::count(met)),
        ]);
        rows.push(KpiRow {
            adjusts: Some(period.to_owned()),
            // A number alone is summed by whoever adds up a column.
            ticket: format!("{}-{ticket}", here.words.pick("З", "T")),
            ..row_of(RowKind::Adjustment, employee, facts)
        });
    }
    Ok(rows)
}

async fn employee(
    here: &Visit,
    agent: &AgentName,
    (department, numbers): (&str, &BTreeMap<AgentName, String>),
) -> anyhow::Result<Employee> {
    let known = here.config.policy.agents.get(agent);
    let person = match known {
        Some(known) => people::at(&here.db, &known.address).await?,
        None => None,
    };
    let listing = person.as_ref().and_then(|person| person.listing.as_ref());
    let listed = person.as_ref().filter(|_| listing.is_some());
    let name = listed
        .map(|person| person.name.to_string())
        .filter(|name| !name.is_empty());
    let shown = || known.map_or_else(|| agent.to_string(), |known| known.name.clone());
    let number = listing.map(|listing| listing.employee_number.to_string());
    let number = number.filter(|number| !number.is_empty());
    Ok(Employee {
        number: number
            .or_else(|| numbers.get(agent).cloned())
            .unwrap_or_default(),
        name: name.unwrap_or_else(shown),
        department: department.to_owned(),
        position: String::new(),
    })
}

/// Judged promises as the file of details shows them; `asked`: of this queue alone.
pub(super) fn judged_rows(
    here: &Visit,
    judged: Vec<Detail>,
    asked: Option<&QueueName>,
) -> Vec<Judged> {
    let zone = here.words.zone();
    let called = |agent: Option<&AgentName>| {
        let known = agent.and_then(|agent| here.config.policy.agents.get(agent));
        let name = known.map(|known| known.name.clone());
        name.or_else(|| agent.map(ToString::to_string))
            .unwrap_or_default()
    };
    let moment = |at: Timestamp| zone.to_datetime(at);
    let minutes = |secs: i64| secs.max(0).checked_div(60).unwrap_or(0);
    let own = judged.into_iter();
    let own = own.filter(|one| asked.is_none_or(|asked| *asked == one.queue));
    own.map(|one| Judged {
        ticket: format!("{}-{}", here.words.pick("З", "T"), one.ticket),
        class: one.class.map_or("", RequestClass::code).to_owned(),
        clock: one.clock.code().to_owned(),
        created: moment(one.opened_at),
        due_original: moment(one.due_original),
        due_final: moment(one.due_at),
        satisfied: one.satisfied_at.map(moment),
        is_met: one.is_met,
        working_minutes: one.worked_secs.map(minutes),
        calendar_minutes: Some(minutes(one.calendar_secs)),
        paused_minutes: None,
        holder: called(one.agent.as_ref()),
        solver: called(one.solver.as_ref()),
        is_escalated: one.is_escalated,
        reopened: one.reopened,
        rating: one.rating,
        adjustment: if one.is_corrected {
            "corrected".to_owned()
        } else {
            String::new()
        },
    })
    .collect()
}
