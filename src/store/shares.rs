//! How many promises of a solution were kept in the last weeks, as the page shows it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Db, Row, StoreError, sql};
use crate::model::ids::QueueName;

/// So many weeks are looked at.
pub const WEEKS: usize = 12;

const DAYS_IN_WEEK: usize = 7;

const DAYS: usize = WEEKS * DAYS_IN_WEEK;

/// The first of the last thirty days.
const MONTH_FROM: usize = DAYS - 30;

/// Promises that were judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Kept.
    pub met: u64,
    /// All.
    pub judged: u64,
}

impl Share {
    /// Of a hundred, rounded down, so that 100 means all; `None` where nothing was judged.
    #[must_use]
    pub const fn percent(self) -> Option<u64> {
        self.met.saturating_mul(100).checked_div(self.judged)
    }

    const fn add(&mut self, more: Self) {
        self.met = self.met.saturating_add(more.met);
        self.judged = self.judged.saturating_add(more.judged);
    }
}

/// The judged promises of a queue's solutions, each at the instant at which it was known whether it would be kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shares {
    /// Of the last thirty days.
    pub month: Share,
    /// Of the last weeks, each of seven days; the last one ends now.
    pub weeks: [Share; WEEKS],
}

/// Since when the weeks are counted that end at `now`.
#[must_use]
pub fn since(now: Timestamp) -> Timestamp {
    let back = SignedDuration::from_hours(24).saturating_mul(DAYS.try_into().unwrap_or(0));
    now.checked_sub(back).unwrap_or(Timestamp::MIN)
}

/// The shares of all queues in which anything was judged.
///
/// # Errors
/// What the database says.
pub async fn shares(db: &Db, now: Timestamp) -> Result<BTreeMap<QueueName, Shares>, StoreError> {
    let since = since(now).as_millisecond();
    db.read("count what was in time", since, |tx, since| {
        Box::pin(async move {
            let rows = tx.rows(&sql::STATUS_SHARE, &[(*since).into()]).await?;
            let mut all: BTreeMap<QueueName, Shares> = BTreeMap::new();
            for row in &rows {
                let shares = all.entry(QueueName(row.string(0)?)).or_default();
                let share = Share {
                    met: count(row, 2)?,
                    judged: count(row, 3)?,
                };
                let day = usize::try_from(row.int(1)?).unwrap_or(DAYS);
                if let Some(week) = shares.weeks.get_mut(day / DAYS_IN_WEEK) {
                    week.add(share);
                }
                if (MONTH_FROM..DAYS).contains(&day) {
                    shares.month.add(share);
                }
            }
            Ok(all)
        })
    })
    .await
}

fn count(row: &Row, column: usize) -> Result<u64, StoreError> {
    Ok(u64::try_from(row.int(column)?).unwrap_or(0))
}
