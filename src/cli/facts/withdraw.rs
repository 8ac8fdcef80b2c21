//! `okno facts withdraw`: a figure from outside that was wrong is taken back.

use std::{collections::BTreeSet, io::Write};

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::Timestamp;

use super::super::{
    ConfigFile, Ended, handed_out,
    report::period,
    visit::{Visit, visit},
};
use crate::{
    desk::cause::Operation,
    house::facts,
    model::{
        ids::QueueName,
        outside::{OUTSIDE, OutsideFact, OutsideFacts},
    },
    store::{history, work},
};

#[derive(Debug, Args)]
pub(super) struct WithdrawArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// Of which period: 2026-10, 2026-q4, 2026
    #[arg(long)]
    period: String,
    /// Whose, by the employee number
    #[arg(long)]
    number: String,
    /// Which, by its code: PAYMENTS
    #[arg(long)]
    indicator: String,
    /// In which queue, where the employee serves several
    #[arg(long)]
    queue: Option<String>,
    /// Why
    #[arg(long, value_name = "WORDS")]
    reason: String,
}

/// Leaves the order.
///
/// # Errors
/// There is no such period, employee or figure, or no reason; what the configuration or the database says.
pub(super) fn run(
    args: &WithdrawArgs,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        let words = &here.words;
        let period = period(here, &args.period)?;
        let reason = args.reason.trim();
        if reason.is_empty() {
            bail!(words.pick("Назовите причину", "Name the reason"));
        }
        let known = known(here, args, &period.name).await?;
        let is_closed = facts::is_closed(&here.db, &period.name).await?;
        let operation = Operation::ImportFacts {
            words: format!("{}: {reason}", handed_out::account()),
            facts: Box::new(OutsideFacts {
                period: period.name.clone(),
                sha256: String::new(),
                facts: known.into_iter().map(nothing).collect(),
            }),
        };
        work::order(&here.db, operation, now).await?;
        let said = words.pick(
            "Показатель будет отозван (работающий okno сделает это в течение полуминуты)",
            "The figure is to be withdrawn (a running okno does so within half a minute)",
        );
        writeln!(out, "{said}: {} {}", period.name, args.indicator)?;
        if is_closed {
            let later = words.pick(
                "Период уже закрыт: его файлы не изменятся, разница станет корректировкой",
                "The period is closed already: its files stay, the difference becomes an adjustment",
            );
            writeln!(out, "{later}")?;
        }
        Ok(Ended::Done)
    })
}

/// That there is no such figure any more.
fn nothing(fact: OutsideFact) -> OutsideFact {
    OutsideFact {
        numerator: 0,
        denominator: fact.denominator.map(|_| 0),
        is_withdrawn: true,
        ..fact
    }
}

/// The figure as it was taken: once, or under each name that the employee has gone by.
async fn known(
    here: &Visit,
    args: &WithdrawArgs,
    period: &str,
) -> anyhow::Result<Vec<OutsideFact>> {
    let words = &here.words;
    let last = history::last(&here.db).await?;
    let all = history::outside(&here.db, period, last).await?;
    let staff = facts::staff(&here.db, &here.config.policy, (None, &all), &[]).await?;
    let number = args.number.trim();
    staff.serving.get(number).with_context(|| {
        let none = words.pick(
            "Такого табельного номера нет ни у одного сотрудника очередей",
            "No agent of a queue has the employee number",
        );
        format!("{none}: {}", args.number)
    })?;
    let figure = format!("{OUTSIDE}{}", args.indicator.trim());
    let queue = args.queue.as_deref().map(QueueName::from);
    let is_theirs = |fact: &OutsideFact| staff.is_of(&fact.agent, number);
    let is_meant = |fact: &OutsideFact| {
        is_theirs(fact)
            && fact.figure == figure
            && queue.as_ref().is_none_or(|queue| fact.queue == *queue)
    };
    let found: Vec<OutsideFact> = all.into_iter().filter(is_meant).collect();
    if found.is_empty() {
        let none = words.pick(
            "Такого показателя за этот период нет, отзывать нечего",
            "There is no such figure of this period, and nothing to withdraw",
        );
        bail!("{none}: {} {}", args.number, args.indicator);
    }
    let queues: BTreeSet<&str> = found.iter().map(|fact| fact.queue.as_str()).collect();
    if queues.len() > 1 {
        let several: Vec<&str> = queues.into_iter().collect();
        bail!(
            "{} --queue: {}",
            words.pick(
                "Показатель есть в нескольких очередях, назовите одну:",
                "The figure is there in several queues, name one:"
            ),
            several.join(", ")
        );
    }
    Ok(found)
}
