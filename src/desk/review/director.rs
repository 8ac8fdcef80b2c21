//! The director's page: what each department reached in a month, against what is aimed at and the month before. Sums of
//! departments only: nobody's name is in them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    outside::{self, FromOutside},
    promised,
};
use crate::{
    desk::{
        kpi::{Count, Figure, Sheet, Tally, figure, relative_change},
        policy::{Policy, Targets},
    },
    model::{decimal::Decimal, ids::QueueName},
};

/// Of fewer requests in three months the share of repeats says nothing.
const ENOUGH: i64 = 30;

/// How a figure is held against what is aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// It is to be at least so much.
    AtLeast,
    /// At most.
    AtMost,
}

/// A figure of a department's month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Which figure, as a code.
    pub figure: String,
    /// What it is: numerator and denominator; a denominator of 0: there is no data.
    pub now: (i64, i64),
    /// What it was in the month before; nothing where that says nothing.
    pub before: Option<(i64, i64)>,
    /// By what the fraction is multiplied to be shown.
    pub factor: i64,
    /// What is aimed at, in hundredths of what is shown.
    pub target: i64,
    /// In which direction.
    pub aim: Aim,
    /// What was aimed at in the month before, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_before: Option<i64>,
    /// There was something in the month before, and what was promised then is not known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_before_unknown: bool,
    /// What people call it, in Russian and in English, where the settings of scores alone know that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<[String; 2]>,
    /// What it is measured in, as a code, where its figure does not say: `percent`, `minutes`, `score`, `each` (a count, the mean
    /// of those of whom it is known).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
}

impl Reached {
    /// A figure per hundred, of which nothing is known yet.
    pub(super) fn percent(code: &str, target: i64, aim: Aim) -> Self {
        Self {
            figure: code.to_owned(),
            now: (0, 0),
            before: None,
            factor: 100,
            target,
            aim,
            target_before: None,
            is_before_unknown: false,
            names: None,
            unit: String::new(),
        }
    }

    /// What it is, with so many places; `None`: there is no data.
    #[must_use]
    pub fn shown((above, below): (i64, i64), factor: i64, places: u8) -> Option<Decimal> {
        Decimal::ratio(above.checked_mul(factor)?, below, places)
    }

    /// Whether what is aimed at was reached: exactly, not by the rounded number. `None`: there is no data.
    #[must_use]
    pub fn is_reached(&self) -> Option<bool> {
        let (above, below) = self.now;
        if below <= 0 {
            return None;
        }
        let is = i128::from(above)
            .checked_mul(i128::from(self.factor))?
            .checked_mul(100)?;
        let wanted = i128::from(self.target).checked_mul(i128::from(below))?;
        Some(match self.aim {
            Aim::AtLeast => is >= wanted,
            Aim::AtMost => is <= wanted,
        })
    }

    /// Whether it is better than the month before, worse, or the same: 1, -1, 0. `None`: nothing can be said.
    #[must_use]
    pub fn trend(&self) -> Option<i8> {
        let ((now, below), (then, below_then)) = (self.now, self.before?);
        if below <= 0 || below_then <= 0 {
            return None;
        }
        let now = i128::from(now).checked_mul(i128::from(below_then))?;
        let then = i128::from(then).checked_mul(i128::from(below))?;
        let more = match now.cmp(&then) {
            std::cmp::Ordering::Greater => 1,
            std::cmp::Ordering::Less => -1,
            std::cmp::Ordering::Equal => 0,
        };
        Some(match self.aim {
            Aim::AtLeast => more,
            Aim::AtMost => 0_i8.saturating_sub(more),
        })
    }
}

/// A department's month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentMonth {
    /// What people call it.
    pub title: String,
    /// Its queues.
    #[serde(default)]
    pub queues: Vec<QueueName>,
    /// Requests that came, and in the month before.
    pub received: (i64, i64),
    /// Requests that were solved, and in the month before.
    pub solved: (i64, i64),
    /// So many are open at the end of the month.
    pub open: i64,
    /// Of these, so many are late.
    pub overdue: i64,
    /// So many a month it can take; 0: nobody has said.
    pub capacity: i64,
    /// How many rated, and how many answered whether they would recommend us.
    pub heard: (i64, i64),
    /// Its figures.
    pub figures: Vec<Reached>,
}

/// Departments with their queues, by title; a queue of no department is one of its own.
#[must_use]
pub fn departments(policy: &Policy) -> BTreeMap<String, Vec<QueueName>> {
    let mut found: BTreeMap<String, Vec<QueueName>> = BTreeMap::new();
    for (name, queue) in &policy.queues {
        let own = queue.department.as_ref();
        let own = own.and_then(|own| policy.departments.get(own));
        let title = own.map_or_else(|| queue.title.clone(), |own| own.title.clone());
        found.entry(title).or_default().push(name.clone());
    }
    found
}

/// What was aimed at and promised: what is in force now, and what was at the end of the month and of the one before, as far as
/// that is known.
#[derive(Debug, Clone, Copy)]
pub struct Aims<'p> {
    /// Now.
    pub today: &'p Policy,
    /// At the end of the month.
    pub then: Option<&'p Policy>,
    /// At the end of the month before.
    pub before: Option<&'p Policy>,
}

impl<'p> Aims<'p> {
    /// What the month is held against.
    #[must_use]
    pub fn policy(&self) -> &'p Policy {
        self.then.unwrap_or(self.today)
    }
}

/// What these queues aim at together: what the first of them does.
#[must_use]
pub fn targets_of(policy: &Policy, queues: &[QueueName]) -> Targets {
    let first = queues.first().and_then(|name| policy.queues.get(name));
    first.map_or(policy.targets, |queue| policy.targets_of(queue))
}

/// What a department of these queues reached in the last of six months, which stand in order, and of what came from outside.
#[must_use]
pub fn department(
    (title, queues): (&str, &[QueueName]),
    aims: Aims<'_>,
    (months, outside): (&[Sheet], &FromOutside<'_>),
) -> DepartmentMonth {
    let tallies: Vec<Tally> = months.iter().map(|sheet| sheet.together(queues)).collect();
    let empty = Tally::default();
    let (now, before) = match tallies.as_slice() {
        [.., before, now] => (now, before),
        [now] => (now, &empty),
        [] => (&empty, &empty),
    };
    let both = |count: Count| (now.count(count), before.count(count));
    DepartmentMonth {
        title: title.to_owned(),
        queues: queues.to_vec(),
        received: both(Count::Received),
        solved: both(Count::Solved),
        open: now.count(Count::OpenAtEnd),
        overdue: now.count(Count::OverdueAtEnd),
        capacity: aims.policy().capacity_of(queues).unwrap_or(0),
        heard: (now.count(Count::Rated), now.count(Count::Opinions)),
        figures: figures_of((queues, aims), (now, before), (&tallies, months), outside),
    }
}

/// Everything that is aimed at: what was counted, how long it took of what was promised, and what came from outside.
fn figures_of(
    (queues, aims): (&[QueueName], Aims<'_>),
    of_two: (&Tally, &Tally),
    (tallies, months): (&[Tally], &[Sheet]),
    outside: &FromOutside<'_>,
) -> Vec<Reached> {
    let targets = targets_of(aims.policy(), queues);
    let mut figures = reached(&targets, of_two, tallies);
    if let Some(before) = aims.before {
        let before = reached(&targets_of(before, queues), of_two, tallies);
        for (own, then) in figures.iter_mut().zip(before) {
            own.target_before = Some(then.target);
        }
    }
    figures.extend(promised::reached(queues, aims, months));
    figures.extend(outside::reached(queues, outside));
    figures
}

fn reached(targets: &Targets, (now, before): (&Tally, &Tally), all: &[Tally]) -> Vec<Reached> {
    let percent = |target: u32| i64::from(target).saturating_mul(100);
    let points = |target: i32| i64::from(target).saturating_mul(100);
    let rows = [
        ("sla_resolution_pct", 100, percent(targets.in_time)),
        (
            "sla_resolution_emergency_pct",
            100,
            percent(targets.emergency),
        ),
        (
            "sla_resolution_standard_pct",
            100,
            percent(targets.standard),
        ),
        (
            "sla_resolution_consultation_pct",
            100,
            percent(targets.consultation),
        ),
        ("no_escalation_pct", 100, percent(targets.unescalated)),
        ("diagnosis_pct", 100, percent(targets.diagnosis)),
        ("documented_pct", 100, percent(targets.documented)),
        ("csat_mean", 1, i64::from(targets.rating)),
        ("nps", 100, points(targets.nps)),
    ];
    let pair = |figure: Figure| (figure.numerator, figure.denominator.unwrap_or(0));
    let row = |(code, factor, target): (&str, i64, i64)| {
        Some(Reached {
            now: pair(figure(now, code)?),
            before: figure(before, code).map(pair),
            factor,
            ..Reached::percent(code, target, Aim::AtLeast)
        })
    };
    let mut found: Vec<Reached> = rows.into_iter().filter_map(row).collect();
    found.extend(repeats(all, points(targets.repeats)));
    found
}

/// How the share of repeats has changed, three months against the three before; the month before is not told, as it is in
/// both.
fn repeats(all: &[Tally], target: i64) -> Option<Reached> {
    let sum = |tallies: &[Tally]| {
        let mut sum = Tally::default();
        tallies.iter().for_each(|tally| sum.add(tally));
        figure(&sum, "repeat_pct")
    };
    let late = all.rchunks(3).next()?;
    let earlier = all.rchunks(3).nth(1)?;
    let change = relative_change(&sum(earlier)?, &sum(late)?, ENOUGH);
    let now = change.map_or((0, 0), |change| {
        (change.numerator, change.denominator.unwrap_or(0))
    });
    Some(Reached {
        now,
        ..Reached::percent("repeat_change", target, Aim::AtMost)
    })
}
