//! What people are owed by a period at the terminal: its own rows, what it carries of closed ones that they were paid by, and
//! whoever nobody could pay.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        basis::{PaidRow, rows},
        counting::closed::Closed,
        rows::Member,
    },
    Everything,
};
use crate::{
    desk::payroll::parts_in,
    model::{ids::AgentName, scoring::Scoring},
    report::files::{Adjusted, Employee, Scored, Span, pay, pay_whose},
};

/// What of what is carried people are owed: nobody was paid by a period without a file for accountants, so that nobody is owed a
/// difference.
pub(super) fn owed(carried: &Adjusted, closed: &[Closed<'_>]) -> Adjusted {
    let is_paid = |period: &str| {
        let mut closed = closed.iter();
        !closed.any(|one| one.is_unpaid && one.period == period)
    };
    let mut owed = carried.clone();
    owed.tickets.retain(|one| is_paid(&one.period));
    owed.scores.retain(|one| is_paid(&one.period));
    owed
}

/// Whoever stands there, or would be owed something of a closed period, and has no number.
pub(super) fn nameless(everything: &Everything) -> BTreeMap<AgentName, String> {
    let members = everything.members.iter();
    let own = members.filter(|one| one.employee.number.is_empty());
    let own = own.flat_map(|one| one.agents().map(|agent| (agent, &one.employee.name)));
    let mut found: BTreeMap<AgentName, String> = own
        .map(|(agent, name)| (agent.clone(), name.clone()))
        .collect();
    let unpayable: BTreeSet<&str> = everything.owed.unpayable();
    for (_, agent) in unpayable.into_iter().flat_map(parts_in) {
        let name = agent.to_string();
        found.entry(agent).or_insert(name);
    }
    found
}

/// The rows of `pay` by agents. Whoever has no number has theirs, too: it is kept what they are owed.
pub(super) fn paid_rows(
    span: &Span,
    (members, scored): (&[Member], &[(Employee, Vec<Scored>)]),
    carried: &Adjusted,
    scoring: &Scoring,
) -> Vec<PaidRow> {
    let mut carried = carried.clone();
    let tickets = carried.tickets.iter_mut().map(|one| &mut one.employee);
    let scores = carried.scores.iter_mut().map(|one| &mut one.employee);
    // Without a name, too, it is nobody's, whom nobody pays.
    for one in tickets.chain(scores).filter(|one| !one.name.is_empty()) {
        if one.number.is_empty() {
            "?".clone_into(&mut one.number);
        }
    }
    let own = members
        .iter()
        .map(|one| (one.whose(), scoring.indicators.len()));
    let whose = pay_whose(&own.collect::<Vec<_>>(), &carried);
    rows(&pay(span, scored, &carried), whose)
}
