//! A draft that is made of nothing but what is approved already: a queue has gone elsewhere, or a correction was taken back.
//! Nobody has anything to approve of it any more, so that it is closed as it is written down.

use std::collections::BTreeSet;

use super::{
    happened,
    letters::{Month, send_head},
};
use crate::desk::{
    draft::Draft,
    payroll::{MonthState, Noted, kept, readers},
    reason::Reason,
};
use crate::model::{
    ids::AgentName,
    outgoing::PayrollLetter,
    payroll::{PayrollDraft, PayrollEvent, PayrollFact},
};

/// That a draft is closed, with the list as it is now, and beside that those to whom its file goes: whatever becomes of the
/// list, it goes where it was approved to go.
pub(super) fn frozen(month: Month<'_>, draft: &PayrollDraft) -> (PayrollFact, Option<String>) {
    let fact = PayrollFact::Frozen {
        draft: draft.number,
        version: 1,
        unsettled: draft.unsettled.clone(),
        list: Some(Box::new(kept(month.list))),
    };
    (fact, serde_json::to_string(&month.list.to).ok())
}

/// Whether it is such a draft; then it is closed, and everybody who decides on a part of it is told.
pub(super) fn is_closed_at_once(
    draft: &mut Draft<'_>,
    (month, before): (Month<'_>, &MonthState),
    made: &PayrollDraft,
) -> bool {
    let mut state = before.clone();
    let event = PayrollEvent {
        list: month.name.clone(),
        period: month.period.to_owned(),
        fact: PayrollFact::Drafted(Box::new(made.clone())),
    };
    state.note(&event, None, Noted::just_now(draft.voice.at));
    // What nobody was told to be unsettled nobody has agreed to close so.
    let old = before
        .drafted
        .as_ref()
        .map(|old| old.draft.unsettled.as_slice());
    let is_agreed = made.unsettled.is_empty() || old == Some(&made.unsettled);
    let world = draft.world;
    let is_overtaken = world.is_payroll_overtaken(month.name, month.period, made);
    if !state.is_all_approved() || !is_agreed || state.is_corrected || is_overtaken {
        return false;
    }
    let (fact, to) = frozen(month, made);
    happened(draft, month, fact, (Reason::PayrollClosed, to.as_deref()));
    let approvers = made.parts.iter().map(|part| &part.approver);
    let all: BTreeSet<&AgentName> = approvers.flat_map(|one| readers(month.list, one)).collect();
    for reader in all {
        let letter = PayrollLetter {
            what: "answer".to_owned(),
            is_approved: true,
            is_closed: true,
            ..PayrollLetter::default()
        };
        let key = format!("closed:{}", made.number);
        send_head(draft, (month, made.number), (reader, &key), (letter, &[]));
    }
    true
}
