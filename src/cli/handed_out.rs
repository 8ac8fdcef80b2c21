//! What is handed out at the terminal is on record: what, of which time, to whom. It is written down before anything is
//! handed out.

use std::{fs, os::unix::fs::MetadataExt as _};

use anyhow::Context as _;

use super::visit::Visit;
use crate::{clock::Clock, desk::cause::Operation, store::work};

/// Leaves the note of it to the decider.
///
/// # Errors
/// What the database says: then nothing is to be handed out.
pub(super) async fn note(here: &Visit, what: &str, of: &str) -> anyhow::Result<()> {
    let operation = Operation::Exported {
        what: what.to_owned(),
        of: of.to_owned(),
        who: account(),
    };
    let noted = work::order(&here.db, operation, Clock::System.now()).await;
    noted.context("Cannot write down that this is handed out")
}

/// The account of the machine that this program runs as: its name, else its number.
pub(super) fn account() -> String {
    let Ok(own) = fs::metadata("/proc/self") else {
        return "?".to_owned();
    };
    let number = own.uid().to_string();
    let accounts = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == number).then(|| name.to_owned())
    });
    name.unwrap_or(number)
}
