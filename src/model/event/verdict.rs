//! What is said of a clock that is judged: by its verdict, and by every correction of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::EventData;
use crate::model::{
    classification::RequestClass,
    clock::{ClockKind, Outcome},
    ids::{AgentName, QueueName},
    terms::Limit,
};

/// A judged clock, with everything it was judged by and whose it was: this is what figures read and never compute again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict<O> {
    /// Which clock; of a correction the last one of its kind that began then.
    pub clock: ClockKind,
    /// How it ended: an [`Outcome`]; of a correction `None` where it is taken back, and time goes on.
    pub outcome: O,
    /// The promise.
    pub due_at: Timestamp,
    /// When what was promised happened; `None` for a breach seen while it had not.
    pub satisfied_at: Option<Timestamp>,
    /// From when time counted.
    pub started_at: Timestamp,
    /// The promise in seconds of business time; `None`: only days were promised.
    pub target_secs: Option<i64>,
    /// Whose queue the ticket was in when what was promised happened, at the latest when it was due (DOMAIN 3.4).
    pub queue: QueueName,
    /// Whose it is: kept, theirs who kept it; broken, theirs who was responsible when it was due. `None`: nobody's.
    pub agent: Option<AgentName>,
    /// Of which class the request was; since version 2 of verdicts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<RequestClass>,
    /// The days that were promised; since version 2 of verdicts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// Seconds of business time that had passed, pauses left out; since version 2 of verdicts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worked_secs: Option<i64>,
}

impl<O> Verdict<O> {
    /// The same with another word on how it ended.
    fn ended<P>(self, outcome: P) -> Verdict<P> {
        Verdict {
            clock: self.clock,
            outcome,
            due_at: self.due_at,
            satisfied_at: self.satisfied_at,
            started_at: self.started_at,
            target_secs: self.target_secs,
            queue: self.queue,
            agent: self.agent,
            class: self.class,
            limit: self.limit,
            worked_secs: self.worked_secs,
        }
    }
}

impl EventData {
    /// What it says of a clock, be it a verdict or its correction; `None`: it judges nothing.
    #[must_use]
    #[expect(clippy::wildcard_enum_match_arm, reason = "the rest judges nothing")]
    pub fn verdict(&self) -> Option<Verdict<Option<Outcome>>> {
        match self {
            Self::ClockJudged(judged) => {
                let outcome = Some(judged.outcome);
                Some(Verdict::clone(judged).ended(outcome))
            }
            Self::VerdictCorrected(corrected) => Some(Verdict::clone(corrected)),
            _ => None,
        }
    }
}
