//! What a person's mail may be besides a ticket's business: an answer to a letter of ours that is no ticket's, a form, figures,
//! an order about a queue or about oneself, somebody else's mail that is handed over.

use super::{
    super::{arrival::Arrival, draft::Draft},
    duty, form_list, handover, heads, offers, payroll, quarantine, report, worklist,
};
use crate::desk::identity::Speaker;

/// Whether a mail answers a letter of ours that is no ticket's, and then all that follows.
pub(super) fn was_answered(draft: &mut Draft<'_>, arrival: &Arrival) -> bool {
    offers::was_answered(draft, arrival)
        || quarantine::was_answered(draft, arrival)
        || payroll::was_answered(draft, arrival)
        || worklist::was_answered(draft, arrival)
}

/// Whether a mail that belongs to no ticket is something else than a new request, and then all that follows.
pub(super) fn are_meant(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) -> bool {
    form_list::was_asked(draft, arrival, speaker)
        || report::was_asked(draft, arrival, speaker)
        || payroll::was_asked(draft, arrival, speaker)
        || payroll::were_said(draft, arrival, speaker)
        || payroll::were_brought(draft, arrival, speaker)
        || heads::at_large(draft, arrival, speaker)
        || duty::at_large(draft, arrival, speaker)
        || handover::begins(draft, arrival, speaker)
}
