//! `okno calendar`: what the calendars of the queues know, and other programs' calendars as okno's.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date},
};

use super::{ConfigFile, Ended, words::Words};
use crate::{
    config::{Config, Purpose, calendars},
    desk::calendar::{Calendar, days_in_words},
    model::ids::QueueName,
};

/// What `okno calendar` is told.
#[derive(Debug, Args)]
pub struct CalendarArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Tell each queue's working days and hours by month, and the days that differ
    Show {
        /// The queue; without it, all
        queue: Option<String>,
        /// The year; without it, this one
        #[arg(long)]
        year: Option<i16>,
        #[command(flatten)]
        file: ConfigFile,
    },
    /// Read a calendar (xmlcalendar's XML, ICS, or okno's own format) and print it in okno's format
    Import {
        /// The file
        file: PathBuf,
    },
}

/// Does it.
///
/// # Errors
/// What the configuration or the file says.
pub fn run(args: &CalendarArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    match &args.action {
        Action::Show { queue, year, file } => {
            let config = file.load(Purpose::Look)?;
            show(&config, (queue.as_deref(), *year), now, out)
        }
        Action::Import { file } => import(file, out),
    }
}

fn import(path: &PathBuf, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let name = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("Cannot read {name}"))?;
    match calendars::years(&text) {
        Ok(years) => {
            for year in &years {
                write!(out, "# From {name}\n{}", calendars::in_plain(year))?;
            }
            Ok(Ended::Done)
        }
        Err(wrong) => {
            for (line, words) in wrong {
                writeln!(out, "{name}:{line}: {words}")?;
            }
            Ok(Ended::NotAll)
        }
    }
}

fn show(
    config: &Config,
    (wanted, year): (Option<&str>, Option<i16>),
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let words = Words::of(config);
    let is_wanted = |name: &QueueName| wanted.is_none_or(|wanted| wanted == name.as_str());
    let queues = config
        .policy
        .queues
        .iter()
        .filter(|(name, _)| is_wanted(name));
    let mut is_found = false;
    for (name, queue) in queues {
        is_found = true;
        let calendar = &queue.calendar;
        let year = year.unwrap_or_else(|| calendar.zone().to_datetime(now).year());
        let head = words.pick("Очередь", "Queue");
        writeln!(
            out,
            "{head} {name}: {} ({})",
            calendar.words(words.language),
            calendar.zone_name
        )?;
        writeln!(out, "  {}", known(calendar, &words))?;
        for line in months(calendar, year, &words) {
            writeln!(out, "  {line}")?;
        }
    }
    if let (false, Some(wanted)) = (is_found, wanted) {
        bail!(
            "{} {wanted}",
            words.pick("Нет очереди", "There is no queue")
        );
    }
    Ok(Ended::Done)
}

/// Until when holidays are known.
pub(super) fn known(calendar: &Calendar, words: &Words) -> String {
    let day = |date: Date| {
        date.strftime(words.pick("%d.%m.%Y", "%Y-%m-%d"))
            .to_string()
    };
    match (calendar.known_until, calendar.certain_until) {
        (Some(until), Some(certain)) if certain < until => format!(
            "{} {}, {} {}",
            words.pick("Праздники известны по", "Holidays are known until"),
            day(until),
            words.pick("предварительно с", "provisionally after"),
            day(certain)
        ),
        (Some(until), _) => {
            format!(
                "{} {}",
                words.pick("Праздники известны по", "Holidays are known until"),
                day(until)
            )
        }
        (None, _) => words
            .pick("Без праздников", "No holidays are kept")
            .to_owned(),
    }
}

/// Working days and hours of each month and of the year, as production calendars publish them, and the days that differ.
fn months(calendar: &Calendar, year: i16, words: &Words) -> Vec<String> {
    let (mut lines, mut all) = (Vec::new(), (0_u32, SignedDuration::ZERO));
    let (d, h) = (words.pick("дн.", "days"), words.pick("ч", "h"));
    for month in 1..=12 {
        let first = date(year, month, 1);
        let dates = std::iter::successors(Some(first), |date| date.tomorrow().ok());
        let dates = dates.take_while(|date| date.month() == month);
        let days = dates
            .filter(|date| !calendar.openings(*date).is_empty())
            .count();
        let days = u32::try_from(days).unwrap_or(0);
        let ends = |date: Date| calendar.instant(date.at(0, 0, 0, 0));
        let next = first.last_of_month().tomorrow().ok();
        let time = ends(first)
            .zip(next.and_then(ends))
            .map(|(from, to)| calendar.measure(from, to));
        let time = time.unwrap_or_default();
        all = (all.0.saturating_add(days), all.1.saturating_add(time));
        lines.push(format!(
            "{}: {days} {d}, {} {h}",
            first.strftime("%Y-%m"),
            hours(time)
        ));
    }
    lines.push(format!("{year}: {} {d}, {} {h}", all.0, hours(all.1)));
    let other = calendar.days.iter().filter(|(date, _)| date.year() == year);
    let other: Vec<String> = other
        .map(|(date, openings)| match openings.is_empty() {
            true => format!("{date} {}", words.pick("выходной", "off")),
            false => format!("{date} {}", days_in_words(openings)),
        })
        .collect();
    lines.extend(other);
    lines
}

fn hours(time: SignedDuration) -> String {
    match (time.as_hours(), time.as_mins().rem_euclid(60)) {
        (hours, 0) => hours.to_string(),
        (hours, minutes) => format!("{hours}:{minutes:02}"),
    }
}
