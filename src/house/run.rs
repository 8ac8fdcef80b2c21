//! Run: the stages in loops until somebody says stop. Stopping lets every unit of work end and starts no new one.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    House, HouseError,
    decider::{Decider, Progress},
    deliver::Deliverer,
    lease::{self, DECIDER, HOLDS_FOR, RENEW_EVERY},
    page::Page,
    people, polling, texts,
};
use crate::{
    clock::Stopwatch,
    store::{leases::Lease, timers},
};

/// How long the house waits without a bell before it looks by itself.
const LOOK_AFTER: Duration = Duration::from_secs(30);

/// How long it rests after the database has failed.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(5);

/// How often the watchdog is fed.
const FEED_EVERY: Duration = Duration::from_secs(10);

/// How often the watch looks.
const WATCH_EVERY: Duration = Duration::from_secs(60);

/// How long a stop may take.
const STOP_WITHIN: Duration = Duration::from_secs(25);

/// A loop that has not come round for so long is stuck: the watchdog is not fed.
const STUCK_AFTER_SECS: u64 = 15 * 60;

/// When each loop last came round, in seconds of a stopwatch.
#[derive(Debug, Clone)]
struct Pulse {
    watch: Stopwatch,
    decider: Arc<AtomicU64>,
    deliverer: Arc<AtomicU64>,
}

impl Pulse {
    fn beat(&self, which: &AtomicU64) {
        which.store(self.watch.elapsed().as_secs(), Ordering::Relaxed);
    }

    fn is_alive(&self) -> bool {
        let now = self.watch.elapsed().as_secs();
        [&self.decider, &self.deliverer]
            .iter()
            .all(|last| now.saturating_sub(last.load(Ordering::Relaxed)) < STUCK_AFTER_SECS)
    }
}

impl House {
    /// Runs until `stop` is cancelled, and serves the page if there is one. `is_ready` is called once the loops have started.
    pub async fn run(&self, page: Option<Page>, stop: CancellationToken, is_ready: impl FnOnce()) {
        // Before anything is claimed: without it another process takes the claims for those of the dead.
        self.renew_run().await;
        let tasks = TaskTracker::new();
        let pulse = Pulse {
            watch: Stopwatch::start(),
            decider: Arc::default(),
            deliverer: Arc::default(),
        };
        for name in self.config.mailboxes.keys() {
            let (house, name, stop) = (self.clone(), name.clone(), stop.clone());
            tasks.spawn(supervise("a mailbox", stop.clone(), move || {
                polling::poll(house.clone(), name.clone(), stop.clone())
            }));
        }
        let (house, token, beat) = (self.clone(), stop.clone(), pulse.clone());
        tasks.spawn(supervise("the decider", stop.clone(), move || {
            decide(house.clone(), token.clone(), beat.clone())
        }));
        let (house, token, beat) = (self.clone(), stop.clone(), pulse.clone());
        tasks.spawn(supervise("the outbox", stop.clone(), move || {
            deliver(house.clone(), token.clone(), beat.clone())
        }));
        let (house, token) = (self.clone(), stop.clone());
        tasks.spawn(supervise("the people directory", stop.clone(), move || {
            people::look(house.clone(), token.clone())
        }));
        let (house, token) = (self.clone(), stop.clone());
        tasks.spawn(supervise("the texts", stop.clone(), move || {
            texts::look(house.clone(), token.clone())
        }));
        let (house, token) = (self.clone(), stop.clone());
        tasks.spawn(supervise("the lease", stop.clone(), move || {
            renew(house.clone(), token.clone())
        }));
        let (house, token) = (self.clone(), stop.clone());
        tasks.spawn(supervise("the watch", stop.clone(), move || {
            watch(house.clone(), token.clone())
        }));
        let token = stop.clone();
        tasks.spawn(supervise(
            "the watchdog's feeder",
            stop.clone(),
            move || feed(token.clone(), pulse.clone()),
        ));
        if let Some(page) = page {
            self.start_page(page, &tasks, &stop);
        }
        tasks.close();
        is_ready();
        stop.cancelled().await;
        // It outlasts the stop; whoever renews it has ended.
        let own = self.renew_run().await;
        if tokio::time::timeout(STOP_WITHIN, tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!(
                "some work did not end in time; it is safe and goes on at the next start"
            );
        } else if let Some(own) = own
            && let Err(error) = self.end_run(own).await
        {
            tracing::warn!(%error, "the lease of this run could not be given back; it runs out by itself");
        }
        self.db.close().await;
    }

    /// Renews the lease of the run itself, which says that its claims are alive.
    async fn renew_run(&self) -> Option<Lease> {
        let renewed = self.lease(&lease::of_run(&self.run)).await;
        renewed.unwrap_or_else(|error| {
            tracing::error!(%error, "the lease of this run could not be renewed");
            None
        })
    }
}

/// Keeps a loop going: a panic is a defect, logged, and the loop starts anew.
pub(super) async fn supervise<F: Future<Output = ()> + Send + 'static>(
    what: &'static str,
    stop: CancellationToken,
    start: impl Fn() -> F,
) {
    while !stop.is_cancelled() {
        let ended = tokio::task::JoinSet::from_iter([start()]).join_next().await;
        match ended {
            Some(Err(error)) if error.is_panic() => {
                tracing::error!(%error, "{what} panicked and is started again");
                tokio::time::sleep(REST_AFTER_FAILURE).await;
            }
            Some(_) | None => return,
        }
    }
}

async fn decide(house: House, stop: CancellationToken, pulse: Pulse) {
    let mut decider: Option<Decider> = None;
    while !stop.is_cancelled() {
        pulse.beat(&pulse.decider);
        let rest = match decide_once(&house, &mut decider).await {
            Ok(Some(Progress::Worked)) => continue,
            Ok(Some(Progress::Idle)) => {
                until(&house, timers::next_at(&house.db).await.ok().flatten())
            }
            Ok(None) => HOLDS_FOR,
            Err(error) => {
                tracing::error!(%error, "the decider could not go on; it tries again");
                REST_AFTER_FAILURE
            }
        };
        wait(&stop, &house.bells.work, rest).await;
    }
    if let Some(decider) = decider
        && let Err(error) = house.give_back(decider.into_lease()).await
    {
        tracing::warn!(%error, "the decider's lease could not be given back; it runs out by itself");
    }
}

/// One batch under the lease; `None` where another process holds it.
async fn decide_once(
    house: &House,
    decider: &mut Option<Decider>,
) -> Result<Option<Progress>, HouseError> {
    let Some(lease) = house.lease(DECIDER).await? else {
        return Ok(None);
    };
    match decider {
        Some(decider) => decider.renew(lease),
        None => *decider = Some(Decider::new(house.clone(), lease)),
    }
    match decider {
        Some(decider) => house
            .keep(&[DECIDER], Box::pin(decider.step()))
            .await
            .map(Some),
        None => Ok(None),
    }
}

async fn deliver(house: House, stop: CancellationToken, pulse: Pulse) {
    let mut deliverer = Deliverer::new(house.clone()).until(stop.clone());
    while !stop.is_cancelled() {
        if deliverer.is_moving() {
            pulse.beat(&pulse.deliverer);
        }
        let rest = match deliverer.begin().await {
            Ok(Progress::Worked) => continue,
            Ok(Progress::Idle) => until(&house, deliverer.next_at().await.ok().flatten()),
            Err(error) => {
                tracing::error!(%error, "the outbox could not go on; it tries again");
                REST_AFTER_FAILURE
            }
        };
        // A relay that has ended its round may have more to send.
        let ended = tokio::select! {
            ended = deliverer.ended() => ended,
            () = wait(&stop, &house.bells.outbox, rest) => continue,
        };
        if let Err(error) = deliverer.end(ended).await {
            tracing::error!(%error, "a relay could not go on; it tries again");
            let rest = tokio::time::sleep(REST_AFTER_FAILURE);
            stop.run_until_cancelled(rest).await;
        }
    }
    if let Err(error) = deliverer.finish().await {
        tracing::error!(%error, "a relay could not end its round; it goes on at the next start");
    }
}

/// Renews the lease of the run, whatever else is slow.
async fn renew(house: House, stop: CancellationToken) {
    loop {
        let rest = tokio::time::sleep(RENEW_EVERY);
        if stop.run_until_cancelled(rest).await.is_none() {
            return;
        }
        house.renew_run().await;
    }
}

async fn watch(house: House, stop: CancellationToken) {
    let mut seen = house.standing_alarms().await.unwrap_or_default();
    while !stop.is_cancelled() {
        // Another run may have died meanwhile, or died so shortly before the start that its lease still held.
        if let Err(error) = house.free_what_the_dead_held().await {
            tracing::error!(%error, "claims of dead runs could not be freed");
        }
        if let Err(error) = house.watch(&mut seen).await {
            tracing::error!(%error, "the watch could not look");
        }
        let rest = tokio::time::sleep(WATCH_EVERY);
        stop.run_until_cancelled(rest).await;
    }
}

/// Feeds systemd's watchdog as long as the loops come round, however long the watch takes to look.
async fn feed(stop: CancellationToken, pulse: Pulse) {
    while !stop.is_cancelled() {
        if pulse.is_alive() {
            notify(&[sd_notify::NotifyState::Watchdog]);
        }
        let rest = tokio::time::sleep(FEED_EVERY);
        stop.run_until_cancelled(rest).await;
    }
}

/// Tells systemd, where there is one.
pub fn notify(states: &[sd_notify::NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!(%error, "systemd could not be told");
    }
}

/// How long until `at`, but never longer than the house waits anyway.
fn until(house: &House, at: Option<jiff::Timestamp>) -> Duration {
    let left = at
        .map(|at| at.duration_since(house.clock.now()))
        .and_then(|left| Duration::try_from(left).ok());
    match at {
        Some(_) => left.unwrap_or(Duration::from_millis(50)).min(LOOK_AFTER),
        None => LOOK_AFTER,
    }
}

/// A bell, the time, or the stop: whichever comes first, the loop looks for itself.
async fn wait(stop: &CancellationToken, bell: &tokio::sync::Notify, at_most: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = bell.notified() => {}
        () = tokio::time::sleep(at_most) => {}
    }
}
