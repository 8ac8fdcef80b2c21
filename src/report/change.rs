//! How a change against the quarter before is told: in words where nothing can be said of it.

use crate::{
    desk::kpi::{Figure, REPEATS_ENOUGH},
    model::language::Language,
};

/// Whether a figure is such a change.
#[must_use]
pub fn is_one(code: &str) -> bool {
    matches!(code, "repeat_qoq" | "received_qoq")
}

/// A change as it is shown; `None`: the figure is none.
#[must_use]
pub fn told(figure: &Figure, language: Language) -> Option<String> {
    if !is_one(figure.code) {
        return None;
    }
    let is_of_repeats = figure.code == "repeat_qoq";
    let words = match (figure.shown(), language) {
        (Some(value), Language::Ru) => format!("{} %", value.replace('.', ",")),
        (Some(value), Language::En) => format!("{value} %"),
        (None, Language::Ru) if !is_of_repeats => format!(
            "н/д (в прошлом квартале меньше {REPEATS_ENOUGH} обращений; засчитать ли цель, решает руководитель)"
        ),
        (None, Language::En) if !is_of_repeats => format!(
            "n/a (the quarter before has fewer than {REPEATS_ENOUGH} requests; whether the aim is reached is for the head to say)"
        ),
        (None, Language::Ru) => format!(
            "н/д (в прошлом квартале не было повторов или в одном из кварталов меньше {REPEATS_ENOUGH} обращений; \
             засчитать ли цель, решает руководитель)"
        ),
        (None, Language::En) => format!(
            "n/a (nothing had repeated in the quarter before, or one of both has fewer than {REPEATS_ENOUGH} requests; \
             whether the aim is reached is for the head to say)"
        ),
    };
    Some(words)
}
