//! `okno report files`: the files of a payroll, written into a folder.

use std::{collections::BTreeMap, fs, io::Write, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::Timestamp;

use super::{
    super::handed_out,
    closed,
    counted::{DRAFT, figures},
    kept::kept,
    nameless::nameless,
    period_begun, queue,
    writing::{sent, write},
};
use crate::{
    cli::{
        ConfigFile, Ended,
        period::by_mail,
        visit::{Visit, visit},
    },
    config,
    desk::kpi::Period,
    house::{
        payroll::{Figures, Making},
        periods::{ClosedFigures, Lines, closed_figures},
    },
    model::{
        ids::{AgentName, QueueName},
        language::Language,
        scoring::Scoring,
    },
    report::files::FileKind,
};

/// What `okno report files` is told.
#[derive(Debug, Args)]
pub(super) struct FilesArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// A month, a quarter or a year: 2026-10, 2026-q4, 2026
    #[arg(long)]
    period: String,
    /// Of this queue only
    #[arg(long)]
    queue: Option<String>,
    /// The settings of scores; without them there is the file of figures alone. What was closed with scores has its own
    #[arg(long)]
    pub(super) scores: Option<PathBuf>,
    /// How they are written: xlsx (if nothing is said), csv-utf8 or csv-1251. What was closed is handed out as it was written
    #[arg(long, value_parser = ["xlsx", "csv-utf8", "csv-1251"])]
    pub(super) format: Option<String>,
    /// The language of the columns: ru (if nothing is said) or en
    #[arg(long, value_parser = ["ru", "en"])]
    pub(super) columns: Option<String>,
    /// Of a month that several payroll lists have closed: of this list
    #[arg(long, value_name = "LIST")]
    list: Option<String>,
    /// Of a closed period too, what history comes to today, as a draft; nobody is paid by these files
    #[arg(long)]
    recount: bool,
    /// The employee number of somebody who is no agent any more: anna=000123. As often as needed
    #[arg(long = "number", value_name = "NAME=NUMBER", value_parser = numbered)]
    numbers: Vec<(AgentName, String)>,
    /// Every judged promise too, a row each: for heads, so that a figure can be disputed
    #[arg(long)]
    pub(super) detail: bool,
    /// The folder to write into
    #[arg(long)]
    pub(super) to: PathBuf,
}

/// Writes them, and says what they can be checked by.
///
/// # Errors
/// There is no such period or queue, the settings of scores are wrong, an agent has no employee number, the sums do not
/// close, or a file cannot be written.
pub(super) fn run(args: &FilesArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let scoring = scoring(args.scores.as_ref())?;
    visit(&args.file, async |here| {
        let period = period_begun(here, &args.period, now)?;
        let all = closed_figures(&here.db, &period.name).await?;
        let named = args.queue.as_deref().map(QueueName::from);
        let closed = match args.recount {
            true => None,
            false => closed::chosen(here, &all, (named.as_ref(), args.list.as_deref()))?,
        };
        let shown = closed.map_or(&*all, std::slice::from_ref);
        let (asked, is_draft) = match closed.map(|one| (one, one.files.as_deref())) {
            Some((closed, Some(files))) => {
                let asked = asked(here, args, closed.lines())?;
                let of = (asked.as_ref(), scoring.as_ref());
                kept(here, args, (closed, files), of, out).await?;
                (asked, false)
            }
            Some((_, None)) | None => {
                let counted = figures(here, (&period, closed), now).await?;
                let asked = asked(here, args, &counted.lines)?;
                let of = (asked.as_ref(), scoring.as_ref());
                made(here, args, (&counted, closed), of, out).await?;
                (asked, counted.version == DRAFT)
            }
        };
        if is_draft {
            writeln!(out, "{}", of_draft(here, &period, now).await?)?;
        }
        closed::tell(here, (shown, args.recount), asked.as_ref(), out).await?;
        Ok(Ended::Done)
    })
}

/// The settings of scores in a file.
pub(in crate::cli) fn scoring(path: Option<&PathBuf>) -> anyhow::Result<Option<Scoring>> {
    let read = path.map(|path| {
        let source = fs::read_to_string(path)
            .with_context(|| format!("Cannot read the settings of scores: {}", path.display()))?;
        Ok(config::scoring(&source, &path.display().to_string())?)
    });
    read.transpose()
}

/// Makes the files of these figures, and writes them.
async fn made(
    here: &Visit,
    args: &FilesArgs,
    (counted, closed): (&Figures, Option<&ClosedFigures>),
    (asked, scoring): (Option<&QueueName>, Option<&Scoring>),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let numbers: BTreeMap<AgentName, String> = args.numbers.iter().cloned().collect();
    let own = closed.and_then(ClosedFigures::queues);
    let columns = match args.columns.as_deref() {
        Some("en") => Language::En,
        _ => Language::Ru,
    };
    let making = Making {
        db: &here.db,
        policy: &here.config.policy,
        zone: here.words.zone(),
        language: columns,
        numbers: &numbers,
        scoring,
        has_details: args.detail,
    };
    let made = making.make(counted, (asked, own)).await?;
    if !made.nameless.is_empty() {
        bail!("{}", nameless(here, &made.nameless));
    }
    let period = counted.period.name.as_str();
    handed_out::note(here, "report_files", period).await?;
    let mut tables = made.tables;
    if let Some(closed) = closed.filter(|closed| closed.pay.is_some()) {
        // What was sent is handed out as it is, and never made anew.
        tables.retain(|(kind, _)| *kind != FileKind::Pay);
        let is_whole = own.is_none_or(|own| asked.is_none_or(|asked| own == [asked.clone()]));
        sent(here, args, (closed, is_whole), out)?;
    }
    let of_list = closed.and_then(|closed| closed.list.as_ref());
    for (kind, table) in tables {
        let list = of_list.map_or("", |list| list.as_str());
        let list = asked.map_or(list, |queue| queue.as_str());
        let name = (kind, period, list, counted.version);
        write(here, args, (name, &table, columns), out)?;
    }
    Ok(())
}

/// The queue that is asked for. One that is gone has its figures still.
fn asked(here: &Visit, args: &FilesArgs, lines: &Lines) -> anyhow::Result<Option<QueueName>> {
    let asked = args.queue.as_deref().map(|name| {
        let is_counted = lines.figures.keys().any(|(queue, _)| queue == name);
        match is_counted {
            true => Ok(QueueName::from(name)),
            false => queue(here, name),
        }
    });
    asked.transpose()
}

/// That what was written is a draft, and what comes of it.
async fn of_draft(here: &Visit, period: &Period, now: Timestamp) -> anyhow::Result<String> {
    if now < period.to {
        let words = here.words.pick(
            "Период ещё не закончен: это состояние на сейчас, не для выплат.",
            "The period is not over yet: this is how it stands now, and not to be paid by.",
        );
        return Ok(words.to_owned());
    }
    let by_mail = by_mail::not_these(here, &period.name).await?;
    Ok(by_mail.unwrap_or_else(|| {
        here.words
            .pick(
                "Период не закрыт: это черновик, не для выплат. Закрыть его: okno period close.",
                "The period is not closed: this is a draft, and not to be paid by. To close it: okno period close.",
            )
            .to_owned()
    }))
}

/// `anna=000123`.
pub(in crate::cli) fn numbered(words: &str) -> Result<(AgentName, String), String> {
    let (agent, number) = words.split_once('=').unwrap_or_default();
    match (agent.trim(), number.trim()) {
        ("", _) | (_, "") => Err("NAME=NUMBER, for example anna=000123".to_owned()),
        (agent, number) => Ok((AgentName(agent.to_owned()), number.to_owned())),
    }
}
