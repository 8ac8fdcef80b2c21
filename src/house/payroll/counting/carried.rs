//! What a month carries of closed ones: of each ticket and employee, and what that makes of the scores.

use std::collections::BTreeMap;

use super::{
    super::rows::{Source, nobody, ticket_name},
    closed::Closed,
    lines::plus,
    rescored::{Groups, paid_in, parts_changed},
};
use crate::{
    desk::payroll::{Part, regrouped, whose},
    house::periods::Pair,
    model::ids::{AgentName, QueueName},
    report::files::{Adjusted, Carried, Employee},
    store::StoreError,
};

/// The parts of one row of which anything has changed, and who that is.
struct Row {
    period: String,
    changed: Vec<Part>,
    employee: Employee,
}

impl Source<'_> {
    /// What these queues carry of closed months: of each ticket, and what that makes of the scores.
    ///
    /// # Errors
    /// What the database says.
    pub async fn adjusted(
        &self,
        queues: &[QueueName],
        closed: &[Closed<'_>],
    ) -> Result<Adjusted, StoreError> {
        let groups = self.groups_again(queues, closed).await?;
        Ok(Adjusted {
            tickets: self.carried(queues, &groups).await?,
            scores: self.rescored(&groups, closed).await?,
        })
    }

    /// In which rows stands what these queues carry of closed months.
    pub(in crate::house::payroll) async fn groups_again(
        &self,
        queues: &[QueueName],
        closed: &[Closed<'_>],
    ) -> Result<Groups, StoreError> {
        if let Some(sent) = &self.rows.sent {
            return Ok(sent.groups_again(self.rows.rules, self.lines, closed));
        }
        let is_theirs = |queue: &str| queues.iter().any(|own| own.as_str() == queue);
        let mut found = Groups::new();
        for (period, changed) in parts_changed(self.lines, is_theirs) {
            let paid = paid_in(&period, closed);
            let known: Vec<Part> = paid.iter().flatten().chain(&changed).cloned().collect();
            let owners = self.owners(&known).await?;
            let groups = match self.rows.rules {
                // As they stood then: everybody by themselves in each queue.
                1 => changed.into_iter().map(|part| vec![part]).collect(),
                _ => regrouped(&paid, &changed, &owners),
            };
            found.insert(period, groups);
        }
        Ok(found)
    }

    /// Of each period, ticket and employee. What of a ticket has gone from one queue of a row to another of the same is none.
    async fn carried(
        &self,
        queues: &[QueueName],
        groups: &Groups,
    ) -> Result<Vec<Carried>, StoreError> {
        let mut found = Vec::new();
        for row in self.rows_again(queues, groups).await? {
            let Some((queue, _)) = row.changed.first() else {
                continue;
            };
            for (ticket, (parts, changes)) in self.by_ticket(&row) {
                found.push(Carried {
                    period: row.period.clone(),
                    ticket: ticket_name(ticket, self.language),
                    whose: whose(&parts),
                    queue: queue.clone(),
                    employee: row.employee.clone(),
                    changes,
                });
            }
        }
        Ok(found)
    }

    /// Nobody's of a department stands in one row, too.
    async fn rows_again(
        &self,
        queues: &[QueueName],
        groups: &Groups,
    ) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        for (period, groups) in groups {
            for group in groups {
                let is_changed = |part: &&Part| {
                    let mut adjusted = self.lines.adjusted.iter();
                    adjusted.any(|one| {
                        one.period == *period
                            && part.0.as_str() == one.queue
                            && part.1.as_str() == one.agent
                    })
                };
                let changed = group.iter().filter(|part| queues.contains(&part.0));
                let changed: Vec<Part> = changed.filter(is_changed).cloned().collect();
                let others = group.iter().filter(|part| !changed.contains(part));
                let named: Vec<Part> = changed.iter().chain(others).cloned().collect();
                let employee = self.employee_of(&named, Some(period)).await?;
                rows.push(Row {
                    period: period.clone(),
                    employee: self.as_sent(employee, &named, Some(period)),
                    changed,
                });
            }
        }
        for own in self.units(queues) {
            let department = own
                .first()
                .map(|queue| self.title(queue))
                .unwrap_or_default();
            let is_own = |queue: &str| own.iter().any(|one| one.as_str() == queue);
            let adjusted = self.lines.adjusted.iter();
            let nobodys = adjusted.filter(|one| one.agent.is_empty() && is_own(&one.queue));
            let mut periods: Vec<&str> = nobodys.map(|one| one.period.as_str()).collect();
            periods.sort_unstable();
            periods.dedup();
            rows.extend(periods.into_iter().map(|period| {
                Row {
                    period: period.to_owned(),
                    changed: own
                        .iter()
                        .map(|queue| (queue.clone(), AgentName::from("")))
                        .collect(),
                    employee: nobody(&department),
                }
            }));
        }
        // Department by department, as the queues stand.
        let place = |row: &Row| {
            let queue = row.changed.first().map(|(queue, _)| queue);
            queues.iter().position(|own| Some(own) == queue)
        };
        rows.sort_by_key(place);
        Ok(rows)
    }

    /// What each ticket has changed of a row, and of which of its parts.
    fn by_ticket(&self, row: &Row) -> BTreeMap<i64, (Vec<Part>, BTreeMap<String, Pair>)> {
        let mut all: BTreeMap<i64, (Vec<Part>, BTreeMap<String, Pair>)> = BTreeMap::new();
        let adjusted = self.lines.adjusted.iter();
        for one in adjusted.filter(|one| one.period == row.period) {
            let mut parts = row.changed.iter();
            let own = parts
                .find(|(queue, agent)| queue.as_str() == one.queue && agent.as_str() == one.agent);
            let Some(part) = own else {
                continue;
            };
            let (parts, changes) = all.entry(one.ticket.0).or_default();
            if !parts.contains(part) {
                parts.push(part.clone());
            }
            let sum = changes.entry(one.figure.clone());
            let sum = sum.or_insert_with(|| (0, one.by.1.map(|_| 0)));
            *sum = plus(*sum, one.by);
        }
        for (parts, changes) in all.values_mut() {
            parts.sort();
            changes
                .retain(|_, (above, below)| *above != 0 || below.is_some_and(|below| below != 0));
        }
        // What has gone from one to another of a row is kept without a change: whose the row's sums are is told by all of it.
        all
    }
}
