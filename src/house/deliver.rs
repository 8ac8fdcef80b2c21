//! Deliver: what was decided goes out. Attempts are booked before they are made; each result is on disk before its
//! connection sends the next mail. No transaction is held across the network.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{
    House, HouseError,
    decider::Progress,
    round::{self, Load},
    rounds::{RelayEnd, Rounds},
    watch,
};
use crate::{
    model::alarm,
    model::ids::{MailboxName, OutgoingId},
    smtp::{RelayFault, backoff},
    store::{
        Fate,
        outbox::{self, AttemptResult, Claimed, Except, StoredMail},
    },
};

/// How much is claimed at once.
const CLAIM_MAX: usize = 128;

/// How many bytes of it are read at once.
const READ_BYTES_MAX: i64 = 1 << 20;

/// Sends what is due, each relay at its own pace: while one is at work, nothing is claimed for it, and everything for the
/// others. It remembers how long each relay has been out of order.
#[derive(Debug)]
pub struct Deliverer {
    house: House,
    faults: BTreeMap<MailboxName, Fault>,
    /// Results that could not be written yet.
    unwritten: Vec<AttemptResult>,
    /// Whether no claim is left behind that nobody works on. A new deliverer does not know what a panic has left.
    is_clean: bool,
    stop: CancellationToken,
    /// The relays at work.
    rounds: Rounds,
}

/// A relay that takes nothing.
#[derive(Debug)]
struct Fault {
    since: Timestamp,
    times: u32,
    is_told: bool,
}

impl Deliverer {
    /// A deliverer of this house.
    #[must_use]
    pub fn new(house: House) -> Self {
        Self {
            house,
            faults: BTreeMap::new(),
            unwritten: Vec::new(),
            is_clean: false,
            stop: CancellationToken::new(),
            rounds: Rounds::default(),
        }
    }

    /// One that begins no mail once `stop` is cancelled, and gives back what it has claimed.
    #[must_use]
    pub fn until(self, stop: CancellationToken) -> Self {
        Self { stop, ..self }
    }

    /// Claims once of what is due, and sends it to the end.
    ///
    /// # Errors
    /// What the database says. What was claimed and not sent is sent later.
    pub async fn step(&mut self) -> Result<Progress, HouseError> {
        let begun = self.begin().await?;
        self.finish().await?;
        Ok(begun)
    }

    /// Claims once of what is due where no relay is at work, and lets these relays begin.
    ///
    /// # Errors
    /// What the database says. What was claimed and not begun is sent later.
    pub async fn begin(&mut self) -> Result<Progress, HouseError> {
        self.clean_up().await?;
        self.is_clean = false;
        let (house, busy) = (&self.house, self.rounds.busy());
        let except = Except {
            quiet: &house.quiet(),
            busy: &busy,
        };
        let now = house.clock.now();
        let claimed = outbox::claim(&house.db, &house.run, now, CLAIM_MAX, except).await?;
        if claimed.is_empty() {
            self.is_clean = true;
            return Ok(Progress::Idle);
        }
        let mut mails = read_small(house, &claimed).await;
        let mut by_relay: BTreeMap<MailboxName, VecDeque<Load>> = BTreeMap::new();
        for claimed in claimed {
            let mail = mails.remove(&claimed.outgoing);
            by_relay
                .entry(claimed.mailbox.clone())
                .or_default()
                .push_back(Load { claimed, mail });
        }
        for (name, mails) in by_relay {
            let work = (mails, self.stop.clone());
            self.rounds.begin(self.house.clone(), name, work);
        }
        self.is_clean = true;
        Ok(Progress::Worked)
    }

    /// Waits for the next relay to end its round, for ever where none is at work. [`Self::end`] must hear of it.
    pub(super) async fn ended(&mut self) -> Result<RelayEnd, HouseError> {
        match self.rounds.ended().await {
            Some(ended) => ended,
            None => std::future::pending().await,
        }
    }

    /// Lets all relays that are at work end their rounds.
    ///
    /// # Errors
    /// What the database says.
    pub async fn finish(&mut self) -> Result<(), HouseError> {
        let mut done = Ok(());
        while let Some(ended) = self.rounds.ended().await {
            done = self.end(ended).await.and(done);
        }
        done
    }

    /// Whether no relay is at work for longer than any can be.
    pub(super) fn is_moving(&self) -> bool {
        self.rounds.are_moving()
    }

    /// When something is due next where no relay is at work.
    pub(super) async fn next_at(&self) -> Result<Option<Timestamp>, HouseError> {
        let except = Except {
            quiet: &self.house.quiet(),
            busy: &self.rounds.busy(),
        };
        Ok(outbox::next_at(&self.house.db, except).await?)
    }

    /// Puts right what an earlier step could not: results are written late, and claims that nobody works on any more
    /// become free. There is one deliverer in a process, so no claim of its own is alive where no relay is at work.
    async fn clean_up(&mut self) -> Result<(), HouseError> {
        if self.is_clean {
            return Ok(());
        }
        if !self.unwritten.is_empty() {
            match outbox::settle(&self.house.db, &self.house.run, self.unwritten.clone()).await {
                Err(error) if error.fate() != Fate::GiveUp => return Err(error.into()),
                // Their claims become free below, and they are sent once more.
                Err(error) => tracing::error!(%error, "results of deliveries cannot be written"),
                Ok(()) => {}
            }
            self.unwritten.clear();
        }
        let (house, busy) = (&self.house, self.rounds.busy());
        let freed = outbox::free_own(&house.db, &house.run, house.clock.now(), &busy).await?;
        if freed > 0 {
            tracing::warn!(
                deliveries = freed,
                "sending was interrupted; these are sent again with the same bytes"
            );
        }
        Ok(())
    }

    /// Sees to what a round has left.
    pub(super) async fn end(
        &mut self,
        ended: Result<RelayEnd, HouseError>,
    ) -> Result<(), HouseError> {
        let done = match ended {
            Ok(end) => self.round_ended(end).await,
            Err(panicked) => Err(panicked),
        };
        self.is_clean &= done.is_ok();
        self.house.bells.work.notify_one();
        done
    }

    async fn round_ended(&mut self, end: RelayEnd) -> Result<(), HouseError> {
        self.unwritten.extend(end.unwritten);
        let mut problem = end.problem.map(HouseError::from);
        if !end.left.is_empty() {
            let given = outbox::give_back(&self.house.db, &self.house.run, &end.left).await;
            problem = given.err().map(HouseError::from).or(problem);
        }
        let is_known_well = problem.is_none();
        let told = self
            .relay_ended(end.mailbox, end.fault, is_known_well)
            .await;
        problem.map_or(told, Err)
    }

    /// What the relay's part in it was; where the database was at fault nothing is known of the relay.
    async fn relay_ended(
        &mut self,
        mailbox: MailboxName,
        fault: Option<RelayFault>,
        is_known_well: bool,
    ) -> Result<(), HouseError> {
        match fault {
            None if !is_known_well => Ok(()),
            Some(fault) => self.relay_failed(mailbox, &fault).await,
            None => {
                let is_told = self.faults.get(&mailbox).is_some_and(|fault| fault.is_told);
                if !is_told
                    || watch::report(&self.house, alarm::RELAY, mailbox.as_str(), None).await
                {
                    self.faults.remove(&mailbox);
                }
                Ok(())
            }
        }
    }

    /// The relay rests, with all its mails; none of them is to blame.
    async fn relay_failed(
        &mut self,
        mailbox: MailboxName,
        fault: &RelayFault,
    ) -> Result<(), HouseError> {
        let now = self.house.clock.now();
        let known = self.faults.entry(mailbox.clone()).or_insert(Fault {
            since: now,
            times: 0,
            is_told: false,
        });
        known.times = known.times.saturating_add(1);
        let wait = backoff::next_attempt(known.times.min(REST_STEPS_MAX), round::chance())
            .unwrap_or_default();
        tracing::warn!(mailbox.name = %mailbox, error = %fault, retry_secs = wait.as_secs(), "the mail server takes nothing");
        let until = SignedDuration::try_from(wait)
            .ok()
            .and_then(|wait| now.checked_add(wait).ok())
            .unwrap_or(now);
        outbox::postpone(&self.house.db, &mailbox, until).await?;
        if fault.needs_operator() {
            let seen = Some((fault.to_string(), known.since));
            known.is_told |= watch::report(&self.house, alarm::RELAY, mailbox.as_str(), seen).await;
        }
        Ok(())
    }
}

/// A relay rests at most some ten minutes: it is asked again soon after it is well.
const REST_STEPS_MAX: u32 = 4;

/// Reads as many mails of a claim at once as may lie in memory. What is not among them, each courier reads for itself.
async fn read_small(house: &House, claimed: &[Claimed]) -> BTreeMap<OutgoingId, StoredMail> {
    let mut bytes = 0_i64;
    let small: Vec<OutgoingId> = claimed
        .iter()
        .filter(|one| {
            let sum = bytes.saturating_add(one.size);
            let is_in = sum <= READ_BYTES_MAX;
            if is_in {
                bytes = sum;
            }
            is_in
        })
        .map(|one| one.outgoing)
        .collect();
    outbox::mails(&house.db, &small)
        .await
        .unwrap_or_else(|error| {
            tracing::warn!(%error, "mails to be sent could not be read together; they are read one by one");
            BTreeMap::new()
        })
}
