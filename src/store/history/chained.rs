//! One row of the walk along the chain: whether its words, its verdict and its hash are what they should be.

use crate::{
    desk::chain::{self, Link},
    model::event::EventData,
    store::{
        Row, StoreError,
        verdict::{self, Judged},
    },
};

/// Erased words are right: then only their hash is left. Words that are there must have it.
pub(super) fn is_private_right(row: &Row) -> Result<bool, StoreError> {
    let hash = row.opt_text(15)?;
    let is_kept = match (row.opt_text(19)?, row.opt_text(20)?) {
        (Some(salt), Some(text)) => hash == Some(chain::private_hash(salt, text).as_str()),
        (Some(_) | None, Some(_) | None) => true,
    };
    Ok(is_kept && row.opt_int(21)?.is_some() == hash.is_some())
}

pub(super) fn is_verdict_right(row: &Row) -> Result<bool, StoreError> {
    let found = match row.opt_int(22)? {
        Some(ticket) => Some((ticket.to_string(), verdict_row(row)?)),
        None => None,
    };
    let data = serde_json::from_str::<EventData>(row.text(14)?).ok();
    let stream = row.string(3)?;
    let told = data.as_ref().and_then(verdict::of);
    Ok(found == told.map(|judged| (stream, judged)))
}

fn verdict_row(row: &Row) -> Result<Judged, StoreError> {
    Ok(Judged {
        clock: row.string(23)?,
        outcome: row.string(24)?,
        started_at: row.int(25)?,
        target_secs: row.opt_int(26)?,
        due_at: row.int(27)?,
        satisfied_at: row.opt_int(28)?,
        queue: row.string(29)?,
        agent: row.opt_string(30)?,
        class: row.opt_string(31)?,
        worked_secs: row.opt_int(32)?,
    })
}

pub(super) fn hash_of(row: &Row) -> Result<String, StoreError> {
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
