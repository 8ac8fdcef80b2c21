//! What has fallen due takes the same road as mail: derived anew, decided, applied.

use std::{collections::BTreeSet, sync::Arc};

use jiff::{SignedDuration, Timestamp};

use super::{super::watch, BATCH_MAX, Decider, HouseError, Progress, causes::Ready};
use crate::{
    desk::{
        cause::Cause,
        readiness::{Readiness, waits_for_mail},
        timer::{Due, TimerKind},
    },
    model::{
        alarm,
        ids::{PersonId, TicketNumber},
        ticket::Ticket,
    },
    store::{passes, timers},
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
            return Ok(match self.sweep_some().await? || self.index_some().await? {
                true => Progress::Worked,
                false => Progress::Idle,
            });
        }
        let due = self.ready_of(due, now).await?;
        if due.is_empty() {
            return Ok(Progress::Worked);
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

    /// Those that may be kept now. The others are looked at again soon: a mailbox of their ticket was not read past their
    /// instant, or mail waits undecided.
    async fn ready_of(&self, due: Vec<Timer>, now: Timestamp) -> Result<Vec<Timer>, HouseError> {
        let waiting = due.iter().filter(|(kind, _)| waits_for_mail(*kind));
        let numbers: Vec<TicketNumber> = waiting.map(|(_, id)| TicketNumber(*id)).collect();
        if numbers.is_empty() {
            return Ok(due);
        }
        let policy = &self.house.config.policy;
        let passes = passes::known(&self.house.db, self.house.opened_at).await?;
        if passes.is_all_known(policy.mailboxes.keys(), now) {
            return Ok(due);
        }
        let tickets = passes::tickets(&self.house.db, &numbers).await?;
        let (mut ready, mut later) = (Vec::new(), Vec::new());
        for timer in due {
            let (kind, object) = timer;
            let is_its = |ticket: &&Ticket| waits_for_mail(kind) && ticket.number.0 == object;
            let ticket = tickets.iter().find(is_its);
            let readiness = ticket.map_or(Readiness::Ready, |ticket| {
                passes.of_appointment((ticket, kind), policy, now)
            });
            match readiness {
                Readiness::Ready | Readiness::Released => ready.push(timer),
                Readiness::Waits(again) => later.push((timer, again)),
            }
        }
        if !later.is_empty() {
            timers::postpone(&self.house.db, later).await?;
        }
        Ok(ready)
    }

    async fn keep_appointments(&self, due: Vec<Timer>) -> Result<(), HouseError> {
        let is_told = |kind: TimerKind| matches!(kind, TimerKind::Reminder | TimerKind::Escalation);
        let told: BTreeSet<TicketNumber> = due
            .iter()
            .filter(|(kind, _)| is_told(*kind))
            .map(|(_, object)| TicketNumber(*object))
            .collect();
        // What is to be told is told together, after what happens.
        let told = told.first().map(|first| Ready {
            work: None,
            id: format!("pressing/{first}"),
            cause: Cause::Pressing(told.iter().copied().collect()),
            raw: Arc::default(),
        });
        let others = due.iter().filter(|(kind, _)| !is_told(*kind));
        let ready = others.map(|(kind, object)| Ready {
            work: None,
            id: format!("{}/{object}", kind.code()),
            cause: Cause::Due(match kind {
                TimerKind::Digest => Due::Digest(PersonId(*object)),
                TimerKind::Challenge => Due::Challenge(PersonId(*object)),
                TimerKind::Morning => Due::Morning(*object),
                TimerKind::Absence => Due::Absence(*object),
                TimerKind::GiveOut => Due::GiveOut(*object),
                TimerKind::ClockDue
                | TimerKind::Reminder
                | TimerKind::Escalation
                | TimerKind::Close
                | TimerKind::Quiet
                | TimerKind::WaitOver
                | TimerKind::Snooze
                | TimerKind::Owner
                | TimerKind::Origin
                | TimerKind::Nps => Due::Ticket(TicketNumber(*object), *kind),
            }),
            raw: Arc::default(),
        });
        self.decide_and_apply(ready.chain(told).collect(), due.clone())
            .await
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
        timers::postpone(&self.house.db, vec![(timer, at)]).await?;
        self.broken.insert(timer);
        let seen = (format!("{kind} {object}: {error}"), now);
        self.is_told |= watch::report(&self.house, alarm::TIMER, alarm::HOUSE, Some(seen)).await;
        Ok(())
    }
}
