//! The figures of a month of 100,000 tickets in a base of 1,000,000, all of them with whole histories: `make bench`, or
//! `cargo bench --bench figures -- 100000` for a smaller base of ten months.
//!
//! The last month is counted, and the first one, which nine others have followed: how much came later must not matter. Each is
//! counted in a process of its own that does nothing else, so that its memory is the counting's.
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

#[path = "figures/base.rs"]
mod base;
#[path = "figures/child.rs"]
mod child;
#[path = "support/house.rs"]
mod house;
#[path = "figures/lives.rs"]
mod lives;
#[path = "support/mails.rs"]
mod mails;

use anyhow::{Context as _, ensure};
use base::MONTHS;
use okno::{clock::Stopwatch, lab::Scratch};

/// How many tickets where nobody says.
const TICKETS: i64 = 1_000_000;

/// How often each month is counted; the median counts.
const TIMES: usize = 3;

/// What is to be reached.
const SECONDS_MAX: f64 = 3.0;
const MEGABYTES_MAX: f64 = 150.0;

fn main() -> anyhow::Result<()> {
    // cargo adds words of its own, as `--bench`.
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    match words.as_slice() {
        [word, file, month] if word == child::CHILD => {
            runtime.block_on(Box::pin(child::count(file.as_ref(), month)))
        }
        [count] => {
            let count = count
                .parse()
                .with_context(|| format!("«{count}»: how many tickets? A number is expected"))?;
            runtime.block_on(Box::pin(bench(count)))
        }
        _ => runtime.block_on(Box::pin(bench(TICKETS))),
    }
}

async fn bench(tickets: i64) -> anyhow::Result<()> {
    let scratch = Scratch::new("bench-figures")?;
    let file = scratch.path().join("okno.sqlite");
    let time = Stopwatch::start();
    let events = base::make(scratch.path(), &file, tickets).await?;
    println!(
        "SQLite: {tickets} tickets of up to {events} events each, made in {:.0} s",
        time.elapsed().as_secs_f64()
    );
    let mut are_reached = true;
    let (first, last) = (MONTHS.first(), MONTHS.last());
    for month in last.into_iter().chain(first) {
        let counted = child::measured(&file, month, TIMES)?;
        let month_tickets = counted.tickets;
        println!("  {month}, {month_tickets} tickets");
        line("counted in", &format!("{:.2} s", counted.seconds));
        line("memory at most", &format!("{:.0} MB", counted.megabytes));
        are_reached &= goal("under 3 s", counted.seconds < SECONDS_MAX);
        are_reached &= goal("under 150 MB", counted.megabytes < MEGABYTES_MAX);
    }
    ensure!(are_reached, "not every goal is reached");
    Ok(())
}

fn line(what: &str, figure: &str) {
    println!("    {what:<46}{figure:>13}");
}

fn goal(what: &str, is_reached: bool) -> bool {
    line(what, if is_reached { "reached" } else { "NOT reached" });
    is_reached
}
