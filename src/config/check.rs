//! Puts the values of the file together: names point at something, addresses belong to one, every mail has a way out.

use std::{collections::BTreeMap, path::PathBuf};

use jiff::tz::TimeZone;

use super::{
    Config, MailboxSettings, calendars, departments, forms, owners, page, payroll,
    problems::{At, Notes},
    queues, relays, rules, targets, trust,
    written::{Database, File, Mailbox, Place},
};
use crate::{
    desk::policy::{AgentPolicy, MailboxPolicy, Mode, Policy},
    model::{
        account::{DatabaseSettings, ImapAccount, Login, Source},
        address::Address,
        ids::{AgentName, MailboxName, QueueName},
    },
};

/// The queue of each mailbox.
pub(super) type Feeds<'f> = BTreeMap<&'f str, &'f str>;

/// Resolves the file. `None` only where a problem has been noted.
#[expect(clippy::too_many_lines, reason = "a line a value")]
pub(super) fn resolve(file: &File, notes: &mut Notes) -> Option<Config> {
    for (is_empty, key, example) in [
        (file.mailboxes.is_empty(), "mailbox", "[mailbox.it]"),
        (file.queues.is_empty(), "queue", "[queue.it]"),
        (file.agents.is_empty(), "agent", "[agent.anna]"),
    ] {
        if is_empty {
            let words = format!("there is none; at least one is needed, in a table like {example}");
            notes.problem(&file.spot.below(key), words);
        }
    }
    owners::check(file, notes);
    owners::check_sources(file, notes);
    let feeds = feeds(file, notes);
    let queues = queues::resolve(file, &feeds, notes);
    let (forms, form_files) = forms::resolve(file, notes);
    let agents = agents(file, notes);
    let mailboxes = mailboxes(file, &feeds, notes);
    let sources = file
        .mailboxes
        .iter()
        .filter_map(|(name, mailbox)| Some((MailboxName(name.clone()), settings(file, mailbox)?)))
        .collect();
    let administrator = file.administrator.as_ref()?.value.clone();
    let hello = file
        .hello
        .clone()
        .unwrap_or_else(|| administrator.domain().to_owned());
    let relays = relays::resolve(file, &queues, &hello, notes);
    let mut zones: BTreeMap<String, TimeZone> = queues
        .values()
        .map(|queue| {
            (
                queue.calendar.zone_name.clone(),
                queue.calendar.zone().clone(),
            )
        })
        .collect();
    zones.insert(file.zone.0.clone(), file.zone.1.clone());
    let mut policy = Policy {
        administrator,
        language: file.language,
        zone: file.zone.0.clone(),
        mailboxes,
        queues,
        agents,
        departments: departments::resolve(file, notes),
        director: departments::agent(file, file.director.as_ref(), notes),
        director_after_days: file.director_after_days,
        targets: file.targets,
        director_review: None,
        payrolls: BTreeMap::new(),
        forms,
        caps: file.caps.clone(),
        rules: Vec::new(),
        intake: file.intake.clone(),
        trust: trust::resolve(file, notes),
        has_knowledge: file.knowledge.is_some(),
        unreachable_minutes: file.unreachable_minutes,
        relay_bytes_max: file.relay_bytes_max,
    };
    forms::modes_agree(file, &policy, notes);
    trust::trials_are_answered(file, &policy.trust, notes);
    policy.director_review = targets::resolve(file, &policy, notes);
    let scorings = payroll::resolve(file, &mut policy, notes);
    policy.rules = rules::resolve(file, &policy, notes);
    Some(Config {
        policy,
        mailboxes: sources,
        relays,
        database: database(file),
        data: file.data.clone(),
        templates: file.templates.clone(),
        extra_ca: file.extra_ca.clone(),
        answers: file.answers.clone(),
        knowledge: file.knowledge.clone(),
        directory: file.directory.clone(),
        form_files,
        scorings,
        scanner: file.scanner.clone(),
        page: page::resolve(file, notes),
        zones,
        hello,
        warnings: Vec::new(),
    })
}

fn database(file: &File) -> DatabaseSettings {
    match &file.database {
        Database::Default => DatabaseSettings::Sqlite {
            path: file.data.join("okno.sqlite"),
        },
        Database::File(path) => DatabaseSettings::Sqlite {
            path: PathBuf::clone(path),
        },
        Database::Server(url, password) => DatabaseSettings::Postgres {
            url: url.clone(),
            password: password.clone(),
        },
    }
}

/// The queue of each mailbox: the one written, else the only one, else the one of the same name.
fn feeds<'f>(file: &'f File, notes: &mut Notes) -> Feeds<'f> {
    let names = || file.queues.keys().map(String::as_str);
    let mut feeds = Feeds::new();
    for (name, mailbox) in &file.mailboxes {
        let queue = match &mailbox.queue {
            Some(At { value, spot }) => {
                let known = names().find(|known| known == value);
                if known.is_none() {
                    notes.unknown(spot, "queue", value, names());
                }
                known
            }
            None => match names().find(|known| known == name) {
                Some(same) => Some(same),
                None if file.queues.len() == 1 => names().next(),
                None => {
                    if !file.queues.is_empty() {
                        let words = "there are several queues and none is named like this mailbox; \
                                     write queue = \"…\" with the one its mail goes to";
                        notes.problem(&mailbox.spot.below("queue"), words);
                    }
                    None
                }
            },
        };
        if let Some(queue) = queue {
            feeds.insert(name, queue);
        }
    }
    feeds
}

fn mailboxes(
    file: &File,
    feeds: &Feeds<'_>,
    notes: &mut Notes,
) -> BTreeMap<MailboxName, MailboxPolicy> {
    let mut resolved = BTreeMap::new();
    for (name, mailbox) in &file.mailboxes {
        if let Some(Place::Server(server)) = &mailbox.source
            && let (Some(after), Some(mode)) = (&server.after, &mailbox.mode)
            && mode.value == Mode::Observe
        {
            let words = "mode \"observe\" touches nothing on the server; leave `after` out, or choose another mode";
            notes.problem(&after.spot, words);
        }
        let (Some(address), Some(mode), Some(queue)) =
            (&mailbox.address, &mailbox.mode, feeds.get(name.as_str()))
        else {
            continue;
        };
        resolved.insert(
            MailboxName(name.clone()),
            MailboxPolicy {
                address: address.value.clone(),
                aliases: plain(&mailbox.aliases),
                former: plain(&mailbox.former),
                dry_run: mailbox.dry_run.as_ref().map(|at| at.value.clone()),
                sent: mailbox.sent.as_ref().map(|at| at.value.clone()),
                on_full: mailbox.on_full,
                append_sent: mailbox.append_sent,
                plus_addresses: mailbox.plus_addresses,
                mode: mode.value,
                queue: QueueName::from(*queue),
                list_mail: mailbox.list_mail,
                in_cc: mailbox.in_cc,
                automatic: mailbox.automatic.clone(),
            },
        );
    }
    resolved
}

fn plain(addresses: &[At<Address>]) -> Vec<Address> {
    addresses.iter().map(|at| at.value.clone()).collect()
}

fn settings(file: &File, mailbox: &Mailbox) -> Option<MailboxSettings> {
    let source = match mailbox.source.as_ref()? {
        Place::Maildir(path) => Source::Maildir { path: path.clone() },
        Place::Server(server) => {
            let user = match &server.user {
                Some(user) => user.clone(),
                None => mailbox.address.as_ref()?.value.as_str().to_owned(),
            };
            Source::Imap {
                account: ImapAccount {
                    host: server.host.clone(),
                    port: server.port,
                    security: server.security,
                    login: Login {
                        username: user,
                        password: server.password.clone(),
                    },
                },
                folders: server.folders.clone(),
                after: server.after.as_ref().map(|at| at.value.clone()),
            }
        }
    };
    Some(MailboxSettings {
        source,
        start_from: mailbox.start_from,
        poll: mailbox.poll,
        size_max: file.mail_size_max,
    })
}

fn agents(file: &File, notes: &mut Notes) -> BTreeMap<AgentName, AgentPolicy> {
    let mut hours = calendars::of_agents(file, notes);
    file.agents
        .iter()
        .filter_map(|(name, agent)| {
            let policy = AgentPolicy {
                name: agent.name.as_ref()?.value.clone(),
                address: agent.address.as_ref()?.value.clone(),
                aliases: plain(&agent.aliases),
                signature: agent.signature.clone(),
                hours: hours.remove(name),
                max_active: agent.max_active,
            };
            Some((AgentName(name.clone()), policy))
        })
        .collect()
}
