//! What it costs to count business time: `make bench`, or `cargo bench --bench clocks`.
//!
//! Time is the processor's, spent by the one thread that counts, so that a busy machine gives the same figures.
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

#[path = "support/processor.rs"]
mod processor;

use std::hint::black_box;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use okno::{
    config::calendars::built_in,
    desk::calendar::{Calendar, Opening, OtherDays},
};
use processor::spent;

/// How often each is asked.
const COUNT: u32 = 1_000_000;

/// What is to be reached (issue 6): nanoseconds of one `add`.
const NANOS_MAX: f64 = 1_000.0;

fn main() -> anyhow::Result<()> {
    let zone = ("Europe/Berlin".to_owned(), TimeZone::get("Europe/Berlin")?);
    let hours: Vec<Opening> = [(540, 780), (840, 1080)]
        .into_iter()
        .filter_map(|(from, to)| Opening::new(from, to))
        .collect();
    let week = std::array::from_fn(|day| if day < 5 { hours.clone() } else { Vec::new() });
    let years = built_in("ru").context("its holidays are built in")?;
    let calendar = Calendar::new(zone, week, &OtherDays { years })?;
    let start: Timestamp = "2026-11-17T09:30:00Z".parse()?;
    println!("okno counts business time, hours with a break, holidays, summer time");
    let tables = spent(|| {
        black_box(calendar.add(start, SignedDuration::from_hours(400_000)));
    })?;
    println!(
        "  {:>10.1}  ms to make all tables, once",
        tables.as_secs_f64() * 1_000.0
    );
    let mut slowest: f64 = 0.0;
    for (hours, name) in [
        (4, "4 h"),
        (1_000, "half a year"),
        (20_000, "ten years"),
        (400_000, "two hundred years"),
    ] {
        let target = SignedDuration::from_hours(hours);
        let due = calendar.add(start, target).context("it is reached")?;
        let add = each(|| {
            black_box(calendar.add(black_box(start), black_box(target)));
        })?;
        let measure = each(|| {
            black_box(calendar.measure(black_box(start), black_box(due)));
        })?;
        println!("  {add:>10.1}  ns to add {name}, {measure:.1} to measure it");
        slowest = slowest.max(add).max(measure);
    }
    println!("To reach");
    let mark = if slowest < NANOS_MAX { "yes" } else { "NO" };
    println!("  {mark:>10}  an add under a microsecond at any span");
    Ok(())
}

/// Nanoseconds of one.
fn each(work: impl Fn()) -> anyhow::Result<f64> {
    let taken = spent(|| {
        for _ in 0..COUNT {
            work();
        }
    })?;
    Ok(taken.as_secs_f64() * 1e9 / f64::from(COUNT))
}
