//! `okno period`: closed periods. What is closed is shown as it was written; what has come since is told apart.

mod approve;
pub(super) mod by_mail;
mod close;

use std::io::{self, Write};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::{
    ConfigFile, Ended,
    visit::{Visit, visit},
};
use crate::{
    desk::kpi::Period,
    house::periods::{self, Adjustment, changed_in},
    model::period::ClosedPeriod,
    store::history,
};

/// What `okno period` is told.
#[derive(Debug, Args)]
pub struct PeriodArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Close a period: its figures and its files as they are now, for ever
    Close(close::CloseArgs),
    /// List what is closed
    List {
        #[command(flatten)]
        file: ConfigFile,
    },
    /// Print the figures of a closed period as they were written, byte for byte; who has closed it is told beside them
    Show {
        #[command(flatten)]
        file: ConfigFile,
        /// The period
        period: String,
        /// Of this payroll list, where several have closed it by mail
        #[arg(long, value_name = "NAME")]
        list: Option<String>,
    },
    /// Send accountants the file of an approved month once more, as it is
    Resend {
        #[command(flatten)]
        file: ConfigFile,
        /// The payroll list
        list: String,
        /// The month
        period: String,
        /// To this accountant of the list alone
        #[arg(long, value_name = "ADDRESS")]
        to: Option<String>,
    },
    /// Print what has changed since a period was closed: adjustments for the next one
    Adjust {
        #[command(flatten)]
        file: ConfigFile,
        /// The period
        period: String,
        /// Of this payroll list, where several have closed it by mail
        #[arg(long, value_name = "NAME")]
        list: Option<String>,
    },
}

/// Does it.
///
/// # Errors
/// There is no such period, or it is closed already, or not over; sums do not close; what the configuration or the database
/// says.
pub fn run(args: &PeriodArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    match &args.action {
        Action::Close(args) => close::run(args, now, out),
        Action::List { file } => visit(file, async |here| list(here, out).await),
        Action::Show { file, period, list } => visit(file, async |here| {
            show(here, (period, list.as_deref()), out).await
        }),
        Action::Resend {
            file,
            list,
            period,
            to,
        } => visit(file, async |here| {
            by_mail::resend(here, (list, period), to.as_deref(), (now, out)).await
        }),
        Action::Adjust { file, period, list } => visit(file, async |here| {
            adjust(here, (period, list.as_deref()), out).await
        }),
    }
}

async fn list(here: &Visit, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let words = &here.words;
    let all = history::closed_periods(&here.db).await?;
    let by_mail = by_mail::all(here).await?;
    if all.is_empty() && by_mail.is_empty() {
        let nothing = words.pick("Ни один период не закрыт", "No period is closed");
        writeln!(out, "{nothing}")?;
    }
    for (closed, at) in all {
        writeln!(
            out,
            "{} v{}: {} {}, {} {}, SHA-256 {}, {}",
            closed.period,
            closed.version,
            words.pick("закрыт", "closed"),
            words.time(at),
            words.pick("события по номер", "events up to"),
            closed.upto,
            closed.sha256,
            files(here, &closed)
        )?;
    }
    for approved in by_mail {
        writeln!(out, "{}", approved.told(here))?;
    }
    Ok(Ended::Done)
}

/// The figures, and beside them, since those go to other programs, who has closed them and when.
async fn show(
    here: &Visit,
    (name, list): (&str, Option<&str>),
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let words = &here.words;
    let Period { name, .. } = super::report::period(here, name)?;
    if let Some(approved) = by_mail::one(here, &name, list).await? {
        writeln!(io::stderr(), "{}", approved.told(here))?;
        out.write_all(approved.figures()?.as_bytes())?;
        return Ok(Ended::Done);
    }
    let (closed, at) = closed(here, &name).await?;
    let at_terminal = words.pick("закрыт в терминале", "closed at the terminal");
    writeln!(
        io::stderr(),
        "{name} v{}: {at_terminal} {}, {}",
        closed.version,
        words.time(at),
        files(here, &closed)
    )?;
    out.write_all(&periods::bytes_of(&closed)?)?;
    Ok(Ended::Done)
}

/// With which files it was closed, and by which settings of scores.
fn files(here: &Visit, closed: &ClosedPeriod) -> String {
    let words = &here.words;
    let Some(files) = &closed.files else {
        return words
            .pick("закрыт без файлов", "closed without files")
            .to_owned();
    };
    let many = files.heads.len().saturating_add(files.pay.iter().count());
    let told = format!("{}: {many}", words.pick("файлов", "files"));
    match (&files.pay, files.scores.as_str()) {
        (Some(pay), _) => format!("{told}, {} SHA-256 {}", pay.name, pay.sha256),
        (None, "") => format!("{told}, {}", words.pick("без оценок", "without scores")),
        (None, _) => format!("{told}, {}", words.pick("без файла pay", "without pay")),
    }
}

/// What each ticket has changed since, where it adds up.
async fn adjust(
    here: &Visit,
    (name, list): (&str, Option<&str>),
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let words = &here.words;
    let changed = changed_since(here, name, list).await?;
    let head = words.pick(
        "период;обращение;очередь;сотрудник;показатель;корректировка_числителя;корректировка_знаменателя",
        "period;ticket;queue;agent;figure;numerator_adjustment;denominator_adjustment",
    );
    write!(out, "{head}\r\n")?;
    for one in changed {
        let agent = one.whose.agent.as_ref().map_or("", |agent| agent.as_str());
        let below = one.below.map(|below| below.to_string()).unwrap_or_default();
        let (queue, figure) = (&one.whose.queue, &one.figure);
        let ticket = match one.ticket.0 {
            // It comes from a file, and from no ticket.
            0 => String::new(),
            ticket => ticket.to_string(),
        };
        write!(
            out,
            "{};{ticket};{queue};{agent};{figure};{};{below}\r\n",
            one.period, one.above
        )?;
    }
    Ok(Ended::Done)
}

async fn changed_since(
    here: &Visit,
    name: &str,
    list: Option<&str>,
) -> anyhow::Result<Vec<Adjustment>> {
    let Period { name, .. } = super::report::period(here, name)?;
    let (zone, last) = (here.words.zone(), history::last(&here.db).await?);
    if let Some(approved) = by_mail::one(here, &name, list).await? {
        let (queues, stretch) = (approved.queues(), (approved.draft.upto.0, last));
        let months = vec![approved.period.clone()];
        let changed = changed_in(&here.db, months, approved.zone(zone), stretch).await?;
        let own = changed
            .into_iter()
            .filter(|one| queues.contains(&one.whose.queue));
        return Ok(own.collect());
    }
    let (closed, _) = closed(here, &name).await?;
    periods::changed_since(&here.db, &closed, zone).await
}

async fn closed(here: &Visit, name: &str) -> anyhow::Result<(ClosedPeriod, Timestamp)> {
    let found = periods::closed(&here.db, name).await?;
    found.with_context(|| format!("{name}: {}", here.words.pick("не закрыт", "is not closed")))
}
