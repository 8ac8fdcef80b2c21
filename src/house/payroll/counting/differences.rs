//! What of figures is another than before, as letters tell it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::super::{
        HouseError,
        periods::{Lines, Pair, read},
    },
    again::no_data,
    lines::{Whose, add_adjusted, add_figures, closed_lines, plus, unpack},
};
use crate::{
    desk::{
        kpi::{Unit, unit_of},
        payroll::{Carries, Payrolls},
        policy::Policy,
    },
    model::{
        decimal::Decimal,
        figures,
        ids::{AgentName, QueueName},
        language::Language,
        outgoing::PayrollChange,
        outside::OUTSIDE,
        payroll::PayrollDraft,
        scoring::SECONDS_SINCE,
    },
};

/// What of a month's own figures is another in the newer draft, for a letter: figures of agents and of what is nobody's, since
/// a queue's are their sums. The definitions of either follow the period: times that were counted by others are not held
/// against each other.
pub(in crate::house::payroll) fn changes(
    lines: (&Lines, &Lines),
    period: &str,
    (before, now): (u32, u32),
    (policy, language): (&Policy, Language),
) -> Vec<PayrollChange> {
    let changed = changed(lines, period).into_iter();
    let changed = changed.filter(|((.., figure), ..)| before == now || !is_time(figure));
    let told = changed.map(|(whose, was, is)| change(&whose, (was, is), now, (policy, language)));
    told.collect()
}

fn changed(
    (before, now): (&Lines, &Lines),
    period: &str,
) -> Vec<(Whose, Option<Pair>, Option<Pair>)> {
    let of = |lines: &Lines| -> BTreeMap<Whose, Pair> {
        let mut found = BTreeMap::new();
        add_figures(&mut found, lines, period);
        found
    };
    let (before, now) = (of(before), of(now));
    let whose: BTreeSet<&Whose> = before.keys().chain(now.keys()).collect();
    let pairs = whose.into_iter().map(|whose| {
        let (was, is) = (before.get(whose), now.get(whose));
        (whose.clone(), was.copied(), is.copied())
    });
    pairs.filter(|(_, was, is)| was != is).collect()
}

/// What a draft carries of closed months of its list, for a letter: each figure as it was told last, and as it is with that.
/// Times
/// that were counted by other definitions are of another sort, and say nothing beside these.
pub(in crate::house::payroll) fn restated(
    all: &Payrolls,
    draft: &PayrollDraft,
    queues: &[QueueName],
    (policy, language): (&Policy, Language),
) -> Result<Vec<PayrollChange>, HouseError> {
    let mut more: BTreeMap<Whose, Pair> = BTreeMap::new();
    add_adjusted(&mut more, &read(&unpack(&draft.figures)?));
    more.retain(|(_, queue, ..), _| queues.iter().any(|own| own.as_str() == queue));
    let by_others: BTreeSet<String> = all
        .earlier(queues, &Carries::of(draft))
        .into_iter()
        .filter(|(closing, _)| closing.definitions() != draft.definitions)
        .map(|(closing, _)| closing.name().to_owned())
        .collect();
    more.retain(|(period, .., figure), _| !(is_time(figure) && by_others.contains(period)));
    if more.is_empty() {
        return Ok(Vec::new());
    }
    let mut told: BTreeMap<Whose, Pair> = BTreeMap::new();
    for (closing, own) in all.earlier(queues, &Carries::of(draft)) {
        let lines = closed_lines(&closing, &own)?;
        add_figures(&mut told, &lines, closing.name());
        add_adjusted(&mut told, &lines);
    }
    let changed = more.iter().map(|(whose, by)| {
        let known = told.get(whose).copied();
        let before = known.unwrap_or_else(|| (0, by.1.map(|_| 0)));
        let now = plus(before, *by);
        // What nobody had brought was no nought.
        let was = known.or_else(|| (!is_outside(whose)).then_some(before));
        change(
            whose,
            (was, Some(now)),
            draft.definitions,
            (policy, language),
        )
    });
    Ok(changed.collect())
}

/// What comes from outside is not there as long as nobody has brought it; what is counted is nought.
fn is_outside((.., figure): &Whose) -> bool {
    figure.starts_with(OUTSIDE)
}

/// Whether it is a time: a mean, or one in the middle.
fn is_time(figure: &str) -> bool {
    unit_of(figure) == Some(Unit::Minutes) && figure != "late_minutes_sum"
}

/// A time in minutes with one place; of a mean also how many it is of: the fraction itself is of seconds, which nobody reads.
fn minutes(figure: &str, (above, below): (i64, i64), language: Language) -> String {
    let Some(value) = Decimal::ratio(above, below, 1) else {
        return "0".to_owned();
    };
    let value = value.in_words_of(language);
    let many = below.checked_div(60).unwrap_or(0);
    match (figure.ends_with("_mean"), language) {
        (false, _) => value,
        (true, Language::Ru) => format!("{value} (замеров: {many})"),
        (true, Language::En) => format!("{value} (mean of {many})"),
    }
}

fn change(
    whose: &Whose,
    (was, is): (Option<Pair>, Option<Pair>),
    definitions: u32,
    (policy, language): (&Policy, Language),
) -> PayrollChange {
    let (period, queue, agent, figure) = whose;
    let has_seconds = definitions >= SECONDS_SINCE && is_time(figure);
    let shown = |pair: Option<Pair>| match pair {
        Some((above, Some(below))) if has_seconds => minutes(figure, (above, below), language),
        None | Some((0, Some(0))) if is_outside(whose) => no_data(language).to_owned(),
        None => "0".to_owned(),
        Some((above, None)) => above.to_string(),
        Some((above, Some(below))) => format!("{above}/{below}"),
    };
    PayrollChange {
        whose: title(policy, queue, agent),
        period: period.clone(),
        figure: figures::of_code(figure, language).to_owned(),
        before: shown(was),
        now: shown(is),
    }
}

fn title(policy: &Policy, queue: &str, agent: &str) -> String {
    let own = policy.agents.get(&AgentName::from(agent));
    own.map_or_else(
        || {
            let queue = policy.queues.get(&QueueName::from(queue));
            let title = queue.map_or_else(|| agent.to_owned(), |queue| queue.title.clone());
            if agent.is_empty() {
                title
            } else {
                agent.to_owned()
            }
        },
        |own| own.name.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "period;queue;agent;figure;numerator;denominator;ticket\r\n\
                          2026-10;it;anna;solved;12;;\r\n2026-10;hr;vera;csat_mean;9;2;\r\n\
                          2026-09;it;anna;solved;-1;;1001\r\n";

    #[test]
    fn what_has_changed_is_told_and_what_is_gone_is_nought() {
        let now = "period;queue;agent;figure;numerator;denominator;ticket\r\n\
                   2026-10;it;anna;solved;11;;\r\n2026-10;it;boris;solved;1;;\r\n";
        let told = |before: &str, now: &str| {
            let changed = changed((&read(before), &read(now)), "2026-10").into_iter();
            let told = changed.map(|((_, queue, agent, figure), was, is)| {
                (queue + "/" + &agent, figure, was, is)
            });
            told.collect::<Vec<_>>()
        };
        let of = |whose: &str, figure: &str| (whose.to_owned(), figure.to_owned());
        let told_now: Vec<_> = told(BEFORE, now)
            .into_iter()
            .map(|(whose, figure, was, is)| ((whose, figure), was, is))
            .collect();
        assert_eq!(
            told_now,
            [
                (of("hr/vera", "csat_mean"), Some((9, Some(2))), None),
                (of("it/anna", "solved"), Some((12, None)), Some((11, None))),
                (of("it/boris", "solved"), None, Some((1, None))),
            ]
        );
        assert_eq!(told(BEFORE, BEFORE), []);
    }

    #[test]
    fn a_time_is_told_in_minutes_whatever_it_is_counted_in() {
        let told = |figure, pair| minutes(figure, pair, Language::Ru);
        assert_eq!(told("frt_mean", (12_600, 120)), "105,0 (замеров: 2)");
        assert_eq!(told("frt_median", (5_430, 60)), "90,5");
        assert_eq!(told("frt_mean", (0, 0)), "0");
        let times = ["frt_mean", "ttr_p90", "frt_emergency_mean"];
        assert!(times.into_iter().all(is_time));
        let others = [
            "late_minutes_sum",
            "solved",
            "sla_resolution_pct",
            "x:VISITS",
        ];
        assert!(!others.into_iter().any(is_time));
    }
}
