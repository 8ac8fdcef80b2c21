//! The decider: the one hand that writes tickets and history. It takes what waits in order, has `causes` make sense of
//! it, loads the facts for the whole batch, lets the desk decide each, and applies all of it in one transaction.
//!
//! A batch that fails is tried again one by one, and only the culprit is to blame: what fails alone several times, or
//! kills the process alone twice, is quarantined, and the mailbox goes on.

mod apply;
mod causes;
mod due;
mod erase;
mod read_mails;
mod rules;
mod scan;
mod sweep;
mod threads;
mod words;

pub(super) use causes::StoredCondition;

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
};

use apply::decide_all;
use causes::Ready;
use scan::Scanner;
use threads::blocking;

use super::{House, HouseError, people::WORK};
use crate::{
    desk::{timer::TimerKind, wants::Wants},
    model::ids::{PolicyId, WorkId},
    store::{
        erase::WORK as ERASE,
        facts, journal,
        leases::Lease,
        work::{self, Work},
    },
};

/// How much work is looked at in one batch.
const BATCH_MAX: usize = 64;

/// How many bytes of mail are held at once; a larger mail comes alone.
const BATCH_BYTES_MAX: i64 = 1 << 20;

/// After so many batches of work what is due has its turn, however much work waits.
const BATCHES_IN_A_ROW: u32 = 32;

/// After so many failures alone a piece of work is quarantined.
const ATTEMPTS_MAX: i64 = 3;

/// After so many deaths of the process with one piece of work alone at hand it is quarantined untried.
const DEATHS_MAX: i64 = 2;

/// What one step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Something; there may be more.
    Worked,
    /// There was nothing to do.
    Idle,
}

/// The decider. There is one in a database, by its lease.
#[derive(Debug)]
pub struct Decider {
    house: House,
    /// The row of the file's rules.
    of_file: PolicyId,
    /// The rules may have been changed by mail since they were taken.
    is_changed: AtomicBool,
    lease: Lease,
    /// Work that failed through no fault of its own; to be cleared as soon as the database answers again.
    innocent: Vec<WorkId>,
    /// Appointments that could not be kept and wait for their next try.
    broken: BTreeSet<(TimerKind, i64)>,
    /// Whether an alarm about them may stand, perhaps of an earlier run.
    is_told: bool,
    /// What looks for viruses, where something does.
    scanner: Option<Scanner>,
    /// Everything is counted by the rules in force.
    is_swept: AtomicBool,
    /// How many batches of work were done since somebody looked for what is due.
    batches: u32,
}

impl Decider {
    /// The decider under its lease.
    #[must_use]
    pub fn new(house: House, lease: Lease) -> Self {
        Self {
            scanner: Scanner::of(&house),
            of_file: house.policy,
            is_changed: AtomicBool::new(true),
            house,
            lease,
            innocent: Vec::new(),
            broken: BTreeSet::new(),
            is_told: true,
            is_swept: AtomicBool::new(false),
            batches: 0,
        }
    }

    /// Takes the lease that was renewed. Where another process has decided meanwhile, what this one remembers may be untrue.
    pub fn renew(&mut self, lease: Lease) {
        if lease.fence != self.lease.fence {
            self.is_changed.store(true, Ordering::SeqCst);
            self.is_swept.store(false, Ordering::SeqCst);
            self.broken.clear();
            self.is_told = true;
        }
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
    pub async fn step(&mut self) -> Result<Progress, HouseError> {
        self.step_with(true).await
    }

    /// Does one batch. `keeps_appointments` false leaves alone what falls due, as whoever drains mail alone wants it.
    pub(in crate::house) async fn step_with(
        &mut self,
        keeps_appointments: bool,
    ) -> Result<Progress, HouseError> {
        self.clear_innocent().await?;
        self.take_rules().await?;
        let now = self.house.clock.now();
        let holds_mail = self.scanner.as_ref().is_some_and(|one| one.holds_mail(now));
        let waiting = match holds_mail {
            true => work::next_besides_mail(&self.house.db, BATCH_MAX).await?,
            false => work::next(&self.house.db, BATCH_MAX).await?,
        };
        let is_their_turn = self.batches >= BATCHES_IN_A_ROW;
        if waiting.is_empty() || (is_their_turn && keeps_appointments) {
            self.batches = 0;
            let progress = match keeps_appointments {
                true => self.step_timers().await?,
                false => Progress::Idle,
            };
            return Ok(match waiting.is_empty() {
                true => progress,
                false => Progress::Worked,
            });
        }
        self.batches = self.batches.saturating_add(1);
        let batch = batch_of(waiting);
        if let [alone] = batch.as_slice()
            && let Some(problem) = hopeless(alone, &self.house.run)
        {
            work::quarantine(&self.house.db, alone.id, problem).await?;
            tracing::error!(
                work.id = alone.id.0,
                "quarantined: the process ended twice with this work at hand"
            );
            return Ok(Progress::Worked);
        }
        let ids: Vec<WorkId> = batch.iter().map(|work| work.id).collect();
        let marked = match ids.as_slice() {
            [alone] => work::attempt(&self.house.db, &self.house.run, *alone).await,
            many => work::suspect(&self.house.db, &self.house.run, many).await,
        };
        if let Err(error) = marked {
            // The mark may be there all the same.
            self.innocent = ids;
            return Err(error.into());
        }
        let attempts = batch
            .first()
            .map_or(0, |work| work.attempts.saturating_add(1));
        match self.work_off(batch).await {
            Ok(()) => Ok(Progress::Worked),
            Err(error) => self.failed(ids, attempts, error).await,
        }
    }

    async fn clear_innocent(&mut self) -> Result<(), HouseError> {
        if !self.innocent.is_empty() {
            work::clear(&self.house.db, &self.house.run, &self.innocent).await?;
            self.innocent.clear();
        }
        Ok(())
    }

    /// A batch failed: blame nobody if it will pass, else try each alone, else quarantine the one.
    async fn failed(
        &mut self,
        ids: Vec<WorkId>,
        attempts: i64,
        error: HouseError,
    ) -> Result<Progress, HouseError> {
        if error.passes() {
            self.innocent = ids;
            // At once: this process may be told to stop, and the next run takes a mark for a death.
            if let Err(again) = self.clear_innocent().await {
                tracing::debug!(error = %again, "the marks of a batch stay until the database answers");
            }
            if let HouseError::ScannerAway(words) = &error {
                tracing::warn!(error = words, "mail waits for the virus scanner");
                return Ok(Progress::Worked);
            }
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
        Ok(Progress::Worked)
    }

    async fn work_off(&mut self, batch: Vec<Work>) -> Result<(), HouseError> {
        let ready = self.ready(batch).await?;
        self.decide_and_apply(ready, Vec::new()).await
    }

    /// Loads the facts, decides and applies, all at one instant.
    async fn decide_and_apply(
        &self,
        ready: Vec<Ready>,
        timers_done: Vec<(TimerKind, i64)>,
    ) -> Result<(), HouseError> {
        let now = self.house.clock.now();
        let causes = ready.iter().map(|one| &one.cause);
        let kb = self.house.shelf.kb();
        let wants = Wants::of(causes, &self.house.given(now, &kb));
        if !wants.searches.is_empty() {
            self.index_more().await?;
        }
        let world = facts::load(&self.house.db, wants, now).await?;
        let lent = journal::raws(&self.house.db, world.lent()).await?;
        let house = self.house.clone();
        let decided = blocking(move || decide_all(&house, ready, (world, &lent), now)).await??;
        self.apply(decided, timers_done, now).await
    }
}

/// Takes from the front what may be done together: one suspect alone, or unsuspected work up to the byte limit.
fn batch_of(waiting: Vec<Work>) -> Vec<Work> {
    let mut bytes = 0_i64;
    let mut batch: Vec<Work> = Vec::new();
    for work in waiting {
        let size = work.mail.as_ref().map_or(0, |mail| mail.size);
        bytes = bytes.saturating_add(size);
        // A directory changes whom mails are from: it is decided between them, not among them.
        // A file of figures is read before its batch is decided: it has to see what the one before it has brought, or closed.
        // Whoever is erased may stand in what is decided beside them.
        let is_read_first = [WORK, "facts", ERASE].contains(&work.kind.as_str());
        let is_alone = work.suspected_by.is_some() || work.attempts > 0 || is_read_first;
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
/// it has ended the process, unless the mark is of this very run: then only the database did not answer.
fn hopeless(work: &Work, run: &str) -> Option<&'static str> {
    let died = work.suspected_by.as_deref().is_some_and(|by| by != run);
    let is_hopeless = died && work.attempts >= DEATHS_MAX;
    is_hopeless.then_some("died_twice")
}
