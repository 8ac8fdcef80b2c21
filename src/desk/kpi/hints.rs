//! What a head is hinted at (S2): why solutions were late, what came to the wrong queue, who was not content. Counted beside
//! the figures, and nobody is paid by it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    super::undo::Past,
    Period,
    forms::{self, FormCount},
    outcomes::Verdict,
    standing::Way,
    story::{self, Story},
    tally::Count,
};
use crate::model::{
    clock::{ClockKind, Outcome},
    ids::{FormName, QueueName, TicketNumber},
};

/// Why a solution was late: the first of these that holds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum LateBy {
    /// It was solved in time, and came back.
    CameBack,
    /// Another department was asked before its time was over.
    Asked,
    /// It came from another queue.
    PassedOn,
    /// Nobody had it when its time was over.
    Nobody,
    /// Nobody had answered when its time was over.
    Unanswered,
    /// It was given to another agent on the way.
    Reassigned,
    /// It was one agent's all the time, and was answered: there was too little time for it.
    InHand,
}

impl LateBy {
    /// The name in mails.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CameBack => "came_back",
            Self::Asked => "asked",
            Self::PassedOn => "passed_on",
            Self::Nobody => "nobody",
            Self::Unanswered => "unanswered",
            Self::Reassigned => "reassigned",
            Self::InHand => "in_hand",
        }
    }
}

/// What a head of a queue is hinted at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// Why solutions were late, each once.
    pub late: BTreeMap<LateBy, u64>,
    /// Tickets that came to it and went on to another queue before anybody had answered.
    pub misrouted: u64,
    /// Ratings of 1 and 2.
    pub low: u64,
    /// Requests that came by a form, by form.
    pub forms: BTreeMap<FormName, FormCount>,
}

/// Ratings up to this say that somebody was not content.
const LOW: i64 = 2;

/// What of a ticket belongs to a period, by queue.
pub fn hint(
    (number, history): (TicketNumber, &[Past]),
    period: &Period,
    into: &mut BTreeMap<QueueName, Hints>,
) {
    let Some(story) = story::tell(number, history).filter(|story| story.out.is_none()) else {
        return;
    };
    if period.holds(story.opened_at)
        && let Some(form) = forms::form_of(number, history)
    {
        let own = into.entry(story.born.clone()).or_default();
        forms::count(form, &mut own.forms);
    }
    for verdict in &story.verdicts {
        let is_late =
            verdict.clock == ClockKind::Resolution && verdict.outcome == Outcome::Breached;
        if is_late && period.holds(verdict.known_at()) {
            let own = into.entry(verdict.queue.clone()).or_default();
            let many = own.late.entry(late_by(&story, verdict)).or_default();
            *many = many.saturating_add(1);
        }
    }
    if left_unread(&story).is_some_and(|at| period.holds(at)) {
        let own = into.entry(story.born.clone()).or_default();
        own.misrouted = own.misrouted.saturating_add(1);
    }
    let low = story
        .facts
        .iter()
        .filter(|fact| fact.count == Count::RatingSum && fact.many <= LOW && period.holds(fact.at));
    for fact in low {
        let own = into.entry(fact.queue.clone()).or_default();
        own.low = own.low.saturating_add(1);
    }
}

/// When a ticket went on to another queue before anybody had answered.
fn left_unread(story: &Story) -> Option<Timestamp> {
    let answered = story.first_answer().map(|answer| answer.at);
    let moved = story.standings.iter().find(|one| one.queue != story.born)?;
    let is_unread = answered.is_none_or(|answered| moved.at < answered);
    (is_unread && moved.way == Way::Passed).then_some(moved.at)
}

fn late_by(story: &Story, verdict: &Verdict) -> LateBy {
    let due = verdict.due_at;
    let came_back = story
        .solves
        .iter()
        .any(|solve| solve.at < due && solve.ended.is_some());
    let mut asked = story.escalations.iter();
    let before = story.standings.iter().filter(|one| one.at < due);
    let queues: Vec<&QueueName> = before.clone().map(|one| &one.queue).collect();
    let is_passed_on = queues.iter().any(|queue| **queue != verdict.queue);
    let mut agents: Vec<_> = before.filter_map(|one| one.agent.as_ref()).collect();
    agents.dedup();
    let answered = story.first_answer();
    if came_back {
        LateBy::CameBack
    } else if asked.any(|one| !one.is_withdrawn && !one.is_passed_on && one.at < due) {
        LateBy::Asked
    } else if is_passed_on {
        LateBy::PassedOn
    } else if verdict.agent.is_none() {
        LateBy::Nobody
    } else if answered.is_none_or(|answer| answer.at >= due) {
        LateBy::Unanswered
    } else if agents.len() > 1 {
        LateBy::Reassigned
    } else {
        LateBy::InHand
    }
}
