//! Payroll months: what is due is found out and handed to the decider, with the figures it rests on. What has been done
//! already the decider knows.

mod again;
mod asked;
mod counted;
mod draft;
mod files;
mod forms;
mod judged;
mod letter;
mod lines;
mod numbers;
mod prove;
pub mod rows;

pub use again::Closed;
pub use judged::judged_rows;
pub use lines::unpack;
pub use prove::prove;

use std::collections::BTreeSet;

use jiff::{Timestamp, tz::TimeZone};

use super::{House, HouseError};
use crate::{
    desk::{
        kpi::Period,
        payroll::{
            Due, MonthState, PayrollStep, Payrolls, calendar_of, due, months_over, told_upto,
        },
        policy::PayrollPolicy,
    },
    model::{
        alarm,
        ids::{AgentName, PayrollName},
    },
    store::{history, payrolls, work},
};

/// What stands in the way of a payroll: an alarm, its object, what was seen.
pub(super) type Trouble = (&'static str, String, String);

/// A month of a list that is looked at.
struct Month<'m> {
    name: &'m PayrollName,
    list: &'m PayrollPolicy,
    period: &'m Period,
    state: MonthState,
    /// How all months stand.
    all: &'m Payrolls,
}

impl House {
    /// Looks at every month of every list, the oldest first: what is due is left as work. What stands in the way.
    pub(super) async fn look_at_payrolls(&self) -> Result<Vec<Trouble>, HouseError> {
        let policy = &self.config.policy;
        if policy.payrolls.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.clock.now();
        let mut troubles = Vec::new();
        let states = payrolls::states(&self.db).await?;
        let at_terminal = history::closed_periods(&self.db).await?;
        for (name, list) in &policy.payrolls {
            let mut nameless: BTreeSet<AgentName> =
                numbers::nameless(&self.db, policy, &list.queues)
                    .await?
                    .into_iter()
                    .collect();
            let Some(calendar) = calendar_of(list, policy) else {
                continue;
            };
            for period in months_over(list, &self.payroll_zone(), now) {
                let key = (name.clone(), period.name.clone());
                let is_by_mail = states.get(&key).is_some_and(|state| state.frozen.is_some());
                let mut closed = at_terminal.iter();
                if !is_by_mail && closed.any(|(closed, _)| closed.period == period.name) {
                    continue;
                }
                let month = Month {
                    name,
                    list,
                    period: &period,
                    state: states.get(&key).cloned().unwrap_or_default(),
                    all: &states,
                };
                // A draft waits for those whom it names, also for who has left meanwhile.
                let drafted = month.state.drafted.iter();
                let named = drafted.flat_map(|drafted| &drafted.draft.nameless);
                let named: BTreeSet<AgentName> = named.cloned().collect();
                let lacking = numbers::numberless(&self.db, policy, &named).await?;
                let known = (lacking.is_empty(), told_upto(&states, name, &period.name));
                if month.state.frozen.is_none() {
                    nameless.extend(lacking);
                }
                let due = due((list, calendar), (&period, &month.state), known, now);
                match due {
                    Some(Due::Draft) => {
                        let unbalanced = self.draft(&month, now).await?;
                        troubles.extend(unbalanced);
                    }
                    Some(due @ (Due::Send | Due::Await | Due::Remind)) => {
                        let step = self.step_to_tell(&month, due == Due::Send).await?;
                        self.leave(&step, now).await?;
                    }
                    None => {}
                }
            }
            if !nameless.is_empty() {
                let names: Vec<&str> = nameless.iter().map(|agent| agent.as_str()).collect();
                troubles.push((alarm::NAMELESS, name.to_string(), names.join(", ")));
            }
        }
        Ok(troubles)
    }

    /// The zone whose midnights months begin at.
    pub(super) fn payroll_zone(&self) -> TimeZone {
        let zone = self.config.zones.get(&self.config.policy.zone);
        zone.cloned().unwrap_or(TimeZone::UTC)
    }

    /// Leaves a step for the decider.
    async fn leave(&self, step: &PayrollStep, now: Timestamp) -> Result<(), HouseError> {
        let payload = serde_json::to_string(step);
        let payload = payload.map_err(|error| HouseError::Stored(error.to_string()))?;
        work::add(&self.db, "payroll", &payload, now).await?;
        self.bells.work.notify_one();
        Ok(())
    }
}
