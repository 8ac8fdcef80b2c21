//! Why indicators are what they are, in letters about a payroll month: beside the figures.

use super::letters::Month;
use crate::desk::{
    draft::Draft,
    review::{month_before, put_beside},
};
use crate::model::{ids::AgentName, outgoing::FigureShown};

/// Why indicators are what they are, as this head says, or whoever stands in.
fn reasons(draft: &Draft<'_>, month: Month<'_>, reader: &AgentName) -> Vec<(String, String)> {
    let state = draft.world.payroll(month.name, month.period);
    let deputy = month.list.deputy.as_ref();
    let is_theirs = |by: &AgentName| by == reader || [Some(by), Some(reader)].contains(&deputy);
    let said = state.reasons.into_iter();
    let said = said.filter(|((by, _), _)| is_theirs(by));
    said.map(|((_, figure), why)| (figure, why)).collect()
}

/// Puts what this head has said, of the month and of the one before, beside the figures; what stands beside none.
pub(super) fn beside(
    draft: &Draft<'_>,
    (month, reader): (Month<'_>, &AgentName),
    aims: &mut [FigureShown],
) -> Vec<(String, String)> {
    let before = month_before(month.period);
    let earlier = Month {
        period: &before,
        ..month
    };
    for (figure, why) in reasons(draft, earlier, reader) {
        put_beside(aims, (&figure, true), &why);
    }
    let mut said = reasons(draft, month, reader);
    said.retain(|(figure, why)| !put_beside(aims, (figure, false), why));
    said
}
