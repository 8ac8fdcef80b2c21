//! The figures of a queue's week, with those of the week before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    desk::kpi::{Count, Sheet, Tally, figure},
    model::{
        clock::ClockKind,
        ids::{AgentName, QueueName},
    },
};

/// Promises that were judged, and those kept among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Kept.
    pub met: i64,
    /// Judged.
    pub judged: i64,
}

impl Share {
    /// Of a clock, of all classes.
    #[must_use]
    pub fn of(tally: &Tally, clock: ClockKind) -> Self {
        let judged = tally.judged(clock, None);
        Self {
            met: judged.met,
            judged: judged.all(),
        }
    }
}

/// What came and what was done in a week.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodFigures {
    /// Requests that came, and in the week before.
    pub received: (i64, i64),
    /// Requests that were solved, and in the week before.
    pub solved: (i64, i64),
    /// Solutions in time.
    pub in_time: Share,
    /// Answers to requesters.
    pub answers: i64,
    /// First answers in time.
    pub answered: Share,
    /// Half of the first answers took no more business minutes than this: numerator and denominator, which is 0 where there
    /// were none.
    pub answer_median: (i64, i64),
    /// Solved requests that came back.
    pub reopened: i64,
    /// Ratings: their sum, and how many.
    pub rated: (i64, i64),
    /// Each agent's solved requests and solutions in time.
    pub agents: BTreeMap<AgentName, (i64, Share)>,
}

impl PeriodFigures {
    /// Those of a queue, from the sheets of the week before and of the week.
    #[must_use]
    pub fn of(queue: &QueueName, before: &Sheet, sheet: &Sheet) -> Self {
        let (earlier, all) = (before.together([queue]), sheet.together([queue]));
        let both = |count: Count| (all.count(count), earlier.count(count));
        let of_agent = |(agent, tally): (&AgentName, &Tally)| {
            let in_time = Share::of(tally, ClockKind::Resolution);
            (agent.clone(), (tally.count(Count::Solved), in_time))
        };
        let median = figure(&all, "frt_median");
        let median = median.map(|found| (found.numerator, found.denominator.unwrap_or(0)));
        Self {
            received: both(Count::Received),
            solved: both(Count::Solved),
            in_time: Share::of(&all, ClockKind::Resolution),
            answers: all.count(Count::Answers),
            answered: Share::of(&all, ClockKind::FirstResponse),
            answer_median: median.unwrap_or_default(),
            reopened: all.count(Count::Reopened),
            rated: (all.count(Count::RatingSum), all.count(Count::Rated)),
            agents: sheet.agents_of(queue).map(of_agent).collect(),
        }
    }
}
