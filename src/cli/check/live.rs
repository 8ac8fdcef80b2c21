//! The part of `okno check` that connects: can the mailboxes be read, how many mails would be taken, does the outgoing
//! server let us in. Nothing is changed anywhere and nothing is sent.

mod backlog;
mod heads;
mod payrolls;
mod rules;
mod sent;

use std::{io::Write, path::Path, sync::Arc};

use anyhow::Context as _;
use futures_util::future::join_all;
use jiff::Timestamp;
use rustls::ClientConfig;

use crate::{
    clamd::Clamd,
    cli::{Ended, visit, words::Words},
    clock::Clock,
    config::{Config, MailboxSettings, StartFrom},
    house::receive::count_waiting,
    imap::{Deadlines, Session},
    maildir::Maildir,
    model::{
        account::{ImapAccount, Relay, Source},
        ids::MailboxName,
    },
    smtp::Transport,
    store::{Db, journal},
    tls,
};

/// How many Maildir files are looked at in one go.
const SCAN_MAX: usize = 256;

/// What was found of one server, in words, and whether it is well.
struct Found {
    words: String,
    is_well: bool,
}

/// Tries everything, side by side, and says what was found.
pub(super) fn run(config: &Config, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let found = visit::runtime()?.block_on(look(config))?;
    writeln!(out)?;
    for one in &found {
        writeln!(out, "{}", one.words)?;
    }
    Ok(match found.iter().all(|one| one.is_well) {
        true => Ended::Done,
        false => Ended::NotAll,
    })
}

async fn look(config: &Config) -> anyhow::Result<Vec<Found>> {
    let words = Words::of(config);
    let tls = tls::client_config(&config.extra_ca).context("Cannot load certificates")?;
    let (db, database) = database(config, &words).await;
    let place = Place {
        words: &words,
        tls: &tls,
        db: db.as_ref(),
    };
    let mailboxes = config.mailboxes.iter().map(|(name, settings)| {
        let own = config.policy.mailboxes.get(name);
        let sent = own.and_then(|own| own.sent.as_deref());
        place.mailbox((name, sent), settings)
    });
    let relays = config.relays.iter();
    let relays = relays.map(|(name, relay)| place.relay(name, relay));
    let (mailboxes, relays, scanner) = tokio::join!(
        join_all(mailboxes),
        join_all(relays),
        scanner(config, &words)
    );
    let mut backlog = Vec::new();
    if let Some(db) = &db {
        let counted = backlog::of_queues(&words, config, db).await;
        backlog = counted.context("Cannot count tickets")?;
        let now = Clock::System.now();
        let rules = rules::counted(&words, (config, db), now).await;
        backlog.extend(rules.context("Cannot count what rules have done")?);
        let changes = heads::changes(&words, (config, db)).await;
        backlog.extend(changes.context("Cannot see what heads of queues have changed")?);
        let lists = payrolls::first_months(&words, (config, db), now).await;
        backlog.extend(lists.context("Cannot see how payroll months stand")?);
        db.close().await;
    }
    Ok(database
        .into_iter()
        .chain(mailboxes)
        .chain(backlog)
        .chain(relays)
        .chain(scanner)
        .collect())
}

/// The database, where there is one already: it knows how far mailboxes were read.
async fn database(config: &Config, words: &Words) -> (Option<Db>, Option<Found>) {
    if !config.database.is_password_known() {
        let words = words.pick(
            "База данных: здесь не проверить: пароль передаётся только службе (LoadCredential)",
            "Database: cannot be tried here: only the service is handed the password (LoadCredential)",
        );
        let untried = Found {
            words: words.to_owned(),
            is_well: true,
        };
        return (None, Some(untried));
    }
    match visit::found(config).await {
        Ok(db) => (db, None),
        Err(error) => {
            let said = words.pick(
                "База данных не открывается",
                "The database cannot be opened",
            );
            let words = format!("{said}: {error}");
            (
                None,
                Some(Found {
                    words,
                    is_well: false,
                }),
            )
        }
    }
}

/// The virus scanner, where there is one.
async fn scanner(config: &Config, words: &Words) -> Option<Found> {
    let clamd = Clamd::new(config.scanner.as_ref()?);
    let title = words.pick("Проверка на вирусы", "Virus scanner");
    Some(match clamd.version().await {
        Ok(version) => Found {
            words: format!("{title}: {version}"),
            is_well: true,
        },
        Err(error) => Found {
            words: format!(
                "{title}: {}: {error}",
                words.pick("не отвечает", "does not answer")
            ),
            is_well: false,
        },
    })
}

/// What every look needs.
struct Place<'p> {
    words: &'p Words,
    tls: &'p Arc<ClientConfig>,
    db: Option<&'p Db>,
}

impl Place<'_> {
    async fn mailbox(
        &self,
        (name, sent): (&MailboxName, Option<&str>),
        settings: &MailboxSettings,
    ) -> Found {
        let title = self.words.pick("Ящик", "Mailbox");
        if let Source::Imap { account, .. } = &settings.source
            && !account.login.is_known()
        {
            return self.untried(title, name);
        }
        let from = settings.start_from;
        let counted = match &settings.source {
            Source::Imap {
                account, folders, ..
            } => self.imap((name, sent), account, folders, from).await,
            Source::Maildir { path } => self.maildir((name, sent), path, from).await,
        };
        match counted {
            Ok(counted) => Found {
                words: format!("{title} {name}: {}", counted.join("; ")),
                is_well: true,
            },
            Err(error) => Found {
                words: format!(
                    "{title} {name}: {}: {error:#}",
                    self.words.pick("прочитать не удаётся", "cannot be read")
                ),
                is_well: false,
            },
        }
    }

    async fn imap(
        &self,
        (name, sent): (&MailboxName, Option<&str>),
        account: &ImapAccount,
        folders: &[String],
        from: StartFrom,
    ) -> anyhow::Result<Vec<String>> {
        let mut session = Session::connect(account, self.tls, &Deadlines::default()).await?;
        let mut lines = Vec::new();
        for folder in folders {
            let known = match self.db {
                Some(db) => journal::cursor(db, name, folder).await?,
                None => None,
            };
            let (opened, taken) = count_waiting(&mut session, folder, from, known).await?;
            lines.push(self.counted(folder, opened.exists.into(), taken));
        }
        if let Some(sent) = sent {
            lines.push(sent::on_server(self.words, &mut session, (sent, folders)).await?);
        }
        // All is known: a server that does not say goodbye changes nothing.
        session.logout().await.unwrap_or_default();
        Ok(lines)
    }

    async fn maildir(
        &self,
        (name, sent): (&MailboxName, Option<&str>),
        path: &Path,
        from: StartFrom,
    ) -> anyhow::Result<Vec<String>> {
        let folder = "INBOX";
        let known = match self.db {
            Some(db) => journal::cursor(db, name, folder).await?,
            None => None,
        };
        let since = match (known, from) {
            (Some(cursor), _) => cursor.since,
            (None, StartFrom::Now) => Timestamp::MAX,
            (None, StartFrom::Beginning) => Timestamp::UNIX_EPOCH,
            (None, StartFrom::At(at)) => at,
        };
        let (mut all, mut taken) = (0_u64, 0_usize);
        let mut scan = Maildir::new(path).scan()?;
        loop {
            let entries = scan.next_batch(SCAN_MAX)?;
            if entries.is_empty() {
                break;
            }
            all = all.saturating_add(u64::try_from(entries.len()).unwrap_or(u64::MAX));
            let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
            let known = match self.db {
                Some(db) => journal::known_keys(db, name, folder, &keys).await?,
                None => Vec::new(),
            };
            let fresh = entries
                .iter()
                .filter(|entry| entry.modified >= since && !known.contains(&entry.key))
                .count();
            taken = taken.saturating_add(fresh);
        }
        let mut lines = vec![self.counted(&path.display().to_string(), all, taken)];
        if let Some(sent) = sent {
            lines.push(sent::in_maildir(self.words, &path.join(sent))?);
        }
        Ok(lines)
    }

    fn counted(&self, folder: &str, all: u64, taken: usize) -> String {
        format!(
            "{folder}, {} {all}, {} {taken}",
            self.words.pick("писем", "mails"),
            self.words.pick("будет взято", "to be taken")
        )
    }

    /// Of a server whose password only the service is handed: no fault of the configuration.
    fn untried(&self, title: &str, name: &MailboxName) -> Found {
        let said = self.words.pick(
            "здесь не проверить: пароль передаётся только службе (LoadCredential)",
            "cannot be tried here: only the service is handed the password (LoadCredential)",
        );
        Found {
            words: format!("{title} {name}: {said}"),
            is_well: true,
        }
    }

    async fn relay(&self, name: &MailboxName, relay: &Relay) -> Found {
        let title = self.words.pick("Отправка из ящика", "Sending from mailbox");
        if let Relay::Smtp(account) = relay
            && account
                .login
                .as_ref()
                .is_some_and(|login| !login.is_known())
        {
            return self.untried(title, name);
        }
        let transport = Transport::open(relay, self.tls);
        match transport.connect().await {
            Ok(courier) => {
                courier.quit().await;
                Found {
                    words: format!(
                        "{title} {name}: {}",
                        self.words.pick("можно отправлять", "ready")
                    ),
                    is_well: true,
                }
            }
            Err(fault) => Found {
                words: format!(
                    "{title} {name}: {}: {fault}",
                    self.words.pick("отправить не удастся", "cannot be done")
                ),
                is_well: false,
            },
        }
    }
}
