//! `okno check`: reads the configuration and says in plain words what would happen. Starts nothing, sends nothing.

mod letters;
mod live;
mod mail;
mod payroll;
mod people;
mod templates;
mod texts;

use std::io::Write;

use anyhow::Context as _;
use jiff::Timestamp;

use super::{ConfigFile, Ended, key, passport, visit, words::Words};
use crate::{
    config::{Config, Purpose},
    house::people::find,
    model::{account::DatabaseSettings, language::Language},
};

/// What `okno check` is told.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// Connect to nothing: look at the file alone
    #[arg(long)]
    offline: bool,
    /// Write drafts of what agents and requesters should be told before the mailboxes work like this, and nothing else
    #[arg(long)]
    letters: bool,
    /// Mail each head the passport of their queues, besides: who answers, by when, who is told, what closes a request
    #[arg(long, conflicts_with_all = ["offline", "letters"])]
    mail: bool,
}

/// Checks the file, writes [`describe`] to `out`, and tries every server it names.
///
/// # Errors
/// [`crate::config::Problems`] where something is wrong with the file; or `out` takes nothing. A people directory that is
/// not sound and a server that cannot be reached are told and end the command with [`Ended::NotAll`].
pub fn run(args: &CheckArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let config = args.file.load(Purpose::Try)?;
    if args.letters {
        writeln!(out, "{}", letters::letters(&config)).context("Cannot write to the terminal")?;
        return Ok(Ended::Done);
    }
    let described = match args.offline {
        true => describe(&config, now),
        // Where the database cannot be asked it is said further below.
        false => match visit::in_force(config.clone()) {
            Ok(in_force) => describe(&in_force, now),
            Err(_) => describe(&config, now),
        },
    };
    out.write_all(described.as_bytes())
        .context("Cannot write to the terminal")?;
    let is_key_sound = signing_key(&config, out)?;
    let is_sound = people(&config, out)? && is_key_sound;
    let is_sound = templates(&config, out)? && is_sound;
    let is_sound = texts(&config, out)? && is_sound;
    let reached = match args.offline {
        true => Ended::Done,
        false => live::run(&config, out)?,
    };
    if args.mail {
        mail::passports(&args.file, now, out)?;
    }
    Ok(if is_sound { reached } else { Ended::NotAll })
}

/// Says which version of the key signs, where there is one; whether its file is sound.
fn signing_key(config: &Config, out: &mut dyn Write) -> anyhow::Result<bool> {
    let (line, is_sound) = match key::told(&config.data, &Words::of(config)) {
        Ok(None) => return Ok(true),
        Ok(Some(line)) => (line, true),
        Err(error) => (format!("{error:#}"), false),
    };
    writeln!(out, "\n{line}").context("Cannot write to the terminal")?;
    Ok(is_sound)
}

/// Reads the people directory and writes what is in it; whether it is sound.
fn people(config: &Config, out: &mut dyn Write) -> anyhow::Result<bool> {
    let Some(path) = &config.directory else {
        return Ok(true);
    };
    let (lines, is_sound) = people::describe(config, path, &find(path));
    writeln!(out, "\n{}", lines.join("\n")).context("Cannot write to the terminal")?;
    Ok(is_sound)
}

/// Tries the administrator's own templates; whether all of them can be used.
fn templates(config: &Config, out: &mut dyn Write) -> anyhow::Result<bool> {
    let (lines, is_sound) = templates::describe(config);
    if !lines.is_empty() {
        writeln!(out, "\n{}", lines.join("\n")).context("Cannot write to the terminal")?;
    }
    Ok(is_sound)
}

/// Reads the canned answers and the knowledge base and writes what is in them; whether all of it is sound.
fn texts(config: &Config, out: &mut dyn Write) -> anyhow::Result<bool> {
    let (lines, is_sound) = texts::describe(config)?;
    if !lines.is_empty() {
        writeln!(out, "\n{}", lines.join("\n")).context("Cannot write to the terminal")?;
    }
    Ok(is_sound)
}

/// The configuration in plain words, in its own language: what is read, who answers, from which address, through which
/// server, and by when a mail that comes `now` would be promised.
#[must_use]
pub fn describe(config: &Config, now: Timestamp) -> String {
    let language = config.policy.language;
    let administrator = &config.policy.administrator;
    let database = match &config.database {
        DatabaseSettings::Sqlite { path } => format!("SQLite, {}", path.display()),
        DatabaseSettings::Postgres { url, .. } => format!("PostgreSQL, {url}"),
    };
    let mut lines = match language {
        Language::Ru => vec![
            "Настройки в порядке.".to_owned(),
            format!("  О неполадках узнаёт: {administrator}"),
            format!("  База данных: {database}"),
        ],
        Language::En => vec![
            "The configuration is sound.".to_owned(),
            format!("  Told when something is wrong: {administrator}"),
            format!("  Database: {database}"),
        ],
    };
    lines.extend(passport::trust(&config.policy.trust, language));
    lines.extend(passport::quarantine(config));
    for (name, mailbox) in &config.policy.mailboxes {
        lines.push(String::new());
        lines.extend(passport::mailbox(config, name, mailbox));
    }
    for (name, queue) in &config.policy.queues {
        lines.push(String::new());
        lines.extend(passport::queue(config, name, queue, now));
    }
    let rules = passport::rules(config);
    if !rules.is_empty() {
        lines.push(String::new());
        lines.extend(rules);
    }
    lines.extend(passport::director(config));
    lines.extend(payroll::describe(config, now));
    if !config.warnings.is_empty() {
        lines.push(String::new());
        lines.push(match language {
            Language::Ru => "Обратите внимание:".to_owned(),
            Language::En => "Please look at this:".to_owned(),
        });
        lines.extend(config.warnings.iter().map(|warning| format!("  {warning}")));
    }
    lines.push(String::new());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{Found, Secrets, parse};

    struct AnyPassword;

    impl Secrets for AnyPassword {
        fn file(&self, path: &Path) -> Result<Found, String> {
            Ok(Found {
                password: "secret".into(),
                warning: path
                    .ends_with("hr.password")
                    .then(|| "everybody can read it".to_owned()),
            })
        }

        fn credential(&self, _name: &str) -> Result<Found, String> {
            Err("none".to_owned())
        }

        fn exists(&self, _path: &Path) -> bool {
            true
        }
    }

    const FILE: &str = r#"
administrator = "root@uni.test"
language = "ru"
everybody = ["all@uni.test"]
[quarantine]
spam = [{ header = "X-Spam-Flag", value = "YES" }, { header = "X-SCL", at_least = 5 }]
refuse_files = ["exe", "js"]
clamd = "unix:/run/clamav/clamd.ctl"
[mailbox.it]
address = "it@uni.test"
aliases = ["help@uni.test"]
mode = "full"
server = "mail.uni.test"
password = { file = "it.password" }
folders = ["INBOX", "Junk"]
after = { move = "Okno" }
start_from = 2026-11-01
[mailbox.hr]
address = "hr@uni.test"
mode = "observe"
list_mail = "ticket"
former = ["kadry@uni.test"]
cc = "ticket"
automatic = { "form@uni.test" = { requester = "body:Почта" }, "scan@uni.test" = {} }
server = "mail.uni.test"
password = { file = "hr.password" }
[queue.it]
title = "ИТ-поддержка"
agents = ["anna", "olga"]
hours = "пн-пт 09:00-18:00"
target = "16 h"
[queue.hr]
title = "Кадры"
agents = ["olga"]
confirm_days = 1
requester_commands = ["status", "cancel", "language"]
smtp = { server = "127.0.0.1", security = "none" }
[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"
[agent.olga]
name = "Ольга Смирнова"
address = "olga@uni.test"
"#;

    pub(super) fn config(language: &str) -> Config {
        let source = FILE.replace("\"ru\"", &format!("\"{language}\""));
        parse(&source, "okno.toml", &AnyPassword).unwrap()
    }

    fn described(language: &str) -> String {
        describe(&config(language), "2026-11-20T14:00:00Z".parse().unwrap())
    }

    #[test]
    fn it_is_told_in_russian() {
        insta::assert_snapshot!(described("ru"));
    }

    #[test]
    fn it_is_told_in_english() {
        insta::assert_snapshot!(described("en"));
    }
}
