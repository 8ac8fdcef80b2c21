//! What the event of a judged clock says, as the columns of its verdict row: for the one who writes it and for the
//! proof.

use jiff::Timestamp;

use crate::model::{event::EventData, ticket::Outcome};

/// A judged clock as stored.
pub(super) struct Judged {
    pub(super) clock: &'static str,
    pub(super) outcome: &'static str,
    pub(super) due_at: i64,
    pub(super) satisfied_at: Option<i64>,
}

/// The verdict in an event, if it is one.
pub(super) fn of(data: &EventData) -> Option<Judged> {
    let EventData::ClockJudged {
        clock,
        outcome,
        due_at,
        satisfied_at,
    } = data
    else {
        return None;
    };
    Some(Judged {
        clock: clock.code(),
        outcome: match outcome {
            Outcome::Met => "met",
            Outcome::Breached => "breached",
        },
        due_at: due_at.as_millisecond(),
        satisfied_at: satisfied_at.map(Timestamp::as_millisecond),
    })
}
