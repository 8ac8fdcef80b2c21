//! The proof of history: every hash, every link, every ticket against the fold of its events.

use super::{refold, tickets_after};
use crate::{
    desk::chain::{self, GENESIS, Link},
    model::ids::TicketNumber,
    store::{Db, Row, StoreError, sql},
};

/// Something wrong with history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: `event 12`, `ticket 1042`.
    pub place: String,
    /// What: `hash`, `link`, `gap`, `private`, `snapshot`.
    pub what: &'static str,
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
