//! What has fallen due takes the same road as mail: derived anew, decided, applied.

use std::sync::Arc;

use jiff::SignedDuration;

use super::{super::watch, BATCH_MAX, Decider, HouseError, Progress, intake::Ready};
use crate::{
    desk::{
        cause::Cause,
        timer::{Due, TimerKind},
    },
    model::{
        alarm,
        ids::{PersonId, TicketNumber},
    },
    store::timers,
};

/// A timer that fails through its own fault is tried again so much later.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(1);

type Timer = (TimerKind, i64);

impl Decider {
    /// What has fallen due, a batch at a time. If a batch fails each is tried alone, and only the culprit waits.
    pub(super) async fn step_timers(&mut self) -> Result<Progress, HouseError> {
        let now = self.house.clock.now();
        let most = i64::try_from(BATCH_MAX).unwrap_or(i64::MAX);
        let due = timers::due(&self.house.db, now, most).await?;
        if due.is_empty() {
            return Ok(match self.index_some().await? {
                true => Progress::Worked,
                false => Progress::Idle,
            });
        }
        match self.keep_appointments(due.clone()).await {
            Ok(()) => self.kept(&due).await,
            Err(error) if error.passes() => return Err(error),
            Err(error) => {
                tracing::warn!(timers = due.len(), %error, "what fell due failed, each is tried alone");
                for timer in due {
                    match self.keep_appointments(vec![timer]).await {
                        Ok(()) => self.kept(&[timer]).await,
                        Err(error) if error.passes() => return Err(error),
                        Err(error) => self.broke(timer, &error).await?,
                    }
                }
            }
        }
        Ok(Progress::Worked)
    }

    async fn keep_appointments(&self, due: Vec<Timer>) -> Result<(), HouseError> {
        let ready = due.iter().map(|(kind, object)| Ready {
            work: None,
            id: format!("{}/{object}", kind.code()),
            cause: Cause::Due(match kind {
                TimerKind::Digest => Due::Digest(PersonId(*object)),
                TimerKind::Challenge => Due::Challenge(PersonId(*object)),
                TimerKind::Morning => Due::Morning(*object),
                TimerKind::Absence => Due::Absence(*object),
                TimerKind::ClockDue
                | TimerKind::Reminder
                | TimerKind::Close
                | TimerKind::Quiet
                | TimerKind::WaitOver
                | TimerKind::Origin => Due::Ticket(TicketNumber(*object), *kind),
            }),
            raw: Arc::default(),
        });
        self.decide_and_apply(ready.collect(), due.clone()).await
    }

    async fn kept(&mut self, timers: &[Timer]) {
        for timer in timers {
            self.broken.remove(timer);
        }
        if self.is_told && self.broken.is_empty() {
            self.is_told = !watch::report(&self.house, alarm::TIMER, alarm::HOUSE, None).await;
        }
    }

    async fn broke(&mut self, timer: Timer, error: &HouseError) -> Result<(), HouseError> {
        let (kind, object) = (timer.0.code(), timer.1);
        tracing::error!(timer.kind = kind, timer.object = object, %error, "an appointment cannot be kept; it is tried again in an hour");
        let now = self.house.clock.now();
        let at = now.saturating_add(AGAIN_AFTER).unwrap_or(now);
        timers::postpone(&self.house.db, timer, at).await?;
        self.broken.insert(timer);
        let seen = (format!("{kind} {object}: {error}"), now);
        self.is_told |= watch::report(&self.house, alarm::TIMER, alarm::HOUSE, Some(seen)).await;
        Ok(())
    }
}
