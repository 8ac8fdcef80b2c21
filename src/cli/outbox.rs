//! `okno outbox`: what waits to be sent and why, and the hand that sets it going.

use std::io::Write;

use clap::{Args, Subcommand};

use super::{
    ConfigFile, Ended,
    visit::{Visit, visit},
    words::line,
};
use crate::{
    clock::Clock,
    desk::cause::Operation,
    model::ids::DeliveryId,
    store::{
        outbox::{self, Waiting},
        work,
    },
};

/// What `okno outbox` is told.
#[derive(Debug, Args)]
pub struct OutboxArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List what waits to be sent, the oldest first
    List {
        #[command(flatten)]
        file: ConfigFile,
        /// List what was given up instead, the newest first
        #[arg(long)]
        failed: bool,
        /// How many lines at most
        #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(i64).range(1..))]
        limit: i64,
    },
    /// Try one delivery, or all that wait, as soon as possible
    Retry {
        #[command(flatten)]
        file: ConfigFile,
        /// Its number in the list; without one, all that wait
        #[arg(value_name = "NUMBER")]
        id: Option<i64>,
    },
    /// Let go what the fuse holds
    Release {
        #[command(flatten)]
        file: ConfigFile,
    },
}

/// Does it.
///
/// # Errors
/// What the configuration or the database says.
pub fn run(args: &OutboxArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    match &args.action {
        Action::List {
            file,
            failed,
            limit,
        } => visit(file, async |here| list(here, *failed, *limit, out).await),
        Action::Retry { file, id } => visit(file, async |here| retry(here, *id, out).await),
        Action::Release { file } => visit(file, async |here| release(here, out).await),
    }
}

async fn list(
    here: &Visit,
    is_given_up: bool,
    limit: i64,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let words = &here.words;
    let waiting = outbox::list(&here.db, is_given_up, limit).await?;
    if waiting.is_empty() {
        let nothing = match is_given_up {
            false => words.pick("Ничего не ждёт отправки.", "Nothing waits to be sent."),
            true => words.pick("Все письма отправлены.", "No mail was given up."),
        };
        writeln!(out, "{nothing}")?;
    }
    for one in &waiting {
        write_one(here, one, out)?;
    }
    if i64::try_from(waiting.len()).is_ok_and(|count| count == limit) {
        writeln!(
            out,
            "{}",
            words.pick(
                "Показано не больше, чем задано в --limit.",
                "There may be more: see --limit."
            )
        )?;
    }
    let held = outbox::held(&here.db).await?;
    if held > 0 && !is_given_up {
        writeln!(
            out,
            "{}: {held}. {}: okno outbox release",
            words.pick("Задержано предохранителем", "Held by the fuse"),
            words.pick("Отпустить", "To let them go")
        )?;
    }
    Ok(Ended::Done)
}

fn write_one(here: &Visit, one: &Waiting, out: &mut dyn Write) -> anyhow::Result<()> {
    let words = &here.words;
    let ticket = one
        .ticket
        .map(|number| format!(", {} {number}", words.pick("обращение", "ticket")))
        .unwrap_or_default();
    writeln!(
        out,
        "{}  {}  {}{ticket}",
        one.id,
        line(&one.recipient),
        words.template(&one.template)
    )?;
    let since = words.time(one.created_at);
    write!(
        out,
        "    {}; {} {since}",
        words.delivery(&one.state),
        words.pick("создано", "written")
    )?;
    if one.attempts > 0 {
        write!(
            out,
            "; {}: {}",
            words.pick("попыток", "tries"),
            one.attempts
        )?;
    }
    if ["ready", "unknown"].contains(&one.state.as_str()) {
        write!(
            out,
            "; {} {}",
            words.pick("следующая", "next"),
            words.time(one.next_at)
        )?;
    }
    writeln!(out)?;
    if let Some(reply) = one.reply.as_deref().filter(|reply| !reply.is_empty()) {
        writeln!(
            out,
            "    {}: {}",
            words.pick("сервер ответил", "the server said"),
            line(reply)
        )?;
    }
    Ok(())
}

async fn retry(here: &Visit, id: Option<i64>, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let words = &here.words;
    let now = Clock::System.now();
    let delivery = id.map(DeliveryId);
    let count = outbox::retriable(&here.db, delivery, now).await?;
    if let (Some(id), 0) = (id, count) {
        writeln!(
            out,
            "{} {id}.",
            words.pick("В исходящих нет письма", "The outbox has no mail")
        )?;
        return Ok(Ended::NotAll);
    }
    if count == 0 {
        let nothing = words.pick("Ничего не ждёт отправки.", "Nothing waits to be sent.");
        writeln!(out, "{nothing}")?;
        return Ok(Ended::Done);
    }
    work::order(&here.db, Operation::Retry { delivery }, now).await?;
    writeln!(
        out,
        "{}: {count}. {}",
        words.pick(
            "Писем, которые будут отправлены снова",
            "Mails to be tried again"
        ),
        soon(here)
    )?;
    Ok(Ended::Done)
}

async fn release(here: &Visit, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let words = &here.words;
    let held = outbox::held(&here.db).await?;
    // Only the decider writes history: it finds the order among its work.
    work::order(&here.db, Operation::ReleaseFuse, Clock::System.now()).await?;
    writeln!(
        out,
        "{}: {held}. {}",
        words.pick("Задержанных писем", "Mails held"),
        soon(here)
    )?;
    Ok(Ended::Done)
}

/// When the running okno will have seen it.
fn soon(here: &Visit) -> &'static str {
    here.words.pick(
        "Работающий okno отправит их в течение полуминуты, остановленный — после запуска.",
        "A running okno sends them within half a minute, a stopped one when it is started.",
    )
}
