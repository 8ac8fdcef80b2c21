//! How fast mails are read on one core, and with how much memory: `make bench`, or `cargo bench --bench read`.
//!
//! Time is the processor's, spent by the one thread that reads, so that a busy machine gives the same figures.
#![expect(clippy::print_stdout, reason = "a bench tells its figures")]

#[path = "read/mails.rs"]
mod mails;
#[path = "read/memory.rs"]
mod memory;
#[path = "read/nasty.rs"]
mod nasty;
#[path = "support/processor.rs"]
mod processor;

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use okno::mail::read::{Limits, read};
use processor::spent;

/// How many ordinary mails are read.
const COUNT: u64 = 5_000;

/// How large nasty mails are: beyond what is read of a text.
const NASTY_BYTES: usize = 1_200_000;

/// What is to be reached (issue 3): mails a second; seconds of the slowest mail; bytes of memory for one of mail.
const RATE_MIN: f64 = 5_000.0;
const SLOWEST_MAX: f64 = 1.0;
const MEMORY_MAX: f64 = 2.0;

fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1);
    if words.next().as_deref() == Some(memory::CHILD) {
        let file = words.next().context("a file is expected")?;
        return memory::tell(Path::new(&file));
    }
    let rate = ordinary()?;
    let mut slowest = nasty_ones()?;
    if let Some(folder) = corpora() {
        slowest = slowest.max(real(&folder)?);
    }
    let most = memory::most()?;
    println!("To reach");
    goal(
        "5,000 ordinary mails a second on one core",
        rate >= RATE_MIN,
    );
    goal("no mail over a second", slowest < SLOWEST_MAX);
    goal("memory at most twice the mail", most < MEMORY_MAX);
    Ok(())
}

/// Reads generated mails; how many a second.
fn ordinary() -> anyhow::Result<f64> {
    let mails: Vec<Vec<u8>> = (0..COUNT).map(mails::mail).collect();
    let bytes: usize = mails.iter().map(Vec::len).sum();
    let limits = Limits::default();
    let mut best = f64::MAX;
    for _ in 0..3 {
        let taken = spent(|| {
            for mail in &mails {
                black_box(read(black_box(mail), &limits));
            }
        })?;
        best = best.min(taken.as_secs_f64());
    }
    println!("okno read, {COUNT} ordinary mails on one core");
    let rate = quotient(COUNT, 1) / best;
    let bytes = u64::try_from(bytes)?;
    line(
        "mails a second",
        rate,
        &format!("({:.1} kB each)", quotient(bytes, COUNT * 1_000)),
    );
    line("MB a second", quotient(bytes, 1_000_000) / best, "");
    Ok(rate)
}

/// Reads what looks like the beginning of something, without end; the seconds of the slowest.
fn nasty_ones() -> anyhow::Result<f64> {
    println!("Nasty mails of {NASTY_BYTES} bytes, made to be slow");
    let mut slowest = (0.0, String::new());
    for nasty in nasty::all() {
        let seconds = seconds_of(&nasty.mail(NASTY_BYTES))?;
        if seconds >= SLOWEST_MAX {
            line("seconds, too slow", seconds, &format!("({})", nasty.name));
        }
        if seconds > slowest.0 {
            slowest = (seconds, nasty.name);
        }
    }
    line(
        "seconds of the slowest",
        slowest.0,
        &format!("({})", slowest.1),
    );
    Ok(slowest.0)
}

/// Reads the real mails, where they are at hand; the seconds of the slowest.
fn real(folder: &Path) -> anyhow::Result<f64> {
    let mut files = Vec::new();
    walk(folder, &mut files)?;
    let mut all = Duration::ZERO;
    let mut slowest = (0.0, PathBuf::new());
    for file in &files {
        let mail = fs::read(file)?;
        let seconds = seconds_of(&mail)?;
        all = all.saturating_add(Duration::from_secs_f64(seconds));
        if seconds > slowest.0 {
            slowest = (seconds, file.clone());
        }
    }
    println!("Real mails, {} files", files.len());
    let count = u64::try_from(files.len())?;
    line(
        "ms a mail on average",
        all.as_secs_f64() * 1_000.0 / quotient(count, 1),
        "",
    );
    let name = slowest
        .1
        .file_name()
        .unwrap_or_default()
        .display()
        .to_string();
    line("seconds of the slowest", slowest.0, &format!("({name})"));
    Ok(slowest.0)
}

fn corpora() -> Option<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../shared/corpora", "../../shared/corpora"];
    folders
        .map(|folder| package.join(folder))
        .into_iter()
        .find(|folder| folder.is_dir())
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(())
}

fn seconds_of(mail: &[u8]) -> anyhow::Result<f64> {
    let limits = Limits::default();
    let taken = spent(|| {
        black_box(read(mail, &limits));
    })?;
    Ok(taken.as_secs_f64())
}

fn line(what: &str, figure: f64, words: &str) {
    println!("  {what:<44}{figure:>10.2} {words}");
}

fn goal(what: &str, is_reached: bool) {
    let words = if is_reached { "reached" } else { "NOT reached" };
    println!("  {what:<44}{words:>11}");
}

#[expect(clippy::cast_precision_loss, reason = "figures for the eye")]
fn quotient(of: u64, by: u64) -> f64 {
    of as f64 / by as f64
}
