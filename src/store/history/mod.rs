//! History as it is read: explained to people here, handed out by `export`, folded anew by `refold`, proved by `prove`.

mod chained;
mod ends;
mod export;
mod figures;
mod histories;
mod outside;
mod periods;
mod prove;
mod refold;

use jiff::Timestamp;

pub use ends::open_at;
pub use export::{Export, ExportedEvent, ExportedVerdict, Stretch, last, last_written_before};
pub use figures::{figures, hints, judged};
pub use histories::Histories;
pub(in crate::store) use outside::numbers_in;
pub use outside::{numbers_said, numbers_told, outside, outside_files};
pub(super) use periods::periods_closed;
pub use periods::{closed_periods, hash_at, is_decided_before, period_files, still_to_end};
pub use prove::{Fault, prove};
pub(super) use refold::{event, refold};

use super::{Db, Row, StoreError, Tx, hash_of_id, instant, sql};
use crate::model::{
    event::EventData,
    ids::{MessageId, RawId, TicketNumber},
    ticket::Ticket,
};

/// A decision as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDecision {
    /// Its number.
    pub id: i64,
    /// What caused it.
    pub cause_kind: String,
    /// Which.
    pub cause_id: String,
    /// The policy's number.
    pub policy: i64,
    /// When it was made.
    pub now: Timestamp,
    /// By which program.
    pub program: String,
    /// Why it ended as it did: a code.
    pub reason: String,
    /// The facts, JSON.
    pub facts: String,
    /// What happened.
    pub events: Vec<StoredEvent>,
}

/// An event as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in history.
    pub seq: i64,
    /// The decision it came from.
    pub decision: i64,
    /// `ticket/1042`.
    pub stream: String,
    /// What happened.
    pub kind: String,
    /// The instant that counts.
    pub at: Timestamp,
    /// Who: `person:12`, `okno`, `operator`.
    pub actor: String,
    /// In which capacity.
    pub role: String,
    /// How far believed.
    pub trust: String,
    /// Why: a code.
    pub reason: String,
    /// The data, JSON.
    pub data: String,
    /// The erasable words, where there are any still.
    pub words: Option<String>,
}

/// The raw mails and tickets in whose conversation a Message-ID stands.
///
/// # Errors
/// What the database says.
pub async fn find_message(
    db: &Db,
    id: &MessageId,
) -> Result<Vec<(Option<RawId>, Option<TicketNumber>)>, StoreError> {
    db.read("find a message", id.clone(), |tx, id| {
        Box::pin(async move {
            let rows = tx
                .rows(&sql::EXPLAIN_MESSAGE, &[hash_of_id(id).into()])
                .await?;
            let same = rows
                .iter()
                .filter(|row| row.text(3).is_ok_and(|found| found == id.as_str()));
            same.map(|row| {
                Ok((
                    row.opt_int(2)?.map(RawId),
                    row.opt_int(1)?.map(TicketNumber),
                ))
            })
            .collect()
        })
    })
    .await
}

/// The decisions that a cause led to, with their events.
///
/// # Errors
/// What the database says.
pub async fn decisions_on(
    db: &Db,
    cause_kind: &str,
    cause_id: &str,
) -> Result<Vec<StoredDecision>, StoreError> {
    db.read(
        "read decisions",
        (cause_kind.to_owned(), cause_id.to_owned()),
        |tx, (kind, id)| {
            Box::pin(async move {
                let rows = tx
                    .rows(&sql::EXPLAIN_DECISIONS, &[kind.into(), id.into()])
                    .await?;
                with_events(tx, &rows).await
            })
        },
    )
    .await
}

/// The decisions that made a ticket what it is, in order.
///
/// # Errors
/// What the database says.
pub async fn decisions_of(
    db: &Db,
    ticket: TicketNumber,
) -> Result<Vec<StoredDecision>, StoreError> {
    db.read("read a ticket's history", ticket, |tx, ticket| {
        Box::pin(async move {
            let events = tx
                .rows(
                    &sql::HISTORY,
                    &["ticket".into(), (&ticket.to_string()).into()],
                )
                .await?;
            let mut decisions = Vec::new();
            let mut last = 0;
            for event in &events {
                let id = event.int(1)?;
                if id != last {
                    last = id;
                    let rows = tx.rows(&sql::EXPLAIN_DECISION, &[id.into()]).await?;
                    decisions.extend(with_events(tx, &rows).await?);
                }
            }
            Ok(decisions)
        })
    })
    .await
}

/// Everything that happened in a stream, in order: `person` and a number, `configuration` and `directory`.
///
/// # Errors
/// What the database says.
pub async fn events_of(
    db: &Db,
    stream_kind: &'static str,
    stream_id: &str,
) -> Result<Vec<StoredEvent>, StoreError> {
    db.read("read a history", stream_id.to_owned(), move |tx, id| {
        Box::pin(async move {
            let rows = tx
                .rows(&sql::HISTORY, &[stream_kind.into(), id.into()])
                .await?;
            rows.iter().map(stored_event).collect()
        })
    })
    .await
}

async fn with_events(tx: &mut Tx, rows: &[Row]) -> Result<Vec<StoredDecision>, StoreError> {
    let mut decisions = Vec::new();
    for row in rows {
        let id = row.int(0)?;
        let events = tx.rows(&sql::EXPLAIN_EVENTS, &[id.into()]).await?;
        decisions.push(StoredDecision {
            id,
            cause_kind: row.string(1)?,
            cause_id: row.string(2)?,
            policy: row.int(3)?,
            now: instant(row, 4)?,
            program: row.string(5)?,
            reason: row.string(6)?,
            facts: row.string(7)?,
            events: events.iter().map(stored_event).collect::<Result<_, _>>()?,
        });
    }
    Ok(decisions)
}

fn stored_event(row: &Row) -> Result<StoredEvent, StoreError> {
    Ok(StoredEvent {
        seq: row.int(0)?,
        decision: row.int(1)?,
        stream: format!("{}/{}", row.text(2)?, row.text(3)?),
        kind: row.string(4)?,
        at: instant(row, 5)?,
        actor: row.string(6)?,
        role: row.string(7)?,
        trust: row.string(8)?,
        reason: row.string(10)?,
        data: row.string(11)?,
        words: row.opt_string(12)?,
    })
}

/// A ticket as it stands.
///
/// # Errors
/// What the database says.
pub async fn ticket(db: &Db, number: TicketNumber) -> Result<Option<Ticket>, StoreError> {
    let numbers = std::iter::once(number).collect();
    db.read("read a ticket", numbers, |tx, numbers| {
        Box::pin(async move { Ok(super::conversations::load_tickets(tx, numbers).await?.pop()) })
    })
    .await
}

/// All tickets, in batches of 500 after `number`.
///
/// # Errors
/// What the database says.
pub async fn tickets_after(db: &Db, number: TicketNumber) -> Result<Vec<Ticket>, StoreError> {
    db.read("list tickets", number, |tx, number| {
        Box::pin(async move {
            let mut tickets = Vec::new();
            for row in tx.rows(&sql::TICKETS_AFTER, &[number.0.into()]).await? {
                tickets.extend(super::conversations::ticket(tx, &row).await?);
            }
            Ok(tickets)
        })
    })
    .await
}

/// Refuses a database whose history holds a kind of event that this program cannot read: it would decide on half
/// the truth.
///
/// # Errors
/// [`StoreError::UnknownEvent`]; what the database says.
pub async fn check_kinds(db: &Db) -> Result<(), StoreError> {
    db.read("look at the kinds of events", (), |tx, ()| {
        Box::pin(async move {
            for row in tx.rows(&sql::EVENT_KINDS, &[]).await? {
                let (kind, version) = (row.text(0)?, row.int(1)?);
                let is_known = EventData::KINDS
                    .iter()
                    .any(|(known, newest)| *known == kind && version <= *newest);
                if !is_known {
                    return Err(StoreError::UnknownEvent {
                        kind: kind.to_owned(),
                        version,
                    });
                }
            }
            Ok(())
        })
    })
    .await
}
