//! Figures that somebody has asked for, counted.

use super::super::{House, HouseError};
use crate::{
    desk::kpi::{Figure, Of, Period, Question, Sheet, Unit},
    model::{
        ids::QueueName,
        language::Language,
        outgoing::{ReportAsked, ReportCounted, ReportLine},
    },
    report::names,
    store::history,
};

/// A letter shows no more figures.
const LINES_MAX: usize = 300;

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
        let question = Question::about(vec![period.so_far(now)], zone);
        let (sheets, upto) = history::figures(&self.db, &question, None).await?;
        let sheet = sheets.into_iter().next();
        let sheet = sheet.ok_or_else(|| HouseError::Stored("nothing was counted".to_owned()))?;
        let wrong = sheet.unbalanced().into_iter();
        let wrong = wrong.filter(|queue| asked.queues.contains(queue)).cloned();
        Ok(ReportCounted {
            unbalanced: wrong.collect(),
            lines: self.lines(&sheet, &asked),
            asked,
            is_over,
            upto,
        })
    }

    fn lines(&self, sheet: &Sheet, asked: &ReportAsked) -> Vec<ReportLine> {
        let policy = &self.config.policy;
        let queue = |name: &QueueName| policy.queues.get(name);
        let mut lines = Vec::new();
        for (of, figures) in sheet.lines() {
            let (name, agent) = match &of {
                Of::House => continue,
                Of::Queue(name) => (name, None),
                Of::Part(whose) => (&whose.queue, Some(&whose.agent)),
            };
            if !asked.queues.contains(name) {
                continue;
            }
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
            let asked_for = figures.iter().filter(|one| is_asked_for(&asked.what, one));
            lines.extend(asked_for.map(|figure| ReportLine {
                whose: whose.clone(),
                figure: names::of(figure.code, language).to_owned(),
                value: shown(figure, language),
            }));
        }
        lines.truncate(LINES_MAX);
        lines
    }
}

/// Zeros and figures of nothing are left out.
fn is_asked_for(what: &str, figure: &Figure) -> bool {
    let is_of_sort = match what {
        "sla" => figure.code.starts_with("sla_") || figure.code == "response_run_sla",
        "csat" => figure.code.starts_with("csat_") || figure.code == "nps",
        _ => true,
    };
    is_of_sort
        && match figure.denominator {
            None => figure.numerator != 0,
            Some(below) => below != 0,
        }
}

/// A share never stands without what it is of.
fn shown(figure: &Figure, language: Language) -> String {
    let value = figure.shown().unwrap_or_default();
    let value = match language {
        Language::Ru => value.replace('.', ","),
        Language::En => value,
    };
    match (figure.unit, figure.denominator) {
        (Unit::Percent, Some(below)) => format!("{value} % ({}/{below})", figure.numerator),
        (_, Some(below)) if below > 2 => format!("{value} (n = {below})"),
        (_, _) => value,
    }
}
