//! Somebody is erased. It is work of the decider's, alone in its batch: nothing else may have their words at hand meanwhile.
//! It goes in stages and in short transactions, each of which writes down how far it has come, so that it may be interrupted
//! at any time: the person first, so that whoever writes from the address from then on is somebody new; then what there is
//! of their tickets, their words, what they wrote elsewhere, what they were sent, letters that list many people's requests,
//! and the index of words. `find` says what there is, `person` and `go` have the stages.
//!
//! What stays is what history is proved by and figures are counted from: events, verdicts, and by what mails are known, so
//! that none of them is ever taken again.

mod find;
mod go;
mod person;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Db, Row, StoreError, Tx, as_json, leases, leases::Lease, sql};
use crate::model::{
    address::Address,
    erasure::Erased,
    ids::{PersonId, RawId, TicketNumber, WorkId},
};

pub use find::look;
pub(super) use go::forget_mail;

/// The kind of its work.
pub const WORK: &str = "erase";

/// How far an erasure has come: the payload of its work. It names nobody but by number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Who.
    pub person: PersonId,
    /// To which account of the machine, and what the administrator says of it.
    pub words: String,
    /// What is done next.
    #[serde(default)]
    pub stage: Stage,
    /// What was done so far.
    #[serde(default)]
    pub erased: Erased,
    /// The last ticket, mail, delivery or word of this stage that is done.
    #[serde(default)]
    after: Option<i64>,
    /// Questions to other departments for the sake of their tickets.
    #[serde(default)]
    asked: Vec<TicketNumber>,
    /// From which sent mail on letters may list their requests, and until when.
    #[serde(default)]
    lists: Option<(i64, i64)>,
}

/// What is done next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing is done yet.
    #[default]
    Person,
    /// Their tickets, one after the other.
    Tickets,
    /// Their words, wherever they stand.
    Words,
    /// What they wrote in other people's tickets, or in none.
    Written,
    /// What they were sent.
    Sent,
    /// Letters that list requests of many people.
    Lists,
    /// The index of words.
    Index,
    /// All is done.
    Done,
}

/// What one piece of it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// There is more to do.
    More,
    /// Something stands against it, and nothing was done.
    Refused,
    /// All is done.
    Done(Erased),
}

/// What there is of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inventory {
    /// How much would go.
    pub erased: Erased,
    /// Their requests, and questions to other departments for the sake of them, that are not closed.
    pub open: Vec<TicketNumber>,
    /// How many mails to them or about their requests are still to be sent.
    pub waiting: i64,
    /// How many events name one of their addresses: they stay.
    pub naming: i64,
}

impl Erasure {
    /// One that is not begun.
    #[must_use]
    pub fn new(person: PersonId, words: String) -> Self {
        Self {
            person,
            words,
            stage: Stage::Person,
            erased: Erased::default(),
            after: None,
            asked: Vec::new(),
            lists: None,
        }
    }

    /// The stage is done.
    fn go_on(&mut self, stage: Stage) {
        self.stage = stage;
        self.after = None;
    }
}

/// Leaves it to the decider, where the same does not wait already; its work.
///
/// # Errors
/// What the database says.
pub async fn order(db: &Db, erasure: Erasure, now: Timestamp) -> Result<WorkId, StoreError> {
    let input = (erasure, now.as_millisecond());
    db.write("order an erasure", input, |tx, (erasure, now)| {
        Box::pin(async move {
            if let Some((work, _)) = pending_in(tx, erasure.person).await? {
                return Ok(work);
            }
            let payload = as_json(erasure)?;
            let values = [(&payload).into(), (*now).into()];
            Ok(WorkId(tx.row(&sql::ERASE_ADD, &values).await?.int(0)?))
        })
    })
    .await
}

/// The work of erasing this person that waits, or could not be done; and how far it has come.
///
/// # Errors
/// What the database says.
pub async fn pending(db: &Db, person: PersonId) -> Result<Option<(WorkId, Erasure)>, StoreError> {
    db.read("look for an erasure", person, |tx, person| {
        Box::pin(pending_in(tx, *person))
    })
    .await
}

async fn pending_in(
    tx: &mut Tx,
    person: PersonId,
) -> Result<Option<(WorkId, Erasure)>, StoreError> {
    for row in tx.rows(&sql::ERASE_PENDING, &[]).await? {
        let (work, erasure) = waiting_in(&row)?;
        if erasure.person == person {
            return Ok(Some((work, erasure)));
        }
    }
    Ok(None)
}

/// How far it has come; `None`: there is no such work any more.
///
/// # Errors
/// What the database says.
pub async fn progress(db: &Db, work: WorkId) -> Result<Option<Erasure>, StoreError> {
    db.read("look at an erasure", work, |tx, work| {
        Box::pin(async move {
            let row = tx.row_opt(&sql::ERASE_GET, &[work.0.into()]).await?;
            row.map(|row| read(row.text(0)?)).transpose()
        })
    })
    .await
}

/// Whether work of this kind, with this payload, is somebody who is half erased: the addresses are gone, the rest may not be.
#[must_use]
pub fn is_begun(kind: &str, payload: &str) -> bool {
    let begun = |erasure: Erasure| erasure.stage != Stage::Person;
    kind == WORK && read(payload).is_ok_and(begun)
}

/// The works of all erasures that wait, or could not be done, and how far each has come: by the address of somebody who is half
/// erased nobody is found.
///
/// # Errors
/// What the database says.
pub async fn all_pending(db: &Db) -> Result<Vec<(WorkId, Erasure)>, StoreError> {
    db.read("look for erasures", (), |tx, ()| {
        Box::pin(async move {
            let rows = tx.rows(&sql::ERASE_PENDING, &[]).await?;
            rows.iter().map(waiting_in).collect()
        })
    })
    .await
}

fn waiting_in(row: &Row) -> Result<(WorkId, Erasure), StoreError> {
    Ok((WorkId(row.int(0)?), read(row.text(1)?)?))
}

fn read(payload: &str) -> Result<Erasure, StoreError> {
    serde_json::from_str(payload).map_err(|error| StoreError::Packed {
        reason: error.to_string(),
    })
}

/// What the first piece has to know: their addresses, and which mails of theirs nobody has decided on, quarantined or
/// discarded ones.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The addresses.
    pub addresses: Vec<Address>,
    /// The mails.
    pub undecided: Vec<RawId>,
}

/// Does the next piece, in one transaction.
///
/// # Errors
/// [`StoreError::Fenced`] where the lease is lost; what the database says.
pub async fn piece(
    db: &Db,
    lease: Lease,
    work: WorkId,
    (known, now): (Known, Timestamp),
) -> Result<Piece, StoreError> {
    let input = (lease, work, known, now.as_millisecond());
    db.write("erase somebody", input, |tx, (lease, work, known, now)| {
        Box::pin(async move {
            leases::fence(tx, lease).await?;
            let row = tx.row(&sql::ERASE_GET, &[work.0.into()]).await?;
            let mut erasure = read(row.text(0)?)?;
            if !go::piece(tx, &mut erasure, (known, *now)).await? {
                return Ok(Piece::Refused);
            }
            let payload = as_json(&erasure)?;
            tx.exec(&sql::ERASE_KEEP, &[work.0.into(), (&payload).into()])
                .await?;
            Ok(match erasure.stage {
                Stage::Done => Piece::Done(erasure.erased),
                Stage::Person
                | Stage::Tickets
                | Stage::Words
                | Stage::Written
                | Stage::Sent
                | Stage::Lists
                | Stage::Index => Piece::More,
            })
        })
    })
    .await
}
