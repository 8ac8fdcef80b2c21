//! Payroll months: what is due is found out and handed to the decider, with the figures it rests on. What has been done
//! already the decider knows.

mod asked;
mod draft;
mod files;
mod lines;
mod prove;
pub mod staff;

pub use prove::prove;

use jiff::{Timestamp, tz::TimeZone};

use super::{House, HouseError};
use crate::{
    desk::{
        kpi::Period,
        payroll::{Due, MonthState, PayrollStep, Payrolls, calendar_of, due, months_over},
        policy::PayrollPolicy,
    },
    model::{alarm, ids::PayrollName, outgoing::PayrollChange},
    store::{payrolls, work},
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
        for (name, list) in &policy.payrolls {
            let nameless = staff::nameless(&self.db, policy, &list.queues).await?;
            if !nameless.is_empty() {
                let names: Vec<&str> = nameless.iter().map(|agent| agent.as_str()).collect();
                troubles.push((alarm::NAMELESS, name.to_string(), names.join(", ")));
            }
            let Some(calendar) = calendar_of(list, policy) else {
                continue;
            };
            for period in months_over(list, &self.payroll_zone(), now) {
                let key = (name.clone(), period.name.clone());
                let month = Month {
                    name,
                    list,
                    period: &period,
                    state: states.get(&key).cloned().unwrap_or_default(),
                    all: &states,
                };
                let is_complete = nameless.is_empty();
                let due = due((list, calendar), (&period, &month.state), is_complete, now);
                match due {
                    Some(Due::Draft) => {
                        let unbalanced = self.draft(&month, now).await?;
                        troubles.extend(unbalanced);
                    }
                    Some(Due::Send | Due::Await | Due::Remind) => self.tell(&month, now).await?,
                    None => {}
                }
            }
        }
        Ok(troubles)
    }

    /// The zone whose midnights months begin at.
    pub(super) fn payroll_zone(&self) -> TimeZone {
        let zone = self.config.zones.get(&self.config.policy.zone);
        zone.cloned().unwrap_or(TimeZone::UTC)
    }

    async fn tell(&self, month: &Month<'_>, now: Timestamp) -> Result<(), HouseError> {
        let step = PayrollStep::Tell {
            list: month.name.clone(),
            period: month.period.name.clone(),
            restated: self.restated_of(month)?,
        };
        self.leave(&step, now).await
    }

    /// What has changed in approved months, as the month's draft has it.
    fn restated_of(&self, month: &Month<'_>) -> Result<Vec<PayrollChange>, HouseError> {
        let Some(drafted) = &month.state.drafted else {
            return Ok(Vec::new());
        };
        let now = lines::unpack(&drafted.draft.restated)?;
        let before = draft::told_before(month)?;
        let policy = &self.config.policy;
        let changed = lines::by_whose(&now);
        let before = before.lines().filter(|line| {
            let whose = line.rsplitn(3, ';').nth(2);
            whose.is_some_and(|whose| changed.contains_key(whose))
        });
        let before: String = before.map(|line| format!("{line}\r\n")).collect();
        Ok(lines::changes((&before, &now), policy, month.list.language))
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
