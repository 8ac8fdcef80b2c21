//! `okno key`: another version of the key that signs Message-IDs, tags and reply addresses.

use std::{io::Write, path::Path};

use clap::{Args, Subcommand};

use super::{
    ConfigFile, Ended,
    visit::{Visit, visit},
    words::Words,
};
use crate::{clock::Clock, config::Purpose, house::keys, store::instance};

/// What `okno key` is told.
#[derive(Debug, Args)]
pub struct KeyArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Sign with a new version from the next start on; what the old one signed counts for a year
    Rotate {
        #[command(flatten)]
        file: ConfigFile,
    },
    /// Sign with the key that lies there, or a new one, although another has signed before and is lost
    Accept {
        #[command(flatten)]
        file: ConfigFile,
    },
}

/// Does it.
///
/// # Errors
/// What is wrong with the configuration or the key's file.
pub fn run(args: &KeyArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    match &args.action {
        Action::Rotate { file } => rotate(file, out),
        Action::Accept { file } => visit(file, async |here| accept(here, out).await),
    }
}

fn rotate(file: &ConfigFile, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let config = file.load(Purpose::Look)?;
    let words = Words::of(&config);
    let now = Clock::System.now();
    keys::rotate(&config.data, now)?;
    writeln!(out, "{}", told(&config.data, &words)?.unwrap_or_default())?;
    writeln!(
        out,
        "{}",
        words.pick(
            "Новая версия вступит в силу после перезапуска okno; если okno работает на нескольких машинах, сначала \
             скопируйте instance.key на все. Сделайте новую резервную копию: okno backup",
            "The new version holds once okno is started anew; where okno runs on several machines copy instance.key to \
             all of them first. Make a new backup: okno backup"
        )
    )?;
    Ok(Ended::Done)
}

async fn accept(here: &Visit, out: &mut dyn Write) -> anyhow::Result<Ended> {
    // Whatever is wrong with the file shows now.
    keys::versions(&here.config.data)?;
    instance::sign_with(&here.db, None).await?;
    writeln!(
        out,
        "{}",
        here.words.pick(
            "При следующем запуске okno возьмёт тот ключ, который найдёт, или создаст новый. Подписанное другим ключом \
             больше не действует: ответы на прежние письма могут открыть новые обращения",
            "At its next start okno takes the key that it finds, or makes a new one. What another key has signed counts \
             no more: answers to earlier mails may open new tickets"
        )
    )?;
    Ok(Ended::Done)
}

/// Which version signs, and until when older ones count; `None`: okno was never started.
///
/// # Errors
/// What is wrong with the key's file.
pub(super) fn told(data: &Path, words: &Words) -> anyhow::Result<Option<String>> {
    let Some(mut versions) = keys::versions(data)? else {
        return Ok(None);
    };
    let signs = versions.pop().map_or(0, |last| last.number);
    let older: Vec<String> = versions
        .iter()
        .filter_map(|one| Some((one.number, one.until?)))
        .map(|(number, until)| format!("{number} ({} {until})", words.pick("до", "until")))
        .collect();
    let mut line = format!(
        "{} {signs}",
        words.pick("Ключ подписи: версия", "The key that signs: version")
    );
    if !older.is_empty() {
        let still = words.pick("ещё действуют", "still counting");
        line.push_str(&format!("; {still}: {}", older.join(", ")));
    }
    Ok(Some(line))
}
