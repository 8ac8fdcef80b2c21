//! Polling: one supervised loop a mailbox. It passes, waits for news, and when something is wrong backs off and says so.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use super::{
    House,
    lease::{self, HOLDS_FOR},
    receive::{ReceiveError, Receiver},
    watch,
};
use crate::{
    model::{alarm, ids::MailboxName},
    web::{meters::OfMailbox, status::TroubleKind},
};

/// The first wait after a failure.
const RETRY_FIRST: Duration = Duration::from_secs(5);

/// The longest.
const RETRY_LONGEST: Duration = Duration::from_secs(300);

/// After so long without one good pass the administrator is told.
const TELL_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// What could not be reconciled is tried again after so long.
const RECONCILE_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// Since when a mailbox cannot be read, how long its loop waits before the next try, and what it looks at besides.
struct Backoff {
    /// When it is next looked whether a day is to be reconciled.
    reconcile_at: Timestamp,
    failing_since: Option<Timestamp>,
    wait: Duration,
    is_told: bool,
}

/// Reads one mailbox until told to stop.
pub(super) async fn poll(house: House, mailbox: MailboxName, stop: CancellationToken) {
    let Some(mut receiver) = Receiver::new(&house, &mailbox) else {
        return;
    };
    let mut backoff = Backoff {
        reconcile_at: Timestamp::MIN,
        failing_since: None,
        wait: RETRY_FIRST,
        is_told: true,
    };
    while !stop.is_cancelled() {
        let passed = stop
            .run_until_cancelled(pass(&house, &mut receiver, &mut backoff))
            .await;
        let rest = match passed {
            None => break,
            Some(Ok(Pass::InPart)) => continue,
            Some(Ok(Pass::Done)) => {
                recovered(&house, &mailbox, &mut backoff).await;
                continue;
            }
            Some(Ok(Pass::NotOurs)) => {
                handed_over(&house, &mailbox, &mut backoff);
                HOLDS_FOR
            }
            Some(Err(fault)) => {
                failed(&house, &mailbox, &mut backoff, &fault).await;
                backoff.rest()
            }
        };
        if stop
            .run_until_cancelled(tokio::time::sleep(rest))
            .await
            .is_none()
        {
            break;
        }
    }
    receiver.leave().await;
}

/// What a pass came to.
enum Pass {
    /// The mailbox was read.
    Done,
    /// One of its folders could not be opened; news of the others is waited for as ever.
    InPart,
    /// Another process holds the lease, which says nothing of the mailbox.
    NotOurs,
}

/// What stands in the way.
struct Fault {
    kind: TroubleKind,
    words: String,
}

impl From<ReceiveError> for Fault {
    fn from(error: ReceiveError) -> Self {
        Self {
            kind: error.kind(),
            words: error.to_string(),
        }
    }
}

/// One pass under the mailbox's lease, and the wait for news.
async fn pass(
    house: &House,
    receiver: &mut Receiver,
    backoff: &mut Backoff,
) -> Result<Pass, Fault> {
    let name = lease::of_mailbox(receiver.mailbox.as_str());
    let held = house.lease(&name).await.map_err(ReceiveError::from)?;
    let Some(held) = held else {
        return Ok(Pass::NotOurs);
    };
    let passed = house
        .keep(&[&name], Box::pin(receiver.pass(&held)))
        .await
        .map_err(Fault::from);
    let pass = match passed {
        Ok(_) => {
            reconcile(house, &receiver.mailbox, backoff).await;
            Pass::Done
        }
        Err(fault) if receiver.is_connected() => {
            failed(house, &receiver.mailbox, backoff, &fault).await;
            backoff.wait = RETRY_FIRST;
            Pass::InPart
        }
        Err(fault) => return Err(fault),
    };
    receiver.wait().await?;
    Ok(pass)
}

/// The mailbox was read just now: days that are over are reconciled. That it does not work harms nothing else.
async fn reconcile(house: &House, mailbox: &MailboxName, backoff: &mut Backoff) {
    let now = house.clock.now();
    if now < backoff.reconcile_at {
        return;
    }
    backoff.reconcile_at = now.saturating_add(RECONCILE_AFTER).unwrap_or(now);
    if let Err(error) = Box::pin(house.reconcile_days(mailbox)).await {
        tracing::warn!(mailbox.name = %mailbox, %error, "the mailbox could not be reconciled; to be tried again");
    }
}

async fn recovered(house: &House, mailbox: &MailboxName, backoff: &mut Backoff) {
    if backoff.failing_since.take().is_some() {
        tracing::info!(mailbox.name = %mailbox, "the mailbox can be read again");
    }
    backoff.wait = RETRY_FIRST;
    // At the start too: an alarm of an earlier run may still stand.
    if backoff.is_told {
        backoff.is_told = !watch::report(house, alarm::LOGIN, mailbox.as_str(), None).await;
    }
}

/// Another process polls this mailbox, and says how it is; this one looks again when its lease may have run out.
fn handed_over(house: &House, mailbox: &MailboxName, backoff: &mut Backoff) {
    house.mailbox_health.forget(mailbox);
    (backoff.failing_since, backoff.wait) = (None, RETRY_FIRST);
}

impl Backoff {
    /// How long to rest after one more failure.
    fn rest(&mut self) -> Duration {
        let wait = self.wait;
        self.wait = wait.saturating_mul(2).min(RETRY_LONGEST);
        wait
    }
}

async fn failed(house: &House, mailbox: &MailboxName, backoff: &mut Backoff, fault: &Fault) {
    let words = fault.words.as_str();
    let now = house.clock.now();
    let since = *backoff.failing_since.get_or_insert(now);
    house
        .mailbox_health
        .failed(mailbox, since, (fault.kind, words));
    house
        .meters
        .failures
        .get_or_create(&OfMailbox {
            mailbox: mailbox.to_string(),
        })
        .inc();
    tracing::warn!(mailbox.name = %mailbox, error = words, "the mailbox cannot be read");
    if now.duration_since(since) >= TELL_AFTER {
        let seen = Some((words.to_owned(), since));
        backoff.is_told |= watch::report(house, alarm::LOGIN, mailbox.as_str(), seen).await;
    }
}
