//! What a queue promises, in plain words, and which of two bounds it is that counts.

use jiff::Timestamp;

use super::{binding::binding, date};
use crate::{
    config::Config,
    desk::{
        policy::{Mode, QueuePolicy},
        sla::{self, terms_in_words},
    },
    model::{
        classification::RequestClass, clock::ClockKind, ids::QueueName, language::Language,
        terms::Terms,
    },
};

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
            let terms = queue.promises.terms(class, ClockKind::Resolution);
            let both = terms.and_then(|terms| binding(terms, &queue.calendar, now, language));
            lines.extend(both.map(|line| format!("  {line}")));
        }
    }
    for (kind, ru, en) in [
        (ClockKind::FirstResponse, "Первый ответ", "First answer"),
        (
            ClockKind::NextResponse,
            "Ответ на следующее письмо",
            "Answer to a later mail",
        ),
        (
            ClockKind::Update,
            "Известие о ходе работы каждые",
            "News of the work every",
        ),
    ] {
        let terms = queue.promises.terms(RequestClass::default(), kind);
        lines.extend(terms.map(|terms| {
            let length = terms_in_words(terms, &queue.calendar, language);
            match language {
                Language::Ru => format!("  {ru}: {length}"),
                Language::En => format!("  {en}: {length}"),
            }
        }));
    }
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
    let both = binding(terms, &queue.calendar, now, language);
    lines.extend(both.map(|line| format!("  {line}")));
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
