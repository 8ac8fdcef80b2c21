//! A desk whose clock is turned by hand.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context as _, ensure};
use jiff::Timestamp;
use okno::{
    clock::{Clock, Stopwatch},
    desk::{cause::Cause, decide::decide, timer::Due, wants::Wants},
    house::{House, lease::DECIDER},
    model::{account::DatabaseSettings, ids::TicketNumber},
    store::{facts, timers},
};
use tokio_util::sync::CancellationToken;

use super::{crowd, house, mails};

/// How many appointments are due in a tick.
pub(crate) const DUE: u64 = 100;

/// How many the decider takes at once.
const BATCH: i64 = 64;

/// One department that promises an answer and a solution.
const SETTINGS: &str = r#"
administrator = "root@uni.test"

[mailbox.it]
address = "it@uni.test"
mode = "full"
maildir = "/nowhere"

[calendar.office]
hours = "mon-fri 09:00-13:00 14:00-18:00"
holidays = "ru"

[queue.it]
title = "ИТ-поддержка"
agents = ["anna", "boris"]
calendar = "office"
target = "8 h"
first_response = "8 h"
limit = "5 days"
reminders = []

[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"
[agent.boris]
name = "Борис Ким"
address = "boris@uni.test"

[caps]
staff_hour = 100000
staff_day = 100000

[smtp]
maildir = "/nowhere"
"#;

/// A Monday, when work begins; what is asked then is due when it ends.
const BEGINNING: &str = "2026-11-16T06:00:00Z";

/// When most tickets are opened: a while before the first are due.
const CROWD_AFTER: Duration = Duration::from_secs(8 * 3_600);
const DUE_AFTER: Duration = Duration::from_secs(3_600 + 60);

/// A house at work.
pub(crate) struct Desk {
    house: House,
    data: PathBuf,
    database: DatabaseSettings,
    clock: Clock,
    mails: u64,
}

impl Desk {
    /// Opens a house of this database, its key in this folder.
    pub(crate) async fn open(data: &Path, database: DatabaseSettings) -> anyhow::Result<Self> {
        let clock = Clock::manual(BEGINNING.parse()?);
        let (data, mails) = (data.to_owned(), 0);
        let house = house::open(SETTINGS, (&data, &database), clock.clone()).await?;
        Ok(Self {
            house,
            data,
            database,
            clock,
            mails,
        })
    }

    pub(crate) async fn close(self) {
        self.house.db.close().await;
    }

    /// Opens the tickets that will be due, and the one that the crowd is like, and waits until the former are.
    pub(crate) async fn fall_due(&mut self) -> anyhow::Result<()> {
        for _ in 0..DUE {
            self.asks().await?;
        }
        self.clock.advance(CROWD_AFTER);
        self.asks().await?;
        self.clock.advance(DUE_AFTER);
        Ok(())
    }

    /// So many open tickets more.
    pub(crate) async fn crowd(&self, count: i64) -> anyhow::Result<()> {
        crowd::fill(&self.house.db, count).await
    }

    /// Decides on everything due, in batches as the decider takes them, and writes none of it.
    pub(crate) async fn tick(&self) -> anyhow::Result<()> {
        let now = self.clock.now();
        let most = i64::try_from(DUE)?;
        let due = timers::due(&self.house.db, now, most).await?;
        let kb = self.house.shelf.kb();
        let given = self.house.given(now, &kb);
        let mut touched: usize = 0;
        for batch in due.chunks(usize::try_from(BATCH)?) {
            let causes = batch.iter();
            let causes: Vec<Cause> = causes
                .map(|(kind, object)| Cause::Due(Due::Ticket(TicketNumber(*object), *kind)))
                .collect();
            let wants = Wants::of(&causes, &given);
            let mut world = facts::load(&self.house.db, wants, now).await?;
            for cause in &causes {
                let decision = decide(cause, &world, &given);
                world.absorb(&decision);
                touched = touched.saturating_add(decision.tickets().len());
            }
        }
        ensure!(
            touched == usize::try_from(DUE)?,
            "{touched} tickets were decided on"
        );
        Ok(())
    }

    /// Stops the house and starts it as the daemon does, until it is ready: how long that took. Its clock stands before
    /// anything is due, and it stops at once.
    pub(crate) async fn start_again(&mut self) -> anyhow::Result<Duration> {
        self.house.db.close().await;
        let before: Timestamp = BEGINNING.parse()?;
        let time = Stopwatch::start();
        let house = self.another(Clock::manual(before)).await?;
        let (stop, took) = (
            CancellationToken::new(),
            Arc::new(Mutex::new(Duration::ZERO)),
        );
        let (told, ready) = (Arc::clone(&took), stop.clone());
        house
            .run(None, stop, move || {
                *told.lock().unwrap_or_else(PoisonError::into_inner) = time.elapsed();
                ready.cancel();
            })
            .await;
        let took = *took.lock().unwrap_or_else(PoisonError::into_inner);
        self.house = self.another(self.clock.clone()).await?;
        Ok(took)
    }

    /// Somebody asks something.
    async fn asks(&mut self) -> anyhow::Result<()> {
        self.mails = self.mails.saturating_add(1);
        let from = mails::visitor(self.mails);
        let cause = house::mail(&self.house, self.mails, &from, None);
        let lease = self.house.lease(DECIDER).await?;
        let lease = lease.context("Somebody else decides")?;
        let decided = house::take(&self.house, &lease, &[cause]).await?;
        let touched: usize = decided.iter().map(|one| one.tickets().len()).sum();
        ensure!(touched == 1, "a mail came to nothing: {decided:?}");
        Ok(())
    }

    /// A house of the same database.
    async fn another(&self, clock: Clock) -> anyhow::Result<House> {
        house::open(SETTINGS, (&self.data, &self.database), clock).await
    }
}
