//! Where the log goes: to systemd's journal with every field by name, where stderr is the journal; else to stderr.
//!
//! No library says more than its ceiling, whatever is asked for: at TRACE async-imap and lettre print whole
//! conversations, passwords and mails included. The words of okno itself never hold a password or a subject, and
//! addresses are taken out of everything.

mod journal;
mod redact;

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

use self::{journal::Journal, redact::Stderr};

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
    let filter = wanted.and(ceilings());
    let layer = if connected_to_journal() {
        Journal::open()
            .context("Cannot reach the journal")?
            .with_filter(filter)
            .boxed()
    } else {
        fmt::layer()
            .with_writer(|| Stderr)
            .with_ansi(io::stderr().is_terminal())
            .with_filter(filter)
            .boxed()
    };
    Registry::default()
        .with(layer)
        .try_init()
        .context("Cannot start the log")
}

fn ceilings() -> Targets {
    Targets::new()
        .with_default(LevelFilter::TRACE)
        .with_targets(CEILINGS)
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn no_library_gets_above_its_ceiling() {
        let ceilings = ceilings();
        for target in [
            "async_imap::client",
            "async_imap::imap_stream",
            "imap_proto",
            "lettre::transport::smtp::client",
        ] {
            assert!(ceilings.would_enable(target, &Level::INFO), "{target}");
            assert!(!ceilings.would_enable(target, &Level::DEBUG), "{target}");
        }
        for target in ["sqlx::query", "sqlx_postgres::connection", "rustls::client"] {
            assert!(ceilings.would_enable(target, &Level::WARN), "{target}");
            assert!(!ceilings.would_enable(target, &Level::INFO), "{target}");
        }
        assert!(!ceilings.would_enable("html5ever::tree_builder", &Level::WARN));
        assert!(ceilings.would_enable("okno::house", &Level::TRACE));
    }
}
