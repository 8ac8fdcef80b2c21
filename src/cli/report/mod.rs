//! `okno report`: figures on demand.

mod charts;
mod files;
mod rows;

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;

use super::{
    ConfigFile, Ended, handed_out,
    visit::{Visit, visit},
};
use crate::{
    desk::kpi::{Figure, Of, Period, Question, Sheet, Tally, Unit, Whose, figures},
    model::ids::{AgentName, QueueName},
    report::names,
    store::history,
};

/// What `okno report` is told.
#[derive(Debug, Args)]
pub struct ReportArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Every figure of a period: of the house, of each queue, of each agent
    Kpi(KpiArgs),
    /// The files of a payroll, into a folder: figures, and with --scores what they score and what accountants get
    Files(files::FilesArgs),
    /// The last months as charts, into a folder
    Charts(charts::ChartsArgs),
}

/// What `okno report kpi` is told.
#[derive(Debug, Args)]
struct KpiArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// A month, a quarter or a year: 2026-10, 2026-q4, 2026
    #[arg(long)]
    period: String,
    /// Of this queue only
    #[arg(long)]
    queue: Option<String>,
    /// For people, or as a file with numerators and denominators
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Csv,
}

/// Prints it.
///
/// # Errors
/// There is no such period or queue; what the configuration or the database says. Sums that do not close are no error: it is
/// said, and the command ends with [`Ended::NotAll`].
pub fn run(args: &ReportArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    match &args.action {
        Action::Kpi(args) => kpi(args, now, out),
        Action::Files(args) => files::run(args, now, out),
        Action::Charts(args) => charts::run(args, out),
    }
}

fn kpi(args: &KpiArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        let words = &here.words;
        let zone = words.zone().clone();
        let period = period(here, &args.period)?;
        let is_over = period.to <= now;
        let question = Question::about(vec![period.so_far(now)], zone);
        let (sheets, upto) = history::figures(&here.db, &question, None).await?;
        // A queue that is gone has its figures still.
        let is_counted = |name: &str| {
            let mut counted = sheets.iter().flat_map(Sheet::queues);
            counted.any(|queue| queue.as_str() == name)
        };
        let queue = args.queue.as_deref().map(|name| match is_counted(name) {
            true => Ok(QueueName::from(name)),
            false => queue(here, name),
        });
        let queue = queue.transpose()?;
        handed_out::note(here, "report_kpi", &args.period).await?;
        for sheet in &sheets {
            match args.format {
                Format::Csv => csv(here, sheet, queue.as_ref(), out)?,
                Format::Text => {
                    text(here, sheet, queue.as_ref(), out)?;
                    notes(here, is_over, upto, out)?;
                }
            }
        }
        let wrong: BTreeSet<&QueueName> = sheets.iter().flat_map(Sheet::unbalanced).collect();
        if !wrong.is_empty() {
            let queues: Vec<&str> = wrong.iter().map(|queue| queue.as_str()).collect();
            // Beside the figures, not among them: the file goes to other programs.
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
        }
        Ok(if wrong.is_empty() {
            Ended::Done
        } else {
            Ended::NotAll
        })
    })
}

/// The period of that name.
pub(super) fn period(here: &Visit, name: &str) -> anyhow::Result<Period> {
    let words = &here.words;
    Period::named(name, words.zone()).with_context(|| {
        format!(
            "{}: {name}. {}",
            words.pick("Нет такого периода", "There is no such period"),
            words.pick(
                "Месяц пишется 2026-10, квартал 2026-q4, год 2026",
                "A month is written 2026-10, a quarter 2026-q4, a year 2026"
            )
        )
    })
}

fn queue(here: &Visit, name: &str) -> anyhow::Result<QueueName> {
    let queues = &here.config.policy.queues;
    let queue = QueueName::from(name);
    if !queues.contains_key(&queue) {
        let known: Vec<&str> = queues.keys().map(QueueName::as_str).collect();
        bail!(
            "{} {name}. {}: {}",
            here.words.pick("Нет очереди", "There is no queue"),
            here.words.pick("Есть", "There are"),
            known.join(", ")
        );
    }
    Ok(queue)
}

/// The lines that are asked for, with those of agents of whom there is nothing: whoever has done nothing is there, too.
fn lines(here: &Visit, sheet: &Sheet, queue: Option<&QueueName>) -> Vec<(Of, Vec<Figure>)> {
    let mut lines = sheet.lines();
    for (name, own) in &here.config.policy.queues {
        for agent in &own.agents {
            let whose = Whose {
                queue: name.clone(),
                agent: Some(agent.clone()),
            };
            if !sheet.tallies.contains_key(&whose) {
                lines.push((Of::Part(whose), figures(&Tally::default())));
            }
        }
    }
    lines.retain(|(of, _)| match (of, queue) {
        (_, None) => true,
        (Of::House, Some(_)) => false,
        (Of::Queue(name), Some(queue)) => name == queue,
        (Of::Part(whose), Some(queue)) => whose.queue == *queue,
    });
    // Each queue, then what is of it.
    let place = |of: &Of| match of {
        Of::House => (None, 0, None),
        Of::Queue(name) => (Some(name.clone()), 1, None),
        Of::Part(whose) => (Some(whose.queue.clone()), 2, whose.agent.clone()),
    };
    lines.sort_by_cached_key(|(of, _)| place(of));
    lines
}

fn csv(
    here: &Visit,
    sheet: &Sheet,
    queue: Option<&QueueName>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let head = here.words.pick(
        "период;очередь;сотрудник;показатель;числитель;знаменатель;значение;единица",
        "period;queue;agent;figure;numerator;denominator;value;unit",
    );
    write!(out, "{head}\r\n")?;
    for (of, figures) in lines(here, sheet, queue) {
        let (queue, agent) = of.columns();
        for figure in figures {
            let below = figure.denominator.map(|below| below.to_string());
            let value = figure.shown().unwrap_or_default().replace('.', ",");
            write!(
                out,
                "{};{queue};{agent};{};{};{};{value};{}\r\n",
                sheet.period.name,
                figure.code,
                figure.numerator,
                below.unwrap_or_default(),
                figure.unit.code()
            )?;
        }
    }
    Ok(())
}

fn text(
    here: &Visit,
    sheet: &Sheet,
    queue: Option<&QueueName>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    for (of, figures) in lines(here, sheet, queue) {
        writeln!(out, "{} · {}", sheet.period.name, title(here, &of))?;
        let some = figures.iter().filter(|figure| is_worth_a_line(figure));
        let mut is_nothing = true;
        for figure in some {
            is_nothing = false;
            let name = names::of(figure.code, words.language);
            let value = shown(here, figure);
            writeln!(out, "  {name}: {value}")?;
        }
        if is_nothing {
            writeln!(out, "  {}", words.pick("ничего", "nothing"))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Zeros and figures of nothing are left to the file.
const fn is_worth_a_line(figure: &Figure) -> bool {
    match figure.denominator {
        None => figure.numerator != 0,
        Some(below) => below != 0,
    }
}

/// A share without what it is of misleads: 100 % of one.
fn shown(here: &Visit, figure: &Figure) -> String {
    let words = &here.words;
    let value = figure.shown().unwrap_or_default();
    let value = match words.language {
        crate::model::language::Language::Ru => value.replace('.', ","),
        crate::model::language::Language::En => value,
    };
    let of = words.pick("из", "of");
    match (figure.unit, figure.denominator) {
        (Unit::Percent, Some(below)) => format!("{value} % ({} {of} {below})", figure.numerator),
        (Unit::Points, Some(below)) => {
            let answers = words.pick("ответов", "answers");
            format!("{value} ({answers}: {below})")
        }
        (_, Some(below)) if below > 2 => format!("{value} (n = {below})"),
        (_, _) => value,
    }
}

fn title(here: &Visit, of: &Of) -> String {
    let policy = &here.config.policy;
    let queue = |name: &QueueName| {
        let known = policy.queues.get(name);
        known.map_or_else(|| name.to_string(), |queue| queue.title.clone())
    };
    let agent = |name: &AgentName| {
        let known = policy.agents.get(name);
        known.map_or_else(|| name.to_string(), |agent| agent.name.clone())
    };
    match of {
        Of::House => here.words.pick("все очереди", "all queues").to_owned(),
        Of::Queue(name) => queue(name),
        Of::Part(whose) => {
            let nobody = here.words.pick("не распределено", "nobody's");
            let who = whose
                .agent
                .as_ref()
                .map_or_else(|| nobody.to_owned(), agent);
            format!("{} · {who}", queue(&whose.queue))
        }
    }
}

fn notes(here: &Visit, is_over: bool, upto: i64, out: &mut dyn Write) -> anyhow::Result<()> {
    let words = &here.words;
    if !is_over {
        writeln!(
            out,
            "{}",
            words.pick(
                "Период ещё не закончен: это состояние на сейчас.",
                "The period is not over yet: this is how it stands now."
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
