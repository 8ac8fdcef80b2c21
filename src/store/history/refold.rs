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
        let data = data(self.data).map_err(unknown)?;
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

/// The data of an event. Its kind stands first in what is written: put before all else, it spares serde to keep the rest
/// until it knows what it is, which takes longer than to read it. What was written otherwise is read as it stands.
fn data(stored: &str) -> Result<EventData, serde_json::Error> {
    let parts = stored.strip_prefix("{\"kind\":\"");
    let quick = parts
        .and_then(|rest| rest.split_once("\",\""))
        .and_then(|(kind, rest)| {
            let put = ["{\"", kind, "\":{\"", rest, "}"].concat();
            let mut reader = serde_json::Deserializer::from_str(&put);
            let data = EventData::kind_first(&mut reader).ok()?;
            reader.end().is_ok().then_some(data)
        });
    quick.map_or_else(|| serde_json::from_str(stored), Ok)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Every kind and version there is.
    const GOLDEN: &str = include_str!("../../../tests/golden/events.jsonl");

    #[test]
    fn the_kind_put_first_reads_what_is_read_as_it_stands() {
        let mut quick = 0;
        for line in GOLDEN.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let stored = row["data"].to_string();
            let expected: EventData = serde_json::from_str(&stored).unwrap();
            // As it is written: serde_json's map has sorted it.
            let written = serde_json::to_string(&expected).unwrap();
            assert_eq!(data(&written).unwrap(), expected, "{written}");
            assert_eq!(data(&stored).unwrap(), expected, "{stored}");
            quick += i32::from(written.contains("\",\""));
        }
        assert!(quick > 50, "{quick}");
    }

    #[test]
    fn what_is_wrong_is_said_as_ever() {
        for wrong in [
            "",
            "{",
            "{\"kind\":\"nothing\",\"agent\":\"a\"}",
            "{\"kind\":\"assigned\",\"agent\":7}",
        ] {
            let said = |error: serde_json::Error| error.to_string();
            let expected = serde_json::from_str::<EventData>(wrong).map_err(said);
            assert!(expected.is_err(), "{wrong}");
            assert_eq!(data(wrong).map_err(said), expected);
        }
        // Nothing may stand behind it.
        assert!(data("{\"kind\":\"assigned\",\"agent\":\"a\"}}").is_err());
    }
}
