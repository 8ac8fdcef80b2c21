//! What heads are hinted at of a month, found beside its figures.

use std::collections::BTreeMap;

use super::super::{House, HouseError};
use crate::{
    desk::{
        kpi::{Hints, Period, Question, Sheet},
        review::{FromOutside, Month, department, figures_shown, months_up_to, shown, top_causes},
    },
    model::{
        ids::QueueName,
        language::Language,
        outgoing::{FigureShown, HintsShown},
    },
    store::{history, lookup},
};

/// So many months show a trend.
const MONTHS: usize = 3;

/// What was found of some months.
#[derive(Debug)]
pub(in crate::house) struct Found {
    hints: Vec<BTreeMap<QueueName, Hints>>,
    rules_hit: BTreeMap<String, i64>,
}

impl Found {
    /// What a head's hints are made of, with the sheets of the same months or more.
    pub(in crate::house) fn month<'f>(&'f self, sheets: &'f [Sheet]) -> Month<'f> {
        Month {
            sheets,
            hints: &self.hints,
            rules_hit: &self.rules_hit,
        }
    }
}

/// What a head sees of a month beside its figures.
#[derive(Debug)]
pub(in crate::house) struct Looked {
    pub(in crate::house) hints: HintsShown,
    pub(in crate::house) aims: Vec<FigureShown>,
}

impl House {
    /// Looks into the histories of the last of these months.
    pub(in crate::house) async fn found_hints(
        &self,
        sheets: &[Sheet],
        upto: i64,
    ) -> Result<Found, HouseError> {
        let skipped = sheets.len().saturating_sub(MONTHS);
        let months = sheets.iter().skip(skipped);
        let months: Vec<Period> = months.map(|sheet| sheet.period.clone()).collect();
        let hints = history::hints(&self.db, &months, Some(upto)).await?;
        let rules_hit = match months.last() {
            Some(month) => lookup::rules_applied(&self.db, month.from, month.to).await?,
            None => BTreeMap::new(),
        };
        Ok(Found { hints, rules_hit })
    }

    /// What each part of a payroll list that somebody approves has reached in a month of what is aimed at, and its hints.
    pub(in crate::house) async fn hints_of_parts(
        &self,
        month: &Period,
        (upto, language): (i64, Language),
        parts: &[&[QueueName]],
    ) -> Result<BTreeMap<Vec<QueueName>, Looked>, HouseError> {
        let zone = self.payroll_zone();
        let question = Question::about(months_up_to(month, &zone), zone.clone());
        let (mut sheets, _) = history::figures(&self.db, &question, Some(upto)).await?;
        self.as_closed(&mut sheets, &zone).await?;
        let found = self.found_hints(&sheets, upto).await?;
        let policy = &self.config.policy;
        let then = self.then(month).await?;
        let mut all = BTreeMap::new();
        for queues in parts {
            let hints = HintsShown {
                subjects: self.subjects(queues, month).await?,
                ..shown(queues, found.month(&sheets), policy, language)
            };
            let counted = (sheets.as_slice(), &FromOutside::NONE);
            let reached = department(("", queues), then.aims(policy), counted);
            let looked = Looked {
                hints,
                aims: figures_shown(&reached.figures, language),
            };
            all.insert(queues.to_vec(), looked);
        }
        Ok(all)
    }

    /// Why solutions of a queue were late since an instant, those causes that come most often.
    pub(in crate::house) async fn causes_since(
        &self,
        queue: &QueueName,
        since: jiff::Timestamp,
    ) -> Result<Vec<(String, u64)>, HouseError> {
        let lately = Period {
            name: "lately".to_owned(),
            from: since,
            to: self.clock.now(),
        };
        let found = history::hints(&self.db, &[lately], None).await?;
        let own = found.iter().filter_map(|found| found.get(queue));
        let causes = top_causes(own).into_iter();
        Ok(causes
            .map(|(cause, many)| (cause.code().to_owned(), many))
            .collect())
    }
}
