//! `okno period close`: a period is closed with its figures and its files.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::PathBuf,
};

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use jiff::Timestamp;

use super::{approve::approve, by_mail};
use crate::{
    cli::{
        ConfigFile, Ended,
        follow::follow,
        report::{self, numbered, scoring},
        visit::{Visit, visit},
    },
    desk::{cause::Operation, reason::Reason},
    house::{
        payroll::{Figures, Kept, Making, NotKept, paid_otherwise},
        periods::{self, ClosedFigures, NotClosed},
    },
    model::{ids::AgentName, language::Language, period::ClosedPeriod, scoring::Scoring},
    report::table::Format,
    store::{ordered, payrolls},
};

/// What `okno period close` is told.
#[derive(Debug, Args)]
pub(super) struct CloseArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// A month, a quarter or a year: 2026-10, 2026-q4, 2026
    period: String,
    /// Who has approved it, and when: it stands in history
    #[arg(long, value_name = "WORDS")]
    reason: String,
    /// Of this payroll list: its newest draft is approved in the place of the heads who have not answered, and goes the same road
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with_all = ["scores", "without_scores", "format", "columns", "numbers", "without_numbers"]
    )]
    list: Option<String>,
    /// The settings of scores that people are paid by: they are kept with the period, and so are its scores and the accountants' file
    #[arg(long, value_name = "FILE", conflicts_with = "without_scores")]
    scores: Option<PathBuf>,
    /// Close figures alone: there are no scores and no accountants' file, they are not made later either, and nobody is owed what
    /// changes in it
    #[arg(long)]
    without_scores: bool,
    /// How the files are written: xlsx, csv-utf8 or csv-1251
    #[arg(long, default_value = "xlsx", value_parser = ["xlsx", "csv-utf8", "csv-1251"])]
    format: String,
    /// The language of the columns: ru or en
    #[arg(long, default_value = "ru", value_parser = ["ru", "en"])]
    columns: String,
    /// The employee number of somebody who is no agent any more: anna=000123. As often as needed
    #[arg(long = "number", value_name = "NAME=NUMBER", value_parser = numbered)]
    numbers: Vec<(AgentName, String)>,
    /// Close it although somebody has no employee number: there is no pay then, since nobody could be paid by it. Refused where
    /// people are owed changes of earlier periods
    #[arg(long)]
    without_numbers: bool,
}

/// Leaves an order to close it, and says what a running okno has decided.
///
/// # Errors
/// There is no such period, or it is closed already, or not over; sums do not close; somebody has no employee number; what the
/// configuration or the database says.
pub(super) fn run(args: &CloseArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| match &args.list {
        Some(list) => approve(here, (list, &args.period), &args.reason, (now, out)).await,
        None => close(here, args, now, out).await,
    })
}

async fn close(
    here: &Visit,
    args: &CloseArgs,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let words = &here.words;
    let period = report::period(here, &args.period)?;
    if args.reason.trim().is_empty() {
        bail!("{}", words.pick("Причина не названа", "No reason is given"));
    }
    if let Some(why) = by_mail::whose(here, &period.name) {
        let in_place = words.pick(
            "Если руководители ответить не могут, утвердить за них: --list СПИСОК",
            "Where the heads cannot answer, approve in their place: --list NAME",
        );
        bail!("{}: {why}. {in_place}", period.name);
    }
    let prepared = periods::prepare(&here.db, &period, words.zone(), now).await?;
    let mut closed = prepared.map_err(|why| anyhow!("{}: {}", period.name, refused(here, &why)))?;
    if args.scores.is_none() && !args.without_scores {
        let all = payrolls::states(&here.db).await?;
        let others = paid_otherwise(&all, &here.config.policy, (&period, words.zone()));
        let which = match others.is_empty() {
            true => which_scores(here).to_owned(),
            false => twice(here, &others),
        };
        bail!("{}: {which}", period.name);
    }
    let settings = scoring(args.scores.as_ref())?;
    let kept = kept(here, args, (&closed, settings.as_ref()), now).await?;
    let Kept {
        files,
        bytes,
        unpaid,
    } = kept.map_err(|why| anyhow!("{}: {}", period.name, not_kept(here, &why)))?;
    closed.files = Some(Box::new(files));
    tell(here, (&closed, &unpaid), out)?;
    let operation = Operation::ClosePeriod {
        closed: Box::new(closed),
        files: bytes,
        reason: args.reason.trim().to_owned(),
    };
    let work = ordered::order(&here.db, operation, now).await?;
    follow(here, (work, Reason::PeriodClosed), out).await
}

/// Its files, made of the very figures that are closed.
async fn kept(
    here: &Visit,
    args: &CloseArgs,
    (closed, scoring): (&ClosedPeriod, Option<&Scoring>),
    now: Timestamp,
) -> anyhow::Result<Result<Kept, NotKept>> {
    let figures = ClosedFigures::at_terminal(closed, now)?;
    let figures = Figures::of(&here.db, &figures, here.words.zone()).await?;
    let numbers: BTreeMap<AgentName, String> = args.numbers.iter().cloned().collect();
    let making = Making {
        db: &here.db,
        policy: &here.config.policy,
        zone: here.words.zone(),
        language: match args.columns.as_str() {
            "en" => Language::En,
            _ => Language::Ru,
        },
        numbers: &numbers,
        scoring,
        has_details: true,
    };
    let format = Format::parse(&args.format).context("Cannot write that format")?;
    making.keep(&figures, (format, args.without_numbers)).await
}

/// What is going to be closed, and what it can be checked by.
fn tell(
    here: &Visit,
    (closed, unpaid): (&ClosedPeriod, &BTreeSet<String>),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    writeln!(
        out,
        "{}: {}, {} {}, SHA-256 {}",
        words.pick(
            "Будет закрыт (работающий okno сделает это в течение полуминуты)",
            "To be closed (a running okno does so within half a minute)"
        ),
        closed.period,
        words.pick("события по номер", "events up to"),
        closed.upto,
        closed.sha256,
    )?;
    let Some(files) = &closed.files else {
        return Ok(());
    };
    let pay = files.pay.iter();
    let pay = pay.map(|file| (&file.name, file.rows, &file.sha256));
    let heads = files.heads.iter();
    let heads = heads.map(|file| (&file.name, file.rows, &file.sha256));
    for (name, rows, sum) in pay.chain(heads) {
        let many = words.pick("строк", "rows");
        writeln!(out, "  {name}: {many} {rows}, SHA-256 {sum}")?;
    }
    if let Some(told) = report::without_pay(here, files) {
        writeln!(out, "{told}")?;
    } else if !unpaid.is_empty() {
        let told = words.pick(
            "Изменились и периоды, по которым никому не платили: файла pay у них нет, и разницу за них этот не несёт",
            "Periods that nobody was paid by have changed, too: they have no file pay, and this one carries no difference for them",
        );
        let unpaid: Vec<&str> = unpaid.iter().map(String::as_str).collect();
        writeln!(out, "{told}: {}", unpaid.join(", "))?;
    }
    Ok(())
}

/// Why its figures cannot be closed.
fn refused(here: &Visit, why: &NotClosed) -> String {
    let words = &here.words;
    match why {
        NotClosed::NotOver => words
            .pick("ещё не закончился", "is not over yet")
            .to_owned(),
        NotClosed::Already => words
            .pick(
                "уже закрыт; что изменилось с тех пор, покажет okno period adjust",
                "is closed already; okno period adjust shows what has changed since",
            )
            .to_owned(),
        NotClosed::ByMail(lists) => {
            let lists: Vec<&str> = lists.iter().map(|list| list.as_str()).collect();
            by_mail::by_lists(here, &lists)
        }
        NotClosed::MailWaits => words
            .pick(
                "письмо, пришедшее в этом периоде, ещё не разобрано; работающий okno разберёт его, а почему нет — скажет okno quarantine list",
                "mail that came in it is not decided yet; a running okno decides it, and okno quarantine list says where it cannot",
            )
            .to_owned(),
        NotClosed::Unsettled(many) => {
            let left = words.pick(
                "ещё не решено о том, чему срок наступил в этом периоде (обычно работающий okno решает в течение минуты, а если ящик не читается — позже); таких обращений",
                "what fell due in it is not judged yet (a running okno does so within a minute, or later where a mailbox cannot be read); tickets",
            );
            format!("{left}: {many}")
        }
        NotClosed::Unbalanced(queues) => {
            let queues: Vec<&str> = queues.iter().map(|queue| queue.as_str()).collect();
            let sums = words.pick("суммы не сходятся в очередях", "sums do not close in");
            format!("{sums} {}", queues.join(", "))
        }
    }
}

/// What is closed is closed for ever: nobody is to find out only then that there is no file to pay by.
fn which_scores(here: &Visit) -> &'static str {
    here.words.pick(
        "не закрыт: назовите настройки оценок, --scores ФАЙЛ. По ним вместе с периодом закроются kpi_score и файл бухгалтерии pay; \
         позже их уже не сделать. Закрыть одни показатели, без выплат: --without-scores",
        "is not closed: name the settings of scores, --scores FILE. kpi_score and the accountants' file pay are closed by them with \
         the period; they cannot be made later. To close figures alone, with nothing to pay by: --without-scores",
    )
}

/// People are paid once for the same days.
fn twice(here: &Visit, others: &BTreeSet<String>) -> String {
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let told = here.words.pick(
        "не закрыт: за эти дни людям платят по другим файлам, и второй файл бухгалтерии заплатил бы за ту же работу ещё раз. Закрыть \
         одни показатели: --without-scores. Платят по",
        "is not closed: people are paid for these days by other files, and a second accountants' file would pay the same work once \
         more. To close figures alone: --without-scores. They are paid by",
    );
    format!("{told}: {}", others.join(", "))
}

/// Why its files cannot be closed.
fn not_kept(here: &Visit, why: &NotKept) -> String {
    let words = &here.words;
    match why {
        NotKept::Nameless(agents) => {
            let anyway = words.pick(
                "Период не закрыт. Закрыть его без файла бухгалтерии: --without-numbers",
                "The period is not closed. To close it without the accountants' file: --without-numbers",
            );
            format!("{}. {anyway}", report::nameless(here, agents))
        }
        NotKept::Owed(periods) => {
            let periods: Vec<&str> = periods.iter().map(String::as_str).collect();
            let owed = words.pick(
                "не закрыт: с тех пор, как людям заплатили, изменились прежние периоды, и разницу должен нести файл pay этого. \
                 Назовите настройки оценок, --scores ФАЙЛ. Изменились",
                "is not closed: earlier periods have changed since people were paid by them, and the pay file of this one has to carry \
                 the difference. Name the settings of scores, --scores FILE. Changed",
            );
            format!("{owed}: {}", periods.join(", "))
        }
        NotKept::OwedNameless(periods, agents) => {
            let periods: Vec<&str> = periods.iter().map(String::as_str).collect();
            let owed = words.pick(
                "не закрыт: с тех пор, как людям заплатили, изменились прежние периоды, и разницу должен нести файл pay этого, а без \
                 табельных номеров его не будет ни для кого. Изменились",
                "is not closed: earlier periods have changed since people were paid by them, and the pay file of this one has to carry \
                 the difference, but without employee numbers there is none for anybody. Changed",
            );
            let owed = format!("{owed}: {}", periods.join(", "));
            format!("{owed}. {}", report::nameless(here, agents))
        }
        NotKept::PaidOtherwise(others) => twice(here, others),
    }
}
