//! A decision that was only tried, in words.

use jiff::tz::TimeZone;

use super::super::{
    explain::ground::ground,
    words::{Words, line, named},
};
use crate::{
    config::Config,
    desk::sla::at_in_words,
    desk::{arrival::Arrival, decision::Decision, reason::Reason},
    model::{
        classification::Property,
        clock::ClockKind,
        event::{Event, EventData, Stream},
        ids::{AgentName, QueueName, TicketNumber},
        language::Language,
    },
};

/// What would happen, line by line.
pub(super) fn lines(
    decision: &Decision,
    (arrival, config): (&Arrival, &Config),
    words: &Words,
) -> Vec<String> {
    let mail = &arrival.reading.message;
    let nobody = words.pick("никого", "nobody").to_owned();
    let from = mail.from.as_ref().map_or(nobody, named);
    let subject = line(mail.subject.as_deref().unwrap_or_default());
    let mut lines = vec![
        format!("{}: {from}", words.pick("Письмо от", "A mail from")),
        format!("{}: {subject}", words.pick("Тема", "Subject")),
        format!("{}: {}", words.pick("Ящик", "Mailbox"), arrival.mailbox),
        format!(
            "{}: {}",
            words.pick("Пришло", "It came"),
            came(arrival, config, words)
        ),
    ];
    let trust = decision.facts.get("trust").and_then(|code| code.as_str());
    lines.extend(trust.map(|code| {
        let said = words.pick("Отправитель", "Its sender");
        format!("{said}: {}", ground(code, words))
    }));
    lines.push(String::new());
    lines.push(outcome(decision, words));
    for number in decision.tickets() {
        lines.extend(ticket(decision, number, config, words));
    }
    lines.push(String::new());
    lines.push(acknowledgement(decision, words));
    lines.extend(others_written_to(decision, words));
    lines
}

/// When it came, by the hours of the mailbox's queue.
fn came(arrival: &Arrival, config: &Config, words: &Words) -> String {
    let policy = &config.policy;
    let mailbox = policy.mailboxes.get(&arrival.mailbox);
    let queue = mailbox.and_then(|mailbox| policy.queues.get(&mailbox.queue));
    let zone = queue.map_or(TimeZone::UTC, |queue| queue.calendar.zone().clone());
    at_in_words(arrival.at, &zone, words.language)
}

/// What becomes of it, and why.
fn outcome(decision: &Decision, words: &Words) -> String {
    let has = |is: fn(&EventData) -> bool| decision.events.iter().any(|event| is(&event.data));
    let what = if decision.quarantine.is_some() {
        words.pick("В карантин", "Quarantined")
    } else if has(|data| matches!(data, EventData::TicketOpened(_))) {
        words.pick("Открывается обращение", "A ticket is opened")
    } else if has(|data| matches!(data, EventData::SetAside)) {
        words.pick("Отложено, обращения нет", "Put aside, no ticket")
    } else if has(|data| matches!(data, EventData::MessageJoined { .. })) {
        words.pick("Присоединяется к обращению", "Joins a ticket")
    } else {
        words.pick("Обращения нет", "No ticket")
    };
    format!("{what}. {}", decision.reason.words(words.language))
}

/// What is known of one ticket.
fn ticket(
    decision: &Decision,
    number: TicketNumber,
    config: &Config,
    words: &Words,
) -> Vec<String> {
    let events = decision
        .events
        .iter()
        .filter(|event| event.stream == Stream::Ticket(number));
    let mut lines = Vec::new();
    let mut zone = TimeZone::UTC;
    for event in events {
        if let EventData::TicketOpened(new) = &event.data {
            let queue = config.policy.queues.get(&new.queue);
            zone = queue.map_or(TimeZone::UTC, |queue| queue.calendar.zone().clone());
            lines.push(String::new());
            lines.push(queue_line(&new.queue, config, words));
        }
        lines.extend(happened(event, (config, &zone), words));
    }
    lines
}

fn queue_line(name: &QueueName, config: &Config, words: &Words) -> String {
    let queue = config.policy.queues.get(name);
    let title = queue.map_or("", |queue| queue.title.as_str());
    format!("{}: «{title}» ({name})", words.pick("Очередь", "Queue"))
}

/// One thing that would happen to it, and why; nothing where nobody need know.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest is of no interest to whoever tries rules"
)]
fn happened(event: &Event, (config, zone): (&Config, &TimeZone), words: &Words) -> Option<String> {
    let why = Reason::words_of(&event.reason, words.language);
    let said = match &event.data {
        EventData::RuleApplied { rule } => {
            return Some(format!(
                "  {}: «{}»",
                words.pick("Правило", "Rule"),
                line(rule)
            ));
        }
        EventData::Classified { property } => {
            let (said, value) = match property {
                Property::Class(class) => (words.pick("Класс", "Class"), words.class(*class)),
                Property::Priority(priority) => (
                    words.pick("Приоритет", "Priority"),
                    words.priority(*priority),
                ),
                Property::Category(category) => {
                    (words.pick("Категория", "Category"), category.as_str())
                }
                Property::Cause(cause) => (words.pick("Причина", "Cause"), cause.as_str()),
                Property::Tag(tag) => (words.pick("Метка", "Tag"), tag.as_str()),
            };
            format!("{said}: {}", line(value))
        }
        EventData::Assigned { agent } => {
            format!(
                "{}: {}",
                words.pick("Отвечает", "Answered by"),
                agent_name(agent, config)
            )
        }
        EventData::UrgencyDenied { .. } => words.pick("Не срочное", "Not urgent").to_owned(),
        EventData::ClockStarted { clock, due_at, .. } => {
            let what = match clock {
                ClockKind::FirstResponse => words.pick("Первый ответ до", "First answer by"),
                ClockKind::NextResponse => words.pick("Следующий ответ до", "Next answer by"),
                ClockKind::Update => words.pick("Известие о ходе работы до", "News of the work by"),
                ClockKind::Resolution => words.pick("Решение до", "Solution by"),
            };
            return Some(format!(
                "  {what}: {}",
                at_in_words(*due_at, zone, words.language)
            ));
        }
        _ => return None,
    };
    Some(format!("  {said}. {why}"))
}

fn agent_name(agent: &AgentName, config: &Config) -> String {
    let known = config.policy.agents.get(agent);
    known.map_or_else(|| agent.to_string(), |agent| agent.name.clone())
}

/// Whether the author is told, and if not, why.
fn acknowledgement(decision: &Decision, words: &Words) -> String {
    let said = words.pick("Подтверждение автору", "Acknowledgement");
    let sent = decision
        .mails
        .iter()
        .find(|queued| queued.mail.body.template() == "acknowledgement");
    if sent.is_some() {
        return format!("{said}: {}", words.pick("да", "yes"));
    }
    let withheld = decision.events.iter().find(|event| {
        matches!(&event.data, EventData::MailWithheld { template, .. } if template == "acknowledgement")
    });
    let no = words.pick("нет", "no");
    match withheld {
        Some(event) => {
            let why = Reason::words_of(&event.reason, words.language);
            format!("{said}: {no}. {why}")
        }
        None => format!("{said}: {no}"),
    }
}

/// Who else is written to.
fn others_written_to(decision: &Decision, words: &Words) -> Vec<String> {
    let mails = decision.mails.iter().map(|queued| &queued.mail);
    let others = mails.filter(|mail| mail.body.template() != "acknowledgement");
    let lines = others.map(|mail| {
        let to: Vec<String> = mail
            .recipients
            .iter()
            .map(|to| to.address.to_string())
            .collect();
        format!(
            "{}: {}",
            words.template(mail.body.template()),
            to.join(", ")
        )
    });
    let mut lines: Vec<String> = lines.collect();
    if let Some(first) = lines.first_mut() {
        let said = match words.language {
            Language::Ru => "Ещё письма",
            Language::En => "Other mails",
        };
        *first = format!("{said}: {first}");
    }
    lines
}
