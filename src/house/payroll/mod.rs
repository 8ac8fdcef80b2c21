//! Payroll months: what is due is found out and handed to the decider, with the figures it rests on. What has been done
//! already the decider knows.

mod at_terminal;
mod basis;
mod counting;
mod draft;
mod early;
mod files;
mod letters;
mod lists_gone;
mod on_demand;
mod proof;
pub mod rows;
mod settled;
mod silence;

pub use at_terminal::{Figures, FilesOf, Kept, Made, Making, NotKept, paid_otherwise};
pub use basis::{PaidRow, rows_of, settings_of};
pub use counting::{facts::facts_of_all, lines::unpack};
pub use early::is_closed_early;
pub use proof::prove;
pub(super) use proof::prove_files;
pub use rows::numbers::{number_of, number_paid};
pub use settled::told as unsettled_told;

use std::collections::BTreeSet;

use jiff::{Timestamp, tz::TimeZone};

use self::{letters::no_file, rows::numbers};
use super::{House, HouseError};
use crate::{
    desk::{
        calendar::Calendar,
        kpi::Period,
        payroll::{
            Carries, Due, MonthState, PayrollStep, Payrolls, Seen, Told, calendar_of, due, is_had,
            months_behind, months_of, promised,
        },
        policy::PayrollPolicy,
    },
    model::{
        alarm,
        ids::{AgentName, PayrollName},
    },
    store::{payrolls, work},
};

/// What stands in the way of a payroll: an alarm, its object, what was seen.
pub(super) type Trouble = (&'static str, String, String);

/// A month of a list that is looked at.
struct Month<'m> {
    name: &'m PayrollName,
    /// With the queues that the month has, whichever the list has by now.
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
        let now = self.clock.now();
        let states = payrolls::states(&self.db).await?;
        let mut troubles = self.look_at_gone(&states, now).await?;
        troubles.extend(self.look_at_early(&states, now).await?);
        for (name, list) in &policy.payrolls {
            let mut nameless: BTreeSet<AgentName> =
                numbers::nameless(&self.db, policy, &list.queues)
                    .await?
                    .into_iter()
                    .collect();
            let Some(calendar) = calendar_of(list, policy) else {
                continue;
            };
            let lists = (&policy.payrolls, name);
            for (period, queues) in months_of(&states, lists, &self.payroll_zone(), now) {
                let key = (name.clone(), period.name.clone());
                let state = states.months.get(&key).cloned().unwrap_or_default();
                // It was another list of this name: what it has closed stands, what it has not is drafted anew. That queues of
                // today wait behind what is closed, the administrator hears below.
                let is_had = is_had(&policy.payrolls, name, &state);
                if !is_had && state.frozen.is_some() {
                    continue;
                }
                let list = PayrollPolicy {
                    queues,
                    ..list.clone()
                };
                let month = Month {
                    name,
                    list: &list,
                    period: &period,
                    state,
                    all: &states,
                };
                // A draft waits for those whom it names, also for who has left meanwhile.
                let lacking = self.lacking(&month).await?;
                nameless.extend(lacking);
                troubles.extend(self.look_at_any(&month, calendar, now).await?);
            }
            let behind = months_behind(&states, lists, &self.payroll_zone(), now);
            troubles.extend(no_file::behind(name, &behind, policy));
            if !nameless.is_empty() {
                let names: Vec<&str> = nameless.iter().map(|agent| agent.as_str()).collect();
                troubles.push((alarm::NAMELESS, name.to_string(), names.join(", ")));
            }
        }
        Ok(troubles)
    }

    /// The same of a month that may be damaged: it holds up no other.
    async fn look_at_any(
        &self,
        month: &Month<'_>,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<Vec<Trouble>, HouseError> {
        match self.look_at_month(month, calendar, now).await {
            Err(HouseError::Stored(error)) => {
                let (list, period) = (month.name, &month.period.name);
                tracing::error!(error, %list, month = period, "a payroll month cannot be looked at");
                let found = self.look_at_day(month, calendar, "no_draft", now).await?;
                Ok(found.into_iter().collect())
            }
            looked => looked,
        }
    }

    /// Those whom a draft that waits names without a number, and who have none still.
    async fn lacking(&self, month: &Month<'_>) -> Result<Vec<AgentName>, HouseError> {
        let drafted = month.state.drafted.as_ref();
        let drafted = drafted.filter(|_| month.state.frozen.is_none());
        let named = drafted.into_iter().flat_map(|one| &one.draft.nameless);
        let named: BTreeSet<AgentName> = named.cloned().collect();
        Ok(numbers::numberless(&self.db, &self.config.policy, &named).await?)
    }

    /// Leaves what is due of a month. What stands in the way.
    async fn look_at_month(
        &self,
        month: &Month<'_>,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<Vec<Trouble>, HouseError> {
        let state = &month.state;
        let drafted = state.drafted.as_ref();
        let of = (month.name, month.period.name.as_str());
        let seen = Seen {
            is_overtaken: drafted.is_some_and(|one| month.all.is_overtaken(of, &one.draft)),
            is_other: self.is_other(month).await?,
            is_settled: self.is_settled_now(month).await?,
            is_early: self.is_early(month).await?,
        };
        let mut troubles = Vec::new();
        match due((month.list, calendar), (month.period, state), seen, now) {
            Some(Due::Draft) => troubles.extend(self.draft(month, calendar, now).await?),
            // An approval may lie unread: nobody is told that it is missing before it could be known.
            Some(Due::Await | Due::Remind) if self.may_be_unread(month, calendar, now).await? => {
                troubles.extend(self.look_at_silence(month, calendar, now).await?);
                return Ok(troubles);
            }
            Some(due @ (Due::Send | Due::Await | Due::Remind)) => {
                let step = self.step_to_tell(month, due == Due::Send).await?;
                self.leave(&step, now).await?;
            }
            None => {}
        }
        let drafted = state.drafted.as_ref().filter(|_| state.frozen.is_none());
        if let Some(drafted) = drafted.filter(|_| !seen.is_settled) {
            let unsettled = (&*drafted.draft.unsettled, &self.config.policy);
            troubles.extend(settled::trouble(month, unsettled, calendar, now));
        }
        troubles.extend(self.look_at_silence(month, calendar, now).await?);
        let why = no_file::why(&troubles);
        troubles.extend(self.look_at_day(month, calendar, why, now).await?);
        Ok(troubles)
    }

    /// Once the promised day has come and there is no file: accountants are told why, where that is not for want of approvals.
    async fn look_at_day(
        &self,
        month: &Month<'_>,
        calendar: &Calendar,
        why: &str,
        now: Timestamp,
    ) -> Result<Option<Trouble>, HouseError> {
        let promised = promised(month.list.day, calendar, month.period);
        if promised.is_none_or(|at| at > now) || month.state.frozen.is_some() {
            return Ok(None);
        }
        if !why.is_empty() && !month.state.told.contains(&Told::Missing) {
            self.leave(&no_file::step(month, why), now).await?;
        }
        Ok(no_file::trouble(month, why, &self.config.policy))
    }

    /// Whether a draft that waits was made before its month was over, by a clock that was ahead.
    async fn is_early(&self, month: &Month<'_>) -> Result<bool, HouseError> {
        let drafted = month.state.drafted.as_ref();
        let drafted = drafted.filter(|_| month.state.frozen.is_none());
        Ok(match drafted.map(|one| &one.draft) {
            Some(draft) => early::is_ahead(&self.db, draft, i64::MAX).await?,
            None => false,
        })
    }

    /// Whether the figures of a draft that waits would make another one now.
    async fn is_other(&self, month: &Month<'_>) -> Result<bool, HouseError> {
        let drafted = month.state.drafted.as_ref();
        let Some(drafted) = drafted.filter(|_| month.state.frozen.is_none()) else {
            return Ok(false);
        };
        let figures = unpack(&drafted.draft.figures)?;
        let draft = &drafted.draft;
        let basis = self.basis(month, &figures, &Carries::of(draft)).await?;
        let zone = self.payroll_zone();
        let is_of_zone = draft.zone.is_none() || draft.zone.as_deref() == zone.iana_name();
        let bounds = (month.period.from, month.period.to);
        Ok(basis.parts != draft.parts || !is_of_zone || bounds != (draft.from, draft.to))
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
