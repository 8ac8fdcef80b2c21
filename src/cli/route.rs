//! `okno route`: what would become of a mail saved as a file, and why. The decider itself decides, on facts that are only read;
//! nothing is written and nothing is sent.

mod facts;
mod told;

use std::{io::Write, path::PathBuf, sync::Arc};

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::{Timestamp, civil::DateTime, fmt::rfc2822};

use super::{ConfigFile, Ended, visit, words::Words};
use crate::{
    config::{Config, Purpose, zone},
    desk::{
        arrival::Arrival, cause::Cause, decide::decide, decision::Given, intake, kb::Kb,
        reason::Reason, token::Key, wants::Wants,
    },
    house::{keys, reader::Reader},
    mail::read::fields,
    model::ids::{MailboxName, RawId},
};

/// What `okno route` is told.
#[derive(Debug, Args)]
pub struct RouteArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// The mail, a raw .eml file
    #[arg(value_name = "FILE")]
    mail: PathBuf,
    /// The mailbox that it came to, by its name in the configuration; without it, the first one that it names
    #[arg(long)]
    mailbox: Option<String>,
    /// When it came, by the clock of the configuration's time zone: 2026-11-20T16:40; without it, as the mail itself says
    #[arg(long)]
    at: Option<DateTime>,
    /// Look at the file and the people directory alone, not at the database
    #[arg(long)]
    offline: bool,
}

/// Tells it.
///
/// # Errors
/// The mail cannot be read, there is no such mailbox; what the configuration or the database says.
pub fn run(args: &RouteArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let file = args.file.load(Purpose::Look)?;
    let of_file = file.policy.clone();
    let config = match args.offline {
        true => Arc::new(file),
        false => visit::in_force(file)?,
    };
    let words = Words::of(&config);
    let bytes = std::fs::read(&args.mail).with_context(|| format!("{}", args.mail.display()))?;
    let at = came_at(args, &config, &bytes)?.unwrap_or(now);
    let now = now.max(at);
    let arrival = arrival(args, &config, bytes, at)?;
    let key = keys::find(&config.data, now)?.unwrap_or(Key::new([0; 32]));
    let kb = Kb::default();
    let given = Given {
        policy: &config.policy,
        file: &of_file,
        key: &key,
        kb: &kb,
        now,
        instance: "okno-route",
    };
    let cause = Cause::Mail(Box::new(arrival.clone()));
    let wants = Wants::of([&cause], &given);
    let found = facts::load(&config, wants, (now, args.offline))?;
    let decision = decide(&cause, &found.world, &given);
    for line in told::lines(&decision, (&arrival, &config), &words) {
        writeln!(out, "{line}")?;
    }
    if decision.reason == Reason::SameMail {
        writeln!(out, "\n{}", words.pick("Будь оно новым:", "Were it new:"))?;
        for line in as_new((&arrival, &config), &given, (args, &words))? {
            writeln!(out, "{line}")?;
        }
    }
    if !found.has_history {
        let said = words.pick(
            "Посмотрено без базы: прежние обращения и письма автора не учтены.",
            "Looked at without a database: the author's earlier requests and mails do not count.",
        );
        writeln!(out, "\n{said}")?;
    }
    Ok(Ended::Done)
}

/// What would become of a mail that is known already, had it come for the first time.
fn as_new(
    (arrival, config): (&Arrival, &Config),
    given: &Given<'_>,
    (args, words): (&RouteArgs, &Words),
) -> anyhow::Result<Vec<String>> {
    let mut arrival = arrival.clone();
    arrival.reading.message.message_id = None;
    let cause = Cause::Mail(Box::new(arrival.clone()));
    let wants = Wants::of([&cause], given);
    let found = facts::load(config, wants, (given.now, args.offline))?;
    let decision = decide(&cause, &found.world, given);
    let lines = told::lines(&decision, (&arrival, config), words);
    // Whose mail it is has been said.
    Ok(lines
        .into_iter()
        .skip_while(|line| !line.is_empty())
        .skip(1)
        .collect())
}

/// When the mail came: as said, as the last server that had it says, or as its author does.
fn came_at(args: &RouteArgs, config: &Config, bytes: &[u8]) -> anyhow::Result<Option<Timestamp>> {
    if let Some(at) = args.at {
        let (_, zone) = zone(&config.policy.zone).map_err(anyhow::Error::msg)?;
        let at = zone.to_ambiguous_timestamp(at).compatible();
        return Ok(Some(at.context("There is no such time")?));
    }
    let received = fields(bytes, "received").into_iter().next();
    let received = received.as_deref().and_then(|line| line.rsplit_once(';'));
    let written = fields(bytes, "date").into_iter().next();
    let read = |words: &str| {
        let words = words.split('(').next().unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        rfc2822::parse(&words).ok().map(|at| at.timestamp())
    };
    let of_server = received.and_then(|(_, date)| read(date));
    Ok(of_server.or_else(|| read(&written?)))
}

/// The mail as it would reach the decider now.
fn arrival(
    args: &RouteArgs,
    config: &Config,
    bytes: Vec<u8>,
    at: Timestamp,
) -> anyhow::Result<Arrival> {
    let words = Words::of(config);
    let policy = &config.policy;
    let spam_mark = intake::spam_mark(&policy.intake.spam, |name| fields(&bytes, name));
    let reading = Reader::default().read(bytes)?;
    let mut arrival = Arrival {
        raw: RawId(1),
        mailbox: MailboxName::from(""),
        at,
        reading,
        again: None,
        automatic: None,
        spam_mark,
        virus: None,
        is_line: false,
    };
    let names = || {
        let names: Vec<&str> = policy.mailboxes.keys().map(MailboxName::as_str).collect();
        names.join(", ")
    };
    let mailbox = match &args.mailbox {
        Some(name) => policy
            .mailboxes
            .get_key_value(&MailboxName::from(name.as_str())),
        None => {
            let went_to = arrival.went_to();
            let named = went_to
                .iter()
                .find_map(|address| policy.mailbox_of(address));
            let only = policy
                .mailboxes
                .first_key_value()
                .filter(|_| policy.mailboxes.len() == 1);
            let named = named.and_then(|name| policy.mailboxes.get_key_value(name));
            named.or(only)
        }
    };
    let Some((name, own)) = mailbox else {
        match &args.mailbox {
            Some(name) => bail!(
                "{} {name}; {} {}",
                words.pick("Нет ящика", "There is no mailbox"),
                words.pick("есть", "known are"),
                names()
            ),
            None => bail!(
                "{}: {}",
                words.pick(
                    "Письмо не называет ни одного ящика; добавьте --mailbox с одним из",
                    "The mail names no mailbox; add --mailbox with one of"
                ),
                names()
            ),
        }
    };
    arrival.automatic = intake::automatic(&arrival.reading.message, own);
    arrival.mailbox = name.clone();
    Ok(arrival)
}
