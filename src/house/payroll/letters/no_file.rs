//! The promised day has come, and there is no file: accountants are told why, and the administrator.

use super::super::{Month, Trouble};
use crate::{
    desk::{
        payroll::{FileTold, PayrollStep},
        policy::Policy,
    },
    model::{
        alarm,
        ids::{AgentName, PayrollName, QueueName},
        language::Language,
    },
};

/// Why there can be none whatever heads say, as a code: `balance`, its sums do not close; `no_approver`, nobody approves one of its
/// queues; empty: no such reason.
pub(in crate::house::payroll) fn why(troubles: &[Trouble]) -> &'static str {
    let is_there = |wanted: &str| troubles.iter().any(|(name, ..)| *name == wanted);
    match () {
        () if is_there(alarm::BALANCE) => "balance",
        () if is_there(alarm::NO_APPROVER) => "no_approver",
        () => "",
    }
}

/// Queues of a month that nobody approves: a draft with them would be closed, and paid by, without anybody having seen theirs.
pub(in crate::house::payroll) fn unapproved(month: &Month<'_>, policy: &Policy) -> Option<Trouble> {
    let queues = month.list.unapproved(policy);
    let named: Vec<&str> = queues.iter().map(|queue| queue.as_str()).collect();
    let object = format!("{}/{}", month.name, month.period.name);
    (!named.is_empty()).then(|| (alarm::NO_APPROVER, object, named.join(", ")))
}

/// Accountants are told so.
pub(in crate::house::payroll) fn step(month: &Month<'_>, why: &str) -> PayrollStep {
    PayrollStep::Tell {
        list: month.name.clone(),
        period: month.period.name.clone(),
        why: why.to_owned(),
        is_file: false,
        told: FileTold::default(),
        letters: std::collections::BTreeMap::new(),
    }
}

/// What the administrator is told: what okno or they can mend.
pub(in crate::house::payroll) fn trouble(
    month: &Month<'_>,
    why: &str,
    policy: &Policy,
) -> Option<Trouble> {
    let language = policy.language;
    let drafted = month.state.drafted.as_ref();
    let nameless = drafted.map(|one| one.draft.nameless.as_slice());
    let nameless = nameless.unwrap_or_default();
    let told = match (why, drafted.is_some()) {
        ("balance", _) => pick(
            language,
            "суммы показателей не сходятся",
            "the sums of figures do not close",
        )
        .to_owned(),
        ("no_approver", _) => pick(
            language,
            "показатели одной из очередей некому утвердить",
            "nobody may approve the figures of one of the queues",
        )
        .to_owned(),
        ("no_draft", _) => {
            pick(language, "черновик не составить", "no draft can be made").to_owned()
        }
        // It is being made.
        (_, false) => return None,
        (_, true) if !nameless.is_empty() => {
            let what = pick(
                language,
                "нет табельных номеров",
                "employee numbers are missing",
            );
            format!("{what}: {}", listed(nameless.iter(), policy))
        }
        // Of heads who are silent [`super::super::silence`] tells.
        (_, true) => return None,
    };
    let object = format!("{}/{}", month.name, month.period.name);
    Some((alarm::PAY_FILE, object, told))
}

/// What the administrator is told of queues that nobody pays for these months, as long as they have no list of another name.
pub(in crate::house::payroll) fn behind(
    list: &PayrollName,
    months: &[(String, Vec<QueueName>)],
    policy: &Policy,
) -> Option<Trouble> {
    let title = |queue: &QueueName| {
        let known = policy.queues.get(queue);
        known.map_or_else(|| queue.to_string(), |known| known.title.clone())
    };
    let month = |(period, queues): &(String, Vec<QueueName>)| {
        let queues: Vec<String> = queues.iter().map(title).collect();
        format!("{period}: {}", queues.join(", "))
    };
    let told: Vec<String> = months.iter().map(month).collect();
    (!told.is_empty()).then(|| (alarm::PAY_NAME, list.to_string(), told.join("; ")))
}

pub(in crate::house::payroll) const fn pick<'w>(
    language: Language,
    ru: &'w str,
    en: &'w str,
) -> &'w str {
    match language {
        Language::Ru => ru,
        Language::En => en,
    }
}

pub(in crate::house::payroll) fn listed<'a>(
    agents: impl Iterator<Item = &'a AgentName>,
    policy: &Policy,
) -> String {
    let names = agents.map(|agent| {
        let known = policy.agents.get(agent);
        known.map_or_else(|| agent.to_string(), |known| known.name.clone())
    });
    names.collect::<Vec<_>>().join(", ")
}
