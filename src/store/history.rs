//! History as it is read: explained to people, folded anew, and proved.

use jiff::Timestamp;

use super::{Db, Row, StoreError, Tx, hash_of_id, instant, sql};
use crate::{
    desk::{
        chain::{self, GENESIS, Link},
        fold::fold,
    },
    model::{
        event::{Actor, Event, EventData, Private, Role, Stream, Trust},
        ids::{MessageId, PersonId, RawId, TicketNumber},
        ticket::Ticket,
    },
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

/// Something wrong with history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: `event 12`, `ticket 1042`.
    pub place: String,
    /// What: `hash`, `link`, `gap`, `private`, `snapshot`.
    pub what: &'static str,
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
        Box::pin(async move { Ok(super::facts::load_tickets(tx, numbers).await?.pop()) })
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
            let rows = tx.rows(&sql::TICKETS_AFTER, &[number.0.into()]).await?;
            rows.iter().map(|row| ticket_of(row.text(1)?)).collect()
        })
    })
    .await
}

fn ticket_of(snapshot: &str) -> Result<Ticket, StoreError> {
    let unknown = |error: serde_json::Error| StoreError::Unknown {
        column: "ticket.snapshot",
        found: error.to_string(),
    };
    serde_json::from_str(snapshot).map_err(unknown)
}

/// Folds a ticket anew from its events.
pub(super) async fn refold(
    tx: &mut Tx,
    number: TicketNumber,
) -> Result<Option<Ticket>, StoreError> {
    let rows = tx
        .rows(
            &sql::HISTORY,
            &["ticket".into(), (&number.to_string()).into()],
        )
        .await?;
    let mut ticket = None;
    for row in &rows {
        ticket = fold(ticket, number, &event(row, number)?);
    }
    Ok(ticket)
}

/// An event for folding: what the fold does not look at is left at its plainest.
fn event(row: &Row, number: TicketNumber) -> Result<Event, StoreError> {
    let unknown = |error: serde_json::Error| StoreError::Unknown {
        column: "event.data",
        found: error.to_string(),
    };
    let data: EventData = serde_json::from_str(row.text(11)?).map_err(unknown)?;
    let private = row.opt_string(12)?.map(|text| Private {
        person: None::<PersonId>,
        text,
    });
    Ok(Event {
        stream: Stream::Ticket(number),
        data,
        at: instant(row, 5)?,
        actor: Actor::Okno,
        role: Role::House,
        trust: Trust::Claimed,
        message_id: None,
        reason: row.string(10)?,
        private,
        undoes: None,
    })
}

/// Checks the whole chain and refolds every ticket. What is wrong, and how many events and tickets were looked at.
///
/// # Errors
/// What the database says.
pub async fn prove(db: &Db) -> Result<(Vec<Fault>, u64, u64), StoreError> {
    let (mut faults, events) = prove_chain(db).await?;
    let mut after = TicketNumber(0);
    let mut tickets = 0_u64;
    loop {
        let found = tickets_after(db, after).await?;
        let Some(last) = found.last() else {
            return Ok((faults, events, tickets));
        };
        after = last.number;
        for ticket in found {
            tickets = tickets.saturating_add(1);
            let number = ticket.number;
            let folded = db
                .read("fold a ticket anew", number, |tx, number| {
                    Box::pin(refold(tx, *number))
                })
                .await?;
            if folded.as_ref() != Some(&ticket) {
                faults.push(Fault {
                    place: format!("ticket {number}"),
                    what: "snapshot",
                });
            }
        }
    }
}

async fn prove_chain(db: &Db) -> Result<(Vec<Fault>, u64), StoreError> {
    let mut faults = Vec::new();
    let (mut seq, mut head, mut count) = (0_i64, GENESIS.to_owned(), 0_u64);
    loop {
        let rows = db
            .read("walk the chain", seq, |tx, seq| {
                Box::pin(async move { tx.rows(&sql::CHAIN, &[(*seq).into()]).await })
            })
            .await?;
        if rows.is_empty() {
            return Ok((faults, count));
        }
        for row in &rows {
            let found = row.int(0)?;
            let mut fault = |what| {
                faults.push(Fault {
                    place: format!("event {found}"),
                    what,
                })
            };
            if found != seq.saturating_add(1) {
                fault("gap");
            }
            if row.text(17)? != head {
                fault("link");
            }
            let hash = row.string(18)?;
            if hash_of(row)? != hash {
                fault("hash");
            }
            if let (Some(salt), Some(text)) = (row.opt_text(19)?, row.opt_text(20)?)
                && row.opt_text(15)? != Some(chain::private_hash(salt, text).as_str())
            {
                fault("private");
            }
            (seq, head, count) = (found, hash, count.saturating_add(1));
        }
    }
}

fn hash_of(row: &Row) -> Result<String, StoreError> {
    let stream = format!("{}/{}/{}", row.text(2)?, row.text(3)?, row.int(4)?);
    let kind = format!("{}/{}", row.text(5)?, row.int(6)?);
    let at = format!("{}/{}", row.int(7)?, row.int(8)?);
    let who = format!("{}/{}/{}", row.text(9)?, row.text(10)?, row.text(11)?);
    let undoes = row.opt_int(16)?.map(|id| id.to_string());
    let link = Link {
        seq: row.int(0)?,
        decision: row.int(1)?,
        stream: &stream,
        kind: &kind,
        at: &at,
        who: &who,
        message_id: row.opt_text(12)?.unwrap_or(""),
        reason: row.text(13)?,
        data: row.text(14)?,
        private_hash: row.opt_text(15)?.unwrap_or(""),
        undoes: undoes.as_deref().unwrap_or(""),
    };
    Ok(chain::hash(row.text(17)?, &link))
}
