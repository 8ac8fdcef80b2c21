//! The histories of the tickets that have to do with a time, one page after the other: for whoever counts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use futures_util::{StreamExt as _, future::BoxFuture, stream::FuturesOrdered};
use jiff::Timestamp;

use super::refold::AsStored;
use crate::{
    desk::{kpi::is_unread, undo::Past},
    model::{
        event::Role,
        ids::{DecisionId, TicketNumber},
    },
    store::{Db, StoreError, json_list, sql},
};

/// How many tickets are in hand at once.
const PAGE: usize = 200;

/// How many pages are read at once: while one is counted, the next are on their way.
const PAGES: usize = 2;

/// The pages that are being read.
type Reading = FuturesOrdered<BoxFuture<'static, Result<Page, StoreError>>>;

/// Some tickets with their histories.
type Page = Vec<(TicketNumber, Vec<Past>)>;

/// The histories of tickets that have to do with a time, in the order of their numbers, up to a certain event: all that whoever
/// counts looks at, without reasons.
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

    pub(super) fn about(db: &Db, numbers: BTreeSet<i64>, upto: i64) -> Self {
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
            let row = tx
                .row(&sql::HISTORIES, &[(&keys).into(), (*upto).into()])
                .await?;
            let mut found = histories(row.opt_text(0)?.unwrap_or_default())?;
            let mut told =
                |number: &TicketNumber| (*number, found.remove(number).unwrap_or_default());
            Ok(numbers.iter().map(&mut told).collect())
        })
    })
    .await
}

/// What stands between two events, and between two parts of an event: see [`sql::HISTORIES`].
const BETWEEN_EVENTS: char = '\u{1e}';
const BETWEEN_PARTS: char = '\u{1f}';

/// Histories, of one text.
fn histories(text: &str) -> Result<BTreeMap<TicketNumber, Vec<Past>>, StoreError> {
    let mut events = Vec::new();
    for event in text.split(BETWEEN_EVENTS).filter(|text| !text.is_empty()) {
        events.push(placed(event).ok_or_else(|| wrong(event))?);
    }
    // An aggregate promises no order.
    events.sort_by_key(|(place, _)| *place);
    let mut found: BTreeMap<TicketNumber, Vec<Past>> = BTreeMap::new();
    for ((number, _), event) in events {
        if let Some(past) = past(event, number)? {
            found.entry(number).or_default().push(past);
        }
    }
    Ok(found)
}

/// Whose event it is, its place in that history, and all else of it.
fn placed(event: &str) -> Option<((TicketNumber, i64), &str)> {
    let (number, rest) = event.split_once(BETWEEN_PARTS)?;
    let (place, rest) = rest.split_once(BETWEEN_PARTS)?;
    Some((
        (TicketNumber(number.parse().ok()?), place.parse().ok()?),
        rest,
    ))
}

fn wrong(event: &str) -> StoreError {
    StoreError::Unknown {
        column: "event",
        found: event.chars().take(80).collect(),
    }
}

/// An event of it; `None`: nobody who counts looks at it.
fn past(event: &str, number: TicketNumber) -> Result<Option<Past>, StoreError> {
    let wrong = || wrong(event);
    let mut parts = event.splitn(6, BETWEEN_PARTS);
    let mut next = || parts.next().ok_or_else(wrong);
    let decision = next()?.parse().ok().ok_or_else(wrong)?;
    let at: i64 = next()?.parse().ok().ok_or_else(wrong)?;
    let (actor, role, undoes, data) = (next()?, next()?, next()?, next()?);
    let kind = data.strip_prefix("{\"kind\":\"");
    let kind = kind.and_then(|rest| rest.split_once('"'));
    let is_left_out = kind
        .zip(Role::from_code(role))
        .is_some_and(|((kind, _), role)| is_unread(kind, role, data));
    if is_left_out {
        return Ok(None);
    }
    let undoes = (!undoes.is_empty()).then(|| undoes.parse().map(DecisionId));
    let told = AsStored {
        at: Timestamp::from_millisecond(at).ok().ok_or_else(wrong)?,
        actor,
        role,
        reason: String::new(),
        data,
        private: None,
        undoes: undoes.transpose().ok().ok_or_else(wrong)?,
    };
    Ok(Some(Past {
        decision: DecisionId(decision),
        event: told.event(number)?,
    }))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text((number, place): (i64, i64), data: &str) -> String {
        let parts = ["4", "1000", "person:7", "agent", "", data];
        format!("{number}\u{1f}{place}\u{1f}{}", parts.join("\u{1f}"))
    }

    fn told(text: &str) -> Result<Vec<(i64, String)>, String> {
        let found = histories(text).map_err(|error| error.to_string())?;
        let found = found.into_iter().flat_map(|(number, history)| {
            let events = history.into_iter().map(|past| past.event);
            events.map(move |event| (number.0, event.data.kind().0.to_owned()))
        });
        Ok(found.collect())
    }

    #[test]
    fn histories_are_read_in_their_order() {
        let all = [
            text((1042, 2), r#"{"kind":"withdrawn"}"#),
            text((7, 1), r#"{"kind":"withdrawn"}"#),
            text((1042, 1), r#"{"kind":"owner_reminded"}"#),
        ];
        let expected = [
            (7, "withdrawn"),
            (1042, "owner_reminded"),
            (1042, "withdrawn"),
        ];
        let expected = expected.map(|(number, kind)| (number, kind.to_owned()));
        assert_eq!(told(&all.join("\u{1e}")), Ok(expected.to_vec()));
        assert_eq!(told(""), Ok(Vec::new()));
    }

    #[test]
    fn what_nobody_looks_at_is_not_read() {
        let ack = |offers: &str| {
            let data = format!(
                "{{\"kind\":\"message_sent\",\"message\":2,\"side\":\"requester\",\"message_id\":\"a@desk.test\",\
                 \"template\":\"acknowledgement\",\"class\":\"automatic\"{offers}}}"
            );
            text((7, 2), &data).replace("agent", "house")
        };
        let told = |event: String| told(&event).map(|all| all.len());
        assert_eq!(told(ack("")), Ok(0));
        // That a rating was asked for counts.
        assert_eq!(told(ack(",\"offers\":\"confirmation\"")), Ok(1));
    }

    #[test]
    fn what_is_no_event_is_named() {
        for (wrong, named) in [
            ("1042", "1042"),
            ("1042\u{1f}1\u{1f}4", "4"),
            (&*text((1042, 1), "{"), "EOF while parsing"),
        ] {
            let error = told(wrong).unwrap_err();
            assert!(error.contains(named), "{error}");
        }
    }
}
