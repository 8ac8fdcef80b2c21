//! Rules that fitted nothing all month, and of which no head reads: the administrator, who has written them, is told once a
//! month.

use jiff::{
    Timestamp,
    civil::{Time, time},
};

use super::{super::HouseError, House};
use crate::{
    desk::review::{ReviewStep, Written, is_due, month_over, untold_rules},
    model::{ids::EventSeq, review::ReviewKind},
    store::{history, lookup},
};

/// When the administrator is told, on the first working day of the first queue.
const AT: Time = time(9, 0, 0, 0);

impl House {
    /// Leaves for the decider which rules fitted nothing, where that is due.
    pub(super) async fn idle_rules(
        &self,
        written: &Written,
        now: Timestamp,
    ) -> Result<(), HouseError> {
        let policy = &self.config.policy;
        let (month, queue) = (
            month_over(&self.payroll_zone(), now),
            policy.queues.values().next(),
        );
        let Some((month, queue)) = month.zip(queue).filter(|_| !policy.rules.is_empty()) else {
            return Ok(());
        };
        let last = written.last(ReviewKind::Rules, None);
        if !is_due((AT, &queue.calendar), (&month, last), now) {
            return Ok(());
        }
        let hit = lookup::rules_applied(&self.db, month.from, month.to).await?;
        let step = ReviewStep::Rules {
            upto: EventSeq(history::last(&self.db).await?),
            rules: untold_rules(policy, &month.name, &hit),
            period: month.name,
        };
        self.leave_review(&step, now).await
    }
}
