//! The indicators that okno counts itself.

use super::{Better, Measure};

/// An indicator that can be scored: its code, the figure it is made of, its measure, which way is better, its names.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Its code.
    pub code: &'static str,
    /// The figure.
    pub figure: &'static str,
    /// What it is measured in.
    pub measure: Measure,
    /// Which way is better.
    pub better: Better,
    /// Its name in Russian.
    pub ru: &'static str,
    /// Its name in English.
    pub en: &'static str,
}

const fn known(
    code: &'static str,
    figure: &'static str,
    (measure, better): (Measure, Better),
    ru: &'static str,
    en: &'static str,
) -> Known {
    Known {
        code,
        figure,
        measure,
        better,
        ru,
        en,
    }
}

/// Every indicator. Codes are for ever: payroll programs know them.
pub const KNOWN: [Known; 24] = {
    use Better::{Less, More};
    use Measure::{Count, Minutes, Percent, Score};
    [
        known(
            "SLA_EXTR",
            "sla_resolution_emergency_pct",
            (Percent, More),
            "Экстренные в срок",
            "Emergencies in time",
        ),
        known(
            "SLA_STD",
            "sla_resolution_standard_pct",
            (Percent, More),
            "Стандартные в срок",
            "Standard requests in time",
        ),
        known(
            "SLA_CONS",
            "sla_resolution_consultation_pct",
            (Percent, More),
            "Консультации в срок",
            "Consultations in time",
        ),
        known(
            "FRT",
            "frt_mean",
            (Minutes, Less),
            "Время до первого ответа, среднее",
            "Time to the first answer, mean",
        ),
        known(
            "TTR",
            "ttr_mean",
            (Minutes, Less),
            "Время решения, среднее",
            "Time to the solution, mean",
        ),
        known(
            "NOESC",
            "no_escalation_pct",
            (Percent, More),
            "Решено без эскалации",
            "Solved without escalation",
        ),
        known(
            "DIAG",
            "diagnosis_pct",
            (Percent, More),
            "Верно определено с первого раза",
            "Diagnosed right at first",
        ),
        known(
            "DOC",
            "documented_pct",
            (Percent, More),
            "Решение описано",
            "Solution documented",
        ),
        known(
            "CSAT",
            "csat_mean",
            (Score, More),
            "Оценка заявителей, средняя",
            "Requesters' rating, mean",
        ),
        known(
            "REPEAT",
            "repeat_pct",
            (Percent, Less),
            "Повторные обращения",
            "Repeated requests",
        ),
        known(
            "VOLUME",
            "solved",
            (Count, More),
            "Решено обращений",
            "Requests solved",
        ),
        known(
            "SLA_ALL",
            "sla_resolution_pct",
            (Percent, More),
            "Все обращения в срок",
            "All requests in time",
        ),
        known(
            "SLA_FRT",
            "sla_first_response_pct",
            (Percent, More),
            "Первый ответ в срок",
            "First answer in time",
        ),
        known(
            "SLA_RUN",
            "response_run_sla",
            (Percent, More),
            "Каждый ответ в срок",
            "Every answer in time",
        ),
        known(
            "REOPENED",
            "reopen_pct",
            (Percent, Less),
            "Возвраты на доработку",
            "Solutions that came back",
        ),
        known(
            "SLA_URG",
            "sla_resolution_urgent_pct",
            (Percent, More),
            "Срочные в срок",
            "Urgent requests in time",
        ),
        known(
            "FRT_EXTR",
            "frt_emergency_mean",
            (Minutes, Less),
            "Время до первого ответа, среднее: экстренные",
            "Time to the first answer, mean: emergencies",
        ),
        known(
            "FRT_URG",
            "frt_urgent_mean",
            (Minutes, Less),
            "Время до первого ответа, среднее: срочные",
            "Time to the first answer, mean: urgent",
        ),
        known(
            "FRT_STD",
            "frt_standard_mean",
            (Minutes, Less),
            "Время до первого ответа, среднее: стандартные",
            "Time to the first answer, mean: standard",
        ),
        known(
            "FRT_CONS",
            "frt_consultation_mean",
            (Minutes, Less),
            "Время до первого ответа, среднее: консультации",
            "Time to the first answer, mean: consultations",
        ),
        known(
            "TTR_EXTR",
            "ttr_emergency_mean",
            (Minutes, Less),
            "Время решения, среднее: экстренные",
            "Time to the solution, mean: emergencies",
        ),
        known(
            "TTR_URG",
            "ttr_urgent_mean",
            (Minutes, Less),
            "Время решения, среднее: срочные",
            "Time to the solution, mean: urgent",
        ),
        known(
            "TTR_STD",
            "ttr_standard_mean",
            (Minutes, Less),
            "Время решения, среднее: стандартные",
            "Time to the solution, mean: standard",
        ),
        known(
            "TTR_CONS",
            "ttr_consultation_mean",
            (Minutes, Less),
            "Время решения, среднее: консультации",
            "Time to the solution, mean: consultations",
        ),
    ]
};
