//! `okno report files`: the files of a payroll, written into a folder.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::Timestamp;

use super::{period, queue};
use crate::{
    cli::{
        ConfigFile, Ended,
        visit::{Visit, visit},
    },
    config,
    desk::kpi::{Period, Question, Sheet, Tally, figures},
    model::{
        ids::{AgentName, QueueName},
        language::Language,
        scoring::Scoring,
    },
    report::{
        files::{
            Employee, Fact, Facts, FileKind, KpiRow, RowKind, Scored, Span, file_name, kpi,
            kpi_score, pay, scores, summary,
        },
        table::{Format, Table},
    },
    store::{history, people},
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
    format: String,
    /// The language of the columns: ru or en
    #[arg(long, default_value = "ru", value_parser = ["ru", "en"])]
    columns: String,
    /// The folder to write into
    #[arg(long)]
    to: PathBuf,
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
    visit(&args.file, async |here| {
        let asked = args.queue.as_deref().map(|name| queue(here, name));
        let asked = asked.transpose()?;
        let period = period(here, &args.period)?;
        let question = Question::about(vec![period.clone().so_far(now)], here.words.zone().clone());
        let (sheets, _) = history::figures(&here.db, &question, None).await?;
        let sheet = sheets
            .into_iter()
            .next()
            .context("Cannot count the period")?;
        if !sheet.unbalanced().is_empty() {
            bail!(here.words.pick(
                "Суммы не сходятся: файлы не записаны. Подробности: okno report kpi",
                "The sums do not close: no file is written. See okno report kpi"
            ));
        }
        let people = staff(here, &sheet, asked.as_ref()).await?;
        let language = match args.columns.as_str() {
            "en" => Language::En,
            _ => Language::Ru,
        };
        let span = span(here, &period);
        let tables = tables(&span, people, scoring.as_ref(), language);
        for (kind, table) in tables {
            let list = asked.as_ref().map_or("", |queue| queue.as_str());
            write(here, args, (kind, &table, list, language), out)?;
        }
        if now < period.to {
            let words = here.words.pick(
                "Период ещё не закончен: это состояние на сейчас, не для выплат.",
                "The period is not over yet: this is how it stands now, and not to be paid by.",
            );
            writeln!(out, "{words}")?;
        }
        Ok(Ended::Done)
    })
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

/// Every agent of the queues asked for, with what was counted of them. Whoever has done nothing is there, too.
async fn staff(
    here: &Visit,
    sheet: &Sheet,
    asked: Option<&QueueName>,
) -> anyhow::Result<Vec<(Employee, Facts)>> {
    let policy = &here.config.policy;
    let mut found = Vec::new();
    let mut nameless = Vec::new();
    for (name, queue) in &policy.queues {
        if asked.is_some_and(|asked| asked != name) {
            continue;
        }
        let mut agents: Vec<&AgentName> = queue.agents.iter().collect();
        agents.extend(sheet.agents_of(name).map(|(agent, _)| agent));
        agents.sort();
        agents.dedup();
        for agent in agents {
            let employee = employee(here, agent, &queue.title).await?;
            if employee.number.is_empty() {
                nameless.push(format!("{agent} ({})", employee.name));
            }
            let own = sheet.agents_of(name).find(|(of, _)| *of == agent);
            let counted = own.map_or_else(|| facts(&Tally::default()), |(_, tally)| facts(tally));
            found.push((employee, counted));
        }
    }
    if !nameless.is_empty() {
        nameless.sort();
        nameless.dedup();
        bail!(
            "{}: {}. {}",
            here.words
                .pick("Нет табельного номера", "There is no employee number of"),
            nameless.join(", "),
            here.words.pick(
                "Добавьте его в файл сотрудников: столбец «табельный номер»",
                "Add it to the file of people: the column `employee_number`"
            )
        );
    }
    Ok(found)
}

async fn employee(here: &Visit, agent: &AgentName, department: &str) -> anyhow::Result<Employee> {
    let known = here.config.policy.agents.get(agent);
    let person = match known {
        Some(known) => people::at(&here.db, &known.address).await?,
        None => None,
    };
    let listing = person.as_ref().and_then(|person| person.listing.as_ref());
    let listed = person.as_ref().filter(|_| listing.is_some());
    let name = listed
        .map(|person| person.name.to_string())
        .filter(|name| !name.is_empty());
    let shown = || known.map_or_else(|| agent.to_string(), |known| known.name.clone());
    Ok(Employee {
        number: listing
            .map(|listing| listing.employee_number.to_string())
            .unwrap_or_default(),
        name: name.unwrap_or_else(shown),
        department: department.to_owned(),
        position: String::new(),
    })
}

fn facts(tally: &Tally) -> Facts {
    let all = figures(tally).into_iter();
    all.map(|figure| {
        let fact = Fact {
            numerator: figure.numerator,
            denominator: figure.denominator,
        };
        (figure.code, fact)
    })
    .collect()
}

fn tables(
    span: &Span,
    people: Vec<(Employee, Facts)>,
    scoring: Option<&Scoring>,
    language: Language,
) -> Vec<(FileKind, Table)> {
    let mut made = Vec::new();
    if let Some(scoring) = scoring {
        let scored = people
            .iter()
            .map(|(employee, facts)| (employee.clone(), scores(facts, scoring)));
        let scored: Vec<(Employee, Vec<Scored>)> = scored.collect();
        made.push((FileKind::Pay, pay(span, &scored)));
        made.push((
            FileKind::KpiScore,
            kpi_score(span, &scored, scoring, language),
        ));
    }
    let rows = people.into_iter().map(|(employee, facts)| KpiRow {
        kind: RowKind::Employee,
        employee,
        working_days: None,
        facts,
    });
    let rows: Vec<KpiRow> = rows.collect();
    made.push((FileKind::Kpi, kpi(span, &rows, language)));
    made
}

fn write(
    here: &Visit,
    args: &FilesArgs,
    (kind, table, list, language): (FileKind, &Table, &str, Language),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let format = Format::parse(&args.format).context("Cannot write that format")?;
    let written = table.write(format, language)?;
    // Not approved by anybody: version 0.
    let name = file_name(kind, &args.period, list, 0, format.ending());
    let path = args.to.join(&name);
    fs::create_dir_all(&args.to)
        .and_then(|()| fs::write(&path, &written.bytes))
        .with_context(|| format!("Cannot write {}", path.display()))?;
    let words = &here.words;
    let told = summary(table, &written, words.language);
    writeln!(out, "{}", path.display())?;
    writeln!(out, "  {}: {}", words.pick("строк", "rows"), told.rows)?;
    writeln!(out, "  SHA-256: {}", told.sha256)?;
    for (column, sum) in told.sums {
        writeln!(out, "  {} {column}: {sum}", words.pick("сумма", "sum of"))?;
    }
    for one in written.replaced {
        writeln!(
            out,
            "  {} {} → {} ({})",
            words.pick(
                "в кодировке нет буквы, заменена:",
                "not in the encoding, replaced:"
            ),
            one.letter,
            one.by,
            one.times
        )?;
    }
    Ok(())
}
