//! Deliver: what was decided goes out. Attempts are booked before they are made; each result is on disk before its
//! connection sends the next mail. No transaction is held across the network.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::{
    House, HouseError,
    courier::{self, Heap},
    intake::Step,
    settle::Settler,
    watch,
};
use crate::{
    desk::alarm,
    model::{
        account::Relay,
        ids::{DeliveryId, MailboxName},
    },
    smtp::{RelayFault, Transport, backoff},
    store::outbox::{self, Claimed},
};

/// How much is claimed at once.
const CLAIM_MAX: usize = 128;

/// Sends what is due. It remembers how long each relay has been out of order.
#[derive(Debug)]
pub struct Deliverer {
    house: House,
    faults: BTreeMap<MailboxName, Fault>,
    /// Claims whose results could not be written: to be freed as soon as the database answers again.
    has_loose_ends: bool,
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
    pub const fn new(house: House) -> Self {
        Self {
            house,
            faults: BTreeMap::new(),
            has_loose_ends: false,
        }
    }

    /// Sends one claim's worth of what is due.
    ///
    /// # Errors
    /// What the database says. What was claimed and not sent is sent later.
    pub async fn step(&mut self) -> Result<Step, HouseError> {
        let house = self.house.clone();
        if self.has_loose_ends {
            let freed = outbox::reclaim_own(&house.db, &house.run, house.clock.now()).await?;
            tracing::warn!(
                deliveries = freed,
                "nobody knows how these ended; they are sent again with the same bytes"
            );
        }
        // Until this step has come to a good end, whatever it claims may be left behind.
        self.has_loose_ends = true;
        let claimed = outbox::claim(&house.db, &house.run, house.clock.now(), CLAIM_MAX).await?;
        if claimed.is_empty() {
            self.has_loose_ends = false;
            return Ok(Step::Idle);
        }
        let mut by_relay: BTreeMap<MailboxName, VecDeque<Claimed>> = BTreeMap::new();
        for one in claimed {
            by_relay
                .entry(one.mailbox.clone())
                .or_default()
                .push_back(one);
        }
        let (settler, settling) = Settler::new(house.db.clone());
        let sending = async {
            let relays = by_relay
                .into_iter()
                .map(|(name, heap)| send_all(&house, name, heap, settler.clone()));
            let ended = join_all(relays).await;
            drop(settler);
            ended
        };
        let (ended, settled) = tokio::join!(sending, settling);
        let is_all_written = ended.iter().all(|end| end.is_written);
        for end in ended {
            self.end(end).await?;
        }
        settled?;
        self.has_loose_ends = !is_all_written;
        house.bells.work.notify_one();
        Ok(Step::Worked)
    }

    async fn end(&mut self, end: RelayEnd) -> Result<(), HouseError> {
        let RelayEnd {
            mailbox,
            left,
            fault,
            ..
        } = end;
        if !left.is_empty() {
            outbox::give_back(&self.house.db, &left).await?;
        }
        match fault {
            Some(fault) => self.relay_failed(mailbox, &fault).await,
            None => {
                if self
                    .faults
                    .remove(&mailbox)
                    .is_some_and(|fault| fault.is_told)
                {
                    watch::report(&self.house, alarm::OUTBOX, mailbox.as_str(), None).await;
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
        let wait = backoff::next_attempt(known.times.min(REST_STEPS_MAX), courier::chance())
            .unwrap_or_default();
        tracing::warn!(mailbox.name = %mailbox, error = %fault, retry_secs = wait.as_secs(), "the mail server takes nothing");
        let until = SignedDuration::try_from(wait)
            .ok()
            .and_then(|wait| now.checked_add(wait).ok())
            .unwrap_or(now);
        outbox::postpone(&self.house.db, &mailbox, until).await?;
        if fault.needs_operator() && !known.is_told {
            known.is_told = true;
            let since = known.since;
            watch::report(
                &self.house,
                alarm::OUTBOX,
                mailbox.as_str(),
                Some((fault.to_string(), since)),
            )
            .await;
        }
        Ok(())
    }
}

/// A relay rests at most some ten minutes: it is asked again soon after it is well.
const REST_STEPS_MAX: u32 = 4;

/// How work with one relay ended.
struct RelayEnd {
    mailbox: MailboxName,
    /// Claimed and not begun.
    left: Vec<DeliveryId>,
    fault: Option<RelayFault>,
    /// Whether the result of everything that was begun is on disk.
    is_written: bool,
}

async fn send_all(
    house: &House,
    mailbox: MailboxName,
    heap: VecDeque<Claimed>,
    settler: Settler,
) -> RelayEnd {
    let Some(transport) = house.transports.get(&mailbox) else {
        let left = heap.iter().map(|one| one.id).collect();
        return RelayEnd {
            fault: Some(no_relay(&mailbox)),
            mailbox,
            left,
            is_written: true,
        };
    };
    let couriers = connections(house, &mailbox, transport).min(heap.len());
    let heap: Heap = Arc::new(Mutex::new(heap));
    let work = (0..couriers).map(|_| courier::work(house, transport, &heap, &settler));
    let ended = join_all(work).await;
    let is_written = ended.iter().all(|end| !matches!(end, Ok(false)));
    let fault = ended.into_iter().find_map(Result::err);
    let left = heap
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
        .map(|one| one.id)
        .collect();
    RelayEnd {
        mailbox,
        left,
        fault,
        is_written,
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
