//! Figures from what is stored: the histories that a time is about, counted one after the other.

use std::collections::BTreeMap;

use super::{Histories, export};
use crate::{
    desk::kpi::{Counting, Detail, Hints, Period, Question, Sheet, details, hint},
    model::ids::QueueName,
    store::{Db, StoreError},
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
    Ok((counting.done(), upto))
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
