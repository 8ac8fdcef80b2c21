//! `okno backup`: a whole copy of the database while it is in use, and the instance key, without which old ticket tags
//! and Message-IDs would not be recognised.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

use super::{
    ConfigFile, Ended,
    visit::{Visit, visit},
};
use crate::{house::keys::KEY_FILE, store::StoreError};

/// What `okno backup` is told.
#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// The file to write; the key goes beside it, into FILE.key
    #[arg(value_name = "FILE")]
    to: PathBuf,
}

/// Writes both files, each readable for its owner only. Nothing that is there is overwritten.
///
/// # Errors
/// What cannot be read or written.
pub fn run(args: &BackupArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        let mut key = args.to.clone().into_os_string();
        key.push(".key");
        save(here, &args.to, Path::new(&key), out).await
    })
}

async fn save(here: &Visit, to: &Path, key: &Path, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let words = &here.words;
    if to.exists() {
        bail!("Cannot write the backup: {} exists already", to.display());
    }
    // The key first: a database without it looks like a backup and is not one.
    copy_key(&here.config.data.join(KEY_FILE), key)?;
    match here.db.backup_to(to).await {
        Ok(()) => {
            writeln!(
                out,
                "{}: {}\n{}: {}\n{}",
                words.pick("База данных", "Database"),
                to.display(),
                words.pick("Ключ", "Key"),
                key.display(),
                words.pick(
                    "Хранить вместе. Чтобы восстановить: остановите okno и положите их на место файла базы и instance.key.",
                    "Keep them together. To restore: stop okno and put them in the places of the database file and instance.key."
                )
            )?;
            Ok(Ended::Done)
        }
        Err(error @ StoreError::UsePgDump) => {
            writeln!(
                out,
                "{}: {}\n{error}",
                words.pick("Ключ", "Key"),
                key.display()
            )?;
            Ok(Ended::NotAll)
        }
        Err(error) => {
            fs::remove_file(key)
                .with_context(|| format!("Cannot remove {} again", key.display()))?;
            Err(error).context("Cannot write the backup")
        }
    }
}

fn copy_key(from: &Path, to: &Path) -> anyhow::Result<()> {
    let key = fs::read(from)
        .with_context(|| format!("Cannot read the instance key {}", from.display()))?;
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(to)?;
        file.write_all(&key)?;
        file.sync_all()
    };
    write().with_context(|| format!("Cannot write {}", to.display()))
}
