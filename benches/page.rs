//! The page under load with a million open tickets, while the desk decides and writes: `make bench`, or
//! `cargo bench --bench page -- 100000`.
//!
//! So many requests a second come over a few connections that stay, as a wall of screens and a monitoring would send them: the
//! page, a queue, `/status.json`, `/metrics`; half of them know what they have got already. Each is timed from the instant
//! at which it should have been sent, so that one that waits behind another is not forgiven. Beside it mails are decided,
//! written and answered one after another, in turn with nobody looking and with everybody: one run, one machine, two rates.
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

#[path = "support/crowd.rs"]
mod crowd;
#[path = "support/house.rs"]
mod house;
#[path = "support/mails.rs"]
mod mails;
#[path = "page/viewers.rs"]
mod viewers;

use std::time::Duration;

use anyhow::{Context as _, ensure};
use okno::{
    clock::{Clock, Stopwatch},
    house::{House, decider::Progress, deliver::Deliverer, lease::DECIDER},
    lab::Scratch,
    model::account::DatabaseSettings,
    store::{Statement, leases::Lease},
};
use tokio_util::sync::CancellationToken;
use viewers::PER_SECOND;

/// How many open tickets where nobody says.
const OPEN: i64 = 1_000_000;

/// How long the desk works with nobody looking, or with everybody, in each turn.
const WORK_FOR: Duration = Duration::from_secs(5);

/// How many turns there are: as many of either.
const TURNS: u32 = 8;

/// What is to be reached: milliseconds in all but one of a hundred, and how much of its rate the desk keeps.
const MILLIS_MAX: f64 = 20.0;
const RATE_KEPT: f64 = 0.8;

/// One department, and a page for whoever is on this machine.
const SETTINGS: &str = r#"
administrator = "root@uni.test"

[mailbox.it]
address = "it@uni.test"
mode = "full"
maildir = "/nowhere"

[queue.it]
title = "ИТ-поддержка"
agents = ["anna", "boris"]
hours = "mon-fri 09:00-18:00"
target = "8 h"
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

[web]
listen = "127.0.0.1:0"
names = true
"#;

/// A Monday at ten: nothing falls due meanwhile.
const BEGINNING: &str = "2026-11-16T07:00:00Z";

/// A judged solution for every fourth ticket of the crowd, spread over the weeks that the page looks at.
const JUDGED: Statement = Statement::both(
    "INSERT INTO verdict (event_seq, ticket, clock, outcome, started_at, due_at, satisfied_at, queue) \
     SELECT seq, seq, 'resolution', CASE WHEN seq % 10 = 0 THEN 'breached' ELSE 'met' END, at - 100, \
     at - seq % 84 * 86400000, at - seq % 84 * 86400000, 'it' FROM event WHERE seq >= 1000000000 AND stream_seq = 1 AND seq % 64 = 1",
);

fn main() -> anyhow::Result<()> {
    crowd::on_two_cores(bench(crowd::asked(OPEN)?))
}

async fn bench(open: i64) -> anyhow::Result<()> {
    let scratch = Scratch::new("bench-page")?;
    let path = scratch.path().join("okno.sqlite");
    let clock = Clock::manual(BEGINNING.parse()?);
    let database = DatabaseSettings::Sqlite { path };
    let house = house::open(SETTINGS, (scratch.path(), &database), clock).await?;
    let mut desk = Desk::of(house).await?;
    desk.work(Duration::ZERO).await?;
    crowd::fill(&desk.house.db, open).await?;
    let judged = desk.house.db.write("judge", (), |tx, ()| {
        Box::pin(async move { tx.exec(&JUDGED, &[]).await })
    });
    let judged = judged.await?;
    println!("The page with {open} open tickets and {judged} judged solutions, SQLite");
    let page = desk.house.open_page().await?;
    let page = page.context("No page is configured")?;
    let address = page.address()?;
    let stop = CancellationToken::new();
    let serving = desk.house.clone();
    let run = serving.run(Some(page), stop.clone(), || ());
    let measured = async {
        let measured = measure(&mut desk, address).await;
        stop.cancel();
        measured
    };
    let ((), measured) = futures_util::future::join(run, measured).await;
    let measured = measured?;
    measured.tell();
    desk.house.db.close().await;
    Ok(())
}

/// What came out.
struct Measured {
    status: Duration,
    alone: f64,
    watched: f64,
    /// How long each request took.
    answers: Vec<Duration>,
}

async fn measure(desk: &mut Desk, address: std::net::SocketAddr) -> anyhow::Result<Measured> {
    viewers::wait_until_it_serves(address).await?;
    let time = Stopwatch::start();
    desk.house.status().await?;
    let status = time.elapsed();
    let (mut alone, mut watched, mut answers) = (0.0, 0.0, Vec::new());
    for turn in 0..TURNS {
        // Alone, watched, watched, alone: what slows the desk down meanwhile burdens both alike.
        if matches!(turn % 4, 1 | 2) {
            let viewers = viewers::come(address, WORK_FOR);
            watched += desk.work(WORK_FOR).await?;
            answers.append(&mut viewers.gone()?);
        } else {
            alone += desk.work(WORK_FOR).await?;
        }
    }
    let each = f64::from(TURNS / 2);
    (alone, watched) = (alone / each, watched / each);
    Ok(Measured {
        status,
        alone,
        watched,
        answers,
    })
}

impl Measured {
    fn tell(mut self) {
        self.answers.sort_unstable();
        let at = |percent: usize| {
            let place = self.answers.len().saturating_mul(percent) / 100;
            millis(self.answers.get(place).copied().unwrap_or_default())
        };
        let (median, worst) = (at(50), at(99));
        println!(
            "  a status is taken in                    {:>10.1} ms",
            millis(self.status)
        );
        println!(
            "  {PER_SECOND} requests a second, {} in all: median {median:.2} ms, 99 % within {worst:.2} ms",
            self.answers.len()
        );
        println!(
            "  the desk decides, writes and answers {:.0} mails a second alone, {:.0} watched",
            self.alone, self.watched
        );
        goal("99 % within 20 ms", worst < MILLIS_MAX);
        let kept = self.watched / self.alone;
        goal(
            &format!("the desk keeps {kept:.2} of its rate"),
            kept > RATE_KEPT,
        );
    }
}

/// A desk that works.
struct Desk {
    house: House,
    deliverer: Deliverer,
    lease: Lease,
    mails: u64,
}

impl Desk {
    async fn of(house: House) -> anyhow::Result<Self> {
        let lease = house.lease(DECIDER).await?;
        Ok(Self {
            lease: lease.context("Somebody else decides")?,
            deliverer: Deliverer::new(house.clone()),
            house,
            mails: 0,
        })
    }

    /// Takes one new request after another for so long, one at least, and sends what each comes to; how many a second.
    async fn work(&mut self, long: Duration) -> anyhow::Result<f64> {
        let time = Stopwatch::start();
        let mut count: u32 = 0;
        while count == 0 || time.elapsed() < long {
            self.mails = self.mails.saturating_add(1);
            let from = mails::visitor(self.mails);
            let cause = house::mail(&self.house, self.mails, &from, None);
            let decided = house::take(&self.house, &self.lease, &[cause]).await?;
            let begun: usize = decided.iter().map(|one| one.begun.len()).sum();
            ensure!(begun == 1, "a mail came to nothing: {decided:?}");
            while self.deliverer.step().await? == Progress::Worked {}
            count = count.saturating_add(1);
        }
        Ok(f64::from(count) / time.elapsed().as_secs_f64())
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn goal(what: &str, is_reached: bool) {
    let words = if is_reached { "reached" } else { "NOT reached" };
    println!("  {what:<40}{words:>13}");
}
