//! Months of lists that the configuration has no more, because they were renamed or removed: what was approved goes to those to
//! whom it was approved to go, on its day. Of what cannot, the administrator hears.

use jiff::Timestamp;

use super::{
    super::{House, HouseError},
    Month, Trouble,
};
use crate::{
    desk::{
        kpi::Period,
        payroll::{Drafted, MonthState, Payrolls, Told, calendar_of, is_had, list_of},
    },
    model::{
        alarm,
        ids::{AgentName, PayrollName, QueueName},
        language::Language,
    },
};

impl House {
    /// Looks at these months. What stands in the way.
    pub(super) async fn look_at_gone(
        &self,
        states: &Payrolls,
        now: Timestamp,
    ) -> Result<Vec<Trouble>, HouseError> {
        let policy = &self.config.policy;
        let mut troubles = Vec::new();
        for ((name, period), state) in &states.months {
            let Some(drafted) = &state.drafted else {
                continue;
            };
            let is_had = is_had(&policy.payrolls, name, state);
            if is_had || state.told.contains(&Told::File) {
                continue;
            }
            // Another list of this name takes the place of what nobody has approved.
            let queues = states.queues(&policy.payrolls, name, period);
            if state.frozen.is_none() && !queues.is_empty() {
                continue;
            }
            let list = list_of(policy, name, state);
            let calendar = list.as_ref().and_then(|list| calendar_of(list, policy));
            let (Some(list), Some(calendar)) = (&list, calendar) else {
                troubles.extend(self.is_stuck((name, period), (states, state), drafted));
                continue;
            };
            let period = Period {
                name: period.clone(),
                from: drafted.draft.from,
                to: drafted.draft.to,
            };
            let month = Month {
                name,
                list,
                period: &period,
                state: state.clone(),
                all: states,
            };
            troubles.extend(self.look_at_any(&month, calendar, now).await?);
        }
        Ok(troubles)
    }

    /// What the administrator is told of a month that goes no further by itself; nothing where all its queues are paid otherwise.
    fn is_stuck(
        &self,
        (name, period): (&PayrollName, &str),
        (all, state): (&Payrolls, &MonthState),
        drafted: &Drafted,
    ) -> Option<Trouble> {
        let draft = &drafted.draft;
        let parts = draft.parts.iter().flat_map(|part| &part.queues);
        let own: Vec<&QueueName> = parts.filter(|queue| !draft.gone.contains(queue)).collect();
        let is_frozen = state.frozen.is_some();
        let is_paid = |queue: &QueueName| all.closed_by(queue, period).is_some();
        if !is_frozen && own.iter().all(|queue| is_paid(queue)) {
            return None;
        }
        let language = self.config.policy.language;
        let queues: Vec<&str> = own.iter().map(|queue| queue.as_str()).collect();
        let queues = queues.join(", ");
        let told = match (is_frozen, language) {
            (true, Language::Ru) => {
                format!("месяц утверждён, но кому послать файл, неизвестно; очереди {queues}")
            }
            (true, Language::En) => {
                format!(
                    "the month is approved, and nobody knows who is to get the file; queues {queues}"
                )
            }
            (false, Language::Ru) => format!(
                "черновик {} не утверждён (ждёт: {}), очереди {queues}",
                draft.number,
                self.named(state)
            ),
            (false, Language::En) => format!(
                "draft {} is not approved (waits for {}), queues {queues}",
                draft.number,
                self.named(state)
            ),
        };
        let object = format!("{name}/{period}");
        Some((alarm::PAY_LIST, object, told))
    }

    fn named(&self, state: &MonthState) -> String {
        let agents = &self.config.policy.agents;
        let name = |agent: &AgentName| {
            let known = agents.get(agent);
            known.map_or_else(|| agent.to_string(), |known| known.name.clone())
        };
        let names: Vec<String> = state.waits_for().iter().map(name).collect();
        names.join(", ")
    }
}
