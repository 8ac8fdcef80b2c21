//! `okno why`: by when a ticket is due, and why: the story of its clocks.

use std::io::Write;

use anyhow::bail;
use clap::Args;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{ConfigFile, Ended, passport::promise::terms_in_words, visit::visit, words::Words};
use crate::{
    clock::Clock,
    desk::{
        calendar::Calendar,
        sla::{End, Step, Story, stories},
    },
    model::{
        clock::{ClockKind, Outcome},
        ids::TicketNumber,
        language::Language,
        terms::Binding,
    },
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
        let policy = &here.config.policy;
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
            for line in lines(&story, &queue.calendar, words) {
                writeln!(out, "{line}")?;
            }
        }
        Ok(Ended::Done)
    })
}

/// The lines of a story, with its times in the calendar's zone.
fn lines(story: &Story, calendar: &Calendar, words: &Words) -> Vec<String> {
    let zone = calendar.zone();
    let time = |at: Timestamp| at_in_words(at, zone, words.language);
    let name = match story.kind {
        ClockKind::FirstResponse => words.pick("Первый ответ", "First answer"),
        ClockKind::NextResponse => words.pick("Следующий ответ", "Next answer"),
        ClockKind::Resolution => words.pick("Решение", "Solution"),
        ClockKind::Update => words.pick("Новости о ходе работы", "News of the work"),
    };
    let mut lines = vec![format!("{name} ({})", calendar.zone_name)];
    for step in &story.steps {
        let said = match step {
            Step::Began(at, terms) => format!(
                "{}: {} {}",
                time(*at),
                words.pick("начато, обещано", "it began, promised"),
                terms_in_words(terms, calendar, words.language)
            ),
            Step::Counted(from, to, length) => format!(
                "{} – {}: {} {}",
                time(*from),
                time(*to),
                words.pick("учтено", "counted"),
                length_in_words(*length, words)
            ),
            Step::Paused(from, Some(to)) => format!(
                "{} – {}: {}",
                time(*from),
                time(*to),
                words.pick(
                    "время стояло, ждали не нас",
                    "time stood still, it was not our turn"
                )
            ),
            Step::Paused(from, None) => format!(
                "{}: {}",
                time(*from),
                words.pick(
                    "время остановлено, ждём не нас",
                    "time stands still, it is not our turn"
                )
            ),
            Step::Changed(at, secs) => {
                let length =
                    secs.map(|secs| length_in_words(SignedDuration::from_secs(secs), words));
                let length = length.unwrap_or_else(|| "–".to_owned());
                format!(
                    "{}: {} {length}",
                    time(*at),
                    words.pick("теперь обещано", "promised from then on")
                )
            }
            Step::Moved(at, queue) => {
                format!(
                    "{}: {} {queue}",
                    time(*at),
                    words.pick("передано в очередь", "given to queue")
                )
            }
        };
        lines.push(format!("  {said}"));
    }
    lines.push(format!("  {}", end_in_words(&story.end, time, words)));
    lines
}

fn end_in_words(end: &End, time: impl Fn(Timestamp) -> String, words: &Words) -> String {
    match end {
        End::Due {
            at,
            binding,
            is_preliminary,
        } => {
            let by = match binding {
                Some(Binding::Target) => words.pick(" по рабочему времени", " by business time"),
                Some(Binding::Limit) => words.pick(" по пределу в днях", " by the limit in days"),
                None => "",
            };
            let preliminary = match is_preliminary {
                true => words.pick(", предварительно", ", preliminarily"),
                false => "",
            };
            format!(
                "{}: {}{by}{preliminary}",
                words.pick("Срок", "Due"),
                time(*at)
            )
        }
        End::Stands(left) => format!(
            "{}: {}",
            words.pick("Осталось", "Left"),
            length_in_words(*left, words)
        ),
        End::Judged(outcome, due) => {
            let (met, breached) = (
                words.pick("Выдержан срок", "In time, due"),
                words.pick("Нарушен срок", "Late, due"),
            );
            let word = match outcome {
                Outcome::Met => met,
                Outcome::Breached => breached,
            };
            format!("{word} {}", time(*due))
        }
    }
}

/// `пт 20.11.2026 16:40`.
pub(super) fn at_in_words(at: Timestamp, zone: &TimeZone, language: Language) -> String {
    const RU: [&str; 7] = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"];
    let at = at.to_zoned(zone.clone());
    let day = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or(0);
    match language {
        Language::Ru => {
            let day = RU.get(day).copied().unwrap_or("");
            format!("{day} {}", at.strftime("%d.%m.%Y %H:%M"))
        }
        Language::En => at.strftime("%a %Y-%m-%d %H:%M").to_string(),
    }
}

fn length_in_words(length: SignedDuration, words: &Words) -> String {
    let (hours, minutes) = (length.as_hours(), length.as_mins().rem_euclid(60));
    let (hour, minute) = (words.pick("ч", "h"), words.pick("мин", "min"));
    match (hours, minutes) {
        (0, minutes) => format!("{minutes} {minute}"),
        (hours, 0) => format!("{hours} {hour}"),
        (hours, minutes) => format!("{hours} {hour} {minutes} {minute}"),
    }
}
