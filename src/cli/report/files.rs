//! `okno report files`: the files of a payroll, written into a folder.

use std::{borrow::Cow, collections::BTreeMap, fs, io::Write, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;

use super::{
    super::handed_out,
    closed,
    counted::{DRAFT, figures},
    period_begun, queue,
    rows::{Rows, rows},
    writing::{sent, write},
};
use crate::{
    cli::{
        ConfigFile, Ended,
        period::by_mail,
        visit::{Visit, visit},
    },
    config,
    desk::kpi::{DEFINITIONS, Period},
    house::{
        payroll::{
            Closed, Place, Reasons, detail_rows,
            rows::{Member, Source},
        },
        periods::{self, ClosedBefore, ClosedFigures, Lines, closed_figures},
    },
    model::{
        ids::{AgentName, QueueName},
        language::Language,
        scoring::Scoring,
    },
    report::{
        files::{Employee, FileKind, KpiRow, Scored, Span, detail, kpi, kpi_score, pay, scores_by},
        table::Table,
    },
    store::{history, payrolls},
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
    /// The settings of scores; without them there is the file of figures alone
    #[arg(long)]
    scores: Option<PathBuf>,
    /// How they are written: xlsx, csv-utf8 or csv-1251
    #[arg(long, default_value = "xlsx", value_parser = ["xlsx", "csv-utf8", "csv-1251"])]
    pub(super) format: String,
    /// The language of the columns: ru or en
    #[arg(long, default_value = "ru", value_parser = ["ru", "en"])]
    columns: String,
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
    detail: bool,
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
    let scoring = args.scores.as_ref().map(|path| {
        let source = fs::read_to_string(path)
            .with_context(|| format!("Cannot read the settings of scores: {}", path.display()))?;
        Ok::<Scoring, anyhow::Error>(config::scoring(&source, &path.display().to_string())?)
    });
    let scoring = scoring.transpose()?;
    let numbers: BTreeMap<AgentName, String> = args.numbers.iter().cloned().collect();
    visit(&args.file, async |here| {
        let period = period_begun(here, &args.period, now)?;
        let all = closed_figures(&here.db, &period.name).await?;
        let named = args.queue.as_deref().map(QueueName::from);
        let closed = match args.recount {
            true => None,
            false => closed::chosen(here, &all, (named.as_ref(), args.list.as_deref()))?,
        };
        let counted = figures(here, (&period, closed), now).await?;
        let (lines, version) = (&counted.lines, counted.version);
        let asked = asked(here, args, lines)?;
        let before = periods::closed_before(&here.db, &period.name, counted.upto).await?;
        let before = before.into_iter();
        let before: Vec<Closed<'_>> = before.map(|one| scored_by(one, scoring.as_ref())).collect();
        let own = closed.and_then(ClosedFigures::queues);
        let of = (asked.as_ref(), own);
        let span = span(here, &period);
        let source = Source {
            db: &here.db,
            policy: &here.config.policy,
            lines,
            sheet: counted.sheet.as_ref(),
            rows: &counted.rows,
            numbers: &numbers,
            before: &payrolls::states(&here.db).await?,
            language: here.words.language,
            days: (span.from, span.to),
        };
        let rows = rows(here, (source, &before), of).await?;
        handed_out::note(here, "report_files", &period.name).await?;
        let language = match args.columns.as_str() {
            "en" => Language::En,
            _ => Language::Ru,
        };
        let details = match args.detail {
            true => Some(details(here, (&period, &span), (of, counted.upto), &rows).await?),
            false => None,
        };
        let definitions = closed.map_or(DEFINITIONS, |one| one.definitions);
        let scoring = scoring
            .as_ref()
            .map(|scoring| scoring.of_definitions(definitions));
        let by = scoring
            .as_deref()
            .map(|scoring| (scoring, counted.rows.rules));
        let mut tables = tables(&span, rows, by, language);
        tables.extend(details);
        if let Some(closed) = closed.filter(|closed| closed.pay.is_some()) {
            // What was sent is handed out as it is, and never made anew.
            tables.retain(|(kind, _)| *kind != FileKind::Pay);
            let is_whole =
                own.is_none_or(|own| asked.as_ref().is_none_or(|asked| own == [asked.clone()]));
            sent(here, args, (closed, is_whole), out)?;
        }
        let of_list = closed.and_then(|closed| closed.list.as_ref());
        for (kind, table) in tables {
            let list = of_list.map_or("", |list| list.as_str());
            let list = asked.as_ref().map_or(list, |queue| queue.as_str());
            let name = (kind, period.name.as_str(), list, version);
            write(here, args, (name, &table, language), out)?;
        }
        if version == DRAFT {
            writeln!(out, "{}", of_draft(here, &period, now).await?)?;
        }
        let shown = closed.map_or(&*all, std::slice::from_ref);
        closed::tell(here, (shown, args.recount), asked.as_ref(), out).await?;
        Ok(Ended::Done)
    })
}

/// A closed period, to be scored again by these settings. What heads have approved follows settings of its own, and is not
/// scored again by those that are named here.
fn scored_by(one: ClosedBefore, scoring: Option<&Scoring>) -> Closed<'_> {
    let is_theirs = !one.is_by_mail && one.definitions == DEFINITIONS;
    Closed {
        period: one.period,
        queues: one.lines.queues(),
        lines: one.lines,
        scoring: scoring.filter(|_| is_theirs).map(Cow::Borrowed),
        rules: one.rules,
        rows: one.paid,
        definitions: one.definitions,
    }
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

/// What the figures are made of, and what the period carries of closed ones.
async fn details(
    here: &Visit,
    (period, span): (&Period, &Span),
    ((asked, own), upto): ((Option<&QueueName>, Option<&[QueueName]>), i64),
    rows: &Rows,
) -> anyhow::Result<(FileKind, Table)> {
    let judged = history::judged(&here.db, period, Some(upto)).await?;
    let words = &here.words;
    let place = Place {
        policy: &here.config.policy,
        zone: words.zone(),
        language: words.language,
        members: &rows.members,
        reasons: &Reasons::of(&here.db, &judged).await?,
    };
    let judged = detail_rows(place, &judged, |queue| {
        asked.is_none_or(|asked| asked == queue) && own.is_none_or(|own| own.contains(queue))
    });
    let table = detail(span, &judged, &rows.carried, words.language);
    Ok((FileKind::Detail, table))
}

/// `anna=000123`.
fn numbered(words: &str) -> Result<(AgentName, String), String> {
    let (agent, number) = words.split_once('=').unwrap_or_default();
    match (agent.trim(), number.trim()) {
        ("", _) | (_, "") => Err("NAME=NUMBER, for example anna=000123".to_owned()),
        (agent, number) => Ok((AgentName(agent.to_owned()), number.to_owned())),
    }
}

fn span(here: &Visit, period: &Period) -> Span {
    let zone = here.words.zone().clone();
    let name = zone.iana_name().unwrap_or("UTC").to_owned();
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
    let last = period.to.checked_sub(jiff::SignedDuration::from_secs(1));
    Span {
        name: period.name.clone(),
        from: day(period.from),
        to: day(last.unwrap_or(period.to)),
        zone: name,
    }
}

fn tables(
    span: &Span,
    rows: Rows,
    by: Option<(&Scoring, u32)>,
    language: Language,
) -> Vec<(FileKind, Table)> {
    let mut made = Vec::new();
    if let Some((scoring, rules)) = by {
        let scored = rows
            .members
            .iter()
            .map(|one| (one.employee.clone(), scores_by(rules, &one.facts, scoring)));
        let scored: Vec<(Employee, Vec<Scored>)> = scored.collect();
        made.push((FileKind::Pay, pay(span, &scored, &rows.carried)));
        made.push((
            FileKind::KpiScore,
            kpi_score(span, &scored, &rows.carried, scoring, language),
        ));
    }
    let members = rows.members.iter().map(Member::row);
    let rows: Vec<KpiRow> = members.chain(rows.others).collect();
    made.push((FileKind::Kpi, kpi(span, &rows, language)));
    made
}
