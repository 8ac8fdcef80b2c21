//! # config: the file as written, checked, resolved
//!
//! One TOML file becomes a [`Config`] in two stages: [`file`] reads every key by itself into [`written`],
//! [`check`] puts the values together. Both go on after a mistake, so that [`Problems`] holds all of them, each with its line.
//! This is the only
//! room that looks up time zones by name and reads the environment.

mod accountants;
mod alarms;
mod allow;
mod asking;
pub mod calendars;
mod chains;
mod check;
mod commands;
mod departments;
mod distribution;
mod file;
mod forms;
mod hours;
mod intake;
mod lengths;
mod near;
mod owners;
mod page;
mod payroll;
mod problems;
mod promises;
mod queue_table;
mod queues;
mod relays;
mod reminders;
mod review;
mod rules;
mod scoring;
mod secrets;
mod section;
mod sent;
mod tables;
mod targets;
mod trust;
mod urgency;
mod values;
mod written;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use jiff::tz::TimeZone;
use toml::de::DeTable;

use self::{
    file::Reader,
    problems::{Notes, Spot},
    section::{Section, line_of},
};
pub(crate) use self::{
    hours::parse as opening_hours,
    values::{host, mode, zone},
};
pub use self::{
    problems::{Problem, Problems},
    scoring::scoring,
    secrets::{Found, Kept, Purpose, Secrets, SystemSecrets},
    values::StartFrom,
};
use crate::{
    desk::policy::Policy,
    model::{
        account::{DatabaseSettings, Relay, ScannerAccount, Source},
        form::FormFile,
        ids::{FormName, MailboxName, PayrollName},
        page::PageSettings,
        scoring::Scoring,
    },
};

/// Where the configuration is unless a command says otherwise.
pub const DEFAULT_FILE: &str = "/etc/okno/okno.toml";

/// A checked configuration, with every default filled in.
#[derive(Debug, Clone)]
pub struct Config {
    /// What decisions depend on.
    pub policy: Policy,
    /// The mailboxes to read; the same names as in the policy.
    pub mailboxes: BTreeMap<MailboxName, MailboxSettings>,
    /// Where mail goes out, by the mailbox it is sent from; every mailbox has one.
    pub relays: BTreeMap<MailboxName, Relay>,
    /// Where everything is kept.
    pub database: DatabaseSettings,
    /// The folder for the database file, the lock and the instance key.
    pub data: PathBuf,
    /// A folder whose templates stand in for the built-in ones.
    pub templates: Option<PathBuf>,
    /// Certificate files (PEM) that are trusted besides the system's.
    pub extra_ca: Vec<PathBuf>,
    /// The folder of canned answers.
    pub answers: Option<PathBuf>,
    /// The folder of the knowledge base.
    pub knowledge: Option<PathBuf>,
    /// The file of the people directory.
    pub directory: Option<PathBuf>,
    /// The files that go with request forms.
    pub form_files: BTreeMap<FormName, Vec<FormFile>>,
    /// How figures become scores, by payroll list.
    pub scorings: BTreeMap<PayrollName, Scoring>,
    /// What looks for viruses in mail before it is taken.
    pub scanner: Option<ScannerAccount>,
    /// How the page is served, if it is.
    pub page: Option<PageSettings>,
    /// Every zone the policy names, by that name.
    pub zones: BTreeMap<String, TimeZone>,
    /// The name to give in EHLO.
    pub hello: String,
    /// What may be meant but should be looked at.
    pub warnings: Vec<Problem>,
}

/// How a mailbox is read.
#[derive(Debug, Clone)]
pub struct MailboxSettings {
    /// Where its mail comes from.
    pub source: Source,
    /// From which mail on it is served.
    pub start_from: StartFrom,
    /// How often to look, besides being told by IDLE.
    pub poll: Duration,
    /// The largest mail that is taken whole, in bytes; of a larger one only the beginning is.
    pub size_max: u64,
}

/// Reads, checks and resolves a configuration file, to work as it says.
///
/// # Errors
/// Everything that is wrong with it, or that it cannot be read.
pub fn load(path: &Path) -> Result<Config, Problems> {
    load_for(path, Purpose::Serve)
}

/// Reads, checks and resolves a configuration file, with the passwords that are needed for this.
///
/// # Errors
/// Everything that is wrong with it, or that it cannot be read.
pub fn load_for(path: &Path, purpose: Purpose) -> Result<Config, Problems> {
    let name = path.display().to_string();
    let source = fs::read_to_string(path).map_err(|error| {
        Problems(vec![Problem {
            file: name.clone(),
            line: 0,
            key: String::new(),
            words: format!("the configuration cannot be read: {error}"),
        }])
    })?;
    parse(&source, &name, &SystemSecrets::from_environment(purpose))
}

/// Checks and resolves a configuration. Relative paths in it are relative to the folder of `file_name`; passwords and
/// whether files exist are asked of `secrets`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse(source: &str, file_name: &str, secrets: &dyn Secrets) -> Result<Config, Problems> {
    let mut notes = Notes::new(file_name.to_owned());
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let (table, errors) = DeTable::parse_recoverable(source);
    for error in &errors {
        let spot = Spot {
            // What ends too early ends on the last line, not after it.
            line: error
                .span()
                .map_or(1, |span| line_of(source, span.start))
                .min(source.lines().count().max(1)),
            key: String::new(),
        };
        notes.problem(
            &spot,
            format!("not TOML: {}", error.message().replace('\n', "; ")),
        );
    }
    if !notes.is_clean() {
        return Err(notes.finish().0);
    }
    let base = Path::new(file_name)
        .parent()
        .unwrap_or_else(|| Path::new(""));
    let mut top = Section::file(source, table.get_ref());
    let mut reader = Reader {
        notes: &mut notes,
        secrets,
        base,
    };
    let file = reader.file(&mut top);
    top.finish(&mut notes);
    let config = check::resolve(&file, &mut notes);
    let is_clean = notes.is_clean();
    let (problems, warnings) = notes.finish();
    match config {
        Some(config) if is_clean => Ok(Config { warnings, ..config }),
        Some(_) | None => Err(problems),
    }
}
