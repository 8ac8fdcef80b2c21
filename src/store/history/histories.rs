//! The histories of the tickets that have to do with a time, one page after the other: for whoever counts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{event, export};
use crate::{
    desk::undo::Past,
    model::ids::{DecisionId, TicketNumber},
    store::{Db, Row, StoreError, json_list, sql},
};

/// How many tickets are in hand at once.
const PAGE: usize = 200;

/// The histories of all tickets that were open at an instant or that anything has happened to since, in the order of their
/// numbers, up to a certain event.
#[derive(Debug)]
pub struct Histories<'d> {
    db: &'d Db,
    numbers: Vec<TicketNumber>,
    upto: i64,
}

impl<'d> Histories<'d> {
    /// Finds out which those are. `upto`: what was written after that event is not known yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn since(db: &'d Db, at: Timestamp, upto: i64) -> Result<Self, StoreError> {
        // Open then are those open now, and those that anything has happened to since; that is asked after those open now,
        // and to the very end: what was closed only after `upto` was open at it.
        let after = export::last_before(db, at, upto).await?;
        let mut numbers: BTreeSet<i64> = db
            .read("find open tickets", (), |tx, ()| {
                Box::pin(async move {
                    let rows = tx.rows(&sql::TICKETS_OPEN, &[]).await?;
                    rows.iter().map(|row| row.int(0)).collect()
                })
            })
            .await?;
        numbers.extend(happened(db, (after, i64::MAX)).await?);
        let numbers = numbers.into_iter().rev().map(TicketNumber).collect();
        Ok(Self { db, numbers, upto })
    }

    /// The histories of the tickets that anything has happened to after one event and up to another.
    ///
    /// # Errors
    /// What the database says.
    pub async fn changed(db: &'d Db, (after, upto): (i64, i64)) -> Result<Self, StoreError> {
        let numbers: BTreeSet<i64> = happened(db, (after, upto)).await?.into_iter().collect();
        let numbers = numbers.into_iter().rev().map(TicketNumber).collect();
        Ok(Self { db, numbers, upto })
    }

    /// The same tickets as they were at another event.
    #[must_use]
    pub fn as_of(&self, upto: i64) -> Self {
        Self {
            db: self.db,
            numbers: self.numbers.clone(),
            upto,
        }
    }

    /// How many are still to come.
    #[must_use]
    pub const fn left(&self) -> usize {
        self.numbers.len()
    }

    /// The next ones; empty once there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next(&mut self) -> Result<Vec<(TicketNumber, Vec<Past>)>, StoreError> {
        let from = self.numbers.len().saturating_sub(PAGE);
        let mut page = self.numbers.split_off(from);
        page.reverse();
        let keys: Vec<String> = page.iter().map(ToString::to_string).collect();
        let values = (json_list(&keys), self.upto);
        let rows = self
            .db
            .read("read histories", values, |tx, (keys, upto)| {
                Box::pin(async move {
                    tx.rows(&sql::HISTORIES, &[(&*keys).into(), (*upto).into()])
                        .await
                })
            })
            .await?;
        let mut found: BTreeMap<TicketNumber, Vec<Past>> = BTreeMap::new();
        for row in &rows {
            let Ok(number) = row.text(3)?.parse().map(TicketNumber) else {
                continue;
            };
            found.entry(number).or_default().push(past(row, number)?);
        }
        let mut told = |number| (number, found.remove(&number).unwrap_or_default());
        Ok(page.into_iter().map(&mut told).collect())
    }
}

/// The tickets that something has happened to after one event and up to another, as often as it has.
async fn happened(db: &Db, (after, upto): (i64, i64)) -> Result<Vec<i64>, StoreError> {
    let (mut after, mut numbers) = (after, Vec::new());
    loop {
        let rows = db
            .read("find what happened", (after, upto), |tx, (after, upto)| {
                Box::pin(async move {
                    tx.rows(&sql::EVENTS_WHOSE, &[(*after).into(), (*upto).into()])
                        .await
                })
            })
            .await?;
        let Some(last) = rows.last() else {
            return Ok(numbers);
        };
        after = last.int(0)?;
        for row in &rows {
            if row.text(1)? == "ticket" {
                numbers.extend(row.text(2)?.parse::<i64>());
            }
        }
        numbers.dedup();
    }
}

fn past(row: &Row, number: TicketNumber) -> Result<Past, StoreError> {
    Ok(Past {
        decision: DecisionId(row.int(1)?),
        event: event(row, number)?,
    })
}
