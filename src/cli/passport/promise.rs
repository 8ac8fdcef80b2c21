//! What a queue promises, in plain words, and which of two bounds it is that counts.

use jiff::{SignedDuration, Timestamp};

use super::date;
use crate::{
    config::Config,
    desk::{
        calendar::Calendar,
        policy::{Mode, QueuePolicy},
        sla::{self, terms_in_words},
    },
    model::{
        classification::RequestClass,
        clock::ClockKind,
        ids::QueueName,
        language::Language,
        terms::{Binding, Terms},
    },
};

/// How many hours ahead arrivals are tried out, to say which bound counts.
const HOURS_TRIED: i64 = 28 * 24;

/// By when, and what a mail that comes now is told.
pub(super) fn lines(
    config: &Config,
    name: &QueueName,
    queue: &QueuePolicy,
    now: Timestamp,
) -> Vec<String> {
    let language = config.policy.language;
    let mut lines = Vec::new();
    match queue
        .promises
        .terms(RequestClass::default(), ClockKind::Resolution)
    {
        Some(terms) => lines.extend(usual(config, (name, queue), terms, now)),
        None => lines.push(match language {
            Language::Ru => "  Срок решения не задан: дата никому не обещается".to_owned(),
            Language::En => "  There is no target: nobody is promised a date".to_owned(),
        }),
    }
    for class in RequestClass::ALL {
        let is_named = queue.promises.classes.contains_key(&class);
        if is_named && class != RequestClass::default() {
            lines.push(of_class(queue, class, language));
        }
    }
    let usual_answer = queue
        .promises
        .terms(RequestClass::default(), ClockKind::FirstResponse);
    lines.extend(usual_answer.map(|terms| {
        let length = terms_in_words(terms, &queue.calendar, language);
        match language {
            Language::Ru => format!("  Первый ответ: {length}"),
            Language::En => format!("  First answer: {length}"),
        }
    }));
    lines
}

fn usual(
    config: &Config,
    (name, queue): (&QueueName, &QueuePolicy),
    terms: &Terms,
    now: Timestamp,
) -> Vec<String> {
    let language = config.policy.language;
    let length = terms_in_words(terms, &queue.calendar, language);
    let Some(due) = sla::due_of(terms, &queue.calendar, now).and_then(|due| due.at) else {
        return vec![match language {
            Language::Ru => {
                format!(
                    "  Срок решения: {length}. При таких часах он не наступит: дата не обещается"
                )
            }
            Language::En => {
                format!("  Target: {length}. With these hours it never comes: no date is promised")
            }
        }];
    };
    let is_preliminary = queue.calendar.is_preliminary(due);
    let mut due = date(due, &queue.calendar, language);
    if is_preliminary {
        due.push_str(match language {
            Language::Ru => ", предварительно",
            Language::En => ", preliminarily",
        });
    }
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
    let mut lines = vec![target, now_told];
    lines.extend(binding(terms, &queue.calendar, now, language));
    lines
}

fn of_class(queue: &QueuePolicy, class: RequestClass, language: Language) -> String {
    let of = |kind| {
        let terms = queue.promises.terms(class, kind)?;
        Some(terms_in_words(terms, &queue.calendar, language))
    };
    let (answer, solution) = (of(ClockKind::FirstResponse), of(ClockKind::Resolution));
    let name = match (class, language) {
        (RequestClass::Emergency, Language::Ru) => "Экстренное",
        (RequestClass::Urgent, Language::Ru) => "Срочное",
        (RequestClass::Standard, Language::Ru) => "Стандартное",
        (RequestClass::Consultation, Language::Ru) => "Консультация",
        (RequestClass::Wish, Language::Ru) => "Пожелание",
        (RequestClass::Emergency, Language::En) => "Emergency",
        (RequestClass::Urgent, Language::En) => "Urgent",
        (RequestClass::Standard, Language::En) => "Standard",
        (RequestClass::Consultation, Language::En) => "Consultation",
        (RequestClass::Wish, Language::En) => "Wish",
    };
    let (answer_word, solution_word, nothing) = match language {
        Language::Ru => ("ответ: ", "решение: ", "без срока"),
        Language::En => ("answer: ", "solution: ", "nothing is promised"),
    };
    let parts = [
        answer.map(|words| format!("{answer_word}{words}")),
        Some(solution.map_or_else(
            || nothing.to_owned(),
            |words| format!("{solution_word}{words}"),
        )),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("  {name}: {}", parts.join("; "))
}

/// Which of target and limit counts for mails of the next four weeks.
fn binding(
    terms: &Terms,
    calendar: &Calendar,
    now: Timestamp,
    language: Language,
) -> Option<String> {
    if terms.target_secs.is_none() || terms.limit.is_none() {
        return None;
    }
    let by_limit = (0..HOURS_TRIED).filter(|hour| {
        let at = now
            .checked_add(SignedDuration::from_hours(*hour))
            .unwrap_or(now);
        let due = sla::due_of(terms, calendar, at);
        due.and_then(|due| due.binding) == Some(Binding::Limit)
    });
    let by_limit = i64::try_from(by_limit.count()).unwrap_or(0);
    let percent = by_limit.saturating_mul(100).div_euclid(HOURS_TRIED);
    Some(match (by_limit, language) {
        (0, Language::Ru) => "  Решает рабочее время: предел в днях всегда позже".to_owned(),
        (0, Language::En) => {
            "  The business hours count: the limit in days is always later".to_owned()
        }
        (HOURS_TRIED, Language::Ru) => {
            "  Решает предел в днях: рабочее время никогда не успевает пройти раньше".to_owned()
        }
        (HOURS_TRIED, Language::En) => {
            "  The limit in days counts: the business hours never pass before it".to_owned()
        }
        (_, Language::Ru) => {
            format!("  Зависит от времени прихода: в {percent} % случаев решает предел в днях")
        }
        (_, Language::En) => {
            format!(
                "  It depends: the limit in days counts for {percent} % of the time mails come at"
            )
        }
    })
}
