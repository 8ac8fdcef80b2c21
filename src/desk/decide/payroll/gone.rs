//! An answer to a letter about a month whose list the configuration has no more, and that nobody has closed: nothing can be
//! ordered about it, and whoever tries is told so instead of asking a department in vain.

use crate::desk::{
    arrival::Arrival,
    decide::{machine, report},
    draft::Draft,
    reason::Reason,
    token::PayrollMark,
};
use crate::model::outgoing::ReportLetter;

/// Whether somebody who has had such a letter is told that there is no such list any more.
pub(super) fn was_told(draft: &mut Draft<'_>, arrival: &Arrival, mark: &PayrollMark) -> bool {
    let policy = draft.given.policy;
    let author = arrival.author().map(|(address, _)| address);
    let own = policy.mailboxes.get(&arrival.mailbox);
    let agent = author.as_ref().and_then(|author| policy.agent_of(author));
    let agent = agent.and_then(|agent| policy.agents.get(agent));
    // Accountants were sent no figures of it, so that what they ask is a request like any other: somebody answers it.
    let (Some(agent), Some(own)) = (agent.filter(|_| mark.draft > 0), own) else {
        return false;
    };
    machine::put_aside(draft, arrival, Reason::PayrollAnswered);
    let letter = ReportLetter {
        why: "list_gone".to_owned(),
        period: mark.period.clone(),
        ..ReportLetter::default()
    };
    let key = format!("gone:{}", arrival.raw);
    report::send(draft, (&agent.address, &own.queue), key, letter);
    true
}
