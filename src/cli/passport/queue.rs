//! A queue in plain words.

use jiff::Timestamp;

use super::{
    super::{calendar, words::Words},
    asking, chain, promise, server, sharing,
};
use crate::{
    config::Config,
    desk::{
        command::{Verb, Wish},
        policy::QueuePolicy,
        worklist,
    },
    model::{
        account::{Login, Relay},
        ids::QueueName,
        language::{Language, russian_form},
    },
};

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
    let hours = queue.calendar.words(language);
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
    lines.extend(sharing::lines(config, queue));
    lines.extend(super::allow::allow(config, queue));
    lines.extend(holidays(queue, &Words::of(config), now));
    lines.extend(promise::lines(config, name, queue, now));
    lines.extend(super::reviews::of_queue(config, name, queue));
    lines.push(closing(queue, language));
    lines.push(comparing(queue, language));
    lines.push(commands(queue, language));
    lines.extend(wishes(queue, language));
    lines.extend(urgency(queue, language));
    lines.extend(kb_hits(queue, language));
    lines.extend(nps(queue, language));
    lines.extend(confidential(queue, language));
    lines.extend(handover(queue, language));
    lines.extend(group(queue, language));
    lines.extend(crossing(queue, language));
    lines.extend(digest(queue, language));
    lines.extend(head(config, queue));
    lines.extend(chain::lines(config, queue));
    lines.extend(asking::lines(config, name, queue));
    lines
}

/// Who decides what its agents may not, and when they hear of it.
fn head(config: &Config, queue: &QueuePolicy) -> Option<String> {
    let head = config.policy.agents.get(queue.head.as_ref()?)?;
    let at = worklist::list_time(queue, queue.head.as_ref()?)?;
    let (who, at) = (
        format!("{} <{}>", head.name, head.address),
        at.strftime("%H:%M"),
    );
    Some(match config.policy.language {
        Language::Ru => {
            format!(
                "  Руководитель: {who}: решает о переносах и статьях, узнаёт об оценках (список в {at}), об экстренных — сразу"
            )
        }
        Language::En => {
            format!(
                "  In charge: {who}: decides on moved dates and articles, hears of low ratings (a list at {at}), of emergencies at once"
            )
        }
    })
}

/// Until when holidays are known, and that this ends soon.
fn holidays(queue: &QueuePolicy, words: &Words, now: Timestamp) -> Vec<String> {
    if queue.calendar.known_until.is_none() {
        return Vec::new();
    }
    let mut lines = vec![format!("  {}", calendar::known(&queue.calendar, words))];
    lines.extend(queue.calendar.runs_out(now).map(|_| {
        words
            .pick(
                "  Внимание: календарь кончается, добавьте следующий год (okno calendar import)",
                "  Attention: the calendar runs out, add the next year (okno calendar import)",
            )
            .to_owned()
    }));
    lines
}

/// Whether words make a request urgent, and how often.
fn urgency(queue: &QueuePolicy, language: Language) -> Option<String> {
    let limit = queue.urgency_limit;
    queue.urgency.as_ref().map(|_| match language {
        Language::Ru => format!(
            "  «Срочно» в теме или в начале письма делает обращение срочным; от одного заявителя не больше {limit} в месяц"
        ),
        Language::En => format!(
            "  \"Urgent\" in the subject or at the beginning makes a request urgent; at most {limit} a month of one requester"
        ),
    })
}

/// Where what nobody is responsible for is sent, if not to each agent.
fn group(queue: &QueuePolicy, language: Language) -> Option<String> {
    let group = queue.group.as_ref()?;
    Some(match language {
        Language::Ru => format!("  Карточки свободных обращений: одним письмом на {group}"),
        Language::En => format!("  Cards of tickets that nobody has taken: one mail to {group}"),
    })
}

/// How long after a colleague's answer another is held.
fn crossing(queue: &QueuePolicy, language: Language) -> Option<String> {
    let minutes = queue.crossing_minutes;
    let several = queue.agents.len() > 1 && minutes > 0;
    several.then(|| match language {
        Language::Ru => format!("  Если коллега ответил меньше чем за {minutes} мин до этого, второй ответ ждёт слова «отправить»"),
        Language::En => format!(
            "  If a colleague answered less than {minutes} min before, a second answer waits for the word \"send\""
        ),
    })
}

/// When agents get their work lists.
fn digest(queue: &QueuePolicy, language: Language) -> Option<String> {
    let time = queue.digest?.strftime("%-H:%M");
    Some(match language {
        Language::Ru => {
            format!("  Сотрудники получают список дел в {time} по дням с рабочими часами")
        }
        Language::En => {
            format!("  Agents get a work list at {time} on days with business hours")
        }
    })
}

/// Whether acknowledgements show articles.
fn kb_hits(queue: &QueuePolicy, language: Language) -> Option<String> {
    let words = match language {
        Language::Ru => "  Подтверждения показывают статьи базы знаний, которые наверняка отвечают",
        Language::En => "  Acknowledgements show articles of the knowledge base that surely answer",
    };
    queue.kb_hits.then(|| words.to_owned())
}

/// How many are asked whether they would recommend it.
fn nps(queue: &QueuePolicy, language: Language) -> Option<String> {
    let share = queue.nps;
    (share > 0).then(|| match language {
        Language::Ru => {
            format!(
                "  Раз в квартал спрашивают {share} % заявителей, посоветуют ли они эту очередь"
            )
        }
        Language::En => {
            format!(
                "  Once a quarter {share} % of requesters are asked whether they would recommend it"
            )
        }
    })
}

/// Whether its tickets are shown to nobody else.
fn confidential(queue: &QueuePolicy, language: Language) -> Option<String> {
    let words = match language {
        Language::Ru => {
            "  Конфиденциальная: сотрудникам других очередей её обращения не показывают"
        }
        Language::En => "  Confidential: its tickets are not shown to agents of other queues",
    };
    queue.confidential.then(|| words.to_owned())
}

/// Whether agents may bring other people's requests.
fn handover(queue: &QueuePolicy, language: Language) -> Option<String> {
    let words = match language {
        Language::Ru => {
            "  Сотрудники могут пересылать сюда личные письма и записывать звонки («От: ivanov@…»): обращение того, кто просит"
        }
        Language::En => {
            "  Agents may forward personal mails here and write down calls (\"From: ivanov@...\"): the request is the asker's"
        }
    };
    queue.handover.then(|| words.to_owned())
}

/// What requesters may ask for with one word, where the queue has switched anything on.
fn wishes(queue: &QueuePolicy, language: Language) -> Option<String> {
    let words: Vec<&str> = Wish::ALL
        .into_iter()
        .filter(|wish| queue.wishes.contains(wish))
        .map(|wish| wish.word(language))
        .collect();
    let words = Some(words.join(", ")).filter(|words| !words.is_empty())?;
    Some(match language {
        Language::Ru => format!("  Заявители могут попросить одним словом: {words}"),
        Language::En => format!("  Requesters may ask with one word: {words}"),
    })
}

/// What the agents may say, besides answering.
fn commands(queue: &QueuePolicy, language: Language) -> String {
    let verbs = Verb::all().filter(|verb| queue.is_on(*verb));
    let words: Vec<&str> = verbs.map(|verb| verb.word(language)).collect();
    match language {
        Language::Ru => format!("  Команды сотрудников: {}", words.join(", ")),
        Language::En => format!("  Agents' commands: {}", words.join(", ")),
    }
}

/// With what a new ticket is compared.
fn comparing(queue: &QueuePolicy, language: Language) -> String {
    match (queue.repeat_days, language) {
        (0, Language::Ru) => "  Повторы не ищутся".to_owned(),
        (0, Language::En) => "  Repeats are not looked for".to_owned(),
        (days, Language::Ru) => format!(
            "  Новое обращение сравнивается с открытыми и с решёнными не раньше чем {days} {} назад",
            russian_form(days.into(), ["день", "дня", "дней"])
        ),
        (days, Language::En) => {
            let plural = if days == 1 { "" } else { "s" };
            format!(
                "  A new ticket is compared with those open or solved within {days} day{plural}"
            )
        }
    }
}

fn closing(queue: &QueuePolicy, language: Language) -> String {
    let days = queue.confirm_days;
    let is_always_open = queue.calendar.is_always_open();
    match language {
        Language::Ru => {
            let words = match is_always_open {
                true => ["день", "дня", "дней"],
                false => ["рабочий день", "рабочих дня", "рабочих дней"],
            };
            let words = russian_form(days.into(), words);
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
