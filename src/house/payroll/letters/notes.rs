//! What a draft's letter says of whose figures it has: queues that another list pays for, queues that are gone, months that are
//! not scored again, and bounds that are not the zone's.

use std::collections::BTreeSet;

use super::{
    super::{
        super::{House, HouseError, periods::Lines},
        Month,
        counting::closed::closed_of,
    },
    adjusted::{by_other_rules, of_adjusted},
    draft::Shown,
};
use crate::{
    desk::{kpi::Period, payroll::Carries},
    model::{
        ids::QueueName,
        outgoing::{PayrollNote, When},
        payroll::PayrollDraft,
    },
};

impl House {
    /// Says it to the head of these queues.
    pub(in crate::house::payroll) fn notes(
        &self,
        shown: &Shown<'_>,
        queues: &[QueueName],
    ) -> Result<Vec<PayrollNote>, HouseError> {
        let (month, draft) = (shown.month, shown.draft);
        let mut notes = self.omitted(month);
        notes.extend(self.left(month));
        let gone = queues.iter().filter(|queue| draft.gone.contains(queue));
        notes.extend(gone.map(|queue| PayrollNote {
            what: "gone".to_owned(),
            queue: self.queue_title(queue),
            ..PayrollNote::default()
        }));
        let carries = Carries::of(draft);
        let configured = self.config.scorings.get(month.name);
        let by = (draft.rules, draft.definitions);
        let closed = closed_of(month.all, (queues, &carries), configured, by)?;
        let is_scored = |period: &str, queue: &str| {
            let mut own = closed.iter().filter(|one| one.scoring.is_some());
            own.any(|one| one.is_of(period, queue))
        };
        let other = by_other_rules(&closed, draft);
        let not_scored = not_scored(shown.source.lines, queues, is_scored);
        let not_scored = not_scored.into_iter();
        notes.extend(
            not_scored
                .filter(|period| !other.contains(period))
                .map(|period| PayrollNote {
                    what: "not_scored".to_owned(),
                    period: period.to_owned(),
                    ..PayrollNote::default()
                }),
        );
        notes.extend(of_adjusted(month.all, (draft, shown.file), queues)?);
        notes.extend(self.bounds(month, draft));
        Ok(notes)
    }

    /// Queues of the list that another list pays for.
    fn omitted(&self, month: &Month<'_>) -> Vec<PayrollNote> {
        let lists = &self.config.policy.payrolls;
        let listed = lists.get(month.name).into_iter();
        let listed = listed.flat_map(|list| &list.queues);
        let omitted = listed.filter(|queue| !month.list.queues.contains(queue));
        let told = omitted.filter_map(|queue| {
            let holder = month.all.holder(lists, queue, &month.period.name)?;
            let known = lists.get(holder).map(|list| list.title.clone());
            Some(PayrollNote {
                what: "omitted".to_owned(),
                queue: self.queue_title(queue),
                list: known.unwrap_or_else(|| holder.to_string()),
                ..PayrollNote::default()
            })
        });
        told.collect()
    }

    /// Queues that this list has paid for the month before, and that nobody pays for this one: no list has them any more.
    fn left(&self, month: &Month<'_>) -> Vec<PayrollNote> {
        let (lists, period) = (&self.config.policy.payrolls, &month.period.name);
        let left = month.all.left(lists, month.name, period);
        let told = left.iter().map(|queue| PayrollNote {
            what: "left".to_owned(),
            queue: self.queue_title(queue),
            period: period.clone(),
            ..PayrollNote::default()
        });
        told.collect()
    }

    /// Where the month begins and ends, if the zone says otherwise, or the draft before has.
    fn bounds(&self, month: &Month<'_>, draft: &PayrollDraft) -> Option<PayrollNote> {
        let zone = self.payroll_zone();
        let usual = Period::named(&month.period.name, &zone)?;
        let is_usual = (usual.from, usual.to) == (draft.from, draft.to);
        let before = month.state.drafted.as_ref().map(|one| &one.draft);
        let is_same = before.is_none_or(|one| (one.from, one.to) == (draft.from, draft.to));
        let when = |at| {
            let zone = self.config.policy.zone.clone();
            Some(When { at, zone })
        };
        (!is_usual || !is_same).then(|| PayrollNote {
            what: "bounds".to_owned(),
            from: when(draft.from),
            to: when(draft.to),
            ..PayrollNote::default()
        })
    }

    fn queue_title(&self, name: &QueueName) -> String {
        let known = self.config.policy.queues.get(name);
        known.map_or_else(|| name.to_string(), |queue| queue.title.clone())
    }
}

/// The months of which these queues carry changes of employees, and no scores.
fn not_scored<'l>(
    lines: &'l Lines,
    queues: &[QueueName],
    is_scored: impl Fn(&str, &str) -> bool,
) -> BTreeSet<&'l str> {
    let adjusted = lines.adjusted.iter().filter(|one| {
        let is_own = queues.iter().any(|own| own.as_str() == one.queue);
        is_own && !one.agent.is_empty() && !is_scored(&one.period, &one.queue)
    });
    adjusted.map(|one| one.period.as_str()).collect()
}
