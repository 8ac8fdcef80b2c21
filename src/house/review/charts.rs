//! Charts of a letter: drawn once, by the drawing that the page has, too.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use jiff::Timestamp;

use super::super::{House, HouseError};
use crate::{
    desk::{
        kpi::{Period, Question, Sheet},
        policy::{Policy, QueuePolicy},
        review::{month_running, months_up_to, targets_of},
    },
    model::{
        ids::{AgentName, QueueName},
        language::Language,
        outgoing::{ChartShown, DrawnChart, MadeFile},
    },
    report::{
        chart::Chart,
        monthly::{Asked, By, charts},
    },
    store::history,
    web::months::{MonthChart, Months},
};

impl House {
    /// The charts of a queue for a letter.
    pub(super) fn charts_of(
        &self,
        (name, queue): (&QueueName, &QueuePolicy),
        (sheets, then): (&[Sheet], &Policy),
        by: By,
    ) -> Result<Vec<DrawnChart>, HouseError> {
        let zone = self.payroll_zone();
        let asked = Asked {
            language: queue.language,
            zone: match by {
                By::Month => &zone,
                By::Week => queue.calendar.zone(),
            },
            queues: Some(std::slice::from_ref(name)),
            targets: targets_of(then, std::slice::from_ref(name)),
            by,
            capacity: then.capacity_of([name]).filter(|_| by == By::Month),
        };
        drawn(charts(&asked, sheets, |agent| self.called(agent)))
    }

    /// The charts of every queue for the page, in both languages: of the last months, the one that runs as far as it has come.
    /// All are counted as history is now: what was closed is not looked up for whoever only looks.
    pub(in crate::house) async fn charts_of_page(
        &self,
        now: Timestamp,
    ) -> Result<BTreeMap<QueueName, Months>, HouseError> {
        let (policy, zone) = (&self.config.policy, self.payroll_zone());
        let Some(running) = month_running(&zone, now) else {
            return Ok(BTreeMap::new());
        };
        let months = months_up_to(&running, &zone).into_iter();
        let months = months.map(|month| month.so_far(now)).collect();
        let question = Question::about(months, zone.clone());
        let (sheets, _) = history::figures(&self.db, &question, None).await?;
        let mut found = BTreeMap::new();
        for name in policy.queues.keys() {
            let own = std::slice::from_ref(name);
            let of = |language| {
                let asked = Asked {
                    language,
                    zone: &zone,
                    queues: Some(own),
                    targets: targets_of(policy, own),
                    by: By::Month,
                    capacity: policy.capacity_of([name]),
                };
                let drawn = charts(&asked, &sheets, |agent| self.called(agent)).into_iter();
                let drawn = drawn.filter_map(|(code, chart)| MonthChart::of(code, &chart));
                (language, drawn.collect())
            };
            let charts = Language::ALL.map(of).into_iter().collect();
            found.insert(name.clone(), Months { at: now, charts });
            // Drawing takes a while, and others have work to do.
            tokio::task::yield_now().await;
        }
        Ok(found)
    }

    /// The charts of each part of a payroll list that somebody approves, over the months up to one.
    pub(in crate::house) async fn charts_of_parts(
        &self,
        month: &Period,
        (upto, language): (i64, Language),
        parts: &[&[QueueName]],
    ) -> Result<BTreeMap<Vec<QueueName>, Vec<DrawnChart>>, HouseError> {
        let then = self.then(month).await?;
        let then = then.aims(&self.config.policy).policy();
        let zone = self.payroll_zone();
        let question = Question::about(months_up_to(month, &zone), zone.clone());
        let (mut sheets, _) = history::figures(&self.db, &question, Some(upto)).await?;
        self.as_closed(&mut sheets, &zone).await?;
        let name = |agent: &AgentName| self.called(agent);
        let of_part = |queues: &&[QueueName]| {
            let asked = Asked {
                language,
                zone: &zone,
                queues: Some(queues),
                targets: targets_of(then, queues),
                by: By::Month,
                capacity: then.capacity_of(queues.iter()),
            };
            Ok((queues.to_vec(), drawn(charts(&asked, &sheets, name))?))
        };
        parts.iter().map(of_part).collect()
    }

    /// The charts of the house for the director: nobody's name is in them.
    pub(super) fn charts_of_house(
        &self,
        (sheets, then): (&[Sheet], &Policy),
        language: Language,
    ) -> Result<Vec<DrawnChart>, HouseError> {
        let zone = self.payroll_zone();
        let asked = Asked {
            language,
            zone: &zone,
            queues: None,
            targets: then.targets,
            by: By::Month,
            capacity: then.capacity_of(then.queues.keys()),
        };
        let mut all = charts(&asked, sheets, ToString::to_string);
        all.retain(|(name, _)| *name != "load");
        drawn(all)
    }
}

/// Draws them, each under the name of its file.
fn drawn(charts: Vec<(&'static str, Chart)>) -> Result<Vec<DrawnChart>, HouseError> {
    let charts = charts
        .into_iter()
        .filter(|(_, chart)| chart.says_anything());
    charts.map(draw).collect()
}

fn draw((name, chart): (&'static str, Chart)) -> Result<DrawnChart, HouseError> {
    let png = chart.png();
    let png = png.map_err(|error| HouseError::Stored(error.to_string()))?;
    let (width, height) = chart.size();
    let figures = chart.figures();
    let line = |row: &Vec<String>| {
        let (first, values) = row.split_first()?;
        let named = figures.head.iter().skip(1).zip(values);
        let named: Vec<String> = named
            .map(|(head, value)| format!("{head} {value}"))
            .collect();
        Some(format!("{first}: {}", named.join(", ")))
    };
    let lines = figures.rows.iter().filter_map(line);
    Ok(DrawnChart {
        file: MadeFile {
            name: format!("{name}.png"),
            shown: None,
            media_type: "image/png".to_owned(),
            base64: BASE64.encode(&png),
            content_id: None,
        },
        shown: ChartShown {
            content_id: String::new(),
            title: chart.title.clone(),
            alt: chart.alt(),
            width,
            height,
            lines: lines.chain(chart.aims()).collect(),
            head: figures.head,
            rows: figures.rows,
        },
    })
}
