//! Settling: results of attempts, written in groups. Whoever sent a mail waits until its result is on disk before it
//! sends the next, so that a crash leaves at most one mail a connection in doubt.

use tokio::sync::{mpsc, oneshot};

use super::House;
use crate::{
    store::{
        StoreError,
        outbox::{self, AttemptResult, Ending},
    },
    web::{Meters, meters::ByEnding},
};

/// How many results are written together.
const GROUP_MAX: usize = 64;

type Waiting = (AttemptResult, oneshot::Sender<bool>);

/// Hands results in.
#[derive(Debug, Clone)]
pub(super) struct Settler(mpsc::Sender<Waiting>);

impl Settler {
    /// A settler, and the work that must be driven beside those who hand in.
    pub(super) fn new(house: House) -> (Self, impl Future<Output = Settled>) {
        let (sender, receiver) = mpsc::channel(GROUP_MAX);
        (Self(sender), settle_all(house, receiver))
    }

    /// Hands a result in and waits for it to be written; returns whether it was.
    pub(super) async fn settle(&self, result: AttemptResult) -> bool {
        let (done, wait) = oneshot::channel();
        self.0.send((result, done)).await.is_ok() && wait.await.unwrap_or(false)
    }
}

/// What became of all results.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// Those that could not be written, to be written before anything else is sent.
    pub(super) unwritten: Vec<AttemptResult>,
    /// Why.
    pub(super) problem: Option<StoreError>,
}

/// Writes whatever has come in meanwhile in one transaction, until everybody has handed in.
async fn settle_all(house: House, mut waiting: mpsc::Receiver<Waiting>) -> Settled {
    let mut group: Vec<Waiting> = Vec::new();
    let mut all = Settled::default();
    while waiting.recv_many(&mut group, GROUP_MAX).await > 0 {
        let (results, done): (Vec<_>, Vec<_>) = group.drain(..).unzip();
        let settled = outbox::settle(&house.db, &house.run, results.clone()).await;
        for result in results.iter().filter(|_| settled.is_ok()) {
            count(&house.meters, &result.ending);
        }
        for one in done {
            if one.send(settled.is_ok()).is_err() {
                tracing::debug!("whoever handed this result in has stopped waiting for it");
            }
        }
        if let Err(error) = settled {
            all.unwritten.extend(results);
            all.problem = Some(error);
        }
    }
    all
}

/// What the monitoring hears of an attempt.
fn count(meters: &Meters, ending: &Ending) {
    let word = match ending {
        Ending::Sent => "sent",
        Ending::Later(_) => "deferred",
        Ending::Unknown(_) => "unknown",
        Ending::Refused => "refused",
        Ending::Expired => "expired",
    };
    let ending = ByEnding {
        ending: word.to_owned(),
    };
    meters.sent.get_or_create(&ending).inc();
}
