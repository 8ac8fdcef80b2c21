//! A head corrects how a request counts: in the queues that they decide for, and in no other's.

use std::collections::BTreeSet;

use super::answer::Answer;
use crate::desk::{
    decide::agent::{class_named, colleague},
    draft::Draft,
    kpi::counts_in,
    payroll::Asked,
    reason::Reason,
};
use crate::model::{
    event::{EventData, Private},
    ids::{AgentName, QueueName, TicketNumber},
    outgoing::PayrollElsewhere,
    payroll::Correction,
};

/// Why something was not done, as a code, and where else it counts.
pub(super) type NotDone = (&'static str, Vec<PayrollElsewhere>);

pub(super) const fn plain(why: &'static str) -> NotDone {
    (why, Vec::new())
}

impl Answer<'_> {
    /// Corrects it; where else it counts, and stays as it is.
    pub(super) fn correct(
        &mut self,
        draft: &mut Draft<'_>,
        number: TicketNumber,
        (asked, why): (Asked, String),
    ) -> Result<Vec<PayrollElsewhere>, NotDone> {
        let own = self.queues(draft.given.policy);
        let counted = counted(draft, number).ok_or_else(|| plain("no_ticket"))?;
        let others = counted.difference(&own);
        let elsewhere: Vec<PayrollElsewhere> = others.map(|name| whose(draft, name)).collect();
        let here: Vec<&QueueName> = counted.intersection(&own).collect();
        if here.is_empty() {
            let parts = self.parts().into_iter();
            let approved: BTreeSet<QueueName> = parts.flat_map(|one| one.queues).collect();
            return Err(match counted.is_disjoint(&approved) {
                true => ("not_yours", elsewhere),
                false => ("not_head", elsewhere),
            });
        }
        let mut ticket = draft.ticket(number).ok_or_else(|| plain("no_ticket"))?;
        let how = match asked {
            Asked::Exclude => Correction::Exclude,
            Asked::Excuse => Correction::Excuse,
            Asked::Restore => Correction::Restore,
            Asked::Class(word) => Correction::Class {
                class: class_named(&word).ok_or_else(|| plain("no_class"))?,
            },
            Asked::Attribute(word) => {
                let queues = &ticket.given.policy.queues;
                let teams = here.iter().filter_map(|name| queues.get(*name));
                let team: Vec<AgentName> = teams.flat_map(|queue| queue.agents.clone()).collect();
                let agent = colleague(&ticket, &team, &word).ok();
                Correction::Attribute {
                    agent: agent.ok_or_else(|| plain("no_agent"))?,
                }
            }
        };
        let data = EventData::FiguresCorrected {
            list: self.month.name.clone(),
            period: self.month.period.to_owned(),
            how,
            queues: own.into_iter().collect(),
        };
        let words = Private {
            person: None,
            text: why,
        };
        ticket.happened_privately(data, Reason::PayrollCorrected, Some(words));
        self.state.is_corrected = true;
        Ok(elsewhere)
    }
}

/// The queues in which a request counts, whatever queue it is in by now; `None`: there is no such request.
fn counted(draft: &mut Draft<'_>, number: TicketNumber) -> Option<BTreeSet<QueueName>> {
    let now = draft.ticket(number)?.snapshot().queue.clone();
    let history = draft.world.chronicle(number);
    let counted = history.map(|history| counts_in(number, &history.events));
    let counted = counted.filter(|counted| !counted.is_empty());
    Some(counted.unwrap_or_else(|| BTreeSet::from([now])))
}

fn whose(draft: &Draft<'_>, name: &QueueName) -> PayrollElsewhere {
    let policy = draft.given.policy;
    let queue = policy.queues.get(name);
    let head = queue.and_then(|queue| policy.heads_of(queue).first().copied());
    PayrollElsewhere {
        queue: queue.map_or_else(|| name.to_string(), |queue| queue.title.clone()),
        head: head.map(|head| draft.agent_name(head)).unwrap_or_default(),
    }
}
