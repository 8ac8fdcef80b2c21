//! What the event of a judged clock says, as the columns of its verdict row: for the one who writes it and for the
//! proof. The row is a copy, nothing in it comes from anywhere else. A correction has a row of its own: of one clock (ticket,
//! kind, start) the last row counts that no decision has taken back.

use jiff::Timestamp;

use super::{StoreError, Tx, sql};
use crate::model::{
    clock::{Clock, Outcome},
    event::EventData,
    ids::{DecisionId, TicketNumber},
};

/// A judged clock as stored.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) clock: String,
    pub(super) outcome: String,
    pub(super) started_at: i64,
    pub(super) target_secs: Option<i64>,
    pub(super) due_at: i64,
    pub(super) satisfied_at: Option<i64>,
    pub(super) queue: String,
    pub(super) agent: Option<String>,
    pub(super) class: Option<String>,
    pub(super) worked_secs: Option<i64>,
}

/// The verdict in an event, if it is one.
pub(super) fn of(data: &EventData) -> Option<Judged> {
    let verdict = data.verdict()?;
    Some(Judged {
        clock: verdict.clock.code().to_owned(),
        outcome: Outcome::code_of(verdict.outcome).to_owned(),
        started_at: verdict.started_at.as_millisecond(),
        target_secs: verdict.target_secs,
        due_at: verdict.due_at.as_millisecond(),
        satisfied_at: verdict.satisfied_at.map(Timestamp::as_millisecond),
        queue: verdict.queue.to_string(),
        agent: verdict.agent.as_ref().map(ToString::to_string),
        class: verdict.class.map(|class| class.code().to_owned()),
        worked_secs: verdict.worked_secs,
    })
}

/// A verdict of a decision that is taken back, as far as it must be known whether it counts still.
#[derive(Debug)]
pub(super) struct Doubted {
    pub(super) clock: String,
    pub(super) outcome: String,
    pub(super) started_at: i64,
}

impl Doubted {
    /// Whether it counts still: what stands again says of the same clock what it says, as where an answer has gone and stays
    /// given.
    pub(super) fn stands(&self, clocks: &[Clock]) -> bool {
        // A clock that was reopened is there twice, and the later one is meant.
        let mut clocks = clocks.iter().rev();
        let known = clocks.find(|clock| {
            clock.kind.code() == self.clock && clock.started_at.as_millisecond() == self.started_at
        });
        known.is_some_and(|known| Outcome::code_of(known.outcome) == self.outcome)
    }
}

/// What a decision judged of a ticket, by the events' places in history.
pub(super) async fn of_decision(
    tx: &mut Tx,
    ticket: TicketNumber,
    decision: DecisionId,
) -> Result<Vec<(i64, Doubted)>, StoreError> {
    let values = [ticket.0.into(), decision.0.into()];
    let rows = tx.rows(&sql::VERDICTS_OF_DECISION, &values).await?;
    let read = |row: &super::Row| {
        let doubted = Doubted {
            clock: row.string(1)?,
            outcome: row.string(2)?,
            started_at: row.int(3)?,
        };
        Ok((row.int(0)?, doubted))
    };
    rows.iter().map(read).collect()
}
