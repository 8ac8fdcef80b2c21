//! A row of work becomes a cause of a decision: a mail is read (by [`super::read_mails`]), everything else is looked up.

use std::{collections::BTreeMap, sync::Arc};

use futures_util::future::try_join_all;

use serde::{Deserialize, Serialize};

use super::{
    super::people::{StoredDirectory, WORK},
    Decider, HouseError,
    read_mails::{READERS, read_all},
    scan::Scans,
    threads::blocking,
};
use crate::{
    desk::{
        cause::{Cause, Failure},
        decide::is_about_failure,
        payroll::list_of_queue,
    },
    model::{
        address::Address,
        alarm::{Condition, Figures},
        ids::{DeliveryId, PayrollName, QueueName, RawId, WorkId},
    },
    store::{
        erase::WORK as ERASE,
        journal, outbox,
        work::{WaitingMail, Work},
    },
};

/// One piece of work, ready to be decided.
#[derive(Debug)]
pub(super) struct Ready {
    /// The work row that is done with it; `None` for what has fallen due.
    pub(super) work: Option<WorkId>,
    /// Which, as it is stored with the decision.
    pub(super) id: String,
    pub(super) cause: Cause,
    /// The bytes of the mail, for enclosures.
    pub(super) raw: Arc<Vec<u8>>,
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
    #[serde(default)]
    pub(in crate::house) figures: Option<Figures>,
}

impl Decider {
    /// Reads the mails of a batch, on [`READERS`] threads, and looks up the rest.
    pub(super) async fn ready(&mut self, batch: Vec<Work>) -> Result<Vec<Ready>, HouseError> {
        let mails: Vec<WaitingMail> = batch.iter().filter_map(|work| work.mail.clone()).collect();
        if let Some(lost) = mails.iter().find(|mail| !self.is_configured(mail)) {
            return Err(HouseError::Stored(format!(
                "the mailbox «{}» is not configured any more; put it back or discard its mail",
                lost.mailbox
            )));
        }
        let ids = mails.iter().map(|mail| mail.raw).collect();
        // Where several mailboxes store at once the order of work is not that of raw mails.
        let mut raws: BTreeMap<RawId, journal::Raw> = journal::raws(&self.house.db, ids)
            .await?
            .into_iter()
            .collect();
        let mut scans = match &mut self.scanner {
            Some(scanner) => scanner.scan(&self.house, &mails, &raws).await?,
            None => Scans::new(),
        };
        let share_len = raws.len().div_ceil(READERS).max(1);
        let mut shares = Vec::new();
        let mut rest = mails
            .into_iter()
            .filter_map(|mail| {
                let scan = scans.remove(&mail.raw);
                Some((raws.remove(&mail.raw)?, (mail, scan)))
            })
            .peekable();
        while rest.peek().is_some() {
            let share: Vec<_> = rest.by_ref().take(share_len).collect();
            let house = self.house.clone();
            shares.push(blocking(move || read_all(share, &house)));
        }
        let mut arrivals = Vec::new();
        for share in try_join_all(shares).await? {
            arrivals.extend(share?);
        }
        let mut arrivals = arrivals.into_iter();
        let mut ready = Vec::new();
        for work in batch {
            let (id, cause, raw) = match &work.mail {
                Some(mail) => {
                    let (arrival, raw) = arrivals.next().ok_or_else(|| missing(mail))?;
                    let cause = match self.house.is_sent_folder(&mail.mailbox, &mail.folder) {
                        true => Cause::Sent(Box::new(arrival)),
                        false => Cause::Mail(Box::new(arrival)),
                    };
                    (mail.raw.to_string(), cause, raw)
                }
                None => (
                    work.id.to_string(),
                    self.look_up(&work).await?,
                    Arc::default(),
                ),
            };
            let work = Some(work.id);
            ready.push(Ready {
                work,
                id,
                cause,
                raw,
            });
        }
        Ok(ready)
    }

    fn is_configured(&self, mail: &WaitingMail) -> bool {
        let mailboxes = &self.house.config.policy.mailboxes;
        mailboxes.contains_key(&mail.mailbox)
    }

    /// A delivery that was refused for good, with what is known of its mail.
    async fn failure(&self, work: &Work) -> Result<Cause, HouseError> {
        let failed: FailedDelivery = serde_json::from_str(&work.payload)
            .map_err(|error| HouseError::Stored(format!("work {}: {error}", work.id)))?;
        let about = outbox::about(&self.house.db, DeliveryId(failed.delivery)).await?;
        let recipient = Address::parse(&about.recipient)
            .map_err(|error| HouseError::Stored(error.to_string()))?;
        let is_about_failure = is_about_failure(&about.class, &about.template);
        Ok(Cause::Failure(Failure {
            cause: format!("work:{}", work.id),
            ticket: about.ticket,
            side: about.side,
            message: about.message,
            recipient,
            status: failed.status,
            diagnostic: failed.reply,
            payroll: payroll_of(&about.dedupe_key),
            is_about_failure,
        }))
    }

    async fn look_up(&self, work: &Work) -> Result<Cause, HouseError> {
        let stored =
            |error: serde_json::Error| HouseError::Stored(format!("work {}: {error}", work.id));
        match work.kind.as_str() {
            "failure" => self.failure(work).await,
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
                    figures,
                    ..
                } = stored;
                Ok(Cause::Condition(Condition {
                    alarm,
                    object,
                    detail,
                    since,
                    is_over,
                    figures,
                }))
            }
            WORK => {
                let directory: StoredDirectory =
                    serde_json::from_str(&work.payload).map_err(stored)?;
                Ok(Cause::Directory(Box::new(directory.into_file())))
            }
            "switched" => {
                let switched = serde_json::from_str(&work.payload).map_err(stored)?;
                Ok(Cause::Switched(switched))
            }
            "payroll" => {
                let step = serde_json::from_str(&work.payload).map_err(stored)?;
                Ok(Cause::Payroll(Box::new(step)))
            }
            "review" => {
                let step = serde_json::from_str(&work.payload).map_err(stored)?;
                Ok(Cause::Review(Box::new(step)))
            }
            "report" => {
                let asked = serde_json::from_str(&work.payload).map_err(stored)?;
                let counted = self.house.count_report(asked).await?;
                Ok(Cause::Report(Box::new(counted)))
            }
            "facts" => {
                let asked = serde_json::from_str(&work.payload).map_err(stored)?;
                let read = self.house.read_facts(asked).await?;
                Ok(Cause::Facts(Box::new(read)))
            }
            "operation" => {
                let operation = serde_json::from_str(&work.payload).map_err(stored)?;
                Ok(Cause::Operation(operation))
            }
            ERASE => Ok(Cause::Operation(self.erase(work).await?)),
            "carried_out" => {
                let carried = serde_json::from_str(&work.payload).map_err(stored)?;
                Ok(Cause::CarriedOut(carried))
            }
            other => Err(HouseError::Stored(format!(
                "work {}: kind {other}",
                work.id
            ))),
        }
    }
}

/// The list and the month that a letter about a month is about, as its key says.
fn payroll_of(dedupe_key: &str) -> Option<(PayrollName, String)> {
    let of_queue = dedupe_key.strip_prefix("monthly:");
    let of_queue = of_queue.or_else(|| dedupe_key.strip_prefix("payroll:queue:"));
    if let Some(rest) = of_queue {
        let mut parts = rest.split(':');
        let queue = QueueName::from(parts.next()?);
        return Some((list_of_queue(&queue), parts.next()?.to_owned()));
    }
    let mut parts = dedupe_key.strip_prefix("payroll:")?.split(':');
    let list = PayrollName::from(parts.next()?);
    Some((list, parts.next()?.to_owned()))
}

fn missing(mail: &WaitingMail) -> HouseError {
    HouseError::Stored(format!("the raw mail {} is missing", mail.raw))
}
