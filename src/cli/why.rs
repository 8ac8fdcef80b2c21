//! `okno why`: by when a ticket is due, and why: the story of its clocks.

use std::io::Write;

use anyhow::bail;
use clap::Args;

use super::{ConfigFile, Ended, visit::visit};
use crate::{
    clock::Clock,
    desk::sla::{stories, told},
    model::ids::TicketNumber,
    store::history,
};

/// What `okno why` is told.
#[derive(Debug, Args)]
pub struct WhyArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// The ticket: 1042, or IT-1042
    #[arg(value_name = "TICKET", value_parser = number)]
    ticket: i64,
}

pub(super) fn number(words: &str) -> Result<i64, String> {
    let digits = words.rsplit('-').next().unwrap_or(words);
    digits
        .parse()
        .map_err(|_no_number| format!("\"{words}\" is no ticket: write 1042 or IT-1042"))
}

/// Tells it.
///
/// # Errors
/// There is no such ticket; what the configuration or the database says.
pub fn run(args: &WhyArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        let words = &here.words;
        let number = TicketNumber(args.ticket);
        let Some(ticket) = history::ticket(&here.db, number).await? else {
            bail!(
                "{} {number}",
                words.pick("Нет обращения", "There is no ticket")
            );
        };
        let policy = &here.in_force().await?.policy;
        let Some(queue) = policy.queue_of(&ticket) else {
            bail!(
                "{}",
                words.pick("Нет ни одной очереди", "There is no queue")
            );
        };
        let stories = stories(&ticket, policy, Clock::System.now());
        if stories.is_empty() {
            let none = "Ничего не обещано: срока нет";
            writeln!(
                out,
                "{}",
                words.pick(none, "Nothing is promised: there is no due time")
            )?;
        }
        for story in stories {
            let (title, lines) = told(&story, &queue.calendar, words.language);
            writeln!(out, "{title}")?;
            for line in lines {
                writeln!(out, "  {line}")?;
            }
        }
        Ok(Ended::Done)
    })
}
