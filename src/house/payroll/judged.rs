//! Judged promises as the file of details shows them.

use jiff::{Timestamp, tz::TimeZone};

use super::rows::ticket_name;
use crate::{
    desk::{kpi::Detail, policy::Policy},
    model::{
        classification::RequestClass,
        ids::{AgentName, QueueName},
        language::Language,
    },
    report::files::Judged,
};

/// The rows, of these queues alone. `language`: of the letters before a ticket's number.
#[must_use]
pub fn judged_rows(
    (policy, zone, language): (&Policy, &TimeZone, Language),
    judged: &[Detail],
    is_asked: impl Fn(&QueueName) -> bool,
) -> Vec<Judged> {
    let called = |agent: Option<&AgentName>| {
        let known = agent.and_then(|agent| policy.agents.get(agent));
        let name = known.map(|known| known.name.clone());
        name.or_else(|| agent.map(ToString::to_string))
            .unwrap_or_default()
    };
    let moment = |at: Timestamp| zone.to_datetime(at);
    let minutes = |secs: i64| secs.max(0).checked_div(60).unwrap_or(0);
    let own = judged.iter().filter(|one| is_asked(&one.queue));
    own.map(|one| Judged {
        ticket: ticket_name(one.ticket.0, language),
        class: one.class.map_or("", RequestClass::code).to_owned(),
        clock: one.clock.code().to_owned(),
        created: moment(one.opened_at),
        due_original: moment(one.due_original),
        due_final: moment(one.due_at),
        satisfied: one.satisfied_at.map(moment),
        is_met: one.is_met,
        working_minutes: one.worked_secs.map(minutes),
        calendar_minutes: Some(minutes(one.calendar_secs)),
        paused_minutes: Some(minutes(one.paused_secs)),
        holder: called(one.agent.as_ref()),
        solver: called(one.solver.as_ref()),
        is_escalated: one.is_escalated,
        reopened: one.reopened,
        rating: one.rating,
        adjustment: if one.is_corrected {
            "corrected".to_owned()
        } else {
            String::new()
        },
    })
    .collect()
}
