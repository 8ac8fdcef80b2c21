//! How fast and how lean a full mailbox is drained: `make bench`, or `cargo bench --bench drain -- 5000`.
//!
//! Generated mails lie in a private Dovecot, okno sends through a private Postfix that throws away what it has queued,
//! and in the same run both servers show what they do for others: smtp-source over four connections that it keeps, and
//! one connection that fetches the whole INBOX and does nothing with it. A count that is not right is an error.
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

#[path = "drain/department.rs"]
mod department;
#[path = "drain/drained.rs"]
mod drained;
#[path = "drain/ledger.rs"]
mod ledger;
#[path = "drain/mails.rs"]
mod mails;
#[path = "drain/measure.rs"]
mod measure;
#[path = "drain/rivals.rs"]
mod rivals;

use std::{thread, time::Duration};

use anyhow::{Context as _, ensure};
use department::{ADDRESS, Department};
use drained::{Drained, drain};
use okno::lab::{Destination, Dovecot, Missing, Postfix, PostfixOptions, Scratch};

/// How many mails are drained where nobody says.
const COUNT: u64 = 3_000;

/// How many large mails are drained, for memory, and how large they are.
const LARGE_COUNT: u64 = 100;
const LARGE_BYTES: usize = 1_000_000;

/// What is to be reached (issue 2): mails a second; the part of smtp-source's rate; resident memory in MB.
const RATE_MIN: f64 = 300.0;
const PART_MIN: f64 = 1.0 / 3.0;
const MEMORY_MAX: f64 = 60.0;

fn main() -> anyhow::Result<()> {
    // cargo adds words of its own, as `--bench`.
    let count = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let count = count.map_or(Ok(COUNT), |word| {
        let wrong = || format!("«{word}»: how many mails? A number is expected");
        word.parse().with_context(wrong)
    })?;
    ensure!(count > 0, "at least one mail is needed");
    if let Err(missing) = can_run() {
        println!("The bench needs Dovecot, and Postfix, which only root can start. {missing}");
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(bench(count))
}

fn can_run() -> Result<(), Missing> {
    Dovecot::available()?;
    Postfix::available()
}

async fn bench(count: u64) -> anyhow::Result<()> {
    let scratch = Scratch::new("bench")?;
    let options = PostfixOptions::to(Destination::Nowhere);
    let postfix = Postfix::start(&scratch.path().join("postfix"), options)?;
    let mails = Scratch::new("bench-mails")?;
    let department = Department::new(&mails, count, 0, postfix.smtp_port())?;
    println!("okno drain, {count} mails");
    let drained = drain(&department, count).await?;
    let rate = per_sec(count, drained.taken.wall);
    tell(&drained, count);

    println!("The same servers, for others");
    let size = drained.sent_bytes.checked_div(drained.sent).unwrap_or(0);
    rest(&postfix)?;
    let source = per_sec(count, rivals::smtp_source(&postfix, count, size)?);
    let words = format!("({size} bytes each)");
    line("smtp-source, 4 connections, mails a second", source, &words);
    let (fetched, bytes, time) = rivals::bulk_fetch(&department.dovecot, ADDRESS).await?;
    ensure!(
        fetched == count,
        "{fetched} mails were fetched, and {count} are there"
    );
    let fetch = per_sec(fetched, time);
    let words = format!(
        "({:.1} kB each on average)",
        quotient(bytes, fetched) / 1_000.0
    );
    line("bulk FETCH, 1 connection, mails a second", fetch, &words);
    line("okno's part of smtp-source's rate", rate / source, "");
    line("okno's part of FETCH's rate", rate / fetch, "");
    drop(department);

    let large_memory = bench_large(&postfix).await?;
    let memory = megabytes(drained.taken.peak_kb).max(large_memory);
    let cores = thread::available_parallelism()?;
    println!("To reach on two cores ({cores} here)");
    goal("300 mails a second", rate >= RATE_MIN);
    goal("a third of smtp-source's rate", rate / source >= PART_MIN);
    goal(
        "under 60 MB resident, mails up to 1 MB",
        memory < MEMORY_MAX,
    );
    Ok(())
}

fn tell(drained: &Drained, count: u64) {
    let taken = &drained.taken;
    let per_mail = |secs: f64| secs * 1_000.0 / quotient(count, 1);
    let words = format!(
        "({:.2} in okno, {:.2} in the system)",
        per_mail(taken.user_secs),
        per_mail(taken.system_secs)
    );
    line("mails a second", per_sec(count, taken.wall), "");
    line("seconds", taken.wall.as_secs_f64(), "");
    line(
        "CPU ms a mail",
        per_mail(taken.user_secs + taken.system_secs),
        &words,
    );
    line("peak resident MB", megabytes(taken.peak_kb), "");
    line(
        "mails sent",
        quotient(drained.sent, 1),
        "(acknowledgements, cards, digests)",
    );
}

/// Large mails, for memory: how much of it, in MB.
async fn bench_large(postfix: &Postfix) -> anyhow::Result<f64> {
    let mails = Scratch::new("bench-large")?;
    let department = Department::new(&mails, LARGE_COUNT, LARGE_BYTES, postfix.smtp_port())?;
    rest(postfix)?;
    println!("okno drain, {LARGE_COUNT} mails of 1 MB");
    let drained = drain(&department, LARGE_COUNT).await?;
    tell(&drained, LARGE_COUNT);
    Ok(megabytes(drained.taken.peak_kb))
}

/// Waits until Postfix has thrown away what it was given, so that nobody pays for who came before.
fn rest(postfix: &Postfix) -> anyhow::Result<()> {
    while postfix.waiting()? > 0 {
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn line(what: &str, figure: f64, words: &str) {
    println!("  {what:<44}{figure:>10.2} {words}");
}

fn goal(what: &str, is_reached: bool) {
    let words = if is_reached { "reached" } else { "NOT reached" };
    println!("  {what:<44}{words:>11}");
}

fn per_sec(count: u64, time: Duration) -> f64 {
    quotient(count, 1) / time.as_secs_f64()
}

#[expect(clippy::cast_precision_loss, reason = "figures for the eye")]
fn quotient(of: u64, by: u64) -> f64 {
    of as f64 / by as f64
}

fn megabytes(kb: u64) -> f64 {
    quotient(kb, 1) * 1.024 / 1_000.0
}
