//! A round of one courier: a connection that takes one mail after the other from a shared heap until it is empty.

use std::{
    borrow::Cow,
    collections::VecDeque,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{House, settle::Settler};
use crate::{
    clock::{self, Stopwatch},
    model::{address::Address, ids::DeliveryId},
    smtp::{Courier, DeliveryStatus, MailObject, RelayFault, Transport, backoff},
    store::{
        Fate, StoreError,
        outbox::{self, AttemptResult, Claimed, Ending},
    },
};

/// How soon a mail of unknown fate is sent once more.
const UNKNOWN_AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(5);

/// After so long no new mail is begun: what has come to be sent meanwhile, an alarm perhaps, is claimed then.
const STEP_LONGEST: Duration = Duration::from_secs(120);

/// After so many faults in a row it is the relay that is out of order, and not one mail after the other.
const FAULTS_MAX: u32 = 2;

/// What several couriers of one relay work off.
#[derive(Debug)]
pub(super) struct Heap {
    mails: Mutex<VecDeque<Load>>,
    /// How many mails in a row have met a fault of the connection.
    faults: AtomicU32,
    since: Stopwatch,
    stop: CancellationToken,
}

impl Heap {
    /// These mails, of which none is begun once `stop` is cancelled.
    pub(super) fn new(mails: VecDeque<Load>, stop: CancellationToken) -> Self {
        Self {
            mails: Mutex::new(mails),
            faults: AtomicU32::new(0),
            since: Stopwatch::start(),
            stop,
        }
    }

    /// What was not begun.
    pub(super) fn left(&self) -> Vec<DeliveryId> {
        self.mails().iter().map(|load| load.claimed.id).collect()
    }

    fn take(&self) -> Option<Load> {
        let is_over = self.stop.is_cancelled() || self.since.elapsed() >= STEP_LONGEST;
        if is_over {
            None
        } else {
            self.mails().pop_front()
        }
    }

    fn put_back(&self, load: Load) {
        self.mails().push_front(load);
    }

    /// Whether the fault of a connection is one too many.
    fn is_one_too_many(&self) -> bool {
        self.faults.fetch_add(1, Ordering::SeqCst).saturating_add(1) >= FAULTS_MAX
    }

    fn mails(&self) -> MutexGuard<'_, VecDeque<Load>> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A mail taken to be sent now. Small mails are read together; a large one only by the courier that sends it.
#[derive(Debug)]
pub(super) struct Load {
    pub(super) claimed: Claimed,
    pub(super) mail: Option<outbox::StoredMail>,
}

/// Why a courier stopped before the heap was empty; what is left lies in the heap.
#[derive(Debug)]
pub(super) enum Stopped {
    /// The relay is at fault.
    Relay(RelayFault),
    /// The database could not be read.
    Database(StoreError),
}

/// Works the heap off.
pub(super) async fn work(
    house: &House,
    transport: &Transport,
    heap: &Heap,
    settler: &Settler,
) -> Result<(), Stopped> {
    let mut courier: Option<Courier> = None;
    while let Some(load) = heap.take() {
        let mut ready = match courier.take().filter(Courier::is_usable) {
            Some(courier) => courier,
            None => match transport.connect().await {
                Ok(courier) => courier,
                Err(fault) => {
                    heap.put_back(load);
                    return Err(Stopped::Relay(fault));
                }
            },
        };
        match attempt(house, &mut ready, &load, settler).await {
            Attempt::Done => heap.faults.store(0, Ordering::SeqCst),
            Attempt::Broken(fault) if heap.is_one_too_many() => return Err(Stopped::Relay(fault)),
            Attempt::Broken(_) => {}
            Attempt::NotBegun(why) => {
                heap.put_back(load);
                return Err(why);
            }
            Attempt::NotWritten => break,
        }
        courier = Some(ready);
    }
    if let Some(courier) = courier {
        courier.quit().await;
    }
    Ok(())
}

enum Attempt {
    /// Its result is on disk.
    Done,
    /// Its result is on disk: the connection broke or fell silent.
    Broken(RelayFault),
    /// Nothing was accepted, and the mail is not to blame.
    NotBegun(Stopped),
    /// The result could not be written; the deliverer keeps it.
    NotWritten,
}

/// The mail as this recipient gets it: the stored bytes, and above them where to answer, if that is theirs alone.
fn addressed<'b>(claimed: &Claimed, bytes: &'b [u8]) -> Cow<'b, [u8]> {
    let own = claimed.reply_to.as_deref();
    let Some(own) = own.and_then(|own| Address::parse(own).ok()) else {
        return Cow::Borrowed(bytes);
    };
    let mut addressed = format!("Reply-To: <{}>\r\n", own.on_the_wire()).into_bytes();
    addressed.extend_from_slice(bytes);
    Cow::Owned(addressed)
}

async fn attempt(
    house: &House,
    courier: &mut Courier,
    Load { claimed, mail }: &Load,
    settler: &Settler,
) -> Attempt {
    let now = house.clock.now();
    if claimed.expires_at.is_some_and(|at| at < now) {
        return written(
            settler,
            result(claimed, Ending::Expired, (None, String::new()), now),
        )
        .await;
    }
    let mail = match mail {
        Some(mail) => Ok(Cow::Borrowed(mail)),
        None => outbox::mail(&house.db, claimed.outgoing)
            .await
            .map(Cow::Owned),
    };
    let (mail, recipient) = match mail {
        Ok(mail) => match Address::parse(&claimed.recipient) {
            Ok(recipient) => (mail, recipient),
            Err(error) => {
                return written(
                    settler,
                    result(claimed, Ending::Refused, (None, error.to_string()), now),
                )
                .await;
            }
        },
        Err(error) if error.fate() == Fate::GiveUp => {
            tracing::error!(delivery.id = claimed.id.0, %error, "a mail to be sent could not be read");
            let words = (None, error.to_string());
            return written(settler, result(claimed, later(claimed, now), words, now)).await;
        }
        Err(error) => return Attempt::NotBegun(Stopped::Database(error)),
    };
    let bytes = addressed(claimed, &mail.bytes);
    let status = courier
        .send(&MailObject {
            envelope_from: mail.envelope_from.as_ref(),
            recipient: &recipient,
            bytes: &bytes,
            envelope_id: &house.key.envelope_id(claimed.id),
        })
        .await;
    let now = house.clock.now();
    let broken = match &status {
        DeliveryStatus::Fault(fault) => Some(fault.clone()),
        DeliveryStatus::Accepted { .. }
        | DeliveryStatus::Refused { .. }
        | DeliveryStatus::Deferred { .. }
        | DeliveryStatus::Unknown { .. } => None,
    };
    match judge(claimed, status, now) {
        Ok(result) => match (written(settler, result).await, broken) {
            (Attempt::Done, Some(fault)) => Attempt::Broken(fault),
            (attempt, _) => attempt,
        },
        Err(fault) => Attempt::NotBegun(Stopped::Relay(fault)),
    }
}

async fn written(settler: &Settler, result: AttemptResult) -> Attempt {
    if settler.settle(result).await {
        Attempt::Done
    } else {
        Attempt::NotWritten
    }
}

/// What a status means for the delivery; a fault of the relay's means nothing for it.
fn judge(
    claimed: &Claimed,
    status: DeliveryStatus,
    now: Timestamp,
) -> Result<AttemptResult, RelayFault> {
    let words = |reply: &crate::smtp::Reply| {
        (
            reply
                .status
                .clone()
                .or_else(|| Some(reply.code.to_string())),
            reply.words.clone(),
        )
    };
    Ok(match status {
        DeliveryStatus::Accepted { reply } => result(claimed, Ending::Sent, words(&reply), now),
        DeliveryStatus::Refused { reply } => result(claimed, Ending::Refused, words(&reply), now),
        DeliveryStatus::Deferred { reply } => {
            result(claimed, later(claimed, now), words(&reply), now)
        }
        // Sent once more with the same bytes; after the second time nobody knows any better, and the author is told.
        DeliveryStatus::Unknown { words } if claimed.is_repeat => {
            result(claimed, Ending::Refused, (None, words), now)
        }
        DeliveryStatus::Unknown { words } => {
            let again = now.saturating_add(UNKNOWN_AGAIN_AFTER).unwrap_or(now);
            result(claimed, Ending::Unknown(again), (None, words), now)
        }
        DeliveryStatus::Fault(fault) if is_relays_own(&fault) => return Err(fault),
        // It ended while this mail was being said: perhaps the mail's own doing, so the attempt counts.
        DeliveryStatus::Fault(fault) => {
            result(claimed, later(claimed, now), (None, fault.to_string()), now)
        }
    })
}

/// Whether a fault has nothing to do with the mail at hand.
fn is_relays_own(fault: &RelayFault) -> bool {
    match fault {
        RelayFault::Silent { .. } | RelayFault::Lost { .. } | RelayFault::Garbled { .. } => false,
        RelayFault::Connect(_)
        | RelayFault::Busy { .. }
        | RelayFault::Login { .. }
        | RelayFault::NoLogin
        | RelayFault::NoStartTls
        | RelayFault::Refused { .. }
        | RelayFault::Maildir { .. } => true,
    }
}

/// When to try again; after days of trying, never.
fn later(claimed: &Claimed, now: Timestamp) -> Ending {
    let wait = backoff::next_attempt(claimed.attempt, chance());
    wait.and_then(|wait| now.checked_add(SignedDuration::try_from(wait).ok()?).ok())
        .map_or(Ending::Refused, Ending::Later)
}

fn result(
    claimed: &Claimed,
    ending: Ending,
    (code, reply): (Option<String>, String),
    at: Timestamp,
) -> AttemptResult {
    AttemptResult {
        id: claimed.id,
        ending,
        code,
        reply: crate::model::text::Text::line(&reply).into(),
        at,
    }
}

/// A little chance, so that what failed together does not come again together.
pub(super) fn chance() -> u64 {
    let mut bytes = [0; 8];
    match clock::fill_random(&mut bytes) {
        Ok(()) => u64::from_le_bytes(bytes),
        Err(_) => 0,
    }
}
