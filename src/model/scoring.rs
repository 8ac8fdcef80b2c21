//! How figures become scores: plans, steps and weights, as a signed paper of the site says.

use serde::{Deserialize, Serialize};

use super::{decimal::Decimal, language::Language, outside::OUTSIDE};

/// The settings of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scoring {
    /// Which paper: printed in every row as its basis.
    pub version: String,
    /// The indicators, in the order of the file. Their weights make 1 together.
    pub indicators: Vec<Indicator>,
}

impl Scoring {
    /// The indicators that come from outside.
    pub fn outside(&self) -> impl Iterator<Item = &Indicator> {
        let all = self.indicators.iter();
        all.filter(|indicator| indicator.figure.starts_with(OUTSIDE))
    }
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its code, which never changes: `SLA_STD`.
    pub code: String,
    /// The figure it is made of.
    pub figure: String,
    /// What people call it, in Russian and in English, where the settings say so: what comes from outside is known to them
    /// alone.
    pub names: Option<[String; 2]>,
    /// What it is measured in.
    pub measure: Measure,
    /// Whether more is better.
    pub better: Better,
    /// What is planned.
    pub plan: Decimal,
    /// Its weight.
    pub weight: Decimal,
    /// Of fewer than so many nothing is said.
    pub enough: i64,
    /// The steps, from the highest down; below all of them the score is nought.
    pub steps: Vec<Step>,
}

/// From that completion of the plan on, so much is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The completion, per hundred.
    pub from: Decimal,
    /// The score.
    pub points: Decimal,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// The more the better.
    More,
    /// The less the better.
    Less,
}

/// What an indicator is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A share.
    Percent,
    /// Minutes of working time.
    Minutes,
    /// 1 to 5.
    Score,
    /// Things.
    Count,
}

impl Measure {
    /// Every one, by the word of the settings.
    pub const WORDS: [(&str, Self); 4] = [
        ("percent", Self::Percent),
        ("minutes", Self::Minutes),
        ("score", Self::Score),
        ("count", Self::Count),
    ];

    /// How a file calls it.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Percent, Language::Ru) => "процент",
            (Self::Percent, Language::En) => "percent",
            (Self::Minutes, Language::Ru) => "минута",
            (Self::Minutes, Language::En) => "minute",
            (Self::Score, Language::Ru) => "балл",
            (Self::Score, Language::En) => "points",
            (Self::Count, Language::Ru) => "штука",
            (Self::Count, Language::En) => "piece",
        }
    }
}

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

impl Indicator {
    /// Its name.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        if let Some([ru, en]) = &self.names {
            return match language {
                Language::Ru => ru,
                Language::En => en,
            };
        }
        let known = KNOWN.iter().find(|known| known.code == self.code);
        known.map_or(self.code.as_str(), |known| match language {
            Language::Ru => known.ru,
            Language::En => known.en,
        })
    }
}
