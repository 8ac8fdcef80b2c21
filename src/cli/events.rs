//! `okno events export`: history, one event a line, so that anybody can compute every figure anew.

use std::io::Write;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use jiff::{Timestamp, civil::Date};

use super::{
    ConfigFile, Ended,
    visit::{Visit, visit},
};
use crate::store::history::{Export, Stretch};

/// What `okno events` is told.
#[derive(Debug, Args)]
pub struct EventsArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Print all that happened, one event a line with its verdict, without a word that anybody wrote
    Export(ExportArgs),
}

/// What `okno events export` is told.
#[derive(Debug, Args)]
struct ExportArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// One JSON object a line (docs/events.md); the only shape there is
    #[arg(long, required = true)]
    json: bool,
    /// What was written from then on: 2026-10-01, by the clock of `time_zone`, or an instant
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// What was written before then
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

/// Prints it.
///
/// # Errors
/// A time that is none; what the configuration or the database says.
pub fn run(args: &EventsArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let Action::Export(args) = &args.action;
    visit(&args.file, async |here| {
        let stretch = Stretch {
            since: instant(here, args.since.as_deref())?,
            until: instant(here, args.until.as_deref())?,
        };
        let mut export = Export::begin(&here.db, stretch).await?;
        loop {
            let events = export.next().await?;
            if events.is_empty() {
                return Ok(Ended::Done);
            }
            for event in events {
                serde_json::to_writer(&mut *out, &event).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
        }
    })
}

fn instant(here: &Visit, words: Option<&str>) -> anyhow::Result<Option<Timestamp>> {
    let Some(words) = words else {
        return Ok(None);
    };
    if let Ok(at) = words.parse::<Timestamp>() {
        return Ok(Some(at));
    }
    let Ok(date) = words.parse::<Date>() else {
        bail!(
            "{}: {words}. {}",
            here.words.pick("Непонятное время", "This is no time"),
            here.words.pick(
                "Напишите 2026-10-01 или 2026-10-01T00:00:00Z",
                "Write 2026-10-01 or 2026-10-01T00:00:00Z"
            )
        );
    };
    let zone = here.words.zone().clone();
    let at = date.to_zoned(zone).context("No such day")?;
    Ok(Some(at.timestamp()))
}
