//! `okno due`: by when a request would be answered and solved, were it written at some time.

use std::io::Write;

use anyhow::bail;
use clap::Args;
use jiff::{Timestamp, civil::DateTime};

use super::{ConfigFile, Ended, visit, words::Words};
use crate::{
    config::Purpose,
    desk::{
        calendar::Calendar,
        sla::{self, at_in_words, terms_in_words},
    },
    model::{
        classification::RequestClass,
        clock::ClockKind,
        ids::QueueName,
        terms::{Binding, Terms},
    },
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
    let config = visit::in_force(args.file.load(Purpose::Look)?)?;
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
    let promises = &queue.promises;
    let answers = words.pick("Ответ на следующее письмо", "Answer to a later mail");
    let news = words.pick("Известие о ходе работы", "News of the work");
    let others = words.pick(
        "Ответ другому отделу, который спросит",
        "Answer to another department that asks",
    );
    let of = |kind| promises.terms(args.class, kind);
    let always = [
        (
            words.pick("Первый ответ", "First answer"),
            of(ClockKind::FirstResponse),
            true,
        ),
        (
            words.pick("Решение", "Solution"),
            of(ClockKind::Resolution),
            true,
        ),
        (answers, of(ClockKind::NextResponse), false),
        (news, of(ClockKind::Update), false),
        (others, queue.asking.ola.as_ref(), false),
    ];
    for (name, terms, is_always_told) in always {
        if is_always_told || terms.is_some() {
            for line in promised((name, terms), calendar, at, &words) {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(Ended::Done)
}

/// What one clock would promise, by either bound, and which of them counts. Where it does not begin with the request it is
/// told as if it began then.
fn promised(
    (name, terms): (&str, Option<&Terms>),
    calendar: &Calendar,
    at: Timestamp,
    words: &Words,
) -> Vec<String> {
    let time = |at| at_in_words(at, calendar.zone(), words.language);
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
