//! The administrator approves a draft in the heads' place, at the terminal: a head is away for long, or has signed on paper. It
//! goes the same road as by mail, and everybody who decides on a part is told.

use std::collections::BTreeSet;

use super::{
    closing::frozen,
    happened,
    letters::{Month, send_head},
    readers,
};
use crate::desk::{draft::Draft, payroll::NotApproved, reason::Reason};
use crate::model::{
    ids::{AgentName, PayrollName},
    outgoing::PayrollLetter,
    payroll::PayrollFact,
};

/// Approves what is not approved of that draft, and closes the month. What has changed since it was ordered is not approved.
pub(in crate::desk::decide) fn approve_at_terminal(
    draft: &mut Draft<'_>,
    (name, period): (&PayrollName, &str),
    (number, why): (u32, &str),
) {
    let (world, state) = (draft.world, draft.world.payroll(name, period));
    let Some(list) = draft.given.policy.payrolls.get(name) else {
        draft.decision.reason = Reason::PayrollListGone;
        return;
    };
    let month = Month { name, list, period };
    let newest = state.drafted.as_ref().map(|one| &one.draft);
    let is_overtaken =
        newest.is_some_and(|newest| world.is_payroll_overtaken(name, period, newest));
    let approvable = state.approvable((world.is_closed(period), is_overtaken), draft.given.now);
    let made = match approvable.map(|drafted| &drafted.draft) {
        Ok(made) if made.number == number => made.clone(),
        Err(NotApproved::Closed) => {
            draft.decision.reason = Reason::PeriodClosedAlready;
            return;
        }
        Ok(_) | Err(_) => {
            draft.decision.reason = Reason::PayrollOutdated;
            return;
        }
    };
    let missing = made.parts.iter();
    for part in missing.filter(|part| state.approved_by(part).is_none()) {
        let fact = PayrollFact::Approved {
            draft: number,
            approver: part.approver.clone(),
            by: part.approver.clone(),
            sha256: part.sha256.clone(),
            basis: part.basis.clone(),
            at_terminal: true,
        };
        happened(
            draft,
            month,
            fact,
            (Reason::PayrollApprovedAtTerminal, Some(why)),
        );
    }
    let (fact, to) = frozen(month, &made);
    happened(draft, month, fact, (Reason::PayrollClosed, to.as_deref()));
    draft.decision.reason = Reason::PayrollClosed;
    let approvers = made.parts.iter().map(|part| &part.approver);
    let all: BTreeSet<&AgentName> = approvers.flat_map(|one| readers(list, one)).collect();
    for reader in all {
        let letter = PayrollLetter {
            what: "answer".to_owned(),
            is_approved: true,
            is_closed: true,
            at_terminal: why.to_owned(),
            ..PayrollLetter::default()
        };
        let key = format!("closed:{number}");
        send_head(draft, (month, number), (reader, &key), (letter, &[]));
    }
}
