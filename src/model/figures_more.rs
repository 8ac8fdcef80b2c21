//! What figures are called that came later, and what is left out of all others.

use super::language::Names;

pub(super) const MORE: &Names = &[
    (
        "repeat_qoq",
        "повторных к прошлому кварталу",
        "repeats against the quarter before",
    ),
    (
        "received_qoq",
        "обращений от клиентов к прошлому кварталу",
        "requests from clients against the quarter before",
    ),
    (
        "asked_received",
        "вопросов от других отделов",
        "asked by other departments",
    ),
    (
        "asked_in_time_pct",
        "вопросы других отделов в срок",
        "asked by other departments, in time",
    ),
    (
        "capacity_use",
        "получено от того, что очередь может принять",
        "received, of what the queue can take",
    ),
    (
        "frt_calendar_p90",
        "первый ответ, 90 % не дольше, минут по календарю",
        "first answer, nine of ten within, calendar minutes",
    ),
    (
        "ttr_calendar_p90",
        "решение, 90 % не дольше, минут по календарю",
        "solution, nine of ten within, calendar minutes",
    ),
    (
        "repeat_change",
        "доля повторных за три месяца к трём прежним",
        "share of repeats, three months against the three before",
    ),
    (
        "frt_of_promise",
        "среднее время до первого ответа (доля обещанного)",
        "mean time to the first answer (share of what was promised)",
    ),
    (
        "ttr_of_promise",
        "среднее время до решения (доля обещанного)",
        "mean time to the solution (share of what was promised)",
    ),
    ("excluded_spam", "исключено: спам", "excluded: spam"),
    (
        "excluded_merged",
        "исключено: объединено",
        "excluded: merged",
    ),
    (
        "excluded_self_made",
        "исключено: собственные обращения сотрудников",
        "excluded: an agent's own",
    ),
    (
        "excluded_withdrawn",
        "исключено: отозвано до работы",
        "excluded: withdrawn before any work",
    ),
    (
        "excluded_left_behind",
        "исключено: накоплено до запуска",
        "excluded: gathered before the start",
    ),
    (
        "excluded_by_head",
        "исключено руководителем",
        "excluded by the head",
    ),
];
