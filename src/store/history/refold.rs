//! A ticket folded anew from its stored events.

use crate::{
    desk::fold::fold,
    model::{
        event::{Actor, Event, EventData, Private, Role, Stream, Trust},
        ids::{DecisionId, PersonId, TicketNumber},
        ticket::Ticket,
    },
    store::{Row, StoreError, Tx, instant, sql},
};

/// Folds a ticket anew from its events.
pub(in crate::store) async fn refold(
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
pub(in crate::store) fn event(row: &Row, number: TicketNumber) -> Result<Event, StoreError> {
    let unknown = |error: serde_json::Error| StoreError::Unknown {
        column: "event.data",
        found: error.to_string(),
    };
    let data: EventData = serde_json::from_str(row.text(11)?).map_err(unknown)?;
    let role = row.text(7)?;
    let role = Role::from_code(role).ok_or_else(|| StoreError::Unknown {
        column: "event.role",
        found: role.to_owned(),
    })?;
    let private = row.opt_string(12)?.map(|text| Private {
        person: None::<PersonId>,
        text,
    });
    Ok(Event {
        stream: Stream::Ticket(number),
        data,
        at: instant(row, 5)?,
        actor: Actor::from_code(row.text(6)?).unwrap_or(Actor::Okno),
        role,
        trust: Trust::Claimed,
        message_id: None,
        reason: row.string(10)?,
        private,
        undoes: row.opt_int(14)?.map(DecisionId),
    })
}
