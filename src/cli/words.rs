//! Words and dates as the commands print them: in the language and the time zone of the configuration.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    config::Config,
    model::{
        address::NamedAddress,
        classification::{Priority, RequestClass},
        language::{Language, Names, name_of},
        person::Person,
        text::Text,
        ticket::State,
    },
};

/// The language and the zone.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) language: Language,
    zone: TimeZone,
}

/// What each template is for.
const TEMPLATES: &Names = &[
    ("acknowledgement", "подтверждение", "acknowledgement"),
    ("forms", "список форм", "list of forms"),
    ("told", "ответ на просьбу", "answer to a wish"),
    ("card", "карточка", "card"),
    ("reply", "ответ", "reply"),
    ("follow_up", "новое в обращении", "news of the ticket"),
    ("resolution", "письмо о решении", "resolution"),
    ("news", "известие заявителю", "news for the requester"),
    (
        "transcript",
        "что из письма сотрудника не выполнено",
        "what of an agent's mail was not done",
    ),
    ("found", "найденные обращения", "tickets found"),
    ("article_draft", "проект статьи", "draft article"),
    ("why", "почему такой срок", "why it is due then"),
    ("undone", "что отменено", "what was taken back"),
    ("found_articles", "найденные статьи", "articles found"),
    ("help", "список команд", "list of commands"),
    (
        "crossed",
        "ответ ждёт: коллега ответил раньше",
        "an answer waits: a colleague has answered",
    ),
    (
        "whose",
        "вопрос, чьё это обращение",
        "question whose request it is",
    ),
    (
        "challenge",
        "вопрос, его ли письма",
        "question whether mails are theirs",
    ),
    (
        "undelivered",
        "сообщение о недоставке",
        "notice of a failed delivery",
    ),
    ("quarantine", "список карантина", "list of the quarantine"),
    (
        "quarantine_answer",
        "ответ о карантине",
        "answer about the quarantine",
    ),
    ("offer", "письмо к сведению", "mail for information"),
    (
        "offer_answer",
        "ответ о письме к сведению",
        "answer about a mail for information",
    ),
    (
        "escalation",
        "письмо о вопросе другому отделу",
        "letter about a question to another department",
    ),
    (
        "escalation_question",
        "вопрос руководителю: спросить ли другой отдел",
        "question to the head: may another department be asked",
    ),
    (
        "refusal",
        "отказ: очередь открыта не всем",
        "refusal: the queue is open to some people only",
    ),
    (
        "digest",
        "обращения без отдельных писем",
        "tickets without separate mails",
    ),
    (
        "payroll",
        "показатели на утверждение",
        "figures to be approved",
    ),
    ("weekly", "итоги недели", "the week of a queue"),
    ("monthly", "итоги месяца", "the month of a queue"),
    (
        "idle_rules",
        "правила, которые не срабатывают",
        "rules that fit nothing",
    ),
    (
        "director",
        "итоги месяца для директора",
        "the director's page of a month",
    ),
    ("report", "показатели по просьбе", "figures on demand"),
    (
        "pay_file",
        "файл для бухгалтерии",
        "file for the accountants",
    ),
    (
        "queue",
        "письмо о положении очереди",
        "letter on how a queue stands",
    ),
    ("passport", "паспорт очереди", "passport of a queue"),
    (
        "tried",
        "ответ на письмо для пробы",
        "answer to a mail that was only tried",
    ),
    ("work_list", "список дел", "work list"),
    (
        "work_list_answer",
        "ответ на список дел",
        "answer to a work list",
    ),
    ("alarm", "письмо о неполадке", "alarm"),
    (
        "late",
        "письмо о просрочке",
        "letter that a promise has passed",
    ),
    ("head", "письмо руководителю", "letter to the head"),
    (
        "nps",
        "вопрос, посоветуют ли нас",
        "question whether we are recommended",
    ),
    ("original", "письмо целиком", "whole mail"),
    (
        "duty",
        "письмо сотруднику об отсутствии и настройках",
        "letter to an agent on absence and settings",
    ),
];

impl Words {
    /// Those of this configuration.
    pub(super) fn of(config: &Config) -> Self {
        Self {
            language: config.policy.language,
            zone: config
                .zones
                .get(&config.policy.zone)
                .cloned()
                .unwrap_or(TimeZone::UTC),
        }
    }

    /// The zone in which times are told.
    pub(super) const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The one of the two that the reader understands.
    pub(super) const fn pick<'w>(&self, ru: &'w str, en: &'w str) -> &'w str {
        match self.language {
            Language::Ru => ru,
            Language::En => en,
        }
    }

    /// `24.11.2026 15:00`, or `2026-11-24 15:00`.
    pub(super) fn time(&self, at: Timestamp) -> String {
        let at = at.to_zoned(self.zone.clone());
        at.strftime(self.pick("%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M"))
            .to_string()
    }

    /// `512 байт`, `12 кБ`, `3 МБ`; thousands, as disks and mail limits count.
    pub(super) fn size(&self, bytes: i64) -> String {
        match bytes {
            ..10_000 => format!("{bytes} {}", self.pick("байт", "bytes")),
            10_000..10_000_000 => format!(
                "{} {}",
                bytes.checked_div(1000).unwrap_or(0),
                self.pick("кБ", "kB")
            ),
            _ => format!(
                "{} {}",
                bytes.checked_div(1_000_000).unwrap_or(0),
                self.pick("МБ", "MB")
            ),
        }
    }

    /// What a template is for.
    pub(super) fn template<'w>(&self, template: &'w str) -> &'w str {
        name_of(TEMPLATES, template, self.language)
    }

    /// Where a ticket stands.
    pub(super) const fn state(&self, state: State) -> &'static str {
        let (ru, en) = match state {
            State::New => ("новое", "new"),
            State::Open => ("в работе", "open"),
            State::Pending => ("ждёт заявителя", "waits for the requester"),
            State::OnHold => ("ждёт третью сторону", "waits for a third party"),
            State::Resolved => ("решено", "resolved"),
            State::Closed => ("закрыто", "closed"),
        };
        self.pick(ru, en)
    }

    /// How urgent a request is by its nature.
    pub(super) const fn class(&self, class: RequestClass) -> &'static str {
        let (ru, en) = match class {
            RequestClass::Emergency => ("экстренное", "emergency"),
            RequestClass::Urgent => ("срочное", "urgent"),
            RequestClass::Standard => ("стандартное", "standard"),
            RequestClass::Consultation => ("консультация", "consultation"),
            RequestClass::Wish => ("пожелание", "wish"),
        };
        self.pick(ru, en)
    }

    /// Which request comes first.
    pub(super) const fn priority(&self, priority: Priority) -> &'static str {
        let (ru, en) = match priority {
            Priority::High => ("высокий", "high"),
            Priority::Normal => ("обычный", "normal"),
            Priority::Low => ("низкий", "low"),
        };
        self.pick(ru, en)
    }

    /// Why work is quarantined: what its code means, and what belongs to it.
    pub(super) fn problem(&self, problem: &str) -> String {
        let (code, detail) = problem.split_once(": ").unwrap_or((problem, ""));
        let (ru, en) = match code {
            "died_twice" => (
                "программа дважды завершилась, пока обрабатывала это",
                "the program ended twice while working on this",
            ),
            "spam" => ("фильтр считает спамом", "the filter takes it for spam"),
            "file_refused" => ("файл запрещённого вида", "a file of a sort that is refused"),
            "virus" => ("найден вирус", "a virus was found"),
            "not_allowed" => (
                "автору нельзя писать в эту очередь",
                "its author may not write to this queue",
            ),
            "not_proven_here" => (
                "очередь открыта не всем, а кто написал, не доказано",
                "the queue is open to some people only, and nothing proves who wrote it",
            ),
            _ => return line(problem),
        };
        match detail {
            "" => self.pick(ru, en).to_owned(),
            detail => format!("{}: {}", self.pick(ru, en), line(detail)),
        }
    }

    /// Where a delivery stands.
    pub(super) fn delivery<'w>(&self, state: &'w str) -> &'w str {
        let (ru, en) = match state {
            "ready" => ("ждёт отправки", "waits to be sent"),
            "claimed" => ("отправляется", "is being sent"),
            "unknown" => (
                "неизвестно, принято ли; будет отправлено ещё раз",
                "nobody knows whether it was taken; it is sent once more",
            ),
            "held" => ("задержано предохранителем", "held by the fuse"),
            "stopped" => (
                "остановлено администратором",
                "stopped by the administrator",
            ),
            "cancelled" => ("отменено, не отправлено", "cancelled, not sent"),
            "sent" => ("отправлено", "sent"),
            "refused" => ("не принято", "refused"),
            "expired" => ("устарело и не отправлено", "out of date, not sent"),
            other => (other, other),
        };
        self.pick(ru, en)
    }
}

/// Words of a mail on one line, without anything that could move the cursor of a terminal.
pub(super) fn line(text: &str) -> String {
    Text::line(text).as_str().trim().to_owned()
}

/// A person as in a mail program: name and address.
pub(super) fn person(person: &Person) -> String {
    named(&NamedAddress::new(person.name.as_str(), &person.address))
}

/// The same, of a mail.
pub(super) fn named(named: &NamedAddress) -> String {
    let address = line(&named.address);
    match named.name.as_deref().map(line) {
        Some(name) if !name.is_empty() && name != address => format!("{name} <{address}>"),
        Some(_) | None => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::render::samples;

    #[test]
    fn every_sort_of_letter_has_its_words() {
        for body in samples(Language::Ru, "Europe/Moscow") {
            let template = body.template();
            let mut known = TEMPLATES.iter();
            assert!(known.any(|(name, ..)| *name == template), "{template}");
        }
    }
}
