//! `okno quarantine`: what could not be processed, why, and what becomes of it; and the mails that were put aside.

use std::{io::Write, num::ParseIntError};

use clap::{Args, Subcommand};

use super::{
    ConfigFile, Ended, explain,
    visit::{Visit, visit},
    words::line,
};
use crate::{
    clock::Clock,
    desk::{cause::Operation, reason::Reason},
    model::{
        ids::{RawId, WorkId},
        text::Text,
    },
    store::{erase, journal, lookup, work},
};

/// What `okno quarantine` is told.
#[derive(Debug, Args)]
pub struct QuarantineArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List what could not be processed, the oldest first
    List {
        #[command(flatten)]
        file: ConfigFile,
        /// List mails that were put aside instead (mass mail, machines' mail), the newest first
        #[arg(long)]
        aside: bool,
        /// How many lines at most
        #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(i64).range(1..))]
        limit: i64,
    },
    /// Show a mail: its header, and why it is here
    Show {
        #[command(flatten)]
        file: ConfigFile,
        /// Its number in the list, or mail:7 for any stored mail
        #[arg(value_name = "NUMBER", value_parser = shown)]
        what: Shown,
        /// Print the whole mail as it was fetched, and nothing else
        #[arg(long)]
        raw: bool,
    },
    /// Process it once more
    Release {
        #[command(flatten)]
        file: ConfigFile,
        /// Its number in the list
        #[arg(value_name = "NUMBER")]
        id: i64,
    },
    /// Drop it: it is never processed; the mail itself stays stored
    Discard {
        #[command(flatten)]
        file: ConfigFile,
        /// Its number in the list
        #[arg(value_name = "NUMBER")]
        id: i64,
    },
}

/// What is to be shown.
#[derive(Debug, Clone, Copy)]
enum Shown {
    Quarantined(WorkId),
    Mail(RawId),
}

fn shown(words: &str) -> Result<Shown, String> {
    let mail = ["#", "mail:"]
        .iter()
        .find_map(|start| words.strip_prefix(start));
    let number = mail.unwrap_or(words).parse();
    let number = number.map_err(|error: ParseIntError| {
        format!("a number of the list is expected, or mail:7 ({error})")
    })?;
    Ok(match mail {
        Some(_) => Shown::Mail(RawId(number)),
        None => Shown::Quarantined(WorkId(number)),
    })
}

/// Does it.
///
/// # Errors
/// What the configuration or the database says.
pub fn run(args: &QuarantineArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    match &args.action {
        Action::List { file, aside, limit } => visit(file, async |here| {
            if *aside {
                list_aside(here, *limit, out).await
            } else {
                list(here, *limit, out).await
            }
        }),
        Action::Show { file, what, raw } => {
            visit(file, async |here| show(here, *what, *raw, out).await)
        }
        Action::Release { file, id } => {
            visit(file, async |here| end(here, WorkId(*id), true, out).await)
        }
        Action::Discard { file, id } => {
            visit(file, async |here| end(here, WorkId(*id), false, out).await)
        }
    }
}

async fn list(here: &Visit, limit: i64, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let words = &here.words;
    let quarantined = work::quarantined(&here.db, limit).await?;
    if quarantined.is_empty() {
        writeln!(
            out,
            "{}",
            words.pick("Карантин пуст.", "The quarantine is empty.")
        )?;
    }
    for one in quarantined {
        let mut about = vec![one.kind.clone()];
        if let (Some(raw), Some(mailbox)) = (one.raw, &one.mailbox) {
            about = vec![
                format!("mail:{raw}"),
                format!("{} {mailbox}", words.pick("ящик", "mailbox")),
            ];
        }
        about.extend(one.arrived_at.map(|at| words.time(at)));
        about.extend(one.size.map(|size| words.size(size)));
        writeln!(
            out,
            "{}  {}\n    {}",
            one.id,
            about.join(", "),
            words.problem(&one.problem)
        )?;
    }
    Ok(Ended::Done)
}

async fn list_aside(here: &Visit, limit: i64, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let words = &here.words;
    let aside = lookup::aside(&here.db, limit).await?;
    if aside.is_empty() {
        writeln!(
            out,
            "{}",
            words.pick("Отложенных писем нет.", "No mail was put aside.")
        )?;
    }
    for one in aside {
        writeln!(
            out,
            "mail:{}  {} {}, {}\n    {}",
            one.raw,
            words.pick("ящик", "mailbox"),
            one.mailbox,
            words.time(one.at),
            Reason::words_of(&one.reason, words.language)
        )?;
    }
    Ok(Ended::Done)
}

async fn show(
    here: &Visit,
    what: Shown,
    is_raw: bool,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let raw = match what {
        Shown::Mail(raw) => Some(raw),
        Shown::Quarantined(id) => {
            let Some(found) = lookup::quarantined(&here.db, id).await? else {
                return not_there(here, id, out);
            };
            if found.listed.raw.is_none() {
                writeln!(
                    out,
                    "{}\n{}\n{}",
                    found.listed.kind,
                    beginning_of(&found.payload),
                    here.words.problem(&found.listed.problem)
                )?;
            }
            found.listed.raw
        }
    };
    let Some(raw) = raw else {
        return Ok(Ended::Done);
    };
    let stored = journal::raw(&here.db, raw).await?;
    if is_raw && stored.erased_at.is_none() {
        out.write_all(&stored.bytes)?;
        return Ok(Ended::Done);
    }
    explain::describe(here, raw, out).await?;
    if stored.erased_at.is_some() {
        return Ok(Ended::NotAll);
    }
    let bytes = stored.bytes;
    let head = bytes.get(..explain::head_end(&bytes)).unwrap_or(&bytes);
    let head = Text::new(&String::from_utf8_lossy(head));
    writeln!(out)?;
    for field in head.as_str().trim_end().lines() {
        writeln!(out, "    {field}")?;
    }
    Ok(Ended::Done)
}

/// The beginning of what a work row holds: a people directory is longer than a screen.
fn beginning_of(payload: &str) -> String {
    line(&payload.chars().take(4000).collect::<String>())
}

/// Only the decider writes history and touches work: it finds the order among its work.
async fn end(
    here: &Visit,
    work: WorkId,
    is_released: bool,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let found = lookup::quarantined(&here.db, work).await?;
    if found.as_ref().is_none_or(|found| found.is_discarded) {
        return not_there(here, work, out);
    }
    let is_begun = found.is_some_and(|found| erase::is_begun(&found.listed.kind, &found.payload));
    if is_begun && !is_released {
        let said = here.words.pick(
            "Удаление данных человека уже начато: адреса стёрты, а остальное, может быть, ещё нет. Бросить его нельзя; когда причина устранена, продолжите",
            "Somebody is half erased: the addresses are gone, and the rest may not be. It cannot be dropped; once the cause is mended, let it go on",
        );
        writeln!(out, "{said}: okno quarantine release {work}")?;
        return Ok(Ended::NotAll);
    }
    let operation = if is_released {
        Operation::ReleaseWork { work }
    } else {
        Operation::DiscardWork { work }
    };
    work::order(&here.db, operation, Clock::System.now()).await?;
    let words = &here.words;
    let said = if is_released {
        words.pick(
            "Будет обработано снова: работающий okno возьмёт его в течение полуминуты, остановленный — после запуска.",
            "It will be processed again: a running okno takes it within half a minute, a stopped one when it is started.",
        )
    } else {
        words.pick(
            "Будет выброшено: работающий okno сделает это в течение полуминуты, остановленный — после запуска. Само письмо останется в базе.",
            "It will be discarded: a running okno does so within half a minute, a stopped one when it is started. The mail itself stays in the database.",
        )
    };
    writeln!(out, "{said}")?;
    Ok(Ended::Done)
}

fn not_there(here: &Visit, id: WorkId, out: &mut dyn Write) -> anyhow::Result<Ended> {
    writeln!(
        out,
        "{} {id}.",
        here.words
            .pick("В карантине нет номера", "The quarantine has no number")
    )?;
    Ok(Ended::NotAll)
}
