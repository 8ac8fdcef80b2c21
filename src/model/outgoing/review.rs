//! Regular letters about how a queue works.

use serde::{Deserialize, Serialize};

use super::{
    chart::ChartShown,
    director::{FigureShown, ReasonShown},
    hints::HintsShown,
    parts::{LateShown, TicketFacts, When},
};

/// The week of a queue (T16): to its team and to whoever decides for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeeklyLetter {
    /// The queue's title.
    pub queue: String,
    /// Which week of the year (ISO 8601).
    pub week: u8,
    /// Its first day.
    pub first: Option<When>,
    /// Its last day.
    pub last: Option<When>,
    /// What came and what was done.
    pub figures: PeriodShown,
    /// What it says of its coming late.
    #[serde(default)]
    pub late: LateShown,
    /// Weeks have followed: what stands is told as of the end of this one, without lists.
    #[serde(default)]
    pub is_past: bool,
    /// So many are open now.
    pub open: u64,
    /// Of these, so many are nobody's.
    pub free: u64,
    /// Of these, so many wait for an answer of the requester or of somebody else.
    pub waits: u64,
    /// Those whose time has passed.
    pub overdue: ReviewList,
    /// Those that are due before the week is over.
    pub due: ReviewList,
    /// Those that have been open for long.
    pub long: ReviewList,
    /// How many days that is.
    pub long_days: u32,
    /// Each agent's share.
    pub agents: Vec<AgentWeek>,
    /// Charts, where they are wanted.
    pub charts: Vec<ChartShown>,
}

/// The month of a queue, to whoever decides for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthlyLetter {
    /// The queue's title.
    pub queue: String,
    /// The month: `2026-10`.
    pub period: String,
    /// What it says of its coming late.
    #[serde(default)]
    pub late: LateShown,
    /// What came and what was done.
    pub figures: PeriodShown,
    /// So many requests a month the queue can take; 0: nobody has said.
    #[serde(default)]
    pub capacity: i64,
    /// How many of a hundred parts of that came: `78`; empty: nobody has said.
    #[serde(default)]
    pub capacity_percent: String,
    /// What was reached of what is aimed at, with reasons.
    #[serde(default)]
    pub aims: Vec<FigureShown>,
    /// So many of them are below what is aimed at, and nobody has said why.
    #[serde(default)]
    pub unexplained: u64,
    /// The code of the first of these, to show how a reason is written.
    #[serde(default)]
    pub example: String,
    /// What was aimed at in the month is not known: figures are held against today's targets.
    #[serde(default)]
    pub is_aim_unknown: bool,
    /// Reasons that stand beside no figure: the month, the code, why.
    #[serde(default)]
    pub reasons: Vec<ReasonShown>,
    /// What names this letter in a subject, where reasons may be said in answer: `[kpi:queue:it/2026-10/1:k7q4m2p9s1]`.
    #[serde(default)]
    pub code: String,
    /// There is a page for the director, where reasons stand as well.
    #[serde(default)]
    pub has_page: bool,
    /// What to look at.
    pub hints: HintsShown,
    /// Charts, where they are wanted.
    pub charts: Vec<ChartShown>,
    /// The last event that the figures know of.
    pub upto: i64,
    /// The hash of that event; empty: the letter was made before it was told.
    #[serde(default)]
    pub head_hash: String,
    /// Since when the month is closed; `None`: it is not.
    #[serde(default)]
    pub closed_at: Option<When>,
    /// Which version is; 0: none.
    #[serde(default)]
    pub version: u32,
    /// It was closed by earlier definitions, and these figures are counted anew.
    #[serde(default)]
    pub is_recounted: bool,
    /// Until when what was solved may still come back; `None`: it cannot any more, or the month is closed.
    #[serde(default)]
    pub final_on: Option<When>,
}

/// The figures of a week or a month, as a letter shows them: numbers of a language, empty where there is no data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodShown {
    /// Requests that came.
    pub received: i64,
    /// In the one before.
    pub received_before: i64,
    /// Requests that were solved.
    pub solved: i64,
    /// In the one before.
    pub solved_before: i64,
    /// Promises of a solution that were judged.
    pub judged: i64,
    /// Of these, those kept.
    pub met: i64,
    /// That is, of a hundred: `96,4`.
    pub percent: String,
    /// Answers to requesters.
    pub answers: i64,
    /// Promises of a first answer that were judged.
    pub answers_judged: i64,
    /// Of these, those kept.
    pub answers_met: i64,
    /// Half of the first answers took no more than so many minutes of business time; empty: there were none.
    pub answer_minutes: String,
    /// Solved requests that came back.
    pub reopened: i64,
    /// Ratings.
    pub rated: i64,
    /// Their mean: `4,75`.
    pub rating: String,
}

/// Tickets of a regular letter: the first of them, and how many more there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewList {
    /// All of them.
    pub count: u64,
    /// The first.
    pub lines: Vec<ReviewLine>,
    /// How many more there are.
    pub more: u64,
}

/// A ticket of a regular letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewLine {
    /// The ticket.
    pub ticket: TicketFacts,
    /// Whose it is; `None`: nobody's.
    pub agent: Option<String>,
    /// By when it is, or was, promised.
    pub due: Option<When>,
    /// For how many days it has been open.
    pub days: i64,
    /// Where it stands, as a code: `new`, `open`, `pending`, `on_hold`.
    pub state: String,
}

/// An agent's week.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentWeek {
    /// Who.
    pub name: String,
    /// Requests in hand now.
    pub open: u64,
    /// Of these, those whose time has passed.
    pub overdue: u64,
    /// Requests solved in the week.
    pub solved: i64,
    /// Promises of a solution that were judged.
    pub judged: i64,
    /// Of these, those kept.
    pub met: i64,
}

/// Rules that fitted nothing in a month, of which no head is told: to the administrator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdleRulesLetter {
    /// The month: `2026-10`.
    pub period: String,
    /// Their names.
    pub rules: Vec<String>,
}
