//! `okno rejudge`: verdicts judged by the calendars and promises of today, as corrections with a reason.

use std::io::Write;

use anyhow::{Context as _, bail};
use clap::Args;

use super::{ConfigFile, Ended, visit::visit};
use crate::{
    clock::Clock,
    desk::cause::Operation,
    model::ids::{QueueName, TicketNumber},
    store::{history, work},
};

/// How many tickets one order names.
const ORDER_MAX: usize = 50;

/// What `okno rejudge` is told.
#[derive(Debug, Args)]
pub struct RejudgeArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// The ticket: 1042, or IT-1042
    #[arg(value_name = "TICKET", value_parser = super::why::number, conflicts_with = "queue", required_unless_present = "queue")]
    ticket: Option<i64>,
    /// All tickets of a queue that have been judged
    #[arg(long, value_name = "QUEUE")]
    queue: Option<String>,
    /// Why: it stands in history beside each correction
    #[arg(long, value_name = "WORDS")]
    reason: String,
}

/// Leaves the order.
///
/// # Errors
/// There is no such ticket or queue; what the configuration or the database says.
pub fn run(args: &RejudgeArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        let words = &here.words;
        let reason = args.reason.trim();
        if reason.is_empty() {
            bail!("{}", words.pick("Причина не названа", "No reason is given"));
        }
        let numbers = match (&args.queue, args.ticket) {
            (Some(queue), _) => {
                let queue = QueueName(queue.clone());
                if !here.config.policy.queues.contains_key(&queue) {
                    bail!("{} {queue}", words.pick("Нет очереди", "There is no queue"));
                }
                judged(&here.db, &queue).await?
            }
            (None, ticket) => {
                let number = TicketNumber(ticket.unwrap_or_default());
                let found = history::ticket(&here.db, number).await?;
                found.with_context(|| {
                    format!(
                        "{} {number}",
                        words.pick("Нет обращения", "There is no ticket")
                    )
                })?;
                vec![number]
            }
        };
        for tickets in numbers.chunks(ORDER_MAX) {
            let operation = Operation::Rejudge {
                tickets: tickets.to_vec(),
                reason: reason.to_owned(),
            };
            work::order(&here.db, operation, Clock::System.now()).await?;
        }
        writeln!(
            out,
            "{}: {}",
            words.pick(
                "Сроки будут пересмотрены по сегодняшним правилам (работающий okno сделает это в течение полуминуты), обращений",
                "To be judged anew by today's rules (a running okno does so within half a minute), tickets",
            ),
            numbers.len()
        )?;
        Ok(Ended::Done)
    })
}

/// The tickets of a queue that have a verdict.
async fn judged(db: &crate::store::Db, queue: &QueueName) -> anyhow::Result<Vec<TicketNumber>> {
    let (mut numbers, mut last) = (Vec::new(), TicketNumber(0));
    loop {
        let page = history::tickets_after(db, last).await?;
        let Some(end) = page.last() else {
            return Ok(numbers);
        };
        last = end.number;
        let judged = page.iter().filter(|ticket| {
            let is_judged = ticket.clocks.iter().any(|clock| clock.outcome.is_some());
            ticket.queue == *queue && is_judged
        });
        numbers.extend(judged.map(|ticket| ticket.number));
    }
}
