//! What it costs to decide one mail, the facts it needs included, and whether that grows with the tickets there are:
//! `make bench`, or `cargo bench --bench decide -- 10000`.
//!
//! Each mail is a batch of its own, as on a quiet day: its facts are loaded and it is decided. The letters it leads to are
//! not written and not sent. Time is the processor's, of all threads of this program, so that a busy machine gives the
//! same figures; what a PostgreSQL does for it is not in that, so there the wall's time counts.
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

#[path = "decide/desk.rs"]
mod desk;
#[path = "support/house.rs"]
mod house;
#[path = "support/mails.rs"]
mod mails;
#[path = "decide/threads.rs"]
mod threads;

use std::time::Duration;

use anyhow::{Context as _, ensure};
use desk::{Desk, Weighed};
use okno::{
    lab::{Postgres, Scratch},
    model::account::DatabaseSettings,
};

/// How many tickets there are at the end where nobody says, and how many at the beginning.
const TICKETS: u64 = 100_000;
const TICKETS_FIRST: u64 = 1_000;

/// How many mails are weighed, at the beginning and at the end.
const MAILS: u64 = 600;

/// What is to be reached: milliseconds a mail; how much more that may be at the end than at the beginning.
const MILLIS_MAX: f64 = 1.0;
const GROWTH_MAX: f64 = 1.25;

fn main() -> anyhow::Result<()> {
    // cargo adds words of its own, as `--bench`.
    let count = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let tickets = count.map_or(Ok(TICKETS), |word| {
        let wrong = || format!("«{word}»: how many tickets? A number is expected");
        word.parse().with_context(wrong)
    })?;
    ensure!(
        tickets > TICKETS_FIRST,
        "more than {TICKETS_FIRST} tickets are needed"
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(bench(tickets))
}

async fn bench(tickets: u64) -> anyhow::Result<()> {
    let scratch = Scratch::new("bench-decide")?;
    let path = scratch.path().join("okno.sqlite");
    println!("okno decides one mail, SQLite");
    let (first, last) = weigh(&scratch, DatabaseSettings::Sqlite { path }, tickets).await?;
    println!("To reach");
    let millis = last.processor_millis();
    goal(
        &format!("under a ms a mail at {tickets} tickets"),
        millis < MILLIS_MAX,
    );
    let growth = millis / first.processor_millis();
    goal(
        &format!("no more than at {TICKETS_FIRST} tickets"),
        growth < GROWTH_MAX,
    );
    if let Err(missing) = Postgres::available() {
        println!("PostgreSQL is left out. {missing}");
        return Ok(());
    }
    let server = Postgres::start(&scratch.path().join("postgres"), false)?;
    let url = server.create_database("okno")?;
    let password = None;
    println!("okno decides one mail, PostgreSQL");
    let (first, last) = weigh(
        &scratch,
        DatabaseSettings::Postgres { url, password },
        tickets,
    )
    .await?;
    println!("To reach");
    let millis = in_millis(last.median());
    goal(
        &format!("under a ms a mail at {tickets} tickets"),
        millis < MILLIS_MAX,
    );
    let growth = millis / in_millis(first.median());
    goal(
        &format!("no more than at {TICKETS_FIRST} tickets"),
        growth < GROWTH_MAX,
    );
    Ok(())
}

/// Weighs mails where there are few tickets and where there are many.
async fn weigh(
    scratch: &Scratch,
    database: DatabaseSettings,
    tickets: u64,
) -> anyhow::Result<(Weighed, Weighed)> {
    let mut desk = Desk::open(scratch.path(), database).await?;
    desk.fill(TICKETS_FIRST).await?;
    let first = desk.weigh(MAILS).await?;
    tell(&first, TICKETS_FIRST);
    desk.fill(tickets).await?;
    let last = desk.weigh(MAILS).await?;
    tell(&last, tickets);
    line(
        "times the processor's ms of before",
        last.processor_millis() / first.processor_millis(),
        "",
    );
    line(
        "times the median of before",
        in_millis(last.median()) / in_millis(first.median()),
        "",
    );
    desk.close().await;
    Ok((first, last))
}

fn tell(weighed: &Weighed, tickets: u64) {
    println!(" {tickets} tickets");
    line("the processor's ms a mail", weighed.processor_millis(), "");
    let words = format!("({:.2} for one in a hundred)", in_millis(weighed.worst()));
    line("ms a mail, median", in_millis(weighed.median()), &words);
    let words = "(decided once more and written)";
    line("ms a mail, median", in_millis(weighed.written()), words);
}

fn in_millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn line(what: &str, figure: f64, words: &str) {
    println!("  {what:<44}{figure:>10.2} {words}");
}

fn goal(what: &str, is_reached: bool) {
    let words = if is_reached { "reached" } else { "NOT reached" };
    println!("  {what:<44}{words:>11}");
}
