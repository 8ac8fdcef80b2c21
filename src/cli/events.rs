//! `okno events export`: history, one event a line, so that anybody can compute every figure anew.

use std::io::Write;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use jiff::{Timestamp, civil::Date};

use super::{
    ConfigFile, Ended, handed_out,
    visit::{Visit, visit},
};
use crate::store::history::{self, Export, Stretch};

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
    /// As it was after that event, which is what a closed period counts (its number: `okno period list`), or at an instant
    #[arg(long, value_name = "EVENT|TIME")]
    upto: Option<String>,
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
        let upto = upto(here, args.upto.as_deref()).await?;
        let bound = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.to_string());
        let of = format!("{}/{}", bound(stretch.since), bound(stretch.until));
        handed_out::note(here, "events", &of).await?;
        let mut export = Export::begin(&here.db, stretch, upto).await?;
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

/// The last event that is known: its number, or the last one written before an instant.
async fn upto(here: &Visit, words: Option<&str>) -> anyhow::Result<Option<i64>> {
    let number = words.and_then(|words| words.parse::<i64>().ok());
    match (number, instant(here, words.filter(|_| number.is_none()))?) {
        (Some(number), _) => Ok(Some(number)),
        (None, Some(at)) => Ok(Some(history::last_written_before(&here.db, at).await?)),
        (None, None) => Ok(None),
    }
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
