//! What comes by itself: files that people are paid by, letters about queues, the director's page of the month. When each is
//! promised, what it waits for, and whether it is late.

use jiff::Timestamp;
use serde::Serialize;

use super::{
    access::Sees,
    status::Status,
    words::{exact, moment},
};
use crate::{
    desk::{kpi::Period, review::week_number},
    model::{ids::QueueName, language::Language},
    report::chart::kinds,
};

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The file that people are paid by, with what people call its list.
    Payroll(String),
    /// A queue's weekly letter, with what people call the queue.
    Weekly(QueueName, String),
    /// A queue's month for its head, with what people call the queue.
    Monthly(QueueName, String),
    /// The director's page of the month.
    Director,
}

impl Report {
    /// As templates and programs call it: `payroll`, `weekly`, `monthly`, `director`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Payroll(_) => "payroll",
            Self::Weekly(..) => "weekly",
            Self::Monthly(..) => "monthly",
            Self::Director => "director",
        }
    }

    /// What people call the list or the queue that it is about.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        match self {
            Self::Payroll(title) | Self::Weekly(_, title) | Self::Monthly(_, title) => Some(title),
            Self::Director => None,
        }
    }

    fn queue(&self) -> Option<&QueueName> {
        match self {
            Self::Weekly(queue, _) | Self::Monthly(queue, _) => Some(queue),
            Self::Payroll(_) | Self::Director => None,
        }
    }
}

/// What it waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waits {
    /// A letter: for its day alone.
    Day,
    /// A file: for the day on which its draft goes to the heads.
    Draft(Timestamp),
    /// For its draft, whose day has come.
    Drafting,
    /// For what is not settled of the month; then its draft is made.
    Unsettled,
    /// For so many approvals of heads; their names where names may be shown.
    Approvals(u64, Option<Vec<String>>),
    /// For its day: everybody has approved.
    ApprovedDay,
}

impl Waits {
    /// As templates and programs call it: `day`, `draft_day`, `draft`, `unsettled`, `approvals`, `approved`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Draft(_) => "draft_day",
            Self::Drafting => "draft",
            Self::Unsettled => "unsettled",
            Self::Approvals(..) => "approvals",
            Self::ApprovedDay => "approved",
        }
    }

    fn missing(&self) -> Option<u64> {
        match self {
            Self::Approvals(missing, _) => Some(*missing),
            Self::Day | Self::Draft(_) | Self::Drafting | Self::Unsettled | Self::ApprovedDay => {
                None
            }
        }
    }
}

/// Something that comes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedReport {
    /// What it is.
    pub what: Report,
    /// About which month or week: `2026-11`, `2026-w47`.
    pub period: String,
    /// What it waits for.
    pub waits: Waits,
    /// When the draft of a file goes to the heads, or was to go; a letter has none.
    pub draft_at: Option<Timestamp>,
    /// When it is promised.
    pub due_at: Timestamp,
    /// Whether that has passed.
    pub is_late: bool,
}

impl PlannedReport {
    /// Whether it is shown to somebody: a queue's letter to whoever sees the queue, the rest to whoever sees the house.
    #[must_use]
    pub fn is_for(&self, sees: &Sees) -> bool {
        match self.what.queue() {
            Some(queue) => sees.queue(queue),
            None => sees.house(),
        }
    }
}

/// The same as a person is shown it.
#[derive(Debug, Clone, Serialize)]
pub struct ReportRow {
    /// `payroll`, `weekly`, `monthly`, `director`.
    pub kind: &'static str,
    /// Of which list or queue; empty: of the house.
    pub title: String,
    /// About which month or week, in words.
    pub period: String,
    /// `day`, `draft_day`, `draft`, `unsettled`, `approvals`, `approved`.
    pub waits: &'static str,
    /// When the draft goes to the heads; empty where that is not what it waits for.
    pub draft: String,
    /// How many approvals are missing.
    pub missing: u64,
    /// Whose approvals those are; empty where names are not shown.
    pub heads: String,
    /// When it is promised.
    pub due: String,
    /// The same for programs.
    pub due_exact: String,
    /// Whether that has passed.
    pub is_late: bool,
}

pub(super) fn report_row(status: &Status, one: &PlannedReport, language: Language) -> ReportRow {
    let when = |at| moment(at, status.at, &status.zone, language);
    let (draft, heads) = match &one.waits {
        Waits::Draft(at) => (when(*at), String::new()),
        Waits::Approvals(_, Some(names)) => (String::new(), names.join(", ")),
        Waits::Day
        | Waits::Drafting
        | Waits::Unsettled
        | Waits::Approvals(_, None)
        | Waits::ApprovedDay => <(String, String)>::default(),
    };
    ReportRow {
        kind: one.what.code(),
        title: one.what.title().unwrap_or_default().to_owned(),
        period: period_in(status, one, language),
        waits: one.waits.code(),
        draft,
        missing: one.waits.missing().unwrap_or(0),
        heads,
        due: when(one.due_at),
        due_exact: exact(one.due_at),
        is_late: one.is_late,
    }
}

/// «ноя 2026», «неделя 47».
fn period_in(status: &Status, one: &PlannedReport, language: Language) -> String {
    if matches!(one.what, Report::Weekly(..)) {
        let week = week_number(&one.period);
        return match language {
            Language::Ru => format!("неделя {week}"),
            Language::En => format!("week {week}"),
        };
    }
    let zone = &status.zone.zone;
    let month = Period::named(&one.period, zone);
    month.map_or_else(
        || one.period.clone(),
        |month| kinds::month(language, zone.to_datetime(month.from).date()),
    )
}

/// The same in `/status.json`.
#[derive(Debug, Clone, Serialize)]
pub(super) struct JsonReport<'s> {
    kind: &'static str,
    title: Option<&'s str>,
    queue: Option<&'s str>,
    period: &'s str,
    waits_for: &'static str,
    approvals_missing: Option<u64>,
    draft_at: Option<String>,
    due_at: String,
    is_late: bool,
}

pub(super) fn report_in(one: &PlannedReport) -> JsonReport<'_> {
    JsonReport {
        kind: one.what.code(),
        title: one.what.title(),
        queue: one.what.queue().map(QueueName::as_str),
        period: &one.period,
        waits_for: one.waits.code(),
        approvals_missing: one.waits.missing(),
        draft_at: one.draft_at.map(exact),
        due_at: exact(one.due_at),
        is_late: one.is_late,
    }
}
