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
        let mut after = export::last_before(db, at, upto).await?;
        let mut numbers: BTreeSet<i64> = db
            .read("find open tickets", (), |tx, ()| {
                Box::pin(async move {
                    let rows = tx.rows(&sql::TICKETS_OPEN, &[]).await?;
                    rows.iter().map(|row| row.int(0)).collect()
                })
            })
            .await?;
        loop {
            let rows = db
                .read("find what happened", after, |tx, after| {
                    Box::pin(async move {
                        tx.rows(&sql::EVENTS_WHOSE, &[(*after).into(), i64::MAX.into()])
                            .await
                    })
                })
                .await?;
            let Some(last) = rows.last() else {
                break;
            };
            after = last.int(0)?;
            for row in &rows {
                if row.text(1)? == "ticket" {
                    numbers.extend(row.text(2)?.parse::<i64>());
                }
            }
        }
        let numbers = numbers.into_iter().rev().map(TicketNumber).collect();
        Ok(Self { db, numbers, upto })
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

fn past(row: &Row, number: TicketNumber) -> Result<Past, StoreError> {
    Ok(Past {
        decision: DecisionId(row.int(1)?),
        event: event(row, number)?,
    })
}
