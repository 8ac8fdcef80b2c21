//! The way out for every mailbox: its queue's `smtp`, else the common one, else its own server.

use std::collections::BTreeMap;

use super::{
    problems::Notes,
    written::{File, Mailbox, Place, Smtp, Way},
};
use crate::{
    desk::policy::QueuePolicy,
    model::{
        account::{Login, Relay, Security, SmtpAccount},
        ids::{MailboxName, QueueName},
    },
};

/// How many connections to a server at once, unless the file says otherwise.
pub(super) const CONNECTIONS_DEFAULT: u32 = 4;

/// The relay of every mailbox.
pub(super) fn resolve(
    file: &File,
    queues: &BTreeMap<QueueName, QueuePolicy>,
    hello: &str,
    notes: &mut Notes,
) -> BTreeMap<MailboxName, Relay> {
    let mut relays = BTreeMap::new();
    for (name, mailbox) in &file.mailboxes {
        let written = of_queues(file, queues, name, notes).or(file.smtp.as_ref());
        let relay = match written {
            Some(smtp) => through(smtp, mailbox, hello),
            None => own_server(mailbox, hello),
        };
        match relay {
            Some(relay) => {
                relays.insert(MailboxName(name.clone()), relay);
            }
            None if matches!(mailbox.source, Some(Place::Maildir(_))) => {
                notes.problem(
                    &mailbox.spot,
                    "mail from this mailbox has no way out; write a table [smtp] with server = \"smtp.uni.test\"",
                );
            }
            // The mailbox has a mistake of its own, which is told already.
            None => {}
        }
    }
    relays
}

/// The `smtp` of the queues that answer from this mailbox. There can be one only: a mail knows its mailbox.
fn of_queues<'f>(
    file: &'f File,
    queues: &BTreeMap<QueueName, QueuePolicy>,
    mailbox: &str,
    notes: &mut Notes,
) -> Option<&'f Smtp> {
    let mut found: Option<(&QueueName, &Smtp)> = None;
    for (name, queue) in queues {
        if queue.mailbox.as_str() != mailbox {
            continue;
        }
        let Some(smtp) = file
            .queues
            .get(name.as_str())
            .and_then(|queue| queue.smtp.as_ref())
        else {
            continue;
        };
        match found {
            None => found = Some((name, smtp)),
            Some((first, _)) => notes.problem(
                &smtp.spot,
                format!(
                    "mail from mailbox \"{mailbox}\" goes out as queue \"{first}\" says already; leave this table out, \
                     or answer from another mailbox"
                ),
            ),
        }
    }
    found.map(|(_, smtp)| smtp)
}

fn through(smtp: &Smtp, mailbox: &Mailbox, hello: &str) -> Option<Relay> {
    match &smtp.way {
        Way::Maildir(path) => Some(Relay::Maildir(path.clone())),
        Way::Server {
            host,
            port,
            security,
            user,
            password,
            connections,
        } => {
            let login = match password {
                Some(password) => Some(Login {
                    username: match user {
                        Some(user) => user.clone(),
                        None => mailbox.address.as_ref()?.value.as_str().to_owned(),
                    },
                    password: password.clone(),
                }),
                // Without protection there is nothing but this machine, which takes mail from its own.
                None if *security == Security::None => None,
                None => own_login(mailbox),
            };
            Some(Relay::Smtp(SmtpAccount {
                host: host.clone(),
                port: *port,
                security: *security,
                login,
                hello: hello.to_owned(),
                connections: *connections,
            }))
        }
    }
}

/// Sending through the server the mailbox is on, with its login (RFC 8314: 465 under TLS; RFC 6409: 587).
fn own_server(mailbox: &Mailbox, hello: &str) -> Option<Relay> {
    let Some(Place::Server(server)) = &mailbox.source else {
        return None;
    };
    Some(Relay::Smtp(SmtpAccount {
        host: server.host.clone(),
        port: match server.security {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::None => 25,
        },
        security: server.security,
        login: match server.security {
            Security::Tls | Security::StartTls => Some(own_login(mailbox)?),
            Security::None => None,
        },
        hello: hello.to_owned(),
        connections: CONNECTIONS_DEFAULT,
    }))
}

fn own_login(mailbox: &Mailbox) -> Option<Login> {
    let Some(Place::Server(server)) = &mailbox.source else {
        return None;
    };
    let username = match &server.user {
        Some(user) => user.clone(),
        None => mailbox.address.as_ref()?.value.as_str().to_owned(),
    };
    Some(Login {
        username,
        password: server.password.clone(),
    })
}
