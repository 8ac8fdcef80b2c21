//! History as it is handed out, so that anybody can compute every figure anew: the events as they were hashed, each with
//! the verdict that it holds. People's words are not in it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::store::{Db, Row, StoreError, instant, opt_instant, sql};

/// The stretch of history that is handed out: what was written from `since` on and before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stretch {
    /// The first instant of it; `None`: from the beginning.
    pub since: Option<Timestamp>,
    /// The first instant after it; `None`: all there is.
    pub until: Option<Timestamp>,
}

impl Stretch {
    fn holds(&self, at: Timestamp) -> bool {
        self.since.is_none_or(|since| since <= at) && self.until.is_none_or(|until| at < until)
    }
}

/// An event as it is handed out: one line (docs/events.md says what each part means).
#[derive(Debug, Serialize)]
pub struct ExportedEvent {
    /// Its place in history.
    pub seq: i64,
    /// The decision it came from.
    pub decision: i64,
    /// Whose history: `ticket`, `mailbox`, `queue`, `person`, `configuration`, `house`.
    pub stream: String,
    /// Which.
    pub id: String,
    /// Its place in that.
    pub n: i64,
    /// What happened.
    pub kind: String,
    /// In which version of its shape.
    pub version: i64,
    /// The instant that counts.
    pub at: Timestamp,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// Who: `person:12`, `okno`, `operator`.
    pub actor: String,
    /// In which capacity.
    pub role: String,
    /// How far believed.
    pub trust: String,
    /// Why: a code.
    pub reason: String,
    /// The decision that this takes back.
    pub undoes: Option<i64>,
    /// All else of it, as it was hashed.
    pub data: Box<RawValue>,
    /// The verdict in it, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<ExportedVerdict>,
    /// The hash of the event before it.
    pub prev_hash: String,
    /// Its own.
    pub hash: String,
}

/// A verdict as it is handed out.
#[derive(Debug, Serialize)]
pub struct ExportedVerdict {
    /// Which clock.
    pub clock: String,
    /// `met`, `breached`, or `taken_back`: no verdict any more.
    pub outcome: String,
    /// From when time counted.
    pub started_at: Timestamp,
    /// The promise in seconds of business time.
    pub target_secs: Option<i64>,
    /// By when it was promised.
    pub due_at: Timestamp,
    /// When what was promised happened.
    pub satisfied_at: Option<Timestamp>,
    /// Whose queue the ticket was in.
    pub queue: String,
    /// Whose it is.
    pub agent: Option<String>,
    /// Of which class the request was.
    pub class: Option<String>,
    /// Seconds of business time that had passed.
    pub worked_secs: Option<i64>,
    /// The event that took back the decision which had judged: the verdict does not count.
    pub undone_by: Option<i64>,
}

/// History in pages. What is written meanwhile is left to the next time.
#[derive(Debug)]
pub struct Export<'d> {
    db: &'d Db,
    stretch: Stretch,
    after: i64,
    last: i64,
}

impl<'d> Export<'d> {
    /// At the beginning of the stretch. `upto`: as if nothing had been written after that event, which is what a closed
    /// period knows of.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin(
        db: &'d Db,
        stretch: Stretch,
        upto: Option<i64>,
    ) -> Result<Self, StoreError> {
        let last = last(db).await?;
        let last = upto.map_or(last, |upto| upto.min(last));
        let after = match stretch.since {
            Some(since) => last_before(db, since, last).await?,
            None => 0,
        };
        Ok(Self {
            db,
            stretch,
            after,
            last,
        })
    }

    /// The next events; empty once all were handed out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next(&mut self) -> Result<Vec<ExportedEvent>, StoreError> {
        loop {
            let values = (self.after, self.last);
            let rows = self
                .db
                .read("export events", values, |tx, (after, last)| {
                    Box::pin(async move {
                        tx.rows(&sql::EXPORT, &[(*after).into(), (*last).into()])
                            .await
                    })
                })
                .await?;
            let Some(end) = rows.last() else {
                return Ok(Vec::new());
            };
            self.after = end.int(0)?;
            let mut events = Vec::with_capacity(rows.len());
            for row in &rows {
                let event = exported(row, self.last)?;
                // The clock may have been set back once.
                if self.stretch.holds(event.recorded_at) {
                    events.push(event);
                }
            }
            if !events.is_empty() {
                return Ok(events);
            }
        }
    }
}

/// The place of the newest event.
///
/// # Errors
/// What the database says.
pub async fn last(db: &Db) -> Result<i64, StoreError> {
    db.read("find the end of history", (), |tx, ()| {
        Box::pin(async move {
            let row = tx.row(&sql::EVENT_LAST, &[]).await?;
            Ok(row.opt_int(0)?.unwrap_or(0))
        })
    })
    .await
}

/// The last event that was written before an instant; 0: there is none.
///
/// # Errors
/// What the database says.
pub async fn last_written_before(db: &Db, at: Timestamp) -> Result<i64, StoreError> {
    last_before(db, at, last(db).await?).await
}

/// The last event that was written before an instant, found by halves: history is written in order.
pub(in crate::store) async fn last_before(
    db: &Db,
    at: Timestamp,
    last: i64,
) -> Result<i64, StoreError> {
    let (mut before, mut from) = (0_i64, last.saturating_add(1));
    while from.saturating_sub(before) > 1 {
        let middle = before.midpoint(from);
        let written = db
            .read("look when an event was written", middle, |tx, seq| {
                Box::pin(async move {
                    let rows = tx.rows(&sql::EVENT_WRITTEN, &[(*seq).into()]).await?;
                    rows.first().map(|row| instant(row, 0)).transpose()
                })
            })
            .await?;
        match written {
            Some(written) if written >= at => from = middle,
            Some(_) | None => before = middle,
        }
    }
    Ok(before)
}

fn exported(row: &Row, last: i64) -> Result<ExportedEvent, StoreError> {
    let data = RawValue::from_string(row.string(14)?);
    let data = data.map_err(|error| StoreError::Unknown {
        column: "event.data",
        found: error.to_string(),
    })?;
    Ok(ExportedEvent {
        seq: row.int(0)?,
        decision: row.int(1)?,
        stream: row.string(2)?,
        id: row.string(3)?,
        n: row.int(4)?,
        kind: row.string(5)?,
        version: row.int(6)?,
        at: instant(row, 7)?,
        recorded_at: instant(row, 8)?,
        actor: row.string(9)?,
        role: row.string(10)?,
        trust: row.string(11)?,
        reason: row.string(12)?,
        undoes: row.opt_int(13)?,
        data,
        verdict: verdict(row, last)?,
        prev_hash: row.string(15)?,
        hash: row.string(16)?,
    })
}

fn verdict(row: &Row, last: i64) -> Result<Option<ExportedVerdict>, StoreError> {
    let Some(clock) = row.opt_string(17)? else {
        return Ok(None);
    };
    Ok(Some(ExportedVerdict {
        clock,
        outcome: row.string(18)?,
        started_at: instant(row, 19)?,
        target_secs: row.opt_int(20)?,
        due_at: instant(row, 21)?,
        satisfied_at: opt_instant(row, 22)?,
        queue: row.string(23)?,
        agent: row.opt_string(24)?,
        class: row.opt_string(25)?,
        worked_secs: row.opt_int(26)?,
        undone_by: row.opt_int(27)?.filter(|seq| *seq <= last),
    }))
}
