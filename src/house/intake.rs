//! Intake: the one decider at work. It takes what waits in order, reads mails, loads facts for the whole batch, lets
//! the desk decide each, and applies all of it in one transaction.
//!
//! A batch that fails is tried again one by one, and only the culprit is to blame: what fails alone several times, or
//! kills the process alone twice, is quarantined, and the mailbox goes on.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{House, HouseError};
use crate::{
    clock,
    desk::{
        alarm::{self, Condition},
        arrival::Arrival,
        decide::{Failure, decide_due, decide_failure, decide_mail},
        decision::{Decision, Given},
        timer::{Due, TimerKind, timers_of},
        wants::Wants,
        world::World,
    },
    mail::read,
    model::{
        address::Address,
        ids::{DeliveryId, PersonId, RawId, TicketNumber, WorkId},
    },
    store::{
        apply::{self, Batch, Decided},
        facts,
        house::Lease,
        journal, outbox, timers,
        work::{self, WaitingMail, Work},
    },
};

/// How much work is looked at in one batch.
const BATCH_MAX: usize = 64;

/// How many bytes of mail are held at once; a larger mail comes alone.
const BATCH_BYTES_MAX: i64 = 4 << 20;

/// After so many failures alone a piece of work is quarantined.
const ATTEMPTS_MAX: i64 = 3;

/// After so many deaths of the process with one piece of work alone at hand it is quarantined untried.
const DEATHS_MAX: i64 = 2;

/// What one step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Something; there may be more.
    Worked,
    /// There was nothing to do.
    Idle,
}

/// The decider. There is one in a database, by its lease.
#[derive(Debug)]
pub struct Decider {
    house: House,
    lease: Lease,
    /// Work that failed through no fault of its own; to be cleared as soon as the database answers again.
    innocent: Vec<WorkId>,
}

/// One piece of work, ready to be decided.
enum Ready {
    Mail(Box<Arrival>, Vec<u8>),
    Failure(Failure),
    Condition(Condition),
    ReleaseFuse,
}

/// A refused delivery, as the outbox writes it down.
#[derive(Debug, Deserialize)]
struct FailedDelivery {
    delivery: i64,
    status: Option<String>,
    reply: String,
}

/// A condition, as the watch writes it down.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredCondition {
    pub(super) alarm: String,
    pub(super) object: String,
    pub(super) detail: String,
    pub(super) since: i64,
    pub(super) is_over: bool,
}

impl Decider {
    /// The decider under its lease.
    #[must_use]
    pub const fn new(house: House, lease: Lease) -> Self {
        Self {
            house,
            lease,
            innocent: Vec::new(),
        }
    }

    /// Takes the lease that was renewed.
    pub fn renew(&mut self, lease: Lease) {
        self.lease = lease;
    }

    /// The lease, to be given back.
    #[must_use]
    pub fn into_lease(self) -> Lease {
        self.lease
    }

    /// Does one batch of work, or of what is due.
    ///
    /// # Errors
    /// What went wrong. The work is still there.
    pub async fn step(&mut self) -> Result<Step, HouseError> {
        if !self.innocent.is_empty() {
            work::clear(&self.house.db, &self.innocent).await?;
            self.innocent.clear();
        }
        let waiting = work::next(&self.house.db, BATCH_MAX).await?;
        if waiting.is_empty() {
            return self.step_timers().await;
        }
        let batch = batch_of(waiting);
        if let [alone] = batch.as_slice()
            && let Some(problem) = hopeless(alone)
        {
            work::quarantine(&self.house.db, alone.id, problem).await?;
            tracing::error!(
                work.id = alone.id.0,
                "quarantined: the process ended twice with this work at hand"
            );
            return Ok(Step::Worked);
        }
        let ids: Vec<WorkId> = batch.iter().map(|work| work.id).collect();
        match ids.as_slice() {
            [alone] => work::attempt(&self.house.db, *alone).await?,
            many => work::suspect(&self.house.db, many).await?,
        }
        let attempts = batch
            .first()
            .map_or(0, |work| work.attempts.saturating_add(1));
        match self.digest(batch).await {
            Ok(()) => Ok(Step::Worked),
            Err(error) => self.failed(ids, attempts, error).await,
        }
    }

    /// A batch failed: blame nobody if it will pass, else try each alone, else quarantine the one.
    async fn failed(
        &mut self,
        ids: Vec<WorkId>,
        attempts: i64,
        error: HouseError,
    ) -> Result<Step, HouseError> {
        if error.passes() {
            self.innocent = ids;
            return Err(error);
        }
        match ids.as_slice() {
            [alone] if attempts >= ATTEMPTS_MAX => {
                work::quarantine(&self.house.db, *alone, &error.to_string()).await?;
                tracing::error!(work.id = alone.0, error = %error, "quarantined: it failed several times");
            }
            [alone] => {
                work::failed(&self.house.db, *alone, &error.to_string()).await?;
                tracing::warn!(work.id = alone.0, error = %error, "failed, to be tried again");
            }
            many => {
                tracing::warn!(works = many.len(), error = %error, "a batch failed, each is tried alone")
            }
        }
        Ok(Step::Worked)
    }

    async fn digest(&self, batch: Vec<Work>) -> Result<(), HouseError> {
        let ids: Vec<(WorkId, &'static str, String)> = batch.iter().map(cause).collect();
        let ready = self.ready(batch).await?;
        let given = self.house.given();
        let mut wants = Wants::default();
        wants.add_staff(&given);
        for one in &ready {
            match one {
                Ready::Mail(arrival, _) => wants.add_mail(arrival, &given),
                Ready::Failure(failure) => {
                    wants.tickets.extend(failure.ticket);
                    wants.addresses.insert(failure.recipient.clone());
                }
                Ready::Condition(_) | Ready::ReleaseFuse => {}
            }
        }
        let world = facts::load(&self.house.db, wants, given.now).await?;
        let house = self.house.clone();
        let (decided, readings, world) =
            blocking(move || decide_all(&house, ids, ready, world)).await??;
        self.apply(decided, readings, world, Vec::new()).await
    }

    /// Reads the mails of a batch, on as many threads as there are cores to spare, and looks up the rest.
    async fn ready(&self, batch: Vec<Work>) -> Result<Vec<Ready>, HouseError> {
        let mails: Vec<WaitingMail> = batch.iter().filter_map(|work| work.mail.clone()).collect();
        let raws =
            journal::raws(&self.house.db, mails.iter().map(|mail| mail.raw).collect()).await?;
        let limits = Arc::clone(&self.house.limits);
        let half = raws.len().div_ceil(READERS).max(1);
        let mut readers = Vec::new();
        let mut rest = raws.into_iter().zip(mails).peekable();
        while rest.peek().is_some() {
            let share: Vec<_> = rest.by_ref().take(half).collect();
            let limits = Arc::clone(&limits);
            readers.push(tokio::task::spawn_blocking(move || {
                read_all(share, &limits)
            }));
        }
        let mut arrivals = Vec::new();
        for reader in readers {
            arrivals.extend(reader.await.map_err(panicked)?);
        }
        let mut arrivals = arrivals.into_iter();
        let mut ready = Vec::new();
        for work in batch {
            let one = match work.mail {
                Some(_) => arrivals
                    .next()
                    .map(|(arrival, raw)| Ready::Mail(Box::new(arrival), raw)),
                None => Some(self.ready_other(&work).await?),
            };
            ready.extend(one);
        }
        Ok(ready)
    }

    async fn ready_other(&self, work: &Work) -> Result<Ready, HouseError> {
        let stored =
            |error: serde_json::Error| HouseError::Stored(format!("work {}: {error}", work.id));
        match work.kind.as_str() {
            "failure" => {
                let failed: FailedDelivery = serde_json::from_str(&work.payload).map_err(stored)?;
                let about = outbox::about(&self.house.db, DeliveryId(failed.delivery)).await?;
                let recipient = Address::parse(&about.recipient)
                    .map_err(|error| HouseError::Stored(error.to_string()))?;
                let is_about_failure = about.class == "alarm" || about.template == "undelivered";
                Ok(Ready::Failure(Failure {
                    ticket: about.ticket,
                    side: about.side,
                    message: about.message,
                    recipient,
                    status: failed.status,
                    diagnostic: failed.reply,
                    is_about_failure,
                }))
            }
            "condition" => {
                let stored: StoredCondition =
                    serde_json::from_str(&work.payload).map_err(stored)?;
                let since = jiff::Timestamp::from_millisecond(stored.since)
                    .unwrap_or_else(|_| self.house.clock.now());
                let StoredCondition {
                    alarm,
                    object,
                    detail,
                    is_over,
                    ..
                } = stored;
                Ok(Ready::Condition(Condition {
                    alarm,
                    object,
                    detail,
                    since,
                    is_over,
                }))
            }
            "release_fuse" => Ok(Ready::ReleaseFuse),
            other => Err(HouseError::Stored(format!(
                "work {}: kind {other}",
                work.id
            ))),
        }
    }

    /// What has fallen due, a batch at a time.
    async fn step_timers(&self) -> Result<Step, HouseError> {
        let given = self.house.given();
        let most = i64::try_from(BATCH_MAX).unwrap_or(i64::MAX);
        let due = timers::due(&self.house.db, given.now, most).await?;
        if due.is_empty() {
            return Ok(Step::Idle);
        }
        let mut wants = Wants::default();
        wants.add_staff(&given);
        let mut readers = BTreeSet::new();
        for (kind, object) in &due {
            match kind {
                TimerKind::ClockDue | TimerKind::Close => {
                    wants.tickets.insert(TicketNumber(*object));
                }
                TimerKind::Digest => {
                    readers.insert(PersonId(*object));
                }
            }
        }
        let world = facts::load_with_digests(&self.house.db, wants, readers, given.now).await?;
        let (mut world, mut decided) = (world, Vec::new());
        for (kind, object) in &due {
            let what = match kind {
                TimerKind::Digest => Due::Digest(PersonId(*object)),
                TimerKind::ClockDue | TimerKind::Close => Due::Ticket(TicketNumber(*object), *kind),
            };
            let decision = decide_due(what, &world, &given);
            world.absorb(&decision);
            let bytes = self.house.bytes_of(&decision, |_| None)?;
            let cause_id = format!("{}/{object}", kind.code());
            decided.push(Decided {
                work: None,
                cause_kind: "timer",
                cause_id,
                decision,
                bytes,
            });
        }
        self.apply(decided, Vec::new(), world, due).await?;
        Ok(Step::Worked)
    }

    async fn apply(
        &self,
        decided: Vec<Decided>,
        readings: Vec<(RawId, Vec<u8>)>,
        world: World,
        timers_done: Vec<(TimerKind, i64)>,
    ) -> Result<(), HouseError> {
        let policy = &self.house.config.policy;
        let touched: BTreeSet<TicketNumber> = decided
            .iter()
            .flat_map(|one| one.decision.tickets())
            .collect();
        let tickets = touched
            .iter()
            .filter_map(|number| world.tickets.get(number))
            .map(|ticket| (ticket.clone(), timers_of(ticket, policy)))
            .collect();
        let sends = decided.iter().any(|one| !one.decision.mails.is_empty());
        let mut seed = [0; 32];
        clock::fill_random(&mut seed).map_err(|error| HouseError::Stored(error.to_string()))?;
        let batch = Batch {
            lease: self.lease.clone(),
            policy: self.house.policy,
            now: self.house.clock.now(),
            decided,
            tickets,
            timers_done,
            readings,
            seed,
        };
        apply::apply(&self.house.db, batch).await?;
        if sends {
            self.house.bells.outbox.notify_one();
        }
        Ok(())
    }
}

/// How many mails are read at once.
const READERS: usize = 2;

/// Takes from the front what may be done together: one suspect alone, or unsuspected work up to the byte limit.
fn batch_of(waiting: Vec<Work>) -> Vec<Work> {
    let mut bytes = 0_i64;
    let mut batch: Vec<Work> = Vec::new();
    for work in waiting {
        let size = work.mail.as_ref().map_or(0, |mail| mail.size);
        bytes = bytes.saturating_add(size);
        let is_alone = work.is_suspect || work.attempts > 0;
        if !batch.is_empty() && (is_alone || bytes > BATCH_BYTES_MAX) {
            break;
        }
        batch.push(work);
        if is_alone {
            break;
        }
    }
    batch
}

/// An attempt is counted and the work marked before it begins. What fails in words loses the mark; what still bears
/// it has ended the process.
fn hopeless(work: &Work) -> Option<&'static str> {
    let is_hopeless = work.is_suspect && work.attempts >= DEATHS_MAX;
    is_hopeless.then_some("the program ended twice while working on this mail")
}

fn cause(work: &Work) -> (WorkId, &'static str, String) {
    match (&work.mail, work.kind.as_str()) {
        (Some(mail), _) => (work.id, "mail", mail.raw.to_string()),
        (None, "failure") => (work.id, "failure", work.id.to_string()),
        (None, "condition") => (work.id, "condition", work.id.to_string()),
        (None, _) => (work.id, "operator", work.id.to_string()),
    }
}

fn read_all(
    share: Vec<(journal::Raw, WaitingMail)>,
    limits: &read::Limits,
) -> Vec<(Arrival, Vec<u8>)> {
    let arrival = |(raw, mail): (journal::Raw, WaitingMail)| {
        let mut reading = read::read(&raw.bytes, limits);
        if raw.is_cut {
            reading.message.oddities.push("too_large".to_owned());
        }
        (
            Arrival {
                raw: mail.raw,
                mailbox: mail.mailbox,
                at: mail.at,
                reading,
            },
            raw.bytes,
        )
    };
    share.into_iter().map(arrival).collect()
}

type AllDecided = (Vec<Decided>, Vec<(RawId, Vec<u8>)>, World);

/// Decides one after the other, each seeing what the one before did.
fn decide_all(
    house: &House,
    causes: Vec<(WorkId, &'static str, String)>,
    ready: Vec<Ready>,
    mut world: World,
) -> Result<AllDecided, HouseError> {
    let given = house.given();
    let mut decided = Vec::new();
    let mut readings = Vec::new();
    for ((work, cause_kind, cause_id), one) in causes.into_iter().zip(ready) {
        let decision = decide_one(&one, &world, &given);
        world.absorb(&decision);
        let bytes = match &one {
            Ready::Mail(arrival, raw) => {
                readings.push((arrival.raw, journal::pack_reading(&arrival.reading)?));
                house.bytes_of(&decision, |id| {
                    (id == arrival.raw).then_some(raw.as_slice())
                })?
            }
            Ready::Failure(_) | Ready::Condition(_) | Ready::ReleaseFuse => {
                house.bytes_of(&decision, |_| None)?
            }
        };
        decided.push(Decided {
            work: Some(work),
            cause_kind,
            cause_id,
            decision,
            bytes,
        });
    }
    Ok((decided, readings, world))
}

fn decide_one(one: &Ready, world: &World, given: &Given<'_>) -> Decision {
    match one {
        Ready::Mail(arrival, _) => decide_mail(arrival, world, given),
        Ready::Failure(failure) => decide_failure(failure, world, given),
        Ready::Condition(condition) => alarm::decide_condition(condition, world, given),
        Ready::ReleaseFuse => alarm::decide_fuse_release(world, given),
    }
}

/// Runs work of the processor's off the loops that wait; its panic becomes an error.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, HouseError> {
    tokio::task::spawn_blocking(work).await.map_err(panicked)
}

fn panicked(error: tokio::task::JoinError) -> HouseError {
    let words = error.try_into_panic().ok().and_then(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        words.or_else(|| {
            panic
                .downcast_ref::<&str>()
                .map(|words| (*words).to_owned())
        })
    });
    HouseError::Panicked(words.unwrap_or_else(|| "no words".to_owned()))
}
