//! How much of a promise's time had passed, by the clock that the promise ran on (DOMAIN 3.3, 3.4).

use jiff::Timestamp;

use super::detail::Promised;
use crate::{desk::calendar::Calendar, model::ids::QueueName};

/// Whoever has less than so much of its time left, per hundred, passes a ticket on late.
const LATE_FROM: i64 = 80;

impl Promised {
    /// How many seconds of its time lie between two instants, by these hours; by none where they are not known any more.
    #[must_use]
    pub fn secs_between(
        &self,
        hours: Option<&Calendar>,
        (from, to): (Timestamp, Timestamp),
    ) -> i64 {
        match hours {
            _ if self.is_round_the_clock => to.duration_since(from).as_secs().max(0),
            Some(hours) => hours.measure(from, to).as_secs(),
            None => 0,
        }
    }

    /// Whether most of its time was over at an instant, pauses left out. `hours` knows those of queues. Where no time counted
    /// at all, nothing of it can be over.
    #[must_use]
    pub fn is_late_at<'c>(
        &self,
        at: Timestamp,
        hours: impl Fn(&QueueName) -> Option<&'c Calendar>,
    ) -> bool {
        let until = |end: Timestamp| {
            let secs = self.held.iter().map(|one| {
                let stretch = (one.from, one.to.min(end));
                self.secs_between(hours(&one.queue), stretch)
            });
            secs.fold(0_i64, i64::saturating_add)
        };
        let rest = match (self.satisfied_at, self.held.last()) {
            (Some(done), Some(last)) if done < self.due_at => {
                self.secs_between(hours(&last.queue), (done, self.due_at))
            }
            (Some(_) | None, Some(_) | None) => 0,
        };
        let whole = until(self.due_at).saturating_add(rest);
        whole > 0 && until(at).saturating_mul(100) >= whole.saturating_mul(LATE_FROM)
    }
}
