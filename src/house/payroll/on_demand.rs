//! Figures that somebody has asked for: of what is closed those that were closed, of all else counted now.

use std::collections::BTreeSet;

use super::super::{
    House, HouseError,
    periods::{ClosedFigures, closed_figures, closed_within},
};
use crate::{
    desk::kpi::{Beside, Figure, Of, Period, Question, Unit},
    model::{
        ids::QueueName,
        language::Language,
        outgoing::{ReportAsked, ReportClosed, ReportCounted, ReportLine, When},
    },
    report::{change, preliminary},
    store::history,
};

/// Promises that are not named so: of every answer, and of news.
const PROMISES: [&str; 2] = ["response_run_sla", "update_sla"];

/// A letter shows no more figures.
pub(super) const LINES_MAX: usize = 300;

impl House {
    /// Counts what was asked for.
    pub(in crate::house) async fn count_report(
        &self,
        asked: ReportAsked,
    ) -> Result<ReportCounted, HouseError> {
        let (zone, now) = (self.payroll_zone(), self.clock.now());
        let period = Period::named(&asked.period, &zone);
        let period = period.ok_or_else(|| HouseError::Stored(asked.period.clone()))?;
        let is_over = period.to <= now;
        if asked.what == "forms" {
            return self.count_forms(asked, &period.so_far(now), is_over).await;
        }
        let closed = closed_figures(&self.db, &period.name).await?;
        let closed_of = |queue: &QueueName| closed.iter().find(|one| one.has(queue));
        let open = asked
            .queues
            .iter()
            .filter(|queue| closed_of(queue).is_none());
        let open: Vec<QueueName> = open.cloned().collect();
        let (mut told, mut figures) = (Vec::new(), Vec::new());
        for one in &closed {
            let own: Vec<QueueName> = asked
                .queues
                .iter()
                .filter(|queue| one.has(queue))
                .cloned()
                .collect();
            if !own.is_empty() {
                told.push(self.told_of(one, &own).await?);
                figures.extend(of_queues(one.figures(), &own));
            }
        }
        let (mut unbalanced, mut upto, mut within) = (Vec::new(), None, Vec::new());
        if !open.is_empty() {
            within = closed_within(&self.db, &period).await?;
            // A quarter is held against the one before it.
            let periods = period.quarter_before(&zone).into_iter();
            let periods = periods.chain([period.so_far(now)]).collect();
            let question = Question::about(periods, zone);
            let (sheets, last) = history::figures(&self.db, &question, None).await?;
            let (sheet, before) = sheets
                .split_last()
                .ok_or_else(|| HouseError::Stored("nothing was counted".to_owned()))?;
            let wrong = sheet.unbalanced().into_iter();
            unbalanced.extend(wrong.filter(|queue| open.contains(queue)).cloned());
            let beside = Beside {
                before: before.last(),
                capacities: self.config.policy.capacities(),
            };
            figures.extend(of_queues(sheet.lines_beside(&beside), &open));
            upto = Some(last);
        }
        // What is closed stays what it is, whatever comes back.
        let (lines, more) = self.lines(figures, &asked, upto.is_none());
        Ok(ReportCounted {
            unbalanced,
            lines,
            more,
            asked,
            is_over,
            upto,
            closed: told,
            within,
        })
    }

    /// What is said of figures that are closed.
    async fn told_of(
        &self,
        closed: &ClosedFigures,
        own: &[QueueName],
    ) -> Result<ReportClosed, HouseError> {
        let (policy, zone) = (&self.config.policy, self.payroll_zone());
        let changed = closed.changed_since(&self.db, &zone).await?;
        let changed = changed.iter().filter(|one| own.contains(&one.whose.queue));
        let title = |queue: &QueueName| {
            let known = policy.queues.get(queue);
            known.map_or_else(|| queue.to_string(), |queue| queue.title.clone())
        };
        Ok(ReportClosed {
            queues: own.iter().map(title).collect(),
            at: When {
                at: closed.at,
                zone: policy.zone.clone(),
            },
            version: closed.version,
            upto: closed.upto,
            changed: u64::try_from(changed.count()).unwrap_or(u64::MAX),
        })
    }

    /// Those that were asked for, as a letter shows them, and how many more there would be.
    fn lines(
        &self,
        figures: Vec<(Of, Vec<Figure>)>,
        asked: &ReportAsked,
        is_closed: bool,
    ) -> (Vec<ReportLine>, u64) {
        let policy = &self.config.policy;
        let period = Period::named(&asked.period, &self.payroll_zone());
        let is_over = period.is_some_and(|period| period.is_final(self.clock.now()));
        let is_final = is_closed || is_over;
        let queue = |name: &QueueName| policy.queues.get(name);
        let mut lines = Vec::new();
        for (of, figures) in figures {
            let (name, agent) = match &of {
                Of::House => continue,
                Of::Queue(name) => (name, None),
                Of::Part(whose) => (&whose.queue, Some(&whose.agent)),
            };
            let language = queue(name).map_or(policy.language, |queue| queue.language);
            let title = queue(name).map_or_else(|| name.to_string(), |queue| queue.title.clone());
            let whose = match agent {
                None => title,
                Some(None) => format!("{title}: –"),
                Some(Some(agent)) => {
                    let own = policy.agents.get(agent);
                    own.map_or_else(|| agent.to_string(), |own| own.name.clone())
                }
            };
            let is_whole = agent.is_none();
            let asked_for = figures
                .iter()
                .filter(|one| is_asked_for((&asked.what, is_whole), one));
            lines.extend(asked_for.map(|figure| ReportLine {
                whose: whose.clone(),
                figure: preliminary::told(figure.code, language, is_final),
                value: shown(figure, language),
            }));
        }
        let more = lines.len().saturating_sub(LINES_MAX);
        lines.truncate(LINES_MAX);
        (lines, u64::try_from(more).unwrap_or(u64::MAX))
    }
}

/// The lines of these queues.
fn of_queues(lines: Vec<(Of, Vec<Figure>)>, queues: &[QueueName]) -> Vec<(Of, Vec<Figure>)> {
    let queues: BTreeSet<&QueueName> = queues.iter().collect();
    let is_theirs = |(of, _): &(Of, Vec<Figure>)| match of {
        Of::House => false,
        Of::Queue(name) => queues.contains(name),
        Of::Part(whose) => queues.contains(&whose.queue),
    };
    lines.into_iter().filter(is_theirs).collect()
}

/// Zeros and figures of nothing are left out; but that none of a queue's promises was judged, and that nothing can be said of a
/// change,
/// is said.
fn is_asked_for((what, is_whole): (&str, bool), figure: &Figure) -> bool {
    let is_promise = figure.code.starts_with("sla_") || PROMISES.contains(&figure.code);
    if what == "sla" && is_whole && is_promise {
        return true;
    }
    let is_of_sort = match what {
        "sla" => is_promise || figure.code == "late_minutes_sum",
        "csat" => figure.code.starts_with("csat_") || figure.code == "nps",
        _ => true,
    };
    is_of_sort
        && match figure.denominator {
            _ if change::is_one(figure.code) => true,
            None => figure.numerator != 0,
            Some(below) => below != 0,
        }
}

/// A share never stands without what it is of.
fn shown(figure: &Figure, language: Language) -> String {
    if let Some(told) = change::told(figure, language) {
        return told;
    }
    let value = figure.shown().unwrap_or_default();
    let value = match language {
        Language::Ru => value.replace('.', ","),
        Language::En => value,
    };
    match (figure.unit, figure.denominator) {
        (Unit::Percent, Some(0)) => match language {
            Language::Ru => "не оценено ни одного".to_owned(),
            Language::En => "none was judged".to_owned(),
        },
        (Unit::Percent, Some(below)) => format!("{value} % ({}/{below})", figure.numerator),
        (_, Some(below)) if below > 2 => format!("{value} (n = {below})"),
        (_, _) => value,
    }
}
