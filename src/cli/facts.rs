//! `okno facts`: figures that okno does not count and a head knows from another system. They come from a file, and from
//! nowhere else; of each key the last file counts.

mod told;
mod withdraw;

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{
    ConfigFile, Ended, handed_out,
    visit::{Visit, visit},
    words::Words,
};
use crate::{
    config,
    desk::{cause::Operation, kpi::Period},
    directory::{Ground, read_facts},
    house::facts,
    model::{
        outside::{OutsideFact, OutsideFacts},
        scoring::Indicator,
    },
    store::{history, payrolls, work},
};

/// The largest file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 8_000_000;

/// What `okno facts` is told.
#[derive(Debug, Args)]
pub struct FactsArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Take the figures of a CSV file; all of them, or none
    Import(ImportArgs),
    /// Take back a figure that was taken before: it was wrong, and there is none
    Withdraw(withdraw::WithdrawArgs),
    /// List the figures of a period, and the files they came from
    List {
        #[command(flatten)]
        file: ConfigFile,
        /// A month, a quarter or a year: 2026-10, 2026-q4, 2026
        #[arg(long)]
        period: String,
    },
}

#[derive(Debug, Args)]
struct ImportArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// The CSV file: `employee_number;indicator;period;value;numerator;denominator;queue`
    #[arg(value_name = "FILE.csv")]
    facts: PathBuf,
    /// The period that every row has to be of: 2026-10, 2026-q4, 2026
    #[arg(long)]
    period: String,
    /// The settings of scores that declare the indicators; without them, those of all payroll lists
    #[arg(long, value_name = "FILE")]
    scores: Option<PathBuf>,
    /// Why figures are others than those taken before, or come after the period was closed
    #[arg(long, value_name = "WORDS")]
    reason: Option<String>,
}

/// Does it.
///
/// # Errors
/// There is no such period, the file or the settings cannot be read; what the configuration or the database says. What is
/// wrong in the file is listed, and the command ends with [`Ended::NotAll`].
pub fn run(args: &FactsArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    match &args.action {
        Action::Import(args) => visit(&args.file, async |here| import(here, args, now, out).await),
        Action::Withdraw(args) => withdraw::run(args, now, out),
        Action::List { file, period } => visit(file, async |here| list(here, period, out).await),
    }
}

async fn import(
    here: &Visit,
    args: &ImportArgs,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let words = &here.words;
    let period = super::report::period(here, &args.period)?;
    let bytes = bytes_of(args)?;
    let indicators = indicators(here, args)?;
    let last = history::last(&here.db).await?;
    let known = history::outside(&here.db, &period.name, last).await?;
    let policy = &here.config.policy;
    let left = facts::left(&here.db, policy, (&period, words.zone().clone())).await?;
    let staff = facts::staff(&here.db, policy, (None, &known), &left).await?;
    let ground = Ground {
        period: &period.name,
        indicators: &indicators,
        staff: &staff.serving,
    };
    let taken = match read_facts(&bytes, &ground) {
        Ok(taken) => taken,
        Err(faults) => {
            let faults = faults.iter().map(|fault| fault.told(words.language));
            return nothing(words, &faults.collect::<Vec<_>>(), out);
        }
    };
    let taken = facts::whole(&here.db, policy, (&staff, &known), taken).await?;
    let replaced = facts::replaced(&known, &taken);
    let stage = stage(here, &period, &taken).await?;
    let is_closed = stage == Stage::Closed;
    let lost = facts::nothing_to_withdraw(&known, &taken, words.language);
    if !lost.is_empty() {
        return nothing(words, &lost, out);
    }
    let reason = args.reason.as_deref().map_or("", str::trim);
    if (replaced > 0 || is_closed) && reason.is_empty() {
        let said = match is_closed {
            true => words.pick(
                "Период уже закрыт: назовите причину (--reason). Его файлы не изменятся, разница станет корректировкой",
                "The period is closed already: name the reason (--reason). Its files stay, the difference becomes an adjustment",
            ),
            false => words.pick(
                "Раньше были взяты другие значения: назовите причину (--reason)",
                "Other values were taken before: name the reason (--reason)",
            ),
        };
        bail!(
            "{said}. {}: {replaced}",
            words.pick("Изменится значений", "Values to be replaced")
        );
    }
    let sha256 = HEXLOWER.encode(&Sha256::digest(&bytes));
    let operation = Operation::ImportFacts {
        words: format!("{}: {reason}", handed_out::account()),
        facts: Box::new(OutsideFacts {
            period: period.name.clone(),
            sha256: sha256.clone(),
            facts: taken.clone(),
        }),
    };
    work::order(&here.db, operation, now).await?;
    told::taken(words, (&period.name, &sha256), (&taken, replaced), out)?;
    told::follows(words, stage, out)?;
    Ok(Ended::Done)
}

/// Nothing is taken, and why.
fn nothing(words: &Words, faults: &[String], out: &mut dyn Write) -> anyhow::Result<Ended> {
    for fault in faults {
        writeln!(out, "{fault}")?;
    }
    let none = words.pick(
        "Из файла ничего не взято. Исправьте его и повторите.",
        "Nothing of the file was taken. Correct it, and try again.",
    );
    writeln!(out, "{none}")?;
    Ok(Ended::NotAll)
}

fn bytes_of(args: &ImportArgs) -> anyhow::Result<Vec<u8>> {
    let path = &args.facts;
    let cannot = || format!("Cannot read {}", path.display());
    let length = fs::metadata(path).with_context(cannot)?.len();
    if length > FILE_BYTES_MAX {
        bail!("{}: more than 8 MB", cannot());
    }
    fs::read(path).with_context(cannot)
}

/// The indicators that come from outside.
fn indicators(here: &Visit, args: &ImportArgs) -> anyhow::Result<Vec<Indicator>> {
    let mut found: Vec<Indicator> = Vec::new();
    if let Some(path) = &args.scores {
        let source = fs::read_to_string(path)
            .with_context(|| format!("Cannot read the settings of scores: {}", path.display()))?;
        let scoring = config::scoring(&source, &path.display().to_string())?;
        found.extend(scoring.outside().cloned());
    } else {
        let all = here.config.scorings.values();
        found.extend(all.flat_map(|scoring| scoring.outside().cloned()));
        found.sort_by(|one, other| one.code.cmp(&other.code));
        found.dedup_by(|one, other| one.code == other.code);
    }
    if found.is_empty() {
        let named = args.scores.as_ref();
        let named = named.map(|path| format!("{}: ", path.display()));
        let words = here.words.pick(
            "в настройках оценок нет ни одного показателя извне: [fact.КОД], образец в kpi.example.toml. Файл настроек называет scores в [payroll.ИМЯ] или --scores",
            "the settings of scores declare no indicator from outside: [fact.CODE], see kpi.example.toml. The file is named by scores in [payroll.NAME] or --scores",
        );
        bail!("{}{words}", named.unwrap_or_default());
    }
    Ok(found)
}

/// How far the period has got that figures are brought for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Nobody has been shown it.
    Open,
    /// Heads have a draft of it.
    Drafted,
    /// Somebody is, or may be, paid by it already.
    Closed,
}

async fn stage(here: &Visit, period: &Period, taken: &[OutsideFact]) -> anyhow::Result<Stage> {
    if facts::is_closed(&here.db, &period.name).await? {
        return Ok(Stage::Closed);
    }
    let states = payrolls::states(&here.db).await?;
    let own = states
        .months
        .iter()
        .filter(|((_, name), _)| *name == period.name);
    let mut own = own.map(|(_, state)| state);
    let is_shown = own.any(|state| taken.iter().any(|fact| state.has_queue(&fact.queue)));
    Ok(if is_shown {
        Stage::Drafted
    } else {
        Stage::Open
    })
}

async fn list(here: &Visit, period: &str, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let period = super::report::period(here, period)?;
    let last = history::last(&here.db).await?;
    let facts = history::outside(&here.db, &period.name, last).await?;
    let files = history::outside_files(&here.db, last).await?;
    let files: Vec<_> = files
        .into_iter()
        .filter(|(file, _)| file.period == period.name)
        .collect();
    told::list(&here.words, &facts, &files, out)?;
    Ok(Ended::Done)
}
