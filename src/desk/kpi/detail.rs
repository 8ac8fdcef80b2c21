//! What of a ticket a period counts, so that every figure can be explained and disputed: each judged promise with what the
//! figures make of it, and all else that is counted.

use jiff::Timestamp;

use super::{
    super::undo::Past,
    Period,
    explained::{CorrectedBy, Counted, Withdrawn, explain, held},
    outcomes::{Verdict, to_millis},
    standing::Way,
    story::{self, Story},
    tally::Count,
};
use crate::model::{
    classification::RequestClass,
    clock::{ClockKind, Outcome},
    event::EventData,
    ids::{AgentName, QueueName, TicketNumber},
};

/// Something of a ticket that a period counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// A promise that was judged.
    Promise(Box<Promised>),
    /// What it counts for somebody.
    Counted(Counted),
    /// A solution that does not count any more.
    Withdrawn(Withdrawn),
    /// Somebody has corrected how it counts.
    Corrected(CorrectedBy),
}

/// A judged promise.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column of the file, and any may go with any"
)]
pub struct Promised {
    /// The ticket.
    pub ticket: TicketNumber,
    /// Of which class it was; of the oldest it is not known.
    pub class: Option<RequestClass>,
    /// Which promise.
    pub clock: ClockKind,
    /// When the request came.
    pub opened_at: Timestamp,
    /// By when it was promised at first.
    pub due_original: Timestamp,
    /// By which it was judged.
    pub due_at: Timestamp,
    /// When it was done, in time or later.
    pub satisfied_at: Option<Timestamp>,
    /// Whether in time.
    pub is_met: bool,
    /// How many seconds of business time that took, or had passed when it was due.
    pub worked_secs: Option<i64>,
    /// How many by the calendar.
    pub calendar_secs: i64,
    /// For how many of these it stood still, since somebody else was waited for.
    pub paused_secs: i64,
    /// Whose queue it is counted in.
    pub queue: QueueName,
    /// Whose it is counted for.
    pub agent: Option<AgentName>,
    /// Who solved it last.
    pub solver: Option<AgentName>,
    /// Whether another department was asked.
    pub is_escalated: bool,
    /// How often it came back.
    pub reopened: i64,
    /// The rating.
    pub rating: Option<i64>,
    /// Whether somebody has corrected the verdict, or a head how the ticket counts.
    pub is_corrected: bool,
    /// From when on its time counted.
    pub started_at: Timestamp,
    /// Its time counted day and night, whatever the hours of the queue are.
    pub is_round_the_clock: bool,
    /// Who held it from then until it was done or due, in order, without the time in which it stood still.
    pub held: Vec<Held>,
    /// When it went on to another queue in that time, and from which.
    pub passed_on: Vec<(Timestamp, QueueName)>,
}

/// A stretch of time in which a ticket was somebody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// In which queue.
    pub queue: QueueName,
    /// Whose; `None`: nobody's.
    pub agent: Option<AgentName>,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
}

/// What of a ticket a period counts: its judged promises, in the order in which they were known, and then all else.
#[must_use]
pub fn details(number: TicketNumber, history: &[Past], period: &Period) -> Vec<Detail> {
    let Some(story) = story::tell(number, history) else {
        return Vec::new();
    };
    let known = story.verdicts.iter();
    let is_out = |verdict: &Verdict| story.out_of.contains(&verdict.queue);
    let known = known.filter(|verdict| {
        story.out.is_none() && period.holds(verdict.known_at()) && !is_out(verdict)
    });
    let mut known: Vec<&Verdict> = known.collect();
    known.sort_by_key(|verdict| (verdict.known_at(), verdict.clock));
    let promises = known.into_iter().map(|verdict| {
        let promise = promised((number, history), &story, verdict);
        Detail::Promise(Box::new(promise))
    });
    let mut found: Vec<Detail> = promises.collect();
    found.extend(explain(number, history, (&story, period)));
    found
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest says nothing of it"
)]
fn promised(
    (ticket, history): (TicketNumber, &[Past]),
    story: &Story,
    verdict: &Verdict,
) -> Promised {
    let is_same = |clock: ClockKind, started_at: Timestamp| {
        (clock, to_millis(started_at)) == (verdict.clock, verdict.started_at)
    };
    let promised = history.iter().find_map(|past| match &past.event.data {
        EventData::ClockStarted { clock, due_at, .. } => {
            Some(*due_at).filter(|_| is_same(*clock, past.event.at))
        }
        _ => None,
    });
    let is_corrected = history.iter().any(|past| match &past.event.data {
        EventData::VerdictCorrected(said) => is_same(said.clock, said.started_at),
        EventData::FiguresCorrected { queues, .. } => {
            queues.is_empty() || queues.contains(&verdict.queue)
        }
        _ => false,
    });
    let late = story
        .lates
        .iter()
        .find(|late| is_same(late.clock, late.started_at));
    let late = late.filter(|_| verdict.outcome == Outcome::Breached);
    let satisfied_at = verdict.satisfied_at.or_else(|| late.map(|late| late.at));
    let until = satisfied_at.unwrap_or(verdict.due_at);
    let count = |code: Count| {
        let own = story.facts.iter().filter(move |fact| fact.count == code);
        own.fold(0_i64, |all, fact| all.saturating_add(fact.many))
    };
    let pauses = pauses(history, verdict, until);
    let span = |all: i64, (from, to): &(Timestamp, Timestamp)| {
        all.saturating_add(to.duration_since(*from).as_secs().max(0))
    };
    let started_at = verdict.started_at;
    Promised {
        ticket,
        class: verdict.class,
        clock: verdict.clock,
        opened_at: story.opened_at,
        due_original: promised.unwrap_or(verdict.due_at),
        due_at: verdict.due_at,
        satisfied_at,
        is_met: verdict.outcome == Outcome::Met,
        worked_secs: late.map(|late| late.worked_secs).or(verdict.worked_secs),
        calendar_secs: until.duration_since(started_at).as_secs(),
        paused_secs: pauses.iter().fold(0, span),
        queue: verdict.queue.clone(),
        agent: verdict.agent.clone(),
        solver: story.solves.last().and_then(|solve| solve.agent.clone()),
        is_escalated: story.escalations.iter().any(|one| !one.is_withdrawn),
        reopened: count(Count::Reopened),
        rating: Some(count(Count::RatingSum)).filter(|rating| *rating > 0),
        is_corrected,
        started_at,
        is_round_the_clock: is_round_the_clock(history, verdict),
        held: held(story, (started_at, until), &pauses),
        passed_on: passed_on(story, (started_at, until.min(verdict.due_at))),
    }
}

/// Whether a promise counted day and night when it was judged: by what was promised last.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest promises nothing")]
fn is_round_the_clock(history: &[Past], verdict: &Verdict) -> bool {
    let since = history
        .iter()
        .filter(|past| to_millis(past.event.at) >= verdict.started_at);
    let said = since.filter_map(|past| match &past.event.data {
        EventData::ClockStarted { clock, terms, .. } if *clock == verdict.clock => {
            let is_first = to_millis(past.event.at) == verdict.started_at;
            Some((is_first, past.event.at, terms))
        }
        EventData::ClockChanged { clock, terms, .. } if *clock == verdict.clock => {
            Some((true, past.event.at, terms))
        }
        _ => None,
    });
    // Another clock of this kind begins: what is said from there on is about that one.
    let own = said.take_while(|(is_own, at, _)| *is_own && *at <= verdict.known_at());
    own.last()
        .is_some_and(|(.., terms)| terms.is_round_the_clock)
}

/// When a ticket went on to another queue, and from which.
fn passed_on(story: &Story, (from, to): (Timestamp, Timestamp)) -> Vec<(Timestamp, QueueName)> {
    let pairs = story.standings.iter().zip(story.standings.iter().skip(1));
    let moved = pairs.filter(|(before, step)| {
        let is_other = before.queue != step.queue && step.way == Way::Passed;
        is_other && from <= step.at && step.at <= to
    });
    moved
        .map(|(before, step)| (step.at, before.queue.clone()))
        .collect()
}

/// The stretches in which a clock stood still, from its start to an instant.
fn pauses(history: &[Past], verdict: &Verdict, until: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let (mut since, mut all) = (None, Vec::new());
    let began = history
        .iter()
        .skip_while(|past| to_millis(past.event.at) < verdict.started_at);
    for past in began.take_while(|past| past.event.at <= until) {
        let at = past.event.at;
        if matches!(&past.event.data, EventData::ClockPaused { clock, .. } if *clock == verdict.clock)
        {
            since = since.or(Some(at));
        }
        if matches!(&past.event.data, EventData::ClockResumed { clock, .. } if *clock == verdict.clock)
        {
            all.extend(since.take().map(|from| (from, at)));
        }
    }
    all.extend(since.map(|from| (from, until)));
    all
}
