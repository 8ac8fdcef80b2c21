//! What the page shows and is too dear to be found out for every look at it: kept for a while, forgotten at the end.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};

use crate::{
    model::ids::QueueName,
    store::shares::Shares,
    web::{months::Months, reports::PlannedReport},
};

/// The shares in time are counted so often.
const COUNT_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// What comes by itself is found out so often.
const PLAN_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// The shares in time of all queues.
pub(super) type AllShares = Arc<BTreeMap<QueueName, Shares>>;

/// What comes by itself.
pub(super) type Plans = Arc<Vec<PlannedReport>>;

/// The last months of all queues, drawn.
pub(super) type AllMonths = BTreeMap<QueueName, Arc<Months>>;

/// Something and when it was found out.
type Kept<T> = Arc<Mutex<Option<(Timestamp, T)>>>;

fn fresh<T: Clone>(
    kept: &Kept<T>,
    now: Timestamp,
    within: SignedDuration,
) -> Option<(Timestamp, T)> {
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, known) = kept.as_ref()?;
    // A clock that was set back does not keep old ones for ever.
    let is_fresh = now.duration_since(*at).abs() < within;
    is_fresh.then(|| (*at, known.clone()))
}

fn keep<T>(kept: &Kept<T>, at: Timestamp, found: T) {
    *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, found));
}

/// Shares in time and the next letters, as they were found out last. All clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct PageCache {
    shares: Kept<AllShares>,
    plans: Kept<Plans>,
    months: Arc<Mutex<AllMonths>>,
}

impl PageCache {
    /// The shares in time and up to when they are counted, if that was lately.
    pub(super) fn shares(&self, now: Timestamp) -> Option<(Timestamp, AllShares)> {
        fresh(&self.shares, now, COUNT_EVERY)
    }

    /// Keeps shares that were counted at that instant.
    pub(super) fn keep_shares(&self, at: Timestamp, shares: &AllShares) {
        keep(&self.shares, at, Arc::clone(shares));
    }

    /// What comes by itself, if it was found out lately.
    pub(super) fn plans(&self, now: Timestamp) -> Option<Plans> {
        fresh(&self.plans, now, PLAN_EVERY).map(|(_, plans)| plans)
    }

    /// A queue's last months, drawn; `None`: they have not been counted yet.
    pub(super) fn months(&self, name: &QueueName) -> Option<Arc<Months>> {
        let months = self.months.lock().unwrap_or_else(PoisonError::into_inner);
        months.get(name).cloned()
    }

    /// Keeps the last months of all queues until they are drawn again.
    pub(super) fn keep_months(&self, drawn: AllMonths) {
        *self.months.lock().unwrap_or_else(PoisonError::into_inner) = drawn;
    }

    /// Keeps what comes by itself, as it was found out at that instant.
    pub(super) fn keep_plans(&self, at: Timestamp, plans: &Plans) {
        keep(&self.plans, at, Arc::clone(plans));
    }
}
