//! The charts of a queue's last months: drawn by the drawing that letters have, too, seldom, and shown as they are.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::{
    queue::path_of,
    status::{QueueStatus, Status},
    words::{exact, moment},
};
use crate::{
    model::{ids::QueueName, language::Language},
    report::chart::Chart,
};

/// The chart that names people.
const OF_PEOPLE: &str = "load";

/// What was drawn of a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Months {
    /// Up to when it was counted.
    pub at: Timestamp,
    /// In each language, in the order in which they are shown; those that say nothing are left out.
    pub charts: BTreeMap<Language, Vec<MonthChart>>,
}

/// A chart, and its figures as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MonthChart {
    /// What it is: `backlog`, `flow`, `in_time`, `response`, `load`, `capacity`.
    pub code: &'static str,
    /// What it is called.
    pub title: String,
    /// SVG, to be put into a page as it is.
    pub svg: String,
    /// What the columns of the table are.
    pub head: Vec<String>,
    /// Its rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
    /// What is aimed at, in words.
    pub aims: Vec<String>,
}

impl MonthChart {
    /// Of a chart; `None`: it says nothing, or cannot be drawn.
    #[must_use]
    pub fn of(code: &'static str, chart: &Chart) -> Option<Self> {
        let svg = chart.says_anything().then(|| chart.svg().ok()).flatten()?;
        let figures = chart.figures();
        Some(Self {
            code,
            title: chart.title.clone(),
            svg,
            head: figures.head,
            rows: figures.rows,
            aims: chart.aims(),
        })
    }
}

/// The page of a queue's months.
#[derive(Debug, Clone, Serialize)]
pub struct MonthsPage<'s> {
    /// The name of the queue that people see.
    pub title: &'s str,
    /// Its name as it stands in addresses of pages.
    pub path: String,
    /// Up to when the figures are counted, in words; empty: they have not been counted yet.
    pub counted: String,
    /// The same for programs.
    pub counted_exact: String,
    /// The zone of that time.
    pub zone: &'s str,
    /// The charts.
    pub charts: Vec<&'s MonthChart>,
}

/// The page of a queue's months. Who has done how much is shown where names are.
#[must_use]
pub fn months_page<'s>(
    status: &'s Status,
    (name, queue): (&QueueName, &'s QueueStatus),
    language: Language,
) -> MonthsPage<'s> {
    let months = queue.months.as_deref();
    let at = months.map(|months| months.at);
    let charts = months.and_then(|months| months.charts.get(&language));
    let is_shown = |chart: &&MonthChart| chart.code != OF_PEOPLE || status.agents.is_some();
    MonthsPage {
        title: &queue.title,
        path: path_of(name),
        counted: at
            .map(|at| moment(at, status.at, &queue.zone, language))
            .unwrap_or_default(),
        counted_exact: at.map(exact).unwrap_or_default(),
        zone: &queue.zone.name,
        charts: charts.into_iter().flatten().filter(is_shown).collect(),
    }
}
