//! `okno period`: closed periods. What is closed is shown as it was written; what has come since is told apart.

pub(super) mod by_mail;

use std::io::{self, Write};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::{
    ConfigFile, Ended,
    visit::{Visit, visit},
};
use crate::{
    desk::{cause::Operation, kpi::Period},
    house::periods::{self, Adjustment, NotClosed, changed_in},
    model::period::ClosedPeriod,
    store::{history, work},
};

/// What `okno period` is told.
#[derive(Debug, Args)]
pub struct PeriodArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Close a period: its figures as they are now, for ever
    Close {
        #[command(flatten)]
        file: ConfigFile,
        /// A month, a quarter or a year: 2026-10, 2026-q4, 2026
        period: String,
        /// Who has approved it, and when: it stands in history
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
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
        Action::Close {
            file,
            period,
            reason,
        } => visit(file, async |here| {
            close(here, (period, reason), now, out).await
        }),
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

async fn close(
    here: &Visit,
    (name, reason): (&str, &str),
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let words = &here.words;
    let period = super::report::period(here, name)?;
    if reason.trim().is_empty() {
        bail!("{}", words.pick("Причина не названа", "No reason is given"));
    }
    if let Some(why) = by_mail::whose(here, &period.name) {
        bail!("{}: {why}", period.name);
    }
    let prepared = periods::prepare(&here.db, &period, words.zone(), now).await?;
    let closed = prepared.map_err(|why| {
        let why = match why {
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
        };
        anyhow::anyhow!("{}: {why}", period.name)
    })?;
    let (upto, sum) = (closed.upto, closed.sha256.clone());
    let operation = Operation::ClosePeriod {
        closed: Box::new(closed),
        reason: reason.trim().to_owned(),
    };
    work::order(&here.db, operation, now).await?;
    writeln!(
        out,
        "{}: {}, {} {upto}, SHA-256 {sum}",
        words.pick(
            "Будет закрыт (работающий okno сделает это в течение полуминуты)",
            "To be closed (a running okno does so within half a minute)"
        ),
        period.name,
        words.pick("события по номер", "events up to"),
    )?;
    Ok(Ended::Done)
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
            "{} v{}: {} {}, {} {}, SHA-256 {}",
            closed.period,
            closed.version,
            words.pick("закрыт", "closed"),
            words.time(at),
            words.pick("события по номер", "events up to"),
            closed.upto,
            closed.sha256
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
        "{name} v{}: {at_terminal} {}",
        closed.version,
        words.time(at)
    )?;
    out.write_all(&periods::bytes_of(&closed)?)?;
    Ok(Ended::Done)
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
