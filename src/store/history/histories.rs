//! The histories of the tickets that have to do with a time, one page after the other: for whoever counts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use futures_util::{StreamExt as _, future::BoxFuture, stream::FuturesOrdered};
use jiff::Timestamp;

use super::event;
use crate::{
    desk::undo::Past,
    model::ids::{DecisionId, TicketNumber},
    store::{Db, Row, StoreError, json_list, sql},
};

/// How many tickets are in hand at once.
const PAGE: usize = 200;

/// How many pages are read at once: while one is counted, the next are on their way.
const PAGES: usize = 2;

/// The pages that are being read.
type Reading = FuturesOrdered<BoxFuture<'static, Result<Page, StoreError>>>;

/// Some tickets with their histories.
type Page = Vec<(TicketNumber, Vec<Past>)>;

/// The histories of tickets that have to do with a time, in the order of their numbers, up to a certain event.
pub struct Histories {
    db: Db,
    numbers: Vec<TicketNumber>,
    upto: i64,
    reading: Reading,
}

impl fmt::Debug for Histories {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Histories")
            .field("left", &self.numbers.len())
            .field("upto", &self.upto)
            .finish_non_exhaustive()
    }
}

impl Histories {
    /// Those of all tickets that were open at an instant, or that anything has happened to since and before another.
    /// `upto`: what was written after that event is not known yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn of_time(
        db: &Db,
        (from, to): (Timestamp, Timestamp),
        upto: i64,
    ) -> Result<Self, StoreError> {
        // Open then are those open now, and those that anything was written of since: what was closed only after `upto`
        // was open at it. Nothing happens to a ticket before it is opened.
        let numbers: BTreeSet<i64> = db
            .read("find tickets of a time", (from, to), |tx, (from, to)| {
                Box::pin(async move {
                    let time = [from.as_millisecond().into(), to.as_millisecond().into()];
                    let mut rows = tx.rows(&sql::TICKETS_OF_TIME, &time).await?;
                    rows.extend(tx.rows(&sql::TICKETS_OPEN, &[]).await?);
                    rows.iter().map(|row| row.int(0)).collect()
                })
            })
            .await?;
        Ok(Self::about(db, numbers, upto))
    }

    /// The histories of the tickets that anything has happened to after one event and up to another.
    ///
    /// # Errors
    /// What the database says.
    pub async fn changed(db: &Db, (after, upto): (i64, i64)) -> Result<Self, StoreError> {
        let numbers = happened(db, (after, upto)).await?;
        Ok(Self::about(db, numbers.into_iter().collect(), upto))
    }

    fn about(db: &Db, numbers: BTreeSet<i64>, upto: i64) -> Self {
        Self {
            db: db.clone(),
            numbers: numbers.into_iter().rev().map(TicketNumber).collect(),
            upto,
            reading: Reading::new(),
        }
    }

    /// The same tickets as they were at another event. To be asked before the first page is.
    #[must_use]
    pub fn as_of(&self, upto: i64) -> Self {
        Self {
            db: self.db.clone(),
            numbers: self.numbers.clone(),
            upto,
            reading: Reading::new(),
        }
    }

    /// The next ones; `None` once there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next(&mut self) -> Result<Option<Page>, StoreError> {
        while self.reading.len() < PAGES && !self.numbers.is_empty() {
            let from = self.numbers.len().saturating_sub(PAGE);
            let mut page = self.numbers.split_off(from);
            page.reverse();
            let reading = read_page(self.db.clone(), page, self.upto);
            self.reading.push_back(Box::pin(reading));
        }
        self.reading.next().await.transpose()
    }
}

/// Reads a page, and understands it, beside whoever counts.
async fn read_page(db: Db, numbers: Vec<TicketNumber>, upto: i64) -> Result<Page, StoreError> {
    db.read("read histories", (numbers, upto), |tx, (numbers, upto)| {
        Box::pin(async move {
            let keys: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            let keys = json_list(&keys);
            let rows = tx
                .rows(&sql::HISTORIES, &[(&keys).into(), (*upto).into()])
                .await?;
            let mut found: BTreeMap<TicketNumber, Vec<Past>> = BTreeMap::new();
            for row in &rows {
                let Ok(number) = row.text(3)?.parse().map(TicketNumber) else {
                    continue;
                };
                found.entry(number).or_default().push(past(row, number)?);
            }
            let mut told =
                |number: &TicketNumber| (*number, found.remove(number).unwrap_or_default());
            Ok(numbers.iter().map(&mut told).collect())
        })
    })
    .await
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
