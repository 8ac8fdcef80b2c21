//! `okno init`: asks a few questions, or takes flags, and writes a commented configuration that passes `okno check`.

mod ask;
mod compose;
mod terminal;

use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};

pub use self::{
    compose::{Answers, compose},
    terminal::Terminal,
};
use crate::{
    config::{Found, Secrets, parse},
    model::language::Language,
};

/// What `okno init` is told.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct InitArgs {
    /// Who is told by mail when something is wrong
    #[arg(long, value_name = "ADDRESS")]
    pub administrator: Option<String>,
    /// The mailbox's address, which people write to
    #[arg(long, value_name = "ADDRESS")]
    pub address: Option<String>,
    /// The mailbox's IMAP server
    #[arg(long, value_name = "HOST")]
    pub server: Option<String>,
    /// The name to log in with [default: the address]
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    /// The file with the mailbox's password, one line [default: beside the configuration]
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// How far okno may act: observe, acknowledge or full [default with --yes: observe]
    #[arg(long, value_name = "MODE")]
    pub mode: Option<String>,
    /// The name of the queue, which people see
    #[arg(long, value_name = "TITLE")]
    pub queue_title: Option<String>,
    /// When they work, as in "mon-fri 09:00-18:00" [default with --yes: that]
    #[arg(long, value_name = "HOURS")]
    pub hours: Option<String>,
    /// Built-in holidays: ru, the production calendar of Russia, or none [default with --yes: ru in Russian, else none]
    #[arg(long, value_name = "HOLIDAYS")]
    pub holidays: Option<String>,
    /// The name of the person who answers
    #[arg(long, value_name = "NAME")]
    pub agent_name: Option<String>,
    /// The address of the person who answers
    #[arg(long, value_name = "ADDRESS")]
    pub agent_address: Option<String>,
    /// The language of the questions and of the configuration: ru or en
    #[arg(long, value_name = "LANGUAGE", value_parser = language, default_value = "ru")]
    pub language: Language,
    /// The file to write
    #[arg(long, value_name = "FILE", default_value = "okno.toml")]
    pub output: PathBuf,
    /// Take the default wherever there is one, ask nothing
    #[arg(long)]
    pub yes: bool,
    /// Overwrite the configuration if it is there
    #[arg(long)]
    pub force: bool,
}

fn language(words: &str) -> Result<Language, String> {
    Language::ALL
        .into_iter()
        .find(|language| language.code() == words)
        .ok_or_else(|| "ru or en is expected".to_owned())
}

/// Asks, checks, writes. Nothing is written unless everything is answered and sound.
///
/// # Errors
/// Answers are missing and cannot be asked for, or are wrong; the file is there already; it cannot be written.
pub fn run(args: &InitArgs, terminal: &mut Terminal<'_>) -> anyhow::Result<()> {
    let output = &args.output;
    if output.exists() && !args.force {
        bail!(
            "Cannot write {0}: it is there already, and nothing is overwritten without --force",
            output.display()
        );
    }
    let (answers, password) = ask::gather(args, terminal)?;
    let text = compose(&answers);
    if let Err(problems) = parse(&text, &output.display().to_string(), &AnyPassword) {
        let words: Vec<String> = problems
            .0
            .iter()
            .map(|problem| format!("{}: {}", problem.key, problem.words))
            .collect();
        bail!("These answers do not fit together: {}", words.join("; "));
    }
    if let Some(new) = &password {
        use secrecy::ExposeSecret as _;
        let line = format!("{}\n", new.password.expose_secret());
        write_file(&new.path, line.as_bytes(), 0o600, false)?;
    }
    write_file(output, text.as_bytes(), 0o644, args.force)?;
    let (file, secret) = (output.display(), answers.password_file.display());
    let said = match args.language {
        Language::Ru => format!(
            "Записано: {file}\nПароль хранится в файле {secret}; читать его должна служба (пользователь okno) и больше никто:\n  \
             chown root:okno {secret} && chmod 640 {secret}\n\
             Теперь проверьте: okno check --config {file}\n"
        ),
        Language::En => format!(
            "Written: {file}\nThe password is in {secret}; the service (user okno) must be able to read it, and nobody else:\n  \
             chown root:okno {secret} && chmod 640 {secret}\n\
             Now look at it: okno check --config {file}\n"
        ),
    };
    terminal.say(&said)
}

/// The password will be where the file says; here only the rest is checked.
struct AnyPassword;

impl Secrets for AnyPassword {
    fn file(&self, _path: &Path) -> Result<Found, String> {
        Ok(Found {
            password: "not read yet".into(),
            warning: None,
        })
    }

    fn credential(&self, name: &str) -> Result<Found, String> {
        Err(format!("there is no credential {name}"))
    }

    fn exists(&self, _path: &Path) -> bool {
        true
    }
}

/// Writes a file with these permissions from its first byte on; one that is there is kept unless `force`.
fn write_file(path: &Path, bytes: &[u8], mode: u32, force: bool) -> anyhow::Result<()> {
    let cannot = || format!("Cannot write {}", path.display());
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder).with_context(cannot)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).mode(mode);
    if force {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let mut file = options.open(path).with_context(cannot)?;
    if mode == 0o600 {
        file.set_permissions(fs::Permissions::from_mode(mode))
            .with_context(cannot)?;
    }
    file.write_all(bytes).with_context(cannot)?;
    file.sync_all().with_context(cannot)
}

#[cfg(test)]
mod tests;
