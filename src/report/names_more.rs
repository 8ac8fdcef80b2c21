//! What figures are called that came later.

use crate::model::language::Names;

pub(super) const MORE: &Names = &[
    (
        "repeat_qoq",
        "повторных к прошлому кварталу",
        "repeats against the quarter before",
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
];
