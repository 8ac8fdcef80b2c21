//! Verdicts: whether what was promised happened in time. Each is an event, written once, with everything it was judged by.

use jiff::Timestamp;

use super::{course, late::late, running};
use crate::{
    desk::{policy::Policy, reason::Reason},
    model::{
        clock::{Clock, ClockKind, Outcome},
        event::{EventData, Verdict},
        ids::AgentName,
        ticket::Ticket,
    },
};

/// The judgement of the running clocks of these kinds, which what happened at `at` satisfies. A promise that was kept is
/// `by`'s, who kept it; a broken one is of whoever was responsible when it was due, and of their queue (DOMAIN 3.4).
#[must_use]
pub fn judge(
    ticket: &Ticket,
    policy: &Policy,
    (kinds, by): (&[ClockKind], Option<&AgentName>),
    at: Timestamp,
) -> Vec<(EventData, Reason)> {
    running(ticket)
        .filter(|clock| kinds.contains(&clock.kind))
        .flat_map(|clock| {
            // What stands still has time left.
            let is_met = clock.left_secs.is_some() || at <= clock.due_at;
            let (outcome, agent, reason) = if is_met {
                (Outcome::Met, by, Reason::SatisfiedInTime)
            } else {
                let holder = ticket.holder_at(clock.due_at);
                (Outcome::Breached, holder, Reason::SatisfiedLate)
            };
            let whose = (clock.due_at, agent);
            let verdict = verdict((ticket, policy), clock, (outcome, Some(at)), whose);
            let verdict = EventData::ClockJudged(verdict);
            // What stands still is not late, whatever its day was.
            let late = late((ticket, policy), clock, at).filter(|_| !is_met);
            let late = late.map(|late| (late, reason));
            std::iter::once((verdict, reason)).chain(late)
        })
        .collect()
}

/// The judgement of every running clock that being resolved at `at` satisfies: all of them.
#[must_use]
pub fn judge_resolved(
    ticket: &Ticket,
    policy: &Policy,
    by: Option<&AgentName>,
    at: Timestamp,
) -> Vec<(EventData, Reason)> {
    judge(ticket, policy, (&ClockKind::ALL, by), at)
}

/// What becomes of promises of an answer where nobody will answer any more: what has passed is broken, of the rest there is
/// nothing to judge.
#[must_use]
pub fn unanswered(ticket: &Ticket, policy: &Policy, at: Timestamp) -> Vec<(EventData, Reason)> {
    let passed = judge_passed(ticket, policy, at).into_iter();
    let passed = passed.filter(
        |event| matches!(event, EventData::ClockJudged(verdict) if is_of_answers(verdict.clock)),
    );
    let passed = passed.map(|event| (event, Reason::TimePassed));
    let open = running(ticket).filter(|clock| is_of_answers(clock.kind));
    let open = open.filter(|clock| clock.left_secs.is_some() || clock.due_at >= at);
    let dropped = open.map(|clock| {
        let dropped = EventData::ClockDropped { clock: clock.kind };
        (dropped, Reason::ClosedUnanswered)
    });
    passed.chain(dropped).collect()
}

const fn is_of_answers(clock: ClockKind) -> bool {
    match clock {
        ClockKind::FirstResponse | ClockKind::NextResponse | ClockKind::Update => true,
        ClockKind::Resolution => false,
    }
}

/// The judgement of every running clock whose due time has passed at `now`.
#[must_use]
pub fn judge_passed(ticket: &Ticket, policy: &Policy, now: Timestamp) -> Vec<EventData> {
    running(ticket)
        .filter(|clock| clock.left_secs.is_none() && clock.due_at < now)
        .map(|clock| {
            let whose = (clock.due_at, ticket.holder_at(clock.due_at));
            let outcome = (Outcome::Breached, None);
            EventData::ClockJudged(verdict((ticket, policy), clock, outcome, whose))
        })
        .collect()
}

/// What is said of a clock: how it ended and when what was promised happened, by when it was promised and whose it is. The
/// queue is the one that had it then, of a broken promise the one that had it when it was due (DOMAIN 3.4).
pub(super) fn verdict<O>(
    (ticket, policy): (&Ticket, &Policy),
    clock: &Clock,
    (outcome, satisfied_at): (O, Option<Timestamp>),
    (due_at, agent): (Timestamp, Option<&AgentName>),
) -> Box<Verdict<O>> {
    let until = satisfied_at.unwrap_or(due_at);
    let worked = course(clock, ticket, policy).map(|course| course.elapsed(until).as_secs());
    Box::new(Verdict {
        clock: clock.kind,
        outcome,
        due_at,
        satisfied_at,
        started_at: clock.started_at,
        target_secs: clock.target_secs(),
        queue: clock.queue_at(until.min(due_at)).clone(),
        agent: agent.cloned(),
        class: Some(ticket.classification.class),
        limit: clock.terms_now().limit,
        worked_secs: worked,
    })
}
