//! A mailbox in plain words.

use super::{date, intake::intake, server};
use crate::{
    config::{Config, StartFrom},
    desk::{
        calendar::Calendar,
        policy::{ListMail, MailboxPolicy, Mode, OnFull},
    },
    model::{
        account::{SENT_BY_USE, ServerAction, Source},
        ids::MailboxName,
        language::Language,
    },
};

/// The mailbox: where it is, what okno does with it, what happens to older mail.
#[must_use]
pub fn mailbox(config: &Config, name: &MailboxName, mailbox: &MailboxPolicy) -> Vec<String> {
    let language = config.policy.language;
    let mut addresses = vec![mailbox.address.to_string()];
    addresses.extend(mailbox.aliases.iter().map(ToString::to_string));
    let addresses = addresses.join(", ");
    let title = config
        .policy
        .queues
        .get(&mailbox.queue)
        .map_or("", |queue| queue.title.as_str());
    let mut lines = match language {
        Language::Ru => vec![
            format!("Ящик {name}: {addresses}"),
            format!("  Письма попадают в очередь «{title}» ({})", mailbox.queue),
        ],
        Language::En => vec![
            format!("Mailbox {name}: {addresses}"),
            format!(
                "  Its mail goes to the queue \"{title}\" ({})",
                mailbox.queue
            ),
        ],
    };
    lines.push(format!("  {}", mode(mailbox.mode, language)));
    if mailbox.mode < Mode::Full {
        lines.push(on_full(mailbox.on_full, language).to_owned());
    }
    lines.extend(intake(mailbox, language));
    lines.extend(list_mail(mailbox.list_mail, language).map(str::to_owned));
    if mailbox.plus_addresses {
        let (local, domain) = (mailbox.address.local(), mailbox.address.domain());
        lines.push(match language {
            Language::Ru => format!(
                "  Адрес для ответа у каждого свой ({local}+…@{domain}): сервер обязан принимать такие письма в этот ящик"
            ),
            Language::En => format!(
                "  Everybody gets a reply address of their own ({local}+…@{domain}): the server must take such mail into \
                 this mailbox"
            ),
        });
    }
    if let Some(settings) = config.mailboxes.get(name) {
        lines.extend(source(&settings.source, language));
        lines.extend(mailbox.sent.as_deref().map(|folder| sent(folder, language)));
        if mailbox.append_sent {
            lines.push(match language {
                Language::Ru => "  Копии своих писем заявителям okno кладёт туда же".to_owned(),
                Language::En => {
                    "  Copies of what okno sends requesters are put there, too".to_owned()
                }
            });
        }
        let zone = config.zones.get(&config.policy.zone);
        let since = match (settings.start_from, zone) {
            (StartFrom::At(at), Some(zone)) => Some(date(
                at,
                &Calendar::always(config.policy.zone.clone(), zone.clone()),
                language,
            )),
            (StartFrom::At(at), None) => Some(at.to_string()),
            (StartFrom::Now | StartFrom::Beginning, _) => None,
        };
        lines.push(older(settings.start_from, since.as_deref(), language));
    }
    lines
}

/// What is watched besides the inbox.
fn sent(folder: &str, language: Language) -> String {
    match (language, folder) {
        (Language::Ru, SENT_BY_USE) => {
            "  Ответы из общего ящика видны в папке отправленных (какая это, говорит сервер) и учитываются".to_owned()
        }
        (Language::En, SENT_BY_USE) => {
            "  Answers from the shared mailbox are seen in the folder of sent mail (the server says which) and count"
                .to_owned()
        }
        (Language::Ru, name) => {
            format!("  Ответы из общего ящика видны в папке «{name}» и учитываются")
        }
        (Language::En, name) => {
            format!("  Answers from the shared mailbox are seen in the folder \"{name}\" and count")
        }
    }
}

/// What comes with mode `full`.
const fn on_full(on_full: OnFull, language: Language) -> &'static str {
    match (on_full, language) {
        (OnFull::List, Language::Ru) => {
            "  Когда режим станет full, сотрудники получат одно письмо со списком обращений, которые к тому дню не решены"
        }
        (OnFull::List, Language::En) => {
            "  When the mode becomes full, the agents get one letter that lists the tickets not solved by then"
        }
        (OnFull::Close, Language::Ru) => {
            "  Когда режим станет full, обращения, которые к тому дню не решены, закроются без писем"
        }
        (OnFull::Close, Language::En) => {
            "  When the mode becomes full, the tickets not solved by then are closed, and nobody is written to"
        }
    }
}

const fn mode(mode: Mode, language: Language) -> &'static str {
    match (mode, language) {
        (Mode::Observe, Language::Ru) => {
            "Режим observe: письма читаются и регистрируются; никому ничего не отправляется, на сервере ничего не \
             меняется"
        }
        (Mode::Observe, Language::En) => {
            "Mode observe: mail is read and registered; nobody is sent anything, nothing changes on the server"
        }
        (Mode::Acknowledge, Language::Ru) => {
            "Режим acknowledge: заявители получают подтверждение с номером; сотрудники работают в ящике как прежде"
        }
        (Mode::Acknowledge, Language::En) => {
            "Mode acknowledge: requesters get a confirmation with a number; agents work in the mailbox as before"
        }
        (Mode::Full, Language::Ru) => {
            "Режим full: заявители получают подтверждение, сотрудники — карточки, а их ответы уходят заявителям"
        }
        (Mode::Full, Language::En) => {
            "Mode full: requesters get a confirmation, agents get cards, and their replies go to the requesters"
        }
    }
}

/// Nothing where it is as everywhere.
const fn list_mail(list_mail: ListMail, language: Language) -> Option<&'static str> {
    match (list_mail, language) {
        (ListMail::Aside, _) => None,
        (ListMail::Ticket, Language::Ru) => Some(
            "  Письма из списков рассылки открывают обращения (list_mail = \"ticket\"); участвует в них каждый, кто пишет \
             в список; подтверждений он не получает",
        ),
        (ListMail::Ticket, Language::En) => Some(
            "  Mail of mailing lists opens tickets (list_mail = \"ticket\"); whoever writes to the list takes part in \
             them and gets no confirmation",
        ),
    }
}

fn source(source: &Source, language: Language) -> Vec<String> {
    match source {
        Source::Maildir { path } => vec![match language {
            Language::Ru => format!("  Читается папка Maildir {}", path.display()),
            Language::En => format!("  Read from the Maildir {}", path.display()),
        }],
        Source::Imap {
            account,
            folders,
            after,
        } => {
            let server = server(&account.host, account.port, account.security, language);
            let (user, folders) = (&account.login.username, folders.join(", "));
            let read = match language {
                Language::Ru => format!("  Читается с {server}, вход: {user}; папки: {folders}"),
                Language::En => format!("  Read from {server}, login: {user}; folders: {folders}"),
            };
            let then = match (after, language) {
                (None, Language::Ru) => "  Принятые письма остаются на сервере как есть".to_owned(),
                (None, Language::En) => {
                    "  Mail that is taken stays on the server as it is".to_owned()
                }
                (Some(ServerAction::Move(to)), Language::Ru) => {
                    format!("  Принятые письма переносятся в папку «{to}»")
                }
                (Some(ServerAction::Move(to)), Language::En) => {
                    format!("  Mail that is taken is moved to the folder \"{to}\"")
                }
                (Some(ServerAction::Keyword(word)), Language::Ru) => {
                    format!("  Принятые письма помечаются словом {word}")
                }
                (Some(ServerAction::Keyword(word)), Language::En) => {
                    format!("  Mail that is taken gets the keyword {word}")
                }
            };
            vec![read, then]
        }
    }
}

fn older(start_from: StartFrom, since: Option<&str>, language: Language) -> String {
    let since = since.unwrap_or_default();
    match (start_from, language) {
        (StartFrom::Now, Language::Ru) => {
            "  Письма, которые уже лежат в ящике при первом запуске, не регистрируются".to_owned()
        }
        (StartFrom::Now, Language::En) => {
            "  Mail that is there already at the first start is not registered".to_owned()
        }
        (StartFrom::Beginning, Language::Ru) => {
            "  Внимание: регистрируются и все старые письма (start_from = \"beginning\")".to_owned()
        }
        (StartFrom::Beginning, Language::En) => {
            "  Mind: all older mail is registered too (start_from = \"beginning\")".to_owned()
        }
        (StartFrom::At(_), Language::Ru) => {
            format!("  Регистрируются письма, пришедшие не раньше: {since}")
        }
        (StartFrom::At(_), Language::En) => {
            format!("  Mail is registered that arrived no earlier than {since}")
        }
    }
}
