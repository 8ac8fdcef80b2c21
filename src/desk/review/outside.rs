//! Figures from outside on the director's page, held against their plans: sums over the department, and nobody's name.

use std::collections::BTreeSet;

use crate::{
    desk::review::{Aim, Reached},
    model::{
        decimal::Decimal,
        ids::{AgentName, QueueName},
        outside::OutsideFact,
        scoring::{Better, Indicator, Measure, Scoring},
    },
};

/// What was brought from outside of the last of the months and of the one before, and by which settings it is planned: the
/// queues of each payroll list with its settings of scores.
#[derive(Debug, Clone, Copy)]
pub struct FromOutside<'o> {
    /// Of the last month.
    pub now: &'o [OutsideFact],
    /// Of the month before.
    pub before: &'o [OutsideFact],
    /// The plans.
    pub plans: &'o [(&'o [QueueName], &'o Scoring)],
}

impl FromOutside<'_> {
    /// Nothing was brought, and nothing planned.
    pub const NONE: Self = Self {
        now: &[],
        before: &[],
        plans: &[],
    };
}

/// What these queues reached of it. Of a count the mean of those of whom anything is known is held against the plan, which is
/// a person's.
pub(super) fn reached(queues: &[QueueName], outside: &FromOutside<'_>) -> Vec<Reached> {
    let mut found: Vec<Reached> = Vec::new();
    for (listed, scoring) in outside.plans {
        let own: Vec<&QueueName> = queues.iter().filter(|one| listed.contains(one)).collect();
        if own.is_empty() {
            continue;
        }
        for indicator in scoring.outside() {
            // Another list of the same department may plan the same.
            if found.iter().all(|known| known.figure != indicator.figure) {
                found.extend(of_indicator(&own, indicator, outside));
            }
        }
    }
    found
}

fn of_indicator(
    queues: &[&QueueName],
    indicator: &Indicator,
    outside: &FromOutside<'_>,
) -> Option<Reached> {
    let of = |facts: &[OutsideFact]| {
        let own = facts.iter();
        let own =
            own.filter(|fact| fact.figure == indicator.figure && queues.contains(&&fact.queue));
        let (mut above, mut below) = (0_i64, 0_i64);
        // A count is a person's, be it brought from several queues.
        let mut people: BTreeSet<&AgentName> = BTreeSet::new();
        for fact in own {
            above = above.saturating_add(fact.numerator);
            match fact.denominator {
                Some(of) => below = below.saturating_add(of),
                None if people.insert(&fact.agent) => below = below.saturating_add(1),
                None => {}
            }
        }
        (above, below)
    };
    let hundredths = indicator.plan.times(Decimal::whole(100))?.to_places(0)?;
    let before = of(outside.before);
    Some(Reached {
        figure: indicator.figure.clone(),
        now: of(outside.now),
        before: Some(before).filter(|(_, below)| *below > 0),
        factor: match indicator.measure {
            Measure::Percent => 100,
            Measure::Minutes | Measure::Score | Measure::Count => 1,
        },
        target: hundredths.to_string().parse().ok()?,
        aim: match indicator.better {
            Better::More => Aim::AtLeast,
            Better::Less => Aim::AtMost,
        },
        target_before: None,
        is_before_unknown: false,
        names: indicator.names.clone(),
        unit: match indicator.measure {
            Measure::Percent => "percent",
            Measure::Minutes => "minutes",
            Measure::Score => "score",
            Measure::Count => "each",
        }
        .to_owned(),
    })
}
