//! A ticket folded anew from its stored events.

use jiff::Timestamp;

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

/// What is stored of an event, as far as folds and figures look at it.
pub(super) struct AsStored<'t> {
    pub(super) at: Timestamp,
    pub(super) actor: &'t str,
    pub(super) role: &'t str,
    pub(super) reason: String,
    pub(super) data: &'t str,
    pub(super) private: Option<String>,
    pub(super) undoes: Option<DecisionId>,
}

impl AsStored<'_> {
    /// The event of a ticket: what nobody looks at is left at its plainest.
    pub(super) fn event(self, number: TicketNumber) -> Result<Event, StoreError> {
        let unknown = |error: serde_json::Error| StoreError::Unknown {
            column: "event.data",
            found: error.to_string(),
        };
        let data: EventData = serde_json::from_str(self.data).map_err(unknown)?;
        let role = Role::from_code(self.role).ok_or_else(|| StoreError::Unknown {
            column: "event.role",
            found: self.role.to_owned(),
        })?;
        Ok(Event {
            stream: Stream::Ticket(number),
            data,
            at: self.at,
            actor: Actor::from_code(self.actor).unwrap_or(Actor::Okno),
            role,
            trust: Trust::Claimed,
            message_id: None,
            reason: self.reason,
            private: self.private.map(|text| Private {
                person: None::<PersonId>,
                text,
            }),
            undoes: self.undoes,
        })
    }
}

/// An event for folding.
pub(in crate::store) fn event(row: &Row, number: TicketNumber) -> Result<Event, StoreError> {
    let told = AsStored {
        at: instant(row, 5)?,
        actor: row.text(6)?,
        role: row.text(7)?,
        reason: row.string(10)?,
        data: row.text(11)?,
        private: row.opt_string(12)?,
        undoes: row.opt_int(14)?.map(DecisionId),
    };
    told.event(number)
}
