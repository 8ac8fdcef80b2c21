//! `okno people`: the administrator's word on the people directory, and on somebody who wants to be forgotten.

mod erase;
mod erased;

use std::io::Write;

use anyhow::bail;
use clap::{Args, Subcommand};

use super::{
    ConfigFile, Ended,
    visit::{Visit, visit},
};
use crate::{clock::Clock, house::people};

/// What `okno people` is told.
#[derive(Debug, Args)]
pub struct PeopleArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Take the people directory as it is, although many people would vanish
    Accept {
        #[command(flatten)]
        file: ConfigFile,
    },
    /// Erase somebody's words, mails, name and addresses, since they have asked for it
    Erase(erase::EraseArgs),
}

pub(in crate::cli) use erase::numbers;

/// Does it.
///
/// # Errors
/// What the configuration or the database says; there is no directory.
pub fn run(args: &PeopleArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    match &args.action {
        Action::Erase(args) => visit(&args.file, async |here| erase::erase(here, args, out).await),
        Action::Accept { file } => visit(file, async |here| accept(here, out).await),
    }
}

async fn accept(here: &Visit, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let words = &here.words;
    let Some(path) = &here.config.directory else {
        bail!(words.pick(
            "В настройках нет [directory] с file = \"…\"",
            "The configuration has no [directory] with file = \"…\""
        ));
    };
    let found = people::find(path);
    if let Err(unread) = &found.directory {
        for line in unread.lines(&found.file, words.language) {
            writeln!(out, "{line}")?;
        }
        return Ok(Ended::NotAll);
    }
    let now = Clock::System.now();
    people::hand_over(&here.db, found, (words.language, true), now).await?;
    writeln!(
        out,
        "{}",
        words.pick(
            "Работающий okno примет справочник в течение полуминуты, остановленный — после запуска. Что вышло: okno \
             explain directory",
            "A running okno takes the directory within half a minute, a stopped one when it is started. What came of \
             it: okno explain directory"
        )
    )?;
    Ok(Ended::Done)
}
