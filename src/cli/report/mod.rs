//! `okno report`: figures on demand.

mod charts;
mod closed;
mod counted;
mod files;
mod forms;
mod kept;
mod kpi;
mod nameless;
mod telling;
mod writing;

use std::io::Write;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;

pub(super) use self::{
    files::{numbered, scoring},
    kept::without_pay,
    nameless::nameless,
};
use super::{Ended, visit::Visit};
use crate::{desk::kpi::Period, model::ids::QueueName};

/// What `okno report` is told.
#[derive(Debug, Args)]
pub struct ReportArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Every figure of a period: of the house, of each queue, of each agent
    Kpi(kpi::KpiArgs),
    /// The files of a payroll, into a folder: figures, and with --scores what they score and what accountants get
    Files(files::FilesArgs),
    /// How many requests came by which form, and what was chosen in it
    Forms(forms::FormsArgs),
    /// The last months as charts, into a folder
    Charts(charts::ChartsArgs),
}

/// Prints it.
///
/// # Errors
/// There is no such period or queue; what the configuration or the database says. Sums that do not close are no error: it is
/// said, and the command ends with [`Ended::NotAll`].
pub fn run(args: &ReportArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    match &args.action {
        Action::Kpi(args) => kpi::run(args, now, out),
        Action::Files(args) => files::run(args, now, out),
        Action::Forms(args) => forms::run(args, now, out),
        Action::Charts(args) => charts::run(args, now, out),
    }
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

/// The same, where there can be figures of it: one that is still to come has none, which is something else than noughts.
fn period_begun(here: &Visit, name: &str, now: Timestamp) -> anyhow::Result<Period> {
    let period = period(here, name)?;
    if period.from > now {
        bail!(
            "{} {name} {}",
            here.words.pick("Период", "The period"),
            here.words.pick(
                "ещё не начался: показателей за него нет",
                "has not begun yet: there are no figures of it"
            )
        );
    }
    Ok(period)
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
