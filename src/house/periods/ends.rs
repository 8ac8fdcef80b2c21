//! A period begins as the closed one before it has ended: what was frozen then is held against what is counted now.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Lines, lines_of, read};
use crate::{
    desk::{
        kpi::{DEFINITIONS, Sheet, open_before},
        payroll::{Closing, Payrolls},
    },
    house::payroll,
    model::ids::QueueName,
    store::{Db, StoreError, history::Histories},
};

/// The figure of a queue that the next period begins with.
const END: &str = "backlog_end";

/// The queues that do not have as many open tickets at the beginning of a period as the closed one before it ended with, and
/// what was
/// written since of the time before has changed of that. `all`: how months stand; `upto`: the last event that the sheet knows of.
///
/// # Errors
/// What the database says.
pub async fn torn(
    db: &Db,
    all: &Payrolls,
    (sheet, upto): (&Sheet, i64),
) -> Result<BTreeSet<QueueName>, StoreError> {
    let mut found = BTreeSet::new();
    let begins = sheet.period.from;
    for one in all.closings(&sheet.period.name) {
        let is_before = one.period().to == begins && one.upto().0 <= upto;
        if !is_before || one.definitions() != DEFINITIONS {
            continue;
        }
        // What cannot be read is told by whoever proves what is closed.
        let Some(lines) = lines(&one) else {
            continue;
        };
        let changed = changed(db, (one.upto().0, upto), begins).await?;
        let known = lines.queues().into_iter();
        let queues: BTreeSet<QueueName> = known.chain(sheet.queues().cloned()).collect();
        let differs = |queue: &QueueName| {
            let is = sheet.balances.get(queue).map_or(0, |own| own.start);
            let was = ended(&lines, queue);
            let by = changed.get(queue).copied().unwrap_or(0);
            one.has(queue) && is != was.saturating_add(by)
        };
        found.extend(queues.into_iter().filter(differs));
    }
    Ok(found)
}

fn lines(closing: &Closing<'_>) -> Option<Lines> {
    match closing {
        Closing::ByMail { drafted, .. } => {
            let figures = payroll::unpack(&drafted.draft.figures).ok()?;
            Some(read(&figures))
        }
        Closing::AtTerminal { closed, .. } => lines_of(closed).ok(),
    }
}

/// With how many open tickets a queue ended. Of which nothing is said, nothing was open.
fn ended(lines: &Lines, queue: &QueueName) -> i64 {
    let own = lines.figures.get(&(queue.to_string(), "*".to_owned()));
    let end = own.and_then(|figures| figures.get(END));
    end.map_or(0, |(many, _)| *many)
}

/// By how many each queue had more open tickets just before an instant than was known after the first event, as is known after
/// the
/// second.
async fn changed(
    db: &Db,
    (after, upto): (i64, i64),
    at: Timestamp,
) -> Result<BTreeMap<QueueName, i64>, StoreError> {
    let mut found: BTreeMap<QueueName, i64> = BTreeMap::new();
    let now = Histories::late(db, (after, upto), at).await?;
    let before = now.as_of(after);
    for (mut histories, by) in [(now, 1), (before, -1)] {
        while let Some(page) = histories.next().await? {
            let open = page
                .iter()
                .filter_map(|(number, history)| open_before(*number, history, at));
            for queue in open {
                let own = found.entry(queue).or_default();
                *own = own.saturating_add(by);
            }
        }
    }
    Ok(found)
}
