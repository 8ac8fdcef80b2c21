//! What each figure is called: in letters, in reports, in scores, in `docs/kpi.md`, which is held against it. Columns of files have
//! names of their own that never change.

use super::{
    figures_more::MORE,
    language::{Language, Names, name_of},
    outside::OUTSIDE,
};

const NAMES: &Names = &[
    ("received", "получено", "received"),
    ("in_scope", "учитывается", "counted"),
    ("solved", "решено", "solved"),
    (
        "solve_events",
        "решений (с повторными)",
        "solutions, repeated ones too",
    ),
    (
        "solved_withdrawn",
        "снято с решённых прежних периодов",
        "solved earlier, withdrawn now",
    ),
    (
        "solved_kept",
        "возвращено позже срока, остаётся решённым",
        "solved earlier, back too late to be withdrawn",
    ),
    ("solved_emergency", "решено экстренных", "solved, emergency"),
    ("solved_urgent", "решено срочных", "solved, urgent"),
    ("solved_standard", "решено стандартных", "solved, standard"),
    (
        "solved_consultation",
        "решено консультаций",
        "solved, consultation",
    ),
    ("solved_wish", "решено пожеланий", "solved, wishes"),
    (
        "sla_first_response_pct",
        "первый ответ в срок",
        "first answer in time",
    ),
    ("sla_resolution_pct", "решено в срок", "solved in time"),
    (
        "sla_resolution_emergency_pct",
        "экстренные в срок",
        "emergencies in time",
    ),
    (
        "sla_resolution_urgent_pct",
        "срочные в срок",
        "urgent requests in time",
    ),
    (
        "sla_resolution_standard_pct",
        "стандартные в срок",
        "standard requests in time",
    ),
    (
        "sla_resolution_consultation_pct",
        "консультации в срок",
        "consultations in time",
    ),
    (
        "response_run_sla",
        "следующие ответы в срок",
        "next answers in time",
    ),
    (
        "update_sla",
        "известия о ходе работы в срок",
        "news in time",
    ),
    (
        "frt_mean",
        "первый ответ, среднее, рабочих минут",
        "first answer, mean, business minutes",
    ),
    (
        "frt_median",
        "первый ответ, медиана, рабочих минут",
        "first answer, median, business minutes",
    ),
    (
        "frt_p90",
        "первый ответ, 90 % не дольше, рабочих минут",
        "first answer, nine of ten within, business minutes",
    ),
    (
        "frt_calendar_mean",
        "первый ответ, среднее, минут по календарю",
        "first answer, mean, calendar minutes",
    ),
    (
        "frt_calendar_median",
        "первый ответ, медиана, минут по календарю",
        "first answer, median, calendar minutes",
    ),
    (
        "ttr_mean",
        "решение, среднее, рабочих минут",
        "solution, mean, business minutes",
    ),
    (
        "ttr_median",
        "решение, медиана, рабочих минут",
        "solution, median, business minutes",
    ),
    (
        "ttr_p90",
        "решение, 90 % не дольше, рабочих минут",
        "solution, nine of ten within, business minutes",
    ),
    (
        "ttr_calendar_mean",
        "решение, среднее, минут по календарю",
        "solution, mean, calendar minutes",
    ),
    (
        "ttr_calendar_median",
        "решение, медиана, минут по календарю",
        "solution, median, calendar minutes",
    ),
    (
        "no_escalation_pct",
        "решено без других отделов",
        "solved without other departments",
    ),
    (
        "fcr_pct",
        "решено первым ответом",
        "solved by the first answer",
    ),
    (
        "reopen_pct",
        "вернулось из решённых",
        "came back of the solved",
    ),
    ("reopened", "возвращено в работу", "came back"),
    ("repeat_pct", "повторные обращения", "repeated requests"),
    ("csat_mean", "средняя оценка", "mean rating"),
    ("csat_top2_pct", "оценок 4 и 5", "ratings of 4 and 5"),
    (
        "csat_response_pct",
        "ответили на просьбу об оценке",
        "rated when asked",
    ),
    (
        "nps",
        "готовность рекомендовать (NPS)",
        "would recommend us (NPS)",
    ),
    ("documented_pct", "решение описано", "solution written down"),
    (
        "diagnosis_pct",
        "категория верна сразу",
        "right category at once",
    ),
    ("deadline_moves", "переносов срока", "days moved"),
    (
        "moved_pct",
        "решено с переносом срока",
        "solved with a moved day",
    ),
    (
        "class_changed",
        "решено со сменой класса",
        "solved with another class",
    ),
    (
        "touches",
        "ответов на решённое обращение",
        "answers a solved ticket",
    ),
    (
        "confirmed_pct",
        "закрыто с подтверждением заявителя",
        "closed, as the requester said",
    ),
    (
        "late_minutes_sum",
        "просрочка, рабочих минут",
        "lateness, business minutes",
    ),
    ("handled", "обращений с ответом", "tickets answered"),
    ("answers", "ответов", "answers"),
    (
        "escalated_out",
        "вопросов другим отделам и передач им после ответа",
        "questions to other departments, and passed on to them once answered",
    ),
    (
        "from_spam",
        "просрочено, пока считалось спамом",
        "late while taken for spam",
    ),
    ("open_at_end", "открыто на конец", "open at the end"),
    ("overdue_at_end", "из них просрочено", "of these overdue"),
    ("unanswered_n", "из них без ответа", "of these unanswered"),
    (
        "oldest_open_days",
        "старейшее открытое, дней",
        "oldest open, days",
    ),
    (
        "oldest_unanswered_days",
        "старейшее без ответа, дней",
        "oldest unanswered, days",
    ),
    (
        "documented_unknown_pct",
        "решено, а слов решения okno не видело",
        "solved in words that okno has not seen",
    ),
    (
        "diagnosis_unknown_pct",
        "решено без категории",
        "solved without a category",
    ),
    (
        "frt_emergency_mean",
        "первый ответ, среднее, рабочих минут, экстренные",
        "first answer, mean, business minutes, emergency",
    ),
    (
        "frt_urgent_mean",
        "первый ответ, среднее, рабочих минут, срочные",
        "first answer, mean, business minutes, urgent",
    ),
    (
        "frt_standard_mean",
        "первый ответ, среднее, рабочих минут, стандартные",
        "first answer, mean, business minutes, standard",
    ),
    (
        "frt_consultation_mean",
        "первый ответ, среднее, рабочих минут, консультации",
        "first answer, mean, business minutes, consultation",
    ),
    (
        "frt_wish_mean",
        "первый ответ, среднее, рабочих минут, пожелания",
        "first answer, mean, business minutes, wishes",
    ),
    (
        "ttr_emergency_mean",
        "решение, среднее, рабочих минут, экстренные",
        "solution, mean, business minutes, emergency",
    ),
    (
        "ttr_urgent_mean",
        "решение, среднее, рабочих минут, срочные",
        "solution, mean, business minutes, urgent",
    ),
    (
        "ttr_standard_mean",
        "решение, среднее, рабочих минут, стандартные",
        "solution, mean, business minutes, standard",
    ),
    (
        "ttr_consultation_mean",
        "решение, среднее, рабочих минут, консультации",
        "solution, mean, business minutes, consultation",
    ),
    (
        "ttr_wish_mean",
        "решение, среднее, рабочих минут, пожелания",
        "solution, mean, business minutes, wishes",
    ),
    ("backlog_start", "остаток на начало", "backlog at the start"),
    ("backlog_received", "+ получено", "+ received"),
    ("backlog_reopened", "+ возвращено", "+ came back"),
    ("backlog_restored", "+ восстановлено", "+ restored"),
    ("backlog_in", "+ передано сюда", "+ passed in"),
    ("backlog_out", "− передано отсюда", "− passed out"),
    ("backlog_solved", "− решено", "− solved"),
    ("backlog_excluded", "− исключено", "− excluded"),
    ("backlog_ended", "− закончено иначе", "− ended otherwise"),
    ("backlog_end", "= остаток на конец", "= backlog at the end"),
];

/// The name of a figure; a new one is its code.
#[must_use]
pub fn of(code: &'static str, language: Language) -> &'static str {
    of_code(code, language)
}

/// The name of a figure that a file names.
#[must_use]
pub fn of_code(code: &str, language: Language) -> &str {
    // What comes from outside is called as its head calls it.
    let outside = code.strip_prefix(OUTSIDE);
    outside.unwrap_or_else(|| match name_of(NAMES, code, language) {
        unknown if unknown == code => name_of(MORE, code, language),
        known => known,
    })
}
