//! Closed months scored again: what a month carries of them, in what people are paid by. What was told last is a
//! month's own figures and all adjustments that later months have carried, so that nothing of history is counted for it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        super::periods::{Lines, Pair},
        basis::PaidRow,
        rows::Source,
    },
    again::Changed,
    closed::Closed,
    facts::facts_of,
    lines,
};
use crate::{
    desk::payroll::{Part, united},
    model::ids::{AgentName, QueueName},
    report::files::{Facts, Rescored, joined, period_words},
    store::StoreError,
};

/// Which parts of a closed month stand together, by month.
pub(in crate::house::payroll) type Groups = BTreeMap<String, Vec<Vec<Part>>>;

/// Figures by their codes.
type Figures = BTreeMap<String, Pair>;

/// In which groups people were paid for a month: its own rows, and what later ones have told of it.
pub(in crate::house::payroll) fn paid_in(period: &str, closed: &[Closed<'_>]) -> Vec<Vec<Part>> {
    let shown = period_words(period);
    let mut groups = Vec::new();
    for one in closed {
        // Those that were carried by the first rules stood each by itself.
        let is_told = one.period == period || one.rules > 1;
        let own = one.rows.iter().filter(|row| is_told && row.period == shown);
        groups.extend(own.filter(|row| row.is_of_group()).map(PaidRow::group));
    }
    united(groups)
}

/// What has changed of people in closed months: the parts, by month.
pub(in crate::house::payroll) fn parts_changed(
    lines: &Lines,
    is_asked: impl Fn(&str) -> bool,
) -> BTreeMap<String, BTreeSet<Part>> {
    let mut found: BTreeMap<String, BTreeSet<Part>> = BTreeMap::new();
    let adjusted = lines.adjusted.iter();
    for one in adjusted.filter(|one| !one.agent.is_empty() && is_asked(&one.queue)) {
        let part = (
            QueueName::from(one.queue.as_str()),
            AgentName::from(one.agent.as_str()),
        );
        found.entry(one.period.clone()).or_default().insert(part);
    }
    found
}

impl Source<'_> {
    pub(in crate::house::payroll) async fn rescored(
        &self,
        groups: &Groups,
        closed: &[Closed<'_>],
    ) -> Result<Vec<Rescored>, StoreError> {
        let mut found = Vec::new();
        for one in changed(self.lines, closed, groups) {
            let employee = self.employee_of(&one.told, Some(&one.period)).await?;
            let employee = self.as_sent(employee, &one.told, Some(&one.period));
            found.extend(one.again(employee));
        }
        Ok(found)
    }
}

/// What these figures carry of these groups, of those months that can be scored again.
pub(in crate::house::payroll) fn changed<'c>(
    lines: &Lines,
    closed: &'c [Closed<'_>],
    groups: &Groups,
) -> Vec<Changed<'c>> {
    let told = told(closed);
    let mut more = BTreeMap::new();
    carry(&mut more, lines);
    let mut found = Vec::new();
    for (period, groups) in groups {
        for group in groups {
            let key = |part: &Part| (period.clone(), part.0.to_string(), part.1.to_string());
            let is_changed = |part: &&Part| more.contains_key(&key(part));
            let (own, others): (Vec<&Part>, Vec<&Part>) = group.iter().partition(is_changed);
            let mut months = closed.iter();
            let month = months.find(|one| {
                own.iter()
                    .any(|(queue, _)| one.is_of(period, queue.as_str()))
            });
            let Some((month, scoring)) = month.and_then(|one| Some((one, one.scoring.as_deref()?)))
            else {
                continue;
            };
            let was = |part: &Part| told.get(&key(part)).cloned().unwrap_or_default();
            let is_now = |part: &Part| {
                let mut now = was(part);
                more.get(&key(part))
                    .into_iter()
                    .for_each(|by| add(&mut now, by));
                now
            };
            let facts = |of: &dyn Fn(&Part) -> Figures| {
                let all: Vec<Facts> = group.iter().map(|part| facts_of(Some(&of(part)))).collect();
                joined(&all)
            };
            found.push(Changed {
                period: period.clone(),
                group: group.clone(),
                before: facts(&was),
                now: facts(&is_now),
                told: own.into_iter().chain(others).cloned().collect(),
                scoring,
                rules: month.rules,
            });
        }
    }
    found
}

/// Whose figures: period, queue, agent.
type Whose = (String, String, String);

/// Closed months as they were told last: their figures, with what each of them carried of the others.
fn told(closed: &[Closed<'_>]) -> BTreeMap<Whose, Figures> {
    let mut all = BTreeMap::new();
    for one in closed {
        let own = one.lines.figures.iter();
        for ((queue, agent), figures) in own.filter(|((_, agent), _)| agent != "*") {
            let whose = (one.period.clone(), queue.clone(), agent.clone());
            add(all.entry(whose).or_default(), figures);
        }
        carry(&mut all, &one.lines);
    }
    all
}

fn carry(all: &mut BTreeMap<Whose, Figures>, lines: &Lines) {
    for one in &lines.adjusted {
        let whose = (one.period.clone(), one.queue.clone(), one.agent.clone());
        let by = BTreeMap::from([(one.figure.clone(), one.by)]);
        add(all.entry(whose).or_default(), &by);
    }
}

fn add(figures: &mut Figures, more: &Figures) {
    for (code, by) in more {
        let own = figures.entry(code.clone());
        let own = own.or_insert_with(|| (0, by.1.map(|_| 0)));
        *own = lines::plus(*own, *by);
    }
}
