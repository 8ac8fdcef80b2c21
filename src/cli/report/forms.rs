//! `okno report forms`: how many requests came by which form, and what was chosen in it.

use std::io::Write;

use clap::Args;
use jiff::Timestamp;

use super::{kpi::Format, period_begun, queue};
use crate::{
    cli::{
        ConfigFile, Ended,
        visit::{Visit, visit},
    },
    desk::review::forms_shown,
    model::{ids::QueueName, language::russian_form, outgoing::FormShown},
    store::history,
};

/// What `okno report forms` is told.
#[derive(Debug, Args)]
pub(super) struct FormsArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// A month, a quarter or a year: 2026-10, 2026-q4, 2026
    #[arg(long)]
    period: String,
    /// Of this queue only
    #[arg(long)]
    queue: Option<String>,
    /// For people, or as a file
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Prints it, queue by queue.
///
/// # Errors
/// There is no such period or queue; what the configuration or the database says.
pub(super) fn run(args: &FormsArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        let period = period_begun(here, &args.period, now)?;
        let asked = args.queue.as_deref().map(|name| queue(here, name));
        let asked = asked.transpose()?;
        let upto = history::last(&here.db).await?;
        let is_over = period.to <= now;
        let period = period.so_far(now);
        let counted = std::slice::from_ref(&period);
        let found = history::hints(&here.db, counted, Some(upto)).await?;
        let found = found.iter().flatten();
        let own = found.filter(|(name, _)| asked.as_ref().is_none_or(|asked| asked == *name));
        let (policy, language) = (&here.config.policy, here.words.language);
        let shown: Vec<(&QueueName, Vec<FormShown>)> = own
            .map(|(name, hints)| (name, forms_shown([hints], policy, language)))
            .filter(|(_, forms)| !forms.is_empty())
            .collect();
        match args.format {
            Format::Csv => csv(here, &period.name, &shown, out)?,
            Format::Text => {
                text(here, &period.name, &shown, out)?;
                below(here, is_over, upto, out)?;
            }
        }
        Ok(Ended::Done)
    })
}

/// What is said below: whether it is final, and what it knows of.
fn below(here: &Visit, is_over: bool, upto: i64, out: &mut dyn Write) -> anyhow::Result<()> {
    let words = &here.words;
    if !is_over {
        let running = words.pick(
            "Период ещё не закончен: это состояние на сейчас.",
            "The period is not over yet: this is how it stands now.",
        );
        writeln!(out, "{running}")?;
    }
    let counted = words.pick("Учтены события по номер", "Counted up to event");
    writeln!(out, "{counted} {upto}.")?;
    Ok(())
}

fn text(
    here: &Visit,
    period: &str,
    shown: &[(&QueueName, Vec<FormShown>)],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    if shown.is_empty() {
        let none = words.pick("по формам ничего не пришло", "nothing came by a form");
        writeln!(out, "{period}: {none}")?;
    }
    for (name, forms) in shown {
        let own = here.config.policy.queues.get(*name);
        let title = own.map_or_else(|| name.to_string(), |queue| queue.title.clone());
        writeln!(out, "{period} · {title}")?;
        for form in forms {
            let ru = russian_form(form.count, ["обращение", "обращения", "обращений"]);
            let en = if form.count == 1 {
                "request"
            } else {
                "requests"
            };
            let many = words.pick(ru, en);
            writeln!(out, "  {}: {} {many}", form.title, form.count)?;
            for field in &form.fields {
                let choices = field.choices.iter();
                let choices: Vec<String> = choices
                    .map(|choice| format!("{} {}", choice.words, choice.count))
                    .collect();
                writeln!(out, "    {}: {}", field.title, choices.join(", "))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A line a form, with no field, then a line a choice.
fn csv(
    here: &Visit,
    period: &str,
    shown: &[(&QueueName, Vec<FormShown>)],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let head = here.words.pick(
        "период;очередь;форма;поле;значение;обращений",
        "period;queue;form;field;choice;requests",
    );
    write!(out, "{head}\r\n")?;
    for (name, forms) in shown {
        for form in forms {
            write!(out, "{period};{name};{};;;{}\r\n", form.form, form.count)?;
            for field in &form.fields {
                for choice in &field.choices {
                    let cells = [&field.title, &choice.words].map(|words| cell(words));
                    write!(
                        out,
                        "{period};{name};{};{};{}\r\n",
                        form.form,
                        cells.join(";"),
                        choice.count
                    )?;
                }
            }
        }
    }
    Ok(())
}

/// Words of the configuration as a cell (RFC 4180); nothing in it is a formula.
fn cell(words: &str) -> String {
    let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let words = words.replace('"', "\"\"");
    match (is_formula, words.contains([';', '"', '\r', '\n'])) {
        (true, _) => format!("\"'{words}\""),
        (false, true) => format!("\"{words}\""),
        (false, false) => words,
    }
}
