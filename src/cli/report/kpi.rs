//! `okno report kpi`: every figure of a period, for people or for other programs. Of what is closed those that were closed.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::{
    super::{
        ConfigFile, Ended, handed_out,
        visit::{Visit, visit},
    },
    closed, period_begun, queue,
    telling::{Lines, csv, lines, text},
};
use crate::{
    desk::kpi::{Beside, Of, Period, Question},
    house::periods::{ClosedFigures, closed_figures, closed_within},
    model::ids::QueueName,
    store::history,
};

/// What `okno report kpi` is told.
#[derive(Debug, Args)]
pub(super) struct KpiArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// A month, a quarter or a year: 2026-10, 2026-q4, 2026
    #[arg(long)]
    period: String,
    /// Of this queue only
    #[arg(long)]
    queue: Option<String>,
    /// Of a closed period too, the figures as history comes to them today; nobody is paid by these
    #[arg(long)]
    recount: bool,
    /// For people, or as a file with numerators and denominators
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Csv,
}

/// Prints them.
///
/// # Errors
/// There is no such period or queue; what the configuration or the database says.
pub(super) fn run(args: &KpiArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        let period = period_begun(here, &args.period, now)?;
        let all = closed_figures(&here.db, &period.name).await?;
        let used: Vec<&ClosedFigures> = all.iter().filter(|_| !args.recount).collect();
        let counted = counted(here, &period, &used, now).await?;
        let queue = asked(here, args, &counted)?;
        handed_out::note(here, "report_kpi", &args.period).await?;
        let lines = lines(here, counted.lines, queue.as_ref());
        // Beside the figures, not among them, where these go to other programs.
        match args.format {
            Format::Csv => {
                csv(here, (&period.name, &lines), out)?;
                closed::tell(
                    here,
                    (&all, args.recount),
                    queue.as_ref(),
                    &mut io::stderr(),
                )
                .await?;
            }
            Format::Text => {
                let is_final = counted.upto.is_none() || period.is_final(now);
                let of = (period.name.as_str(), is_final);
                text(here, of, &lines, out)?;
                closed::tell(here, (&all, args.recount), queue.as_ref(), out).await?;
                notes(here, (&period, now), counted.upto, out).await?;
            }
        }
        if counted.wrong.is_empty() {
            return Ok(Ended::Done);
        }
        not_closing(here, &counted.wrong)?;
        Ok(Ended::NotAll)
    })
}

/// What there is to print.
struct Counted {
    lines: Lines,
    /// The last event of what was counted now; `None`: all is closed.
    upto: Option<i64>,
    /// The queues whose sums do not close.
    wrong: BTreeSet<QueueName>,
}

/// What is closed as it was closed, all else as it is now.
async fn counted(
    here: &Visit,
    period: &Period,
    closed: &[&ClosedFigures],
    now: Timestamp,
) -> anyhow::Result<Counted> {
    let mut lines = Lines::new();
    for one in closed {
        lines.extend(one.figures());
    }
    let is_whole = closed.iter().any(|one| one.queues().is_none());
    if is_whole {
        return Ok(Counted {
            lines,
            upto: None,
            wrong: BTreeSet::new(),
        });
    }
    // A quarter is held against the one before it.
    let zone = here.words.zone();
    let periods = period.quarter_before(zone).into_iter();
    let periods = periods.chain([period.clone().so_far(now)]).collect();
    let question = Question::about(periods, zone.clone());
    let (sheets, upto) = history::figures(&here.db, &question, None).await?;
    let is_open = |queue: &QueueName| !closed.iter().any(|one| one.has(queue));
    let (sheet, before) = sheets.split_last().context("nothing was counted")?;
    let beside = Beside {
        before: before.last(),
        capacities: here.config.policy.capacities(),
    };
    let is_counted = |of: &Of| match of {
        // Of closed and open ones together there is no sum that anything would follow from.
        Of::House => closed.is_empty(),
        Of::Queue(queue) => is_open(queue),
        Of::Part(whose) => is_open(&whose.queue),
    };
    let own = sheet.lines_beside(&beside).into_iter();
    lines.extend(own.filter(|(of, _)| is_counted(of)));
    let wrong = sheet.unbalanced().into_iter();
    let wrong = wrong.filter(|queue| is_open(queue)).cloned().collect();
    Ok(Counted {
        lines,
        upto: Some(upto),
        wrong,
    })
}

/// The queue that is asked for. One that is gone has its figures still.
fn asked(here: &Visit, args: &KpiArgs, counted: &Counted) -> anyhow::Result<Option<QueueName>> {
    let is_counted = |name: &str| counted.lines.iter().any(|(of, _)| of.columns().0 == name);
    let queue = args.queue.as_deref().map(|name| match is_counted(name) {
        true => Ok(QueueName::from(name)),
        false => queue(here, name),
    });
    queue.transpose()
}

/// That sums do not close is said beside the figures, not among them: the file goes to other programs.
fn not_closing(here: &Visit, wrong: &BTreeSet<QueueName>) -> anyhow::Result<()> {
    let words = &here.words;
    let queues: Vec<&str> = wrong.iter().map(|queue| queue.as_str()).collect();
    writeln!(
        io::stderr(),
        "{}: {}. {}",
        words.pick(
            "СУММЫ НЕ СХОДЯТСЯ, этим показателям верить нельзя. Очереди",
            "THE SUMS DO NOT CLOSE, do not trust these figures. Queues"
        ),
        queues.join(", "),
        words.pick(
            "Полученные не равны учтённым и исключённым вместе, или остаток не сходится с пришедшим и ушедшим. \
             Проверьте историю: okno verify; файлов для выплат okno по ним не пишет",
            "What was received is not what counts and what does not together, or the backlog is not what came and went. \
             Check history: okno verify; okno writes no files of a payroll by them"
        )
    )?;
    Ok(())
}

async fn notes(
    here: &Visit,
    (period, now): (&Period, Timestamp),
    upto: Option<i64>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    let Some(upto) = upto else {
        return Ok(());
    };
    if period.to > now {
        writeln!(
            out,
            "{}",
            words.pick(
                "Период ещё не закончен: это состояние на сейчас.",
                "The period is not over yet: this is how it stands now."
            )
        )?;
    }
    let within = closed_within(&here.db, period).await?;
    if !within.is_empty() {
        writeln!(
            out,
            "{}: {}. {}",
            words.pick("Внутри периода закрыты", "Closed within the period"),
            within.join(", "),
            words.pick(
                "Эти числа посчитаны заново и могут отличаться от закрытых на корректировки.",
                "These figures are counted anew, and may differ from the closed ones by the adjustments."
            )
        )?;
    }
    writeln!(
        out,
        "{} {upto}.",
        words.pick("Учтены события по номер", "Counted up to event")
    )?;
    Ok(())
}
