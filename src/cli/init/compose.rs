//! Answers become a commented configuration.

use std::path::PathBuf;

use crate::{desk::policy::Mode, model::language::Language};

/// What the configuration is made of.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The language of the comments, and of the house.
    pub language: Language,
    /// Who is told when something is wrong.
    pub administrator: String,
    /// The mailbox's address.
    pub address: String,
    /// Its IMAP server.
    pub server: String,
    /// The name to log in with.
    pub user: String,
    /// The file with its password.
    pub password_file: PathBuf,
    /// How far okno may act.
    pub mode: Mode,
    /// The queue's name for people.
    pub queue_title: String,
    /// When the team works, as the configuration says it.
    pub hours: String,
    /// The built-in holidays it keeps; `None`: none.
    pub holidays: Option<String>,
    /// The agent's name for people.
    pub agent_name: String,
    /// The agent's address.
    pub agent_address: String,
}

/// A name for the configuration from an address: the Latin letters and digits before its `@`.
pub(super) fn name_of(address: &str, otherwise: &str) -> String {
    let local = address.split('@').next().unwrap_or_default();
    let name: String = local
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(20)
        .collect();
    if name.is_empty() {
        return otherwise.to_owned();
    }
    name.to_ascii_lowercase()
}

/// A text as TOML writes it, in quotes.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The answers as they stand in the file: texts in quotes, names bare.
struct Words {
    name: String,
    agent: String,
    administrator: String,
    address: String,
    mode: &'static str,
    server: String,
    /// The whole line, or nothing where the name to log in with is the address.
    user: String,
    password: String,
    title: String,
    hours: String,
    /// The whole line, or one that says how to have holidays.
    holidays: String,
    agent_name: String,
    agent_address: String,
}

/// The configuration, commented in the language of the answers.
#[must_use]
pub fn compose(answers: &Answers) -> String {
    let user = if answers.user == answers.address {
        String::new()
    } else {
        format!("user = {}\n", quoted(&answers.user))
    };
    let words = Words {
        name: name_of(&answers.address, "main"),
        agent: name_of(&answers.agent_address, "agent"),
        administrator: quoted(&answers.administrator),
        address: quoted(&answers.address),
        mode: answers.mode.code(),
        server: quoted(&answers.server),
        user,
        password: quoted(&answers.password_file.display().to_string()),
        title: quoted(&answers.queue_title),
        hours: quoted(&answers.hours),
        holidays: match &answers.holidays {
            Some(known) => format!("holidays = {}", quoted(known)),
            None => "#holidays = \"ru\"".to_owned(),
        },
        agent_name: quoted(&answers.agent_name),
        agent_address: quoted(&answers.agent_address),
    };
    match answers.language {
        Language::Ru => in_russian(&words),
        Language::En => in_english(&words),
    }
}

fn in_russian(words: &Words) -> String {
    let Words {
        name,
        agent,
        administrator,
        address,
        mode,
        server,
        user,
        password,
        title,
        hours,
        holidays,
        agent_name,
        agent_address,
    } = words;
    format!(
            "# Настройки okno. Проверить: okno check --config ФАЙЛ. Все ключи с пояснениями — в okno.example.toml.

# Кому писать о неполадках.
administrator = {administrator}
language = \"ru\"
# Часовой пояс.
time_zone = \"Europe/Moscow\"

# Ящик, письма которого становятся обращениями.
[mailbox.{name}]
address = {address}
# observe: только читать и регистрировать, никому ничего не отправлять, на сервере ничего не менять;
# acknowledge: ещё и подтверждать обращения; full: всё, с карточками сотрудникам и ответами заявителям.
mode = \"{mode}\"
server = {server}
{user}# Пароль — одной строкой в отдельном файле, доступном только okno (chmod 600).
password = {{ file = {password} }}
# Старые письма не трогаются. Чтобы начать с даты: start_from = 2026-11-01

# Очередь: кто отвечает.
[queue.{name}]
title = {title}
agents = [\"{agent}\"]
calendar = \"office\"
# Срок решения в рабочих часах. Без срока дата никому не обещается.
#target = \"16 h\"

# Когда работают: часы и праздники.
[calendar.office]
hours = {hours}
# \"ru\" — производственный календарь России с короткими днями и переносами; свои дни: days = [\"2026-12-31 off\"].
# Рабочие дни по месяцам покажет okno calendar show.
{holidays}

# Сотрудник: имя видят заявители, на адрес приходят карточки, с него же принимаются ответы.
[agent.{agent}]
name = {agent_name}
address = {agent_address}
"

    )
}

fn in_english(words: &Words) -> String {
    let Words {
        name,
        agent,
        administrator,
        address,
        mode,
        server,
        user,
        password,
        title,
        hours,
        holidays,
        agent_name,
        agent_address,
    } = words;
    format!(
            "# The configuration of okno. Check it: okno check --config FILE. Every key is explained in okno.example.toml.

# Who is told when something is wrong.
administrator = {administrator}
language = \"en\"
# The time zone.
time_zone = \"Europe/Moscow\"

# The mailbox whose mail becomes tickets.
[mailbox.{name}]
address = {address}
# observe: only read and register, send nobody anything, change nothing on the server;
# acknowledge: also confirm requests; full: everything, with cards for agents and answers for requesters.
mode = \"{mode}\"
server = {server}
{user}# The password stands alone, on one line, in a file that only okno can read (chmod 600).
password = {{ file = {password} }}
# Older mail is left alone. To start from a date: start_from = 2026-11-01

# The queue: who answers.
[queue.{name}]
title = {title}
agents = [\"{agent}\"]
calendar = \"office\"
# The time to solve in business hours. Without a target nobody is promised a date.
#target = \"16 h\"

# When they work: hours and holidays.
[calendar.office]
hours = {hours}
# \"ru\" is the production calendar of Russia with short days and moved days off; days of your own:
# days = [\"2026-12-31 off\"]. Working days by month: okno calendar show.
{holidays}

# The agent: requesters see the name; cards go to the address, and answers are taken from it.
[agent.{agent}]
name = {agent_name}
address = {agent_address}
"

    )
}
