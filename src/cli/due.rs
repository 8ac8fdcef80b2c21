//! `okno due`: by when a request would be answered and solved, were it written at some time.

use std::io::Write;

use anyhow::bail;
use clap::Args;
use jiff::{Timestamp, civil::DateTime};

use super::{ConfigFile, Ended, visit, words::Words};
use crate::{
    desk::{
        policy::QueuePolicy,
        sla::{self, at_in_words, terms_in_words},
    },
    model::{classification::RequestClass, clock::ClockKind, ids::QueueName, terms::Binding},
};

/// What `okno due` is told.
#[derive(Debug, Args)]
pub struct DueArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// The queue
    queue: String,
    /// Of which class: emergency, urgent, standard, consultation or wish
    #[arg(long, default_value = "standard", value_parser = class)]
    class: RequestClass,
    /// When it is written, by the queue's clock: 2026-11-20T16:40; without it, now
    #[arg(long)]
    at: Option<DateTime>,
}

fn class(words: &str) -> Result<RequestClass, String> {
    let known = RequestClass::ALL
        .into_iter()
        .find(|class| class.code() == words);
    known.ok_or_else(|| {
        let known: Vec<&str> = RequestClass::ALL.iter().map(|class| class.code()).collect();
        format!("known are {}", known.join(", "))
    })
}

/// Tells it.
///
/// # Errors
/// There is no such queue; what the configuration or the database says.
pub fn run(args: &DueArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let config = visit::in_force(args.file.load()?)?;
    let words = Words::of(&config);
    let name = QueueName::from(args.queue.as_str());
    let Some(queue) = config.policy.queues.get(&name) else {
        bail!("{} {name}", words.pick("Нет очереди", "There is no queue"));
    };
    let calendar = &queue.calendar;
    let at = args.at.and_then(|at| calendar.instant(at)).unwrap_or(now);
    let time = |at| at_in_words(at, calendar.zone(), words.language);
    writeln!(
        out,
        "{}: {} ({})",
        words.pick("Письмо пришло", "A mail comes"),
        time(at),
        calendar.zone_name
    )?;
    for kind in [ClockKind::FirstResponse, ClockKind::Resolution] {
        for line in promised(queue, (args.class, kind), at, &words) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(Ended::Done)
}

/// What one clock would promise, by either bound, and which of them counts.
fn promised(
    queue: &QueuePolicy,
    (class, kind): (RequestClass, ClockKind),
    at: Timestamp,
    words: &Words,
) -> Vec<String> {
    let calendar = &queue.calendar;
    let time = |at| at_in_words(at, calendar.zone(), words.language);
    let name = match kind {
        ClockKind::Resolution => words.pick("Решение", "Solution"),
        ClockKind::FirstResponse | ClockKind::NextResponse | ClockKind::Update => {
            words.pick("Первый ответ", "First answer")
        }
    };
    let terms = queue.promises.terms(class, kind);
    let due = terms.and_then(|terms| Some((terms, sla::due_of(terms, calendar, at)?)));
    let Some((terms, due)) = due else {
        return vec![format!(
            "{name}: {}",
            words.pick("не обещано", "nothing is promised")
        )];
    };
    let mut lines = vec![format!(
        "{name}: {}",
        terms_in_words(terms, calendar, words.language)
    )];
    if let (Some(target), Some(limit)) = (due.target_at, due.limit_at) {
        let (by_target, by_limit) = (
            words.pick("по рабочему времени", "by business time"),
            words.pick("по пределу в днях", "by the limit in days"),
        );
        lines.push(format!("  {by_target}: {}", time(target)));
        lines.push(format!("  {by_limit}: {}", time(limit)));
    }
    if let Some(at) = due.at {
        let by = match due.binding {
            Some(Binding::Limit) => words.pick("предел в днях", "the limit in days"),
            Some(Binding::Target) | None => words.pick("рабочее время", "business time"),
        };
        let preliminary = match calendar.is_preliminary(at) {
            true => words.pick(", предварительно", ", preliminarily"),
            false => "",
        };
        lines.push(format!(
            "  {}: {} ({by}{preliminary})",
            words.pick("Срок", "Due"),
            time(at)
        ));
    }
    lines
}
