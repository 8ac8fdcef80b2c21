//! Where the log goes: to systemd's journal with every field by name, where stderr is the journal; else to stderr.
//!
//! No library says more than its ceiling, whatever is asked for: at TRACE async-imap and lettre print whole
//! conversations, passwords and mails included. The words of okno itself never hold a password, and at INFO and above
//! neither addresses nor subjects.

mod journal;

use std::io::{self, IsTerminal as _};

use anyhow::{Context as _, anyhow};
use systemd_journal_logger::connected_to_journal;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Layer as _, Registry,
    filter::{FilterExt as _, Targets},
    fmt,
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

use self::journal::Journal;

/// The most that a library may say.
const CEILINGS: [(&str, LevelFilter); 6] = [
    ("async_imap", LevelFilter::INFO),
    ("imap_proto", LevelFilter::INFO),
    ("lettre", LevelFilter::INFO),
    ("rustls", LevelFilter::WARN),
    ("sqlx", LevelFilter::WARN),
    ("html5ever", LevelFilter::ERROR),
];

/// Starts logging what `wanted` asks for, up to the ceilings.
///
/// # Errors
/// `wanted` is not understood; or logging has been started before.
pub fn start(wanted: &str) -> anyhow::Result<()> {
    let wanted: Targets = wanted
        .parse()
        .map_err(|error| anyhow!("Cannot log {wanted:?}: {error}"))?;
    let ceilings = Targets::new()
        .with_default(LevelFilter::TRACE)
        .with_targets(CEILINGS);
    let filter = wanted.and(ceilings);
    let layer = if connected_to_journal() {
        Journal::open()
            .context("Cannot reach the journal")?
            .with_filter(filter)
            .boxed()
    } else {
        fmt::layer()
            .with_writer(io::stderr)
            .with_ansi(io::stderr().is_terminal())
            .with_filter(filter)
            .boxed()
    };
    Registry::default()
        .with(layer)
        .try_init()
        .context("Cannot start the log")
}
