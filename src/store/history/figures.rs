//! Figures from what is stored: the histories that a time is about, counted one after the other.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Histories, ends::open_at, export};
use crate::{
    desk::kpi::{Counting, Detail, Hints, Period, Question, Sheet, details, hint},
    model::{
        event::EventData,
        ids::{PersonId, QueueName},
    },
    store::{Db, StoreError, V, instant, sql},
};

/// What is asked, counted from what was written up to a certain event; `None`: from all there is. The sheets, and the last
/// event that they know of.
///
/// # Errors
/// What the database says.
pub async fn figures(
    db: &Db,
    question: &Question,
    upto: Option<i64>,
) -> Result<(Vec<Sheet>, i64), StoreError> {
    let last = export::last(db).await?;
    let upto = upto.map_or(last, |upto| upto.min(last));
    let mut counting = Counting::of(question);
    let periods = question.periods.iter();
    let from = periods.clone().map(|period| period.from).min();
    let to = periods.map(|period| period.to).max();
    if let Some(time) = from.zip(to) {
        let mut histories = Histories::of_time(db, time, upto).await?;
        while let Some(page) = histories.next().await? {
            for (number, history) in page {
                counting.add(number, &history);
            }
        }
    }
    if let Some(before) = question.quarter_before() {
        for (person, at) in said(db, before, upto).await? {
            counting.said_before(person, at);
        }
    }
    let torn = match upto == last {
        true => torn(db, &counting, upto).await?,
        false => BTreeSet::new(),
    };
    let mut sheets = counting.done();
    for sheet in &mut sheets {
        sheet.torn.clone_from(&torn);
    }
    Ok((sheets, upto))
}

/// The queues whose open tickets, as their histories end, are not as many as the table of tickets says now.
async fn torn(
    db: &Db,
    counting: &Counting<'_>,
    upto: i64,
) -> Result<BTreeSet<QueueName>, StoreError> {
    let Some(table) = open_at(db, upto).await? else {
        return Ok(BTreeSet::new());
    };
    let queues = table.keys().chain(counting.open().keys());
    let many = |all: &BTreeMap<QueueName, i64>, queue| all.get(queue).copied().unwrap_or(0);
    let differ = queues.filter(|queue| many(&table, queue) != many(counting.open(), queue));
    Ok(differ.cloned().collect())
}

/// Who answered whether they would recommend us within a time, and when, as it was known at an event.
async fn said(
    db: &Db,
    (from, to): (Timestamp, Timestamp),
    upto: i64,
) -> Result<Vec<(PersonId, Timestamp)>, StoreError> {
    let asked = [from.as_millisecond(), to.as_millisecond(), upto];
    db.read("read who would recommend us", asked, |tx, asked| {
        Box::pin(async move {
            let mut found = Vec::new();
            for row in tx.rows(&sql::NPS_SAID, &asked.map(V::from)).await? {
                let data = serde_json::from_str(row.text(1)?);
                let data: EventData = data.map_err(|error| StoreError::Unknown {
                    column: "event.data",
                    found: error.to_string(),
                })?;
                if let EventData::NpsAnswered { person, .. } = data {
                    found.push((person, instant(&row, 0)?));
                }
            }
            Ok(found)
        })
    })
    .await
}

/// Every judged promise that a period counts, by ticket, from what was written up to a certain event; `None`: from all there
/// is.
///
/// # Errors
/// What the database says.
pub async fn judged(
    db: &Db,
    period: &Period,
    upto: Option<i64>,
) -> Result<Vec<Detail>, StoreError> {
    let last = export::last(db).await?;
    let upto = upto.map_or(last, |upto| upto.min(last));
    let mut found = Vec::new();
    let mut histories = Histories::of_time(db, (period.from, period.to), upto).await?;
    while let Some(page) = histories.next().await? {
        for (number, history) in page {
            found.extend(details(number, &history, period));
        }
    }
    Ok(found)
}

/// What heads are hinted at of some periods, in their order, by queue: from what was written up to a certain event; `None`:
/// from all there is.
///
/// # Errors
/// What the database says.
pub async fn hints(
    db: &Db,
    periods: &[Period],
    upto: Option<i64>,
) -> Result<Vec<BTreeMap<QueueName, Hints>>, StoreError> {
    let last = export::last(db).await?;
    let upto = upto.map_or(last, |upto| upto.min(last));
    let mut found = vec![BTreeMap::new(); periods.len()];
    let from = periods.iter().map(|period| period.from).min();
    let to = periods.iter().map(|period| period.to).max();
    if let Some(time) = from.zip(to) {
        let mut histories = Histories::of_time(db, time, upto).await?;
        while let Some(page) = histories.next().await? {
            for (number, history) in page {
                for (period, own) in periods.iter().zip(&mut found) {
                    hint((number, &history), period, own);
                }
            }
        }
    }
    Ok(found)
}
