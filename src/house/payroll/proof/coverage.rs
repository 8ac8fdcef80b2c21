//! Whoever stands in no row of a month that was approved, or in two: nobody may be forgotten, and nobody paid twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        super::periods::{Lines, WrongRow},
        basis::PaidRow,
        counting::{
            closed::Closed,
            rescored::{Groups, paid_in, parts_changed},
        },
    },
    rows::again,
};
use crate::{
    desk::payroll::{Owner, Part, parts_in, regrouped, united, whose},
    report::files::{adjustments, period_words},
};

/// In which groups the rows adjust closed months; what has changed and has no row that is scored stands as it was paid, else by
/// its owner (`owners`: those of each month, as the file writes it), else by itself. By the first rules everybody stood by
/// themselves in each queue.
pub(in crate::house::payroll) fn groups_kept(
    rules: u32,
    (figures, closed): (&Lines, &[Closed<'_>]),
    kept: &[PaidRow],
    owners: &BTreeMap<String, BTreeMap<Part, Owner>>,
) -> Groups {
    let mut found = Groups::new();
    let nobody = BTreeMap::new();
    for (period, changed) in parts_changed(figures, |_| true) {
        let shown = period_words(&period);
        let scored = kept
            .iter()
            .filter(|row| rules > 1 && row.period == shown && !row.is_own() && row.is_of_group());
        let mut groups: Vec<Vec<Part>> = Vec::new();
        for group in scored.map(PaidRow::group) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        let is_kept = |part: &Part| groups.iter().any(|group| group.contains(part));
        let others: BTreeSet<Part> = changed.into_iter().filter(|part| !is_kept(part)).collect();
        let paid = match rules {
            1 => Vec::new(),
            _ => paid_in(&period, closed),
        };
        let own = owners.get(&shown).unwrap_or(&nobody);
        groups.extend(regrouped(&paid, &others, own));
        found.insert(period, groups);
    }
    found
}

/// Whoever has figures and no row.
pub(in crate::house::payroll) fn missing(
    month: &str,
    figures: &Lines,
    kept: &[PaidRow],
) -> Vec<WrongRow> {
    let whose = figures.figures.keys();
    let whose = whose.filter(|(_, agent)| !agent.is_empty() && agent != "*");
    let without = whose.filter(|(queue, agent)| {
        let mut rows = kept.iter().flat_map(PaidRow::parts);
        !rows.any(|own| own == (queue.as_str(), agent.as_str()))
    });
    let told = without.map(|(queue, agent)| WrongRow {
        month: month.to_owned(),
        whose: format!("{queue}/{agent}"),
        ..WrongRow::default()
    });
    told.collect()
}

/// Whoever stands in several rows, or in another one of a closed month than they were paid in.
pub(in crate::house::payroll) fn overlapping(
    month: &str,
    (closed, rules): (&[Closed<'_>], u32),
    kept: &[PaidRow],
) -> Vec<WrongRow> {
    let mut rows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in kept
        .iter()
        .filter(|row| row.is_of_group() && (rules > 1 || row.is_own()))
    {
        rows.entry(&row.period).or_default().insert(&row.whose);
    }
    let mut found = Vec::new();
    for (period, groups) in rows {
        let fault = |one: &str, other: &str| WrongRow {
            month: month.to_owned(),
            whose: one.to_owned(),
            period: period.to_owned(),
            told: other.to_owned(),
            ..WrongRow::default()
        };
        let mut before: Vec<(&str, Vec<Part>)> = Vec::new();
        for name in groups {
            let own = parts_in(name);
            let shares =
                |(_, other): &&(&str, Vec<Part>)| other.iter().any(|part| own.contains(part));
            found.extend(
                before
                    .iter()
                    .find(shares)
                    .map(|(other, _)| fault(name, other)),
            );
            let mut months = closed.iter();
            let month = months.find(|one| period_words(&one.period) == period);
            let paid = month
                .map(|one| paid_in(&one.period, closed))
                .unwrap_or_default();
            let is_torn = |paid: &&Vec<Part>| {
                let is_own = |part: &Part| own.contains(part);
                paid.iter().any(is_own) && !paid.iter().all(is_own)
            };
            found.extend(
                paid.iter()
                    .find(is_torn)
                    .map(|paid| fault(name, &whose(paid))),
            );
            before.push((name, own));
        }
    }
    found
}

/// What has changed of a figure of these queues and agents in a closed month, as the figures carry it.
pub(in crate::house::payroll) fn carried(
    figures: &Lines,
    (period, parts): (&str, &[Part]),
    code: &str,
) -> String {
    let is_theirs = |queue: &str, agent: &str| {
        let mut parts = parts.iter();
        parts.any(|own| own.0.as_str() == queue && own.1.as_str() == agent)
    };
    let adjusted = figures.adjusted.iter().filter(|one| {
        one.figure == code
            && period_words(&one.period) == period
            && is_theirs(&one.queue, &one.agent)
    });
    let sum = adjusted.fold(0_i64, |sum, one| sum.saturating_add(one.by.0));
    sum.to_string()
}

/// What has changed of somebody in a closed month, and stands in no row: nobody would ever be paid it. What one agent has less and
/// another more is nothing, where the rows take both for one person.
pub(in crate::house::payroll) fn not_carried(
    month: &str,
    (figures, closed): (&Lines, &[Closed<'_>]),
    groups: &Groups,
    kept: &[PaidRow],
) -> Vec<WrongRow> {
    let mut expected = BTreeMap::new();
    for (period, changed) in parts_changed(figures, |_| true) {
        let name = period_words(&period);
        let people = people(&paid_in(&period, closed), kept, &changed);
        for one in &people {
            for (indicator, figure) in adjustments() {
                let sum = carried(figures, (&name, one), figure);
                if sum != "0" && !has_row(kept, (&name, indicator), one) {
                    expected.insert((whose(one), name.clone(), indicator.to_owned()), sum);
                }
            }
        }
        for group in groups.get(&period).into_iter().flatten() {
            let of = |group: &Vec<Part>| {
                let alone = Groups::from([(period.clone(), vec![group.clone()])]);
                again(figures, closed, &alone)
            };
            let mut told = of(group);
            told.retain(|(_, _, indicator), _| !has_row(kept, (&name, indicator), group));
            let person = people
                .iter()
                .find(|one| group.iter().any(|part| one.contains(part)));
            let together = person.map(of).unwrap_or_default();
            told.retain(|(.., indicator), _| together.keys().any(|(.., other)| other == indicator));
            expected.extend(told);
        }
    }
    let told = expected.into_iter();
    told.map(|((whose, period, indicator), derived)| WrongRow {
        month: month.to_owned(),
        whose,
        period,
        indicator,
        told: String::new(),
        derived,
    })
    .collect()
}

/// Whether a row says so much of one of these queues and agents.
fn has_row(kept: &[PaidRow], (period, indicator): (&str, &str), parts: &[Part]) -> bool {
    let mut own = kept.iter();
    own.any(|row| {
        let is_it = row.period == period && row.indicator == indicator;
        is_it && row.group().iter().any(|part| parts.contains(part))
    })
}

/// Everybody of whom anything has changed, with all that any row takes for the same person.
fn people(paid: &[Vec<Part>], kept: &[PaidRow], changed: &BTreeSet<Part>) -> Vec<Vec<Part>> {
    let mut rows: Vec<Vec<Part>> = Vec::new();
    for group in kept.iter().map(PaidRow::group) {
        if !rows.contains(&group) {
            rows.push(group);
        }
    }
    let alone = changed.iter().map(|part| vec![part.clone()]);
    let mut all = united(paid.iter().cloned().chain(rows).chain(alone));
    all.retain(|group| group.iter().any(|part| changed.contains(part)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Anna had an October request taken off her.
    fn figures() -> Lines {
        let adjusted = |figure: &str, by| crate::house::periods::Adjusted {
            period: "2026-10".to_owned(),
            queue: "it".to_owned(),
            agent: "anna".to_owned(),
            figure: figure.to_owned(),
            by,
            ticket: crate::model::ids::TicketNumber(1001),
        };
        Lines {
            adjusted: vec![
                adjusted("solved", (-1, None)),
                adjusted("sla_resolution_pct", (0, Some(-1))),
            ],
            ..Lines::default()
        }
    }

    #[test]
    fn what_has_changed_of_somebody_and_stands_in_no_row_is_found() {
        let found = not_carried("it 2026-11", (&figures(), &[]), &Groups::new(), &[]);
        let [row] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(
            (row.whose.as_str(), row.period.as_str()),
            ("it/anna", "2026-M10")
        );
        assert_eq!(
            (row.indicator.as_str(), row.derived.as_str()),
            ("KORR_SOLVED", "-1")
        );
        let kept = PaidRow {
            whose: "hr/anna+it/anna".to_owned(),
            period: "2026-M10".to_owned(),
            indicator: "KORR_SOLVED".to_owned(),
            value: "-1".to_owned(),
        };
        let found = not_carried("it 2026-11", (&figures(), &[]), &Groups::new(), &[kept]);
        assert_eq!(found, []);
    }
}
