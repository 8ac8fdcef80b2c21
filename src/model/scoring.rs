//! How figures become scores: plans, steps and weights, as a signed paper of the site says.

mod known;

pub use known::{KNOWN, Known};

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    decimal::Decimal,
    figures,
    language::Language,
    outside::OUTSIDE,
    period::{first, is_first},
};

/// By which rules scores are counted now. Months that were closed by earlier rules are proved, and scored again, by theirs:
/// 1, where little is good, none at all was all of the plan and no more, and the parts of a coefficient were rounded before they
/// were summed; 2, none at all reaches the highest step, and the sum is rounded once; 3, times are counted in seconds.
pub const SCORE_RULES: u32 = SECONDS_RULES;

/// The first rules by which the parts of a coefficient are summed exactly.
pub const EXACT_RULES: u32 = 2;

/// The first rules that are told seconds.
pub const SECONDS_RULES: u32 = 3;

/// The first definitions of figures by which times are counted in seconds (docs/events.md).
pub const SECONDS_SINCE: u32 = 5;

/// The settings of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scoring {
    /// Which paper: printed in every row as its basis.
    pub version: String,
    /// The indicators, in the order of the file. Their weights make 1 together.
    pub indicators: Vec<Indicator>,
    /// By which rules, see [`SCORE_RULES`].
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub rules: u32,
}

impl Scoring {
    /// These settings for figures that were counted by these definitions: what was counted in minutes is scored by rules that
    /// know minutes.
    #[must_use]
    pub fn of_definitions(&self, definitions: u32) -> Cow<'_, Self> {
        match definitions < SECONDS_SINCE && self.rules >= SECONDS_RULES {
            true => Cow::Owned(Self {
                rules: EXACT_RULES,
                ..self.clone()
            }),
            false => Cow::Borrowed(self),
        }
    }

    /// The indicators that come from outside.
    pub fn outside(&self) -> impl Iterator<Item = &Indicator> {
        let all = self.indicators.iter();
        all.filter(|indicator| indicator.is_outside())
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

impl Indicator {
    /// Whether it comes from outside.
    #[must_use]
    pub fn is_outside(&self) -> bool {
        self.figure.starts_with(OUTSIDE)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        if let Some([ru, en]) = &self.names {
            return match language {
                Language::Ru => ru,
                Language::En => en,
            };
        }
        figures::of_code(&self.figure, language)
    }
}
