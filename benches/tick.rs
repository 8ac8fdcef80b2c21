//! A tick with a million open tickets and a hundred appointments due, and the start with them: `make bench`, or
//! `cargo bench --bench tick -- 100000`.
//!
//! A tick is what the decider does with what has fallen due, from the rows of appointments to the decisions: the facts are
//! loaded and everything is decided. Letters are not written, nothing is committed. A start is what the daemon does until it
//! is ready. Both are measured with few tickets, too: neither may grow with what is merely open.
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

#[path = "support/crowd.rs"]
mod crowd;
#[path = "tick/desk.rs"]
mod desk;
#[path = "support/house.rs"]
mod house;
#[path = "support/mails.rs"]
mod mails;

use std::time::Duration;

use desk::{DUE, Desk};
use okno::{
    clock::Stopwatch,
    lab::{Postgres, Scratch},
    model::account::DatabaseSettings,
};

/// How many open tickets where nobody says.
const OPEN: i64 = 1_000_000;

/// How often each is measured; the median counts.
const TICKS: usize = 41;
const STARTS: usize = 5;

/// What is to be reached, in milliseconds, and how much more than with few tickets.
const TICK_MILLIS_MAX: f64 = 20.0;
const START_MILLIS_MAX: f64 = 2_000.0;
const GROWTH_MAX: f64 = 1.5;

fn main() -> anyhow::Result<()> {
    crowd::on_two_cores(bench(crowd::asked(OPEN)?))
}

async fn bench(open: i64) -> anyhow::Result<()> {
    let scratch = Scratch::new("bench-tick")?;
    let path = scratch.path().join("okno.sqlite");
    println!("SQLite");
    engine(&scratch, DatabaseSettings::Sqlite { path }, open).await?;
    if let Err(missing) = Postgres::available() {
        println!("PostgreSQL is left out. {missing}");
        return Ok(());
    }
    let server = Postgres::start(&scratch.path().join("postgres"), false)?;
    let url = server.create_database("okno")?;
    let password = None;
    println!("PostgreSQL");
    engine(&scratch, DatabaseSettings::Postgres { url, password }, open).await
}

async fn engine(scratch: &Scratch, database: DatabaseSettings, open: i64) -> anyhow::Result<()> {
    let mut desk = Desk::open(scratch.path(), database.clone()).await?;
    desk.fall_due().await?;
    let (first_tick, first_start) = measure(&mut desk).await?;
    let time = Stopwatch::start();
    desk.crowd(open).await?;
    println!(
        "  {open} open tickets, made in {:.0} s",
        time.elapsed().as_secs_f64()
    );
    // So much at once leaves a log behind that no daily work does.
    let _time = desk.start_again().await?;
    let (tick, start) = measure(&mut desk).await?;
    desk.close().await;
    line(
        &format!("a tick, {DUE} due, among {DUE} tickets"),
        first_tick,
    );
    line(&format!("a tick, {DUE} due, among {open} tickets"), tick);
    line(&format!("a start with {DUE} tickets"), first_start);
    line(&format!("a start with {open} tickets"), start);
    goal("a tick under 20 ms", millis(tick) < TICK_MILLIS_MAX);
    goal("a start under 2 s", millis(start) < START_MILLIS_MAX);
    let growth = millis(tick) / millis(first_tick);
    goal(
        &format!("a tick grows {growth:.2} times"),
        growth < GROWTH_MAX,
    );
    Ok(())
}

/// The median of ticks, and of starts.
async fn measure(desk: &mut Desk) -> anyhow::Result<(Duration, Duration)> {
    let mut ticks = Vec::new();
    for _ in 0..TICKS {
        let time = Stopwatch::start();
        desk.tick().await?;
        ticks.push(time.elapsed());
    }
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(desk.start_again().await?);
    }
    Ok((median(ticks), median(starts)))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn line(what: &str, time: Duration) {
    println!("  {what:<48}{:>10.2} ms", millis(time));
}

fn goal(what: &str, is_reached: bool) {
    let words = if is_reached { "reached" } else { "NOT reached" };
    println!("  {what:<48}{words:>13}");
}
