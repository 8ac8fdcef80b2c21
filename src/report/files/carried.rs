//! What a file carries of closed periods: a paid month is never written anew, its difference stands in the next one.

use std::collections::BTreeMap;

use super::{Employee, Fact, Facts, KpiRow, RowKind};
use crate::model::ids::QueueName;

/// What one ticket has changed of one employee's figures in a closed period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The closed period: `2026-10`.
    pub period: String,
    /// The ticket, with its letters.
    pub ticket: String,
    /// The queues and agents whose figures they are, as `help/anna+it/anna`.
    pub whose: String,
    /// The queue with whose department it is told.
    pub queue: QueueName,
    /// Whose figures; without number and name they are nobody's of the department.
    pub employee: Employee,
    /// Each figure by its code: by how much it is more, and by how much what it is of; `None`: it is a count.
    pub changes: BTreeMap<String, (i64, Option<i64>)>,
}

/// The figures that are paid by: their codes in the engine, in the file `kpi`, in the file `pay`.
pub(super) const PAID: [(&str, &str, &str); 2] = [
    ("solved", "adjustment_solved", "KORR_SOLVED"),
    ("sla_resolution_pct", "adjustment_met", "KORR_MET"),
];

impl Carried {
    /// By how much a figure is more.
    pub(super) fn more(&self, code: &str) -> i64 {
        self.changes.get(code).map_or(0, |(above, _)| *above)
    }

    /// Its row of the file `kpi`; `None`: nothing of what is paid by has changed.
    #[must_use]
    pub fn row(&self) -> Option<KpiRow> {
        let is_paid = PAID
            .iter()
            .any(|(code, ..)| self.changes.contains_key(*code));
        let facts = PAID.map(|(code, column, _)| (column.into(), Fact::count(self.more(code))));
        is_paid.then(|| KpiRow {
            kind: RowKind::Adjustment,
            adjusts: Some(self.period.clone()),
            ticket: self.ticket.clone(),
            employee: self.employee.clone(),
            working_days: None,
            facts: Facts::from(facts),
        })
    }

    /// Every change in one line, as codes: `solved -1; sla_resolution_pct -1/-1`.
    pub(super) fn told(&self) -> String {
        let changes = self.changes.iter();
        let told = changes.map(|(code, (above, below))| match below {
            Some(below) => format!("{code} {above}/{below}"),
            None => format!("{code} {above}"),
        });
        told.collect::<Vec<_>>().join("; ")
    }
}

/// The figure whose adjustments a row of the file `pay` adds up; `None`: it is a row of something else.
#[must_use]
pub fn adjusts(indicator: &str) -> Option<&'static str> {
    let of = |(code, _, own): &(&'static str, &str, &str)| (*own == indicator).then_some(*code);
    PAID.iter().find_map(of)
}

/// The rows of the file `pay` that add up adjustments, each with the figure whose they are.
pub fn adjustments() -> impl Iterator<Item = (&'static str, &'static str)> {
    PAID.iter().map(|(code, _, own)| (*own, *code))
}

/// Of each employee and closed period the sum of every paid figure that has changed.
pub(super) fn changed(carried: &[Carried]) -> Vec<(&Employee, &str, &'static str, i64)> {
    let mut sums: BTreeMap<(&Employee, &str, usize), i64> = BTreeMap::new();
    for one in carried {
        for (place, (code, ..)) in PAID.iter().enumerate() {
            let sum = sums.entry((&one.employee, one.period.as_str(), place));
            let sum = sum.or_default();
            *sum = sum.saturating_add(one.more(code));
        }
    }
    let sums = sums.into_iter().filter(|(_, sum)| *sum != 0);
    sums.filter_map(|((employee, period, place), sum)| {
        let (.., indicator) = PAID.get(place)?;
        Some((employee, period, *indicator, sum))
    })
    .collect()
}

/// The rows of the file `pay`. What is nobody's, or of somebody without a number, nobody can be paid.
pub(super) fn paid(carried: &[Carried]) -> Vec<(&Employee, &str, &'static str, i64)> {
    let mut rows = changed(carried);
    rows.retain(|(employee, ..)| !employee.number.is_empty());
    rows
}
