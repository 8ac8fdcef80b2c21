//! Deliver: what was decided goes out. Attempts are booked before they are made; each result is on disk before its
//! connection sends the next mail. No transaction is held across the network.

use std::collections::{BTreeMap, VecDeque};

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{
    House, HouseError,
    decider::Progress,
    round::{self, Heap, Load, Stopped},
    settle::Settler,
    watch,
};
use crate::{
    model::alarm,
    model::{
        account::Relay,
        ids::{DeliveryId, MailboxName, OutgoingId},
    },
    smtp::{RelayFault, Transport, backoff},
    store::{
        Fate, StoreError,
        outbox::{self, AttemptResult, Claimed, StoredMail},
    },
};

/// How much is claimed at once.
const CLAIM_MAX: usize = 128;

/// How many bytes of it are read at once.
const READ_BYTES_MAX: i64 = 1 << 20;

/// Sends what is due. It remembers how long each relay has been out of order.
#[derive(Debug)]
pub struct Deliverer {
    house: House,
    faults: BTreeMap<MailboxName, Fault>,
    /// Results that could not be written yet.
    unwritten: Vec<AttemptResult>,
    /// Whether the last step has left no claim behind. A new deliverer does not know what a panic has left.
    is_clean: bool,
    stop: CancellationToken,
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
        }
    }

    /// One that begins no mail once `stop` is cancelled, and gives back what it has claimed.
    #[must_use]
    pub fn until(self, stop: CancellationToken) -> Self {
        Self { stop, ..self }
    }

    /// Sends one claim's worth of what is due.
    ///
    /// # Errors
    /// What the database says. What was claimed and not sent is sent later.
    pub async fn step(&mut self) -> Result<Progress, HouseError> {
        let house = self.house.clone();
        self.clean_up().await?;
        self.is_clean = false;
        let claimed = outbox::claim(
            &house.db,
            &house.run,
            house.clock.now(),
            CLAIM_MAX,
            &house.quiet(),
        )
        .await?;
        if claimed.is_empty() {
            self.is_clean = true;
            return Ok(Progress::Idle);
        }
        let mut mails = read_small(&house, &claimed).await;
        let mut by_relay: BTreeMap<MailboxName, VecDeque<Load>> = BTreeMap::new();
        for claimed in claimed {
            let mail = mails.remove(&claimed.outgoing);
            by_relay
                .entry(claimed.mailbox.clone())
                .or_default()
                .push_back(Load { claimed, mail });
        }
        let (settler, settling) = Settler::new(house.db.clone(), house.meters.clone());
        let sending = async {
            let relays = by_relay.into_iter().map(|(name, heap)| {
                send_all(&house, name, (heap, self.stop.clone()), settler.clone())
            });
            let ended = join_all(relays).await;
            drop(settler);
            ended
        };
        let (ended, settled) = tokio::join!(sending, settling);
        self.unwritten = settled.unwritten;
        let mut problem = settled.problem.map(HouseError::from);
        for end in ended {
            problem = self.end(end).await.err().or(problem);
        }
        house.bells.work.notify_one();
        self.is_clean = problem.is_none();
        problem.map_or(Ok(Progress::Worked), Err)
    }

    /// Puts right what an earlier step could not: results are written late, and claims that nobody works on any more
    /// become free. There is one deliverer in a process, so between two steps no claim of its own is alive.
    async fn clean_up(&mut self) -> Result<(), HouseError> {
        if self.is_clean {
            return Ok(());
        }
        if !self.unwritten.is_empty() {
            match outbox::settle(&self.house.db, self.unwritten.clone()).await {
                Err(error) if error.fate() != Fate::GiveUp => return Err(error.into()),
                // Their claims become free below, and they are sent once more.
                Err(error) => tracing::error!(%error, "results of deliveries cannot be written"),
                Ok(()) => {}
            }
            self.unwritten.clear();
        }
        let house = &self.house;
        let freed = outbox::free_own(&house.db, &house.run, house.clock.now()).await?;
        if freed > 0 {
            tracing::warn!(
                deliveries = freed,
                "sending was interrupted; these are sent again with the same bytes"
            );
        }
        Ok(())
    }

    async fn end(&mut self, end: RelayEnd) -> Result<(), HouseError> {
        let RelayEnd {
            mailbox,
            left,
            fault,
            problem,
        } = end;
        let mut problem = problem.map(HouseError::from);
        if !left.is_empty() {
            let given = outbox::give_back(&self.house.db, &self.house.run, &left).await;
            problem = given.err().map(HouseError::from).or(problem);
        }
        let told = self.relay_ended(mailbox, fault, problem.is_none()).await;
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

/// How work with one relay ended.
struct RelayEnd {
    mailbox: MailboxName,
    /// Claimed and not begun.
    left: Vec<DeliveryId>,
    fault: Option<RelayFault>,
    /// What the database said, where it stopped a courier.
    problem: Option<StoreError>,
}

async fn send_all(
    house: &House,
    mailbox: MailboxName,
    (heap, stop): (VecDeque<Load>, CancellationToken),
    settler: Settler,
) -> RelayEnd {
    let Some(transport) = house.transports.get(&mailbox) else {
        let left = heap.iter().map(|load| load.claimed.id).collect();
        return RelayEnd {
            fault: Some(no_relay(&mailbox)),
            mailbox,
            left,
            problem: None,
        };
    };
    let couriers = connections(house, &mailbox, transport).min(heap.len());
    let heap = Heap::new(heap, stop);
    let work = (0..couriers).map(|_| round::work(house, transport, &heap, &settler));
    let ended = join_all(work).await;
    let (mut fault, mut problem) = (None, None);
    for stopped in ended.into_iter().filter_map(Result::err) {
        match stopped {
            Stopped::Relay(why) => fault = Some(why),
            Stopped::Database(why) => problem = Some(why),
        }
    }
    let left = heap.left();
    RelayEnd {
        mailbox,
        left,
        fault,
        problem,
    }
}

fn connections(house: &House, mailbox: &MailboxName, transport: &Transport) -> usize {
    match (house.config.relays.get(mailbox), transport) {
        (Some(Relay::Smtp(account)), Transport::Smtp { .. }) => {
            usize::try_from(account.connections).unwrap_or(1).max(1)
        }
        (_, Transport::Smtp { .. } | Transport::Maildir(_) | Transport::Memory(_)) => 1,
    }
}

/// A mailbox that the configuration has lost: its mails wait for its return.
fn no_relay(mailbox: &MailboxName) -> RelayFault {
    RelayFault::Maildir {
        path: mailbox.as_str().into(),
        why: "this mailbox is not configured any more".to_owned(),
    }
}
