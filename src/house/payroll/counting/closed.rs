//! Closed months as what comes after them looks at them: what each says, and the settings and rows that people were paid by.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    super::{
        super::{HouseError, periods::Lines},
        basis::{PaidRow, rows_of, settings_of},
    },
    lines,
};
use crate::{
    desk::payroll::{Carries, Payrolls},
    model::{
        ids::QueueName,
        payroll::{PayrollDraft, ROWS},
        scoring::Scoring,
    },
};

/// A closed month: its figures, with what it carried of others, and the settings by which people were paid.
#[derive(Debug)]
pub struct Closed<'s> {
    /// Which: `2026-10`.
    pub period: String,
    /// Whose people are paid by it.
    pub queues: Vec<QueueName>,
    /// What it says.
    pub lines: Lines,
    /// `None`: it cannot be scored again. Nobody knows them any more, or was paid by it, or it was counted by other definitions
    /// than what has changed.
    pub scoring: Option<Cow<'s, Scoring>>,
    /// The rules by which its rows were made.
    pub rules: u32,
    /// Those rows; none, where they were not kept.
    pub rows: Vec<PaidRow>,
    /// The definitions by which it was counted.
    pub definitions: u32,
    /// Whether nobody was paid by it: it was closed at the terminal with its files, and none was for accountants.
    pub is_unpaid: bool,
}

/// The months of these queues that people are paid by, whichever list has closed them, or the terminal, as far as a draft tells
/// what has changed in them; what was closed at the terminal without a file for accountants is none of these. `configured`: the
/// settings of today. `by`: the draft's rules, and the definitions that it was counted by: what was counted by others cannot be
/// held against it.
pub(in crate::house::payroll) fn closed_of<'s>(
    all: &Payrolls,
    (queues, carries): (&[QueueName], &Carries),
    configured: Option<&'s Scoring>,
    by: (u32, u32),
) -> Result<Vec<Closed<'s>>, HouseError> {
    let mut found = Vec::new();
    // What another list has told of a row counts there, too.
    let known: BTreeSet<&QueueName> = queues.iter().chain(carries.known()).collect();
    let known: Vec<QueueName> = known.into_iter().cloned().collect();
    for (closing, mut own) in all.earlier(&known, carries) {
        let Some(paid) = closing.paid() else {
            continue;
        };
        let draft = &paid.draft;
        let lines = lines::told_lines(&closing, carries)?;
        own.retain(|queue| closing.has(queue));
        let settings = settings_by(draft, configured)?;
        let (rules, definitions) = by;
        found.push(Closed {
            period: closing.name().to_owned(),
            queues: own,
            lines,
            // By the first rules it was scored again all the same.
            scoring: settings.filter(|_| rules == 1 || draft.definitions == definitions),
            rules: draft.rules,
            rows: rows_of(draft)?,
            definitions: draft.definitions,
            is_unpaid: false,
        });
    }
    Ok(found)
}

/// The periods of the same sort that were closed before an event, by whichever list or at the terminal: what a period at the
/// terminal carries adjustments of. `configured`: the settings of what was closed at the terminal before files were kept. `by`:
/// as above.
pub(in crate::house::payroll) fn closed_before<'s>(
    all: &Payrolls,
    (name, upto): (&str, i64),
    configured: Option<&'s Scoring>,
    (rules, definitions): (u32, u32),
) -> Result<Vec<Closed<'s>>, HouseError> {
    let mut found = Vec::new();
    let earlier = all.closings(name);
    for one in earlier.filter(|one| one.upto().0 < upto && one.name() != name) {
        let (scoring, own_rules, rows) = match one.paid().map(|paid| &paid.draft) {
            Some(draft) => (
                settings_of(draft)?.map(Cow::Owned),
                draft.rules,
                rows_of(draft)?,
            ),
            None if one.is_unpaid() => (None, ROWS, Vec::new()),
            None => {
                let scoring = configured.map(|today| today.of_definitions(one.definitions()));
                (scoring, ROWS, Vec::new())
            }
        };
        let lines = lines::whole_lines(&one)?;
        let is_alike = rules == 1 || one.definitions() == definitions;
        found.push(Closed {
            period: one.name().to_owned(),
            queues: lines.queues(),
            lines,
            scoring: scoring.filter(|_| is_alike),
            rules: own_rules,
            rows,
            definitions: one.definitions(),
            is_unpaid: one.is_unpaid(),
        });
    }
    Ok(found)
}

impl Closed<'_> {
    /// Whether it is that month of that queue.
    pub(in crate::house::payroll) fn is_of(&self, period: &str, queue: &str) -> bool {
        self.period == period && self.queues.iter().any(|own| own.as_str() == queue)
    }
}

/// The settings by which people were paid, as they were kept; of a month that was closed before they were, those of today, only
/// if they are of the same paper.
fn settings_by<'s>(
    draft: &PayrollDraft,
    configured: Option<&'s Scoring>,
) -> Result<Option<Cow<'s, Scoring>>, HouseError> {
    if let Some(kept) = settings_of(draft)? {
        return Ok(Some(Cow::Owned(kept)));
    }
    let same = configured.filter(|scoring| scoring.version == draft.scores);
    Ok(same.map(|scoring| scoring.of_definitions(draft.definitions)))
}

/// Queues of other lists whose people stood in one row with those of these queues in a closed month.
pub(in crate::house::payroll) fn beside(
    all: &Payrolls,
    queues: &[QueueName],
) -> Result<BTreeSet<QueueName>, HouseError> {
    let mut found = BTreeSet::new();
    for closing in all.months_like(|_| true) {
        let Some(paid) = closing.paid() else {
            continue;
        };
        let rows = rows_of(&paid.draft)?.into_iter();
        for row in rows.filter(PaidRow::is_of_group) {
            let group = row.group();
            if group.iter().any(|(queue, _)| queues.contains(queue)) {
                found.extend(group.into_iter().map(|(queue, _)| queue));
            }
        }
    }
    found.retain(|queue| !queues.contains(queue));
    Ok(found)
}
