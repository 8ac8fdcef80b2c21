//! What the event of a judged clock says, as the columns of its verdict row: for the one who writes it and for the
//! proof. The row is a copy, nothing in it comes from anywhere else. A correction has a row of its own: of one clock (ticket,
//! kind, start) the last row counts.

use jiff::Timestamp;

use crate::model::{clock::Outcome, event::EventData};

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
    let (
        EventData::ClockJudged {
            clock,
            due_at,
            satisfied_at,
            started_at,
            target_secs,
            queue,
            agent,
            class,
            worked_secs,
            ..
        }
        | EventData::VerdictCorrected {
            clock,
            due_at,
            satisfied_at,
            started_at,
            target_secs,
            queue,
            agent,
            class,
            worked_secs,
            ..
        },
        Some(outcome),
    ) = (data, outcome_of(data))
    else {
        return None;
    };
    Some(Judged {
        clock: clock.code().to_owned(),
        outcome: outcome.to_owned(),
        started_at: started_at.as_millisecond(),
        target_secs: *target_secs,
        due_at: due_at.as_millisecond(),
        satisfied_at: satisfied_at.map(Timestamp::as_millisecond),
        queue: queue.to_string(),
        agent: agent.as_ref().map(ToString::to_string),
        class: class.map(|class| class.code().to_owned()),
        worked_secs: *worked_secs,
    })
}

/// How it ended, as stored; of one that is taken back, that.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is no verdict")]
const fn outcome_of(data: &EventData) -> Option<&'static str> {
    let outcome = match data {
        EventData::ClockJudged { outcome, .. } => Some(*outcome),
        EventData::VerdictCorrected { outcome, .. } => *outcome,
        _ => return None,
    };
    Some(match outcome {
        Some(Outcome::Met) => "met",
        Some(Outcome::Breached) => "breached",
        None => "taken_back",
    })
}
