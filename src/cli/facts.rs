//! `okno facts`: figures that okno does not count and a head knows from another system. They come from a file, and from
//! nowhere else; of each key the last file counts.

mod told;

use std::{collections::BTreeMap, fs, io::Write, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::{
    ConfigFile, Ended, handed_out,
    visit::{Visit, visit},
};
use crate::{
    config,
    desk::{cause::Operation, kpi::Period},
    directory::{Ground, read_facts},
    house::periods,
    model::{
        ids::{AgentName, QueueName},
        outside::{OutsideFact, OutsideFacts},
        scoring::Indicator,
    },
    store::{history, payrolls, people, work},
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
    let staff = staff(here).await?;
    let ground = Ground {
        period: &period.name,
        indicators: &indicators,
        staff: &staff,
    };
    let facts = match read_facts(&bytes, &ground) {
        Ok(facts) => facts,
        Err(faults) => {
            for fault in &faults {
                writeln!(out, "{}", told::fault(words, fault))?;
            }
            let none = words.pick(
                "Из файла ничего не взято. Исправьте его и повторите.",
                "Nothing of the file was taken. Correct it, and try again.",
            );
            writeln!(out, "{none}")?;
            return Ok(Ended::NotAll);
        }
    };
    let last = history::last(&here.db).await?;
    let known = history::outside(&here.db, &period.name, last).await?;
    let replaced = replaced(&known, &facts);
    let stage = stage(here, &period, &facts).await?;
    let is_closed = stage == Stage::Closed;
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
            facts: facts.clone(),
        }),
    };
    work::order(&here.db, operation, now).await?;
    told::taken(words, (&period.name, &sha256), (&facts, replaced), out)?;
    told::follows(words, stage, out)?;
    Ok(Ended::Done)
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
        bail!(here.words.pick(
            "В настройках оценок нет ни одного показателя извне: [fact.КОД], образец в kpi.example.toml",
            "The settings of scores declare no indicator from outside: [fact.CODE], see kpi.example.toml"
        ));
    }
    Ok(found)
}

/// Every agent with an employee number, and the queues they serve.
async fn staff(here: &Visit) -> anyhow::Result<BTreeMap<String, (AgentName, Vec<QueueName>)>> {
    let policy = &here.config.policy;
    let mut found = BTreeMap::new();
    for (name, agent) in &policy.agents {
        let person = people::at(&here.db, &agent.address).await?;
        let listing = person.and_then(|person| person.listing);
        let number = listing.map(|listing| listing.employee_number.to_string());
        let queues = policy.queues.iter();
        let queues = queues.filter(|(_, queue)| queue.agents.contains(name));
        let queues: Vec<QueueName> = queues.map(|(queue, _)| queue.clone()).collect();
        if let Some(number) = number.filter(|number| !number.is_empty() && !queues.is_empty()) {
            found.insert(number, (name.clone(), queues));
        }
    }
    Ok(found)
}

/// How many of the figures were taken before, and said something else.
fn replaced(known: &[OutsideFact], facts: &[OutsideFact]) -> usize {
    let is_other = |fact: &&OutsideFact| {
        let mut before = known.iter();
        before.any(|before| before.key() == fact.key() && before != *fact)
    };
    facts.iter().filter(is_other).count()
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

async fn stage(here: &Visit, period: &Period, facts: &[OutsideFact]) -> anyhow::Result<Stage> {
    if periods::closed(&here.db, &period.name).await?.is_some() {
        return Ok(Stage::Closed);
    }
    let states = payrolls::states(&here.db).await?;
    let own = states.iter().filter(|((_, name), _)| *name == period.name);
    let own = own.map(|(_, state)| state);
    if own.clone().any(|state| state.frozen.is_some()) {
        return Ok(Stage::Closed);
    }
    let is_shown = own
        .clone()
        .any(|state| facts.iter().any(|fact| state.has_queue(&fact.queue)));
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
