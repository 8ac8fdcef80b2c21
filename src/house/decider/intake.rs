//! Intake: waiting rows become things to be decided. Mails are read here, on threads of their own, since reading hostile
//! mail is the processor's work and may panic; everything else is looked up.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Decider, HouseError};
use crate::{
    desk::{arrival::Arrival, decide::Failure},
    mail::read,
    model::{
        address::Address,
        alarm::Condition,
        ids::{DeliveryId, RawId},
    },
    store::{
        journal, outbox,
        work::{WaitingMail, Work},
    },
};

/// One piece of work, ready to be decided.
pub(super) enum Ready {
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
pub(in crate::house) struct StoredCondition {
    pub(in crate::house) alarm: String,
    pub(in crate::house) object: String,
    pub(in crate::house) detail: String,
    pub(in crate::house) since: i64,
    pub(in crate::house) is_over: bool,
}

impl Decider {
    /// Reads the mails of a batch, on as many threads as there are cores to spare, and looks up the rest.
    pub(super) async fn ready(&self, batch: Vec<Work>) -> Result<Vec<Ready>, HouseError> {
        let mails: Vec<WaitingMail> = batch.iter().filter_map(|work| work.mail.clone()).collect();
        let ids = mails.iter().map(|mail| mail.raw).collect();
        // Where several mailboxes store at once the order of work is not that of raw mails.
        let mut raws: BTreeMap<RawId, journal::Raw> = journal::raws(&self.house.db, ids)
            .await?
            .into_iter()
            .collect();
        let limits = Arc::clone(&self.house.limits);
        let half = raws.len().div_ceil(READERS).max(1);
        let mut readers = Vec::new();
        let mut rest = mails
            .into_iter()
            .filter_map(|mail| Some((raws.remove(&mail.raw)?, mail)))
            .peekable();
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
                    cause: format!("work:{}", work.id),
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
}

/// How many mails are read at once.
const READERS: usize = 2;

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

/// A panic of a task, in words.
pub(super) fn panicked(error: tokio::task::JoinError) -> HouseError {
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
