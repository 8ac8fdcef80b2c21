//! `okno report charts`: the figures of the last months as pictures, written into a folder.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::{SignedDuration, Span, Timestamp, tz::TimeZone};

use super::{super::handed_out, period_begun, queue};
use crate::{
    cli::{
        ConfigFile, Ended,
        visit::{Visit, visit},
    },
    desk::{
        kpi::{Period, Question, Sheet},
        policy::Targets,
    },
    model::ids::{AgentName, QueueName},
    report::monthly::{Asked, By, charts},
    store::history,
};

/// What `okno report charts` is told.
#[derive(Debug, Args)]
pub(super) struct ChartsArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// A month, a quarter or a year: 2026-10, 2026-q4, 2026; at least six months up to its end are shown
    #[arg(long)]
    period: String,
    /// Of this queue only
    #[arg(long)]
    queue: Option<String>,
    /// The share in time that is aimed at of every class, per hundred; as configured, where it is not said
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100))]
    target: Option<u32>,
    /// PNG, for letters and documents; otherwise SVG, for pages
    #[arg(long)]
    png: bool,
    /// The folder to write into
    #[arg(long)]
    to: PathBuf,
}

/// Fewer months show no trend.
const MONTHS_MIN: usize = 6;

/// Writes them, and says each in words.
///
/// # Errors
/// There is no such period or queue, or a file cannot be written.
pub(super) fn run(args: &ChartsArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        let period = period_begun(here, &args.period, now)?;
        let queue = args.queue.as_deref().map(|name| queue(here, name));
        let queue = queue.transpose()?;
        let zone = here.words.zone().clone();
        let question = Question::about(months(&period, &zone), zone.clone());
        let (sheets, _) = history::figures(&here.db, &question, None).await?;
        if let Some(words) = unbalanced(here, &sheets, queue.as_ref()) {
            bail!(words);
        }
        let policy = &here.config.policy;
        let asked = Asked {
            language: here.words.language,
            zone: &zone,
            queues: queue.as_ref().map(std::slice::from_ref),
            targets: targets(here, queue.as_ref(), args.target),
            by: By::Month,
            capacity: match &queue {
                Some(queue) => policy.capacity_of([queue]),
                None => policy.capacity_of(policy.queues.keys()),
            },
        };
        handed_out::note(here, "report_charts", &period.name).await?;
        let of = queue
            .as_ref()
            .map_or_else(String::new, |queue| format!("_{queue}"));
        for (name, chart) in charts(&asked, &sheets, |agent| called(here, agent)) {
            let (bytes, ending) = match args.png {
                true => (chart.png()?, "png"),
                false => (chart.svg()?.into_bytes(), "svg"),
            };
            let path = args.to.join(format!("{name}_{}{of}.{ending}", period.name));
            fs::create_dir_all(&args.to)
                .and_then(|()| fs::write(&path, bytes))
                .with_context(|| format!("Cannot write {}", path.display()))?;
            writeln!(out, "{}\n  {}", path.display(), chart.alt())?;
        }
        Ok(Ended::Done)
    })
}

/// That sums do not close; nothing, where all do.
fn unbalanced(here: &Visit, sheets: &[Sheet], asked: Option<&QueueName>) -> Option<String> {
    let wrong = wrong(sheets, asked);
    (!wrong.is_empty()).then(|| {
        format!(
            "{}: {}. {}",
            here.words.pick(
                "Суммы не сходятся, графики не нарисованы. Месяцы и очереди",
                "The sums do not close, no chart is drawn. Months and queues"
            ),
            wrong.join("; "),
            here.words.pick(
                "Проверьте историю: okno verify",
                "Check history: okno verify"
            )
        )
    })
}

/// Each month whose sums do not close, with the queues; of a queue that is not shown it is not asked.
fn wrong(sheets: &[Sheet], asked: Option<&QueueName>) -> Vec<String> {
    let wrong = sheets.iter().filter_map(|sheet| {
        let queues = sheet.unbalanced().into_iter();
        let queues = queues.filter(|queue| asked.is_none_or(|asked| asked == *queue));
        let queues: Vec<&str> = queues.map(QueueName::as_str).collect();
        (!queues.is_empty()).then(|| format!("{} ({})", sheet.period.name, queues.join(", ")))
    });
    wrong.collect()
}

/// What is aimed at in a queue, or in all of them; one number said at the terminal holds for every class.
fn targets(here: &Visit, queue: Option<&QueueName>, said: Option<u32>) -> Targets {
    let policy = &here.config.policy;
    let own = queue.and_then(|name| policy.queues.get(name));
    let own = own.map_or(policy.targets, |queue| policy.targets_of(queue));
    said.map_or(own, |said| Targets {
        emergency: said,
        standard: said,
        consultation: said,
        ..own
    })
}

fn called(here: &Visit, agent: &AgentName) -> String {
    let known = here.config.policy.agents.get(agent);
    known.map_or_else(|| agent.to_string(), |agent| agent.name.clone())
}

/// The months of a period; and those before, where they are fewer than show a trend.
fn months(period: &Period, zone: &TimeZone) -> Vec<Period> {
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date().first_of_month();
    let first = day(period.from);
    // Its last instant belongs to its last month.
    let last = period.to.checked_sub(SignedDuration::from_secs(1));
    let mut month = day(last.unwrap_or(period.to));
    let mut names = Vec::new();
    while month >= first || names.len() < MONTHS_MIN {
        names.push(format!("{}-{:02}", month.year(), month.month()));
        let Ok(before) = month.checked_sub(Span::new().months(1)) else {
            break;
        };
        month = before;
    }
    let months = names.iter().rev();
    months
        .filter_map(|name| Period::named(name, zone))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::desk::kpi::Balance;

    #[test]
    fn a_month_whose_sums_do_not_close_is_named_with_its_queue() {
        let lost = Balance {
            start: 1,
            ..Balance::default()
        };
        let (it, hr) = (QueueName::from("it"), QueueName::from("hr"));
        let sheet = |name: &str, balance: Balance| Sheet {
            period: Period::named(name, &TimeZone::UTC).unwrap(),
            tallies: BTreeMap::new(),
            balances: BTreeMap::from([(it.clone(), balance), (hr.clone(), Balance::default())]),
            unsettled: BTreeMap::new(),
            torn: Default::default(),
        };
        let sheets = [sheet("2026-09", Balance::default()), sheet("2026-10", lost)];
        assert_eq!(wrong(&sheets, None), ["2026-10 (it)"]);
        assert_eq!(wrong(&sheets, Some(&it)), ["2026-10 (it)"]);
        assert_eq!(wrong(&sheets, Some(&hr)), [""; 0]);
    }
}
