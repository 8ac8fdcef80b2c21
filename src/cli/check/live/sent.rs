//! The folder of sent mail: is it there, and does anybody use it?

use std::path::Path;

use anyhow::Context as _;
use jiff::Timestamp;

use super::SCAN_MAX;
use crate::{
    cli::words::Words,
    imap::{Access, ImapError, Session},
    maildir::Maildir,
    model::account::SENT_BY_USE,
};

/// Opens the folder on the server; where there is none, the error names those there are.
pub(super) async fn on_server(
    words: &Words,
    session: &mut Session,
    (sent, others): (&str, &[String]),
) -> anyhow::Result<String> {
    let name = match sent {
        SENT_BY_USE => session.sent_folder(others).await?,
        name => name.to_owned(),
    };
    let opened = match session.open(&name, Access::ReadOnly).await {
        Ok(opened) => opened,
        Err(error @ ImapError::Refused { .. }) => {
            let folders = session.folders().await?;
            let names: Vec<String> = folders.into_iter().map(|folder| folder.name).collect();
            let there = words.pick("На сервере есть папки", "The server has these folders");
            return Err(error).with_context(|| format!("{name}. {there}: {}", names.join(", ")));
        }
        Err(error) => return Err(error.into()),
    };
    let newest = session.newest().await?;
    let newest = newest.and_then(|mail| mail.internal_date);
    Ok(told(words, &name, (opened.exists.into(), newest)))
}

/// Looks through the folder of a Maildir.
pub(super) fn in_maildir(words: &Words, path: &Path) -> anyhow::Result<String> {
    let (mut count, mut newest) = (0_u64, None);
    let mut scan = Maildir::new(path).scan()?;
    loop {
        let entries = scan.next_batch(SCAN_MAX)?;
        if entries.is_empty() {
            return Ok(told(words, &path.display().to_string(), (count, newest)));
        }
        count = count.saturating_add(u64::try_from(entries.len()).unwrap_or(u64::MAX));
        newest = newest.max(entries.iter().map(|entry| entry.modified).max());
    }
}

/// How many, and when the last came: a folder that nobody has put anything in for long may be the wrong one.
fn told(words: &Words, folder: &str, (count, newest): (u64, Option<Timestamp>)) -> String {
    let watched = words.pick("отправленные", "sent mail");
    let mails = words.pick("писем", "mails");
    let last = match newest {
        Some(at) => format!("{} {}", words.pick("последнее", "the last"), words.time(at)),
        None => words.pick("пока пусто", "empty so far").to_owned(),
    };
    format!("{watched}: {folder}, {mails} {count}, {last}")
}
