//! A mailbox and a queue in plain words: what `okno check` prints of them.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::{Config, StartFrom, hours_in_words},
    desk::{
        calendar::Calendar,
        policy::{MailboxPolicy, Mode, QueuePolicy},
    },
    model::{
        account::{Login, Relay, Security, ServerAction, Source},
        ids::{MailboxName, QueueName},
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
    if let Some(settings) = config.mailboxes.get(name) {
        lines.extend(source(&settings.source, language));
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

/// The queue: who answers, from which address, through which server, by when.
#[must_use]
pub fn queue(
    config: &Config,
    name: &QueueName,
    queue: &QueuePolicy,
    now: Timestamp,
) -> Vec<String> {
    let language = config.policy.language;
    let people: Vec<String> = queue
        .agents
        .iter()
        .filter_map(|agent| config.policy.agents.get(agent))
        .map(|agent| format!("{} <{}>", agent.name, agent.address))
        .collect();
    let people = match (people.is_empty(), language) {
        (false, _) => people.join(", "),
        (true, Language::Ru) => "никто не назначен".to_owned(),
        (true, Language::En) => "nobody is named".to_owned(),
    };
    let address = config
        .policy
        .mailboxes
        .get(&queue.mailbox)
        .map_or("", |mailbox| mailbox.address.as_str());
    let way = config
        .relays
        .get(&queue.mailbox)
        .map(|relay| relay_in_words(relay, language))
        .unwrap_or_default();
    let hours = hours_in_words(&queue.calendar, language);
    let (zone, prefix, title) = (&queue.calendar.zone_name, &queue.prefix, &queue.title);
    let mut lines = match language {
        Language::Ru => vec![
            format!("Очередь {name}: «{title}»"),
            format!("  Отвечают: {people}"),
            format!("  С адреса: {address}, {way}"),
            format!("  Номер в теме: [{prefix}-1042-K7Q4]"),
            format!("  Часы работы: {hours} ({zone})"),
        ],
        Language::En => vec![
            format!("Queue {name}: \"{title}\""),
            format!("  Who answers: {people}"),
            format!("  From: {address}, {way}"),
            format!("  Number in the subject: [{prefix}-1042-K7Q4]"),
            format!("  Hours: {hours} ({zone})"),
        ],
    };
    lines.extend(promise(config, name, queue, now));
    lines.push(closing(queue, language));
    lines
}

/// By when, and what a mail that comes now is told.
fn promise(config: &Config, name: &QueueName, queue: &QueuePolicy, now: Timestamp) -> Vec<String> {
    let language = config.policy.language;
    let Some(seconds) = queue.target_secs else {
        return vec![match language {
            Language::Ru => "  Срок решения не задан: дата никому не обещается".to_owned(),
            Language::En => "  There is no target: nobody is promised a date".to_owned(),
        }];
    };
    let target = SignedDuration::from_secs(seconds);
    let minutes = target.as_mins();
    let (hours, rest) = (minutes.div_euclid(60), minutes.rem_euclid(60));
    let (hour, minute) = match language {
        Language::Ru => ("ч", "мин"),
        Language::En => ("h", "min"),
    };
    let length = match (hours, rest) {
        (0, rest) => format!("{rest} {minute}"),
        (hours, 0) => format!("{hours} {hour}"),
        (hours, rest) => format!("{hours} {hour} {rest} {minute}"),
    };
    let length = match (queue.calendar.is_always_open(), language) {
        (true, Language::Ru) => format!("{length}, круглосуточно"),
        (true, Language::En) => format!("{length} around the clock"),
        (false, Language::Ru) => format!("{length} рабочего времени"),
        (false, Language::En) => format!("{length} of business time"),
    };
    let Some(due) = queue.calendar.add(now, target) else {
        return vec![match language {
            Language::Ru => format!(
                "  Срок решения: {length}. При таких часах это больше десяти лет: дата не обещается"
            ),
            Language::En => format!(
                "  Target: {length}. With these hours that is beyond ten years: no date is promised"
            ),
        }];
    };
    let due = date(due, &queue.calendar, language);
    let is_silent = config
        .policy
        .mailboxes
        .values()
        .filter(|mailbox| mailbox.queue == *name)
        .all(|mailbox| mailbox.mode == Mode::Observe);
    let now_told = match (is_silent, language) {
        (false, Language::Ru) => {
            format!("  На письмо, пришедшее сейчас, обещаем решение до: {due}")
        }
        (false, Language::En) => format!("  A mail that comes now is promised a solution by {due}"),
        (true, Language::Ru) => {
            format!(
                "  На письмо, пришедшее сейчас, срок был бы: {due}; в режиме observe об этом никто не узнает"
            )
        }
        (true, Language::En) => {
            format!("  A mail that comes now would be due by {due}; in mode observe nobody is told")
        }
    };
    let target = match language {
        Language::Ru => format!("  Срок решения: {length}"),
        Language::En => format!("  Target: {length}"),
    };
    vec![target, now_told]
}

fn closing(queue: &QueuePolicy, language: Language) -> String {
    let days = queue.confirm_days;
    let is_always_open = queue.calendar.is_always_open();
    match language {
        Language::Ru => {
            let is_one = days % 10 == 1 && days % 100 != 11;
            let is_few = (2..=4).contains(&(days % 10)) && !(12..=14).contains(&(days % 100));
            let words = match (is_one, is_few, is_always_open) {
                (true, _, true) => "день",
                (true, _, false) => "рабочий день",
                (_, true, true) => "дня",
                (_, true, false) => "рабочих дня",
                (_, _, true) => "дней",
                (_, _, false) => "рабочих дней",
            };
            format!("  Если после решения заявитель молчит {days} {words}, обращение закрывается")
        }
        Language::En => {
            let kind = if is_always_open { "" } else { "working " };
            let plural = if days == 1 { "" } else { "s" };
            format!("  Silence of {days} {kind}day{plural} after a solution closes the ticket")
        }
    }
}

fn relay_in_words(relay: &Relay, language: Language) -> String {
    match relay {
        Relay::Maildir(path) => match language {
            Language::Ru => format!("в папки под {}", path.display()),
            Language::En => format!("into folders under {}", path.display()),
        },
        Relay::Smtp(account) => {
            let server = server(&account.host, account.port, account.security, language);
            match (&account.login, language) {
                (Some(Login { username, .. }), Language::Ru) => {
                    format!("через {server}, вход: {username}")
                }
                (Some(Login { username, .. }), Language::En) => {
                    format!("through {server}, login: {username}")
                }
                (None, Language::Ru) => format!("через {server}, без входа"),
                (None, Language::En) => format!("through {server}, without a login"),
            }
        }
    }
}

fn server(host: &str, port: u16, security: Security, language: Language) -> String {
    let security = match (security, language) {
        (Security::Tls, _) => "TLS",
        (Security::StartTls, _) => "STARTTLS",
        (Security::None, Language::Ru) => "без TLS, на этой же машине",
        (Security::None, Language::En) => "no TLS, on this machine",
    };
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    };
    format!("{host}:{port} ({security})")
}

/// An instant in words: `вторник, 24 ноября 2026, 15:00 (Europe/Moscow)`.
fn date(at: Timestamp, calendar: &Calendar, language: Language) -> String {
    let at = at.to_zoned(calendar.zone().clone());
    let zone = &calendar.zone_name;
    match language {
        Language::En => format!("{} ({zone})", at.strftime("%A, %-d %B %Y, %H:%M")),
        Language::Ru => {
            let weekday = match at.weekday() {
                jiff::civil::Weekday::Monday => "понедельник",
                jiff::civil::Weekday::Tuesday => "вторник",
                jiff::civil::Weekday::Wednesday => "среда",
                jiff::civil::Weekday::Thursday => "четверг",
                jiff::civil::Weekday::Friday => "пятница",
                jiff::civil::Weekday::Saturday => "суббота",
                jiff::civil::Weekday::Sunday => "воскресенье",
            };
            let months = [
                "января",
                "февраля",
                "марта",
                "апреля",
                "мая",
                "июня",
                "июля",
                "августа",
                "сентября",
                "октября",
                "ноября",
                "декабря",
            ];
            let index = usize::try_from(at.month()).unwrap_or(1).saturating_sub(1);
            let month = months.get(index).copied().unwrap_or_default();
            let (day, year) = (at.day(), at.year());
            format!(
                "{weekday}, {day} {month} {year}, {} ({zone})",
                at.strftime("%H:%M")
            )
        }
    }
}
