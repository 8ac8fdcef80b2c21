//! `okno verify`: proves that history was not altered and that every ticket is what its history says.

use std::io::Write;

use super::{ConfigFile, Ended, visit::visit};
use crate::{model::language::Language, store::history};

/// What `okno verify` is told.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    file: ConfigFile,
}

/// Walks the whole chain and folds every ticket anew.
///
/// # Errors
/// What the database says. What is wrong with history is no error: it is listed, and the command ends with
/// [`Ended::NotAll`].
pub fn run(args: &VerifyArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        let words = &here.words;
        let (faults, events, tickets) = history::prove(&here.db).await?;
        for fault in &faults {
            writeln!(
                out,
                "{}: {}",
                fault.place,
                problem(fault.what, words.language)
            )?;
        }
        writeln!(
            out,
            "{}: {events}, {}: {tickets}, {}: {}",
            words.pick("Событий проверено", "Events checked"),
            words.pick("обращений", "tickets"),
            words.pick("ошибок", "faults"),
            faults.len()
        )?;
        if faults.is_empty() {
            return Ok(Ended::Done);
        }
        writeln!(
            out,
            "{}",
            words.pick(
                "Историю менял кто-то, кроме okno. Сравните базу с последней копией: okno backup.",
                "Somebody besides okno has changed history. Compare the database with the last backup."
            )
        )?;
        Ok(Ended::NotAll)
    })
}

fn problem(what: &'static str, language: Language) -> &'static str {
    let (ru, en) = match what {
        "gap" => (
            "событий перед этим не хватает",
            "events before this one are missing",
        ),
        "link" => (
            "не продолжает предыдущее событие",
            "does not continue the event before it",
        ),
        "hash" => ("изменено после записи", "was changed after it was written"),
        "private" => (
            "слова людей изменены после записи",
            "people's words were changed after they were written",
        ),
        "snapshot" => (
            "обращение не такое, как следует из его истории",
            "the ticket is not what its history makes it",
        ),
        other => (other, other),
    };
    match language {
        Language::Ru => ru,
        Language::En => en,
    }
}
