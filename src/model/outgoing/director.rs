//! The director's page of a month.

use serde::{Deserialize, Serialize};

use super::{chart::ChartShown, parts::LateShown};

/// What departments reached in a month (T17): sums, and nobody's name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectorLetter {
    /// The month: `2026-10`.
    pub period: String,
    /// What it says of its coming late.
    #[serde(default)]
    pub late: LateShown,
    /// So many figures of all departments were reached.
    pub reached: u64,
    /// Of so many that say anything.
    pub known: u64,
    /// A part a department.
    pub departments: Vec<DepartmentShown>,
    /// What was aimed at in the month is not known: figures are held against today's targets.
    #[serde(default)]
    pub is_aim_unknown: bool,
    /// What heads have said of this month and the one before that stands beside no figure.
    #[serde(default)]
    pub reasons: Vec<ReasonShown>,
    /// Charts, where they are wanted.
    pub charts: Vec<ChartShown>,
    /// The last event that the figures know of.
    pub upto: i64,
    /// The hash of that event: all of history up to there. Empty: it was not kept.
    #[serde(default)]
    pub head_hash: String,
}

/// Why an indicator is what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonShown {
    /// The title of the payroll list, or of the queue.
    pub list: String,
    /// The month: `2026-10`.
    pub period: String,
    /// Which, by its code: `SLA_STD`.
    pub figure: String,
    /// Why.
    pub why: String,
}

/// A department's month, as a letter shows it: numbers of a language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentShown {
    /// What people call it.
    pub title: String,
    /// Requests that came.
    pub received: i64,
    /// In the month before.
    pub received_before: i64,
    /// Requests that were solved.
    pub solved: i64,
    /// In the month before.
    pub solved_before: i64,
    /// So many are open at the end of the month.
    pub open: i64,
    /// Of these, so many are late.
    pub overdue: i64,
    /// So many a month it can take; 0: nobody has said.
    pub capacity: i64,
    /// How many of a hundred parts of that came: `78`; empty: nobody has said.
    pub capacity_percent: String,
    /// The figures that say anything.
    pub figures: Vec<FigureShown>,
    /// Those of which there is no data, as codes.
    pub unknown: Vec<String>,
}

/// A figure against what is aimed at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureShown {
    /// Which, as a code: `sla_resolution_pct`, `csat_mean`, `nps`, `repeat_change`, ...
    pub figure: String,
    /// By which code its reader may say why it is what it is: `SLA_STD`; empty: nobody is asked.
    #[serde(default)]
    pub code: String,
    /// What the settings of scores call it, where it came from outside; empty: it is a figure of ours.
    #[serde(default)]
    pub name: String,
    /// What that is measured in, as a code: `percent`, `minutes`, `score`, `each` (a count, in the mean); else empty.
    #[serde(default)]
    pub unit: String,
    /// What it is: `96,4`.
    pub value: String,
    /// Whether it is of a hundred.
    pub is_percent: bool,
    /// How many of them are good; of a mean and of opinions that says nothing.
    pub good: i64,
    /// Of how many requests or answers; 0 where that says nothing.
    pub of: i64,
    /// What is aimed at.
    pub target: String,
    /// Whether that was reached.
    pub is_reached: bool,
    /// What it was in the month before; empty where there is no data.
    pub before: String,
    /// Against that, as a code: `better`, `worse`, `same`; empty where there is no data.
    pub trend: String,
    /// What was aimed at in the month before, where that was something else.
    #[serde(default)]
    pub target_before: String,
    /// What was promised in the month before is not known, so that it cannot be told.
    #[serde(default)]
    pub is_before_unknown: bool,
    /// Why it is what it is, as heads say.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// Why it was what it was in the month before.
    #[serde(default)]
    pub reasons_before: Vec<String>,
}

impl FigureShown {
    /// Whether its reader is to say why it is below what is aimed at.
    #[must_use]
    pub const fn asks_reason(&self) -> bool {
        !self.is_reached && !self.code.is_empty() && self.reasons.is_empty()
    }
}
