//! The story of a clock, step by step: when it began, how much counted, when it stood still, by when it is due and why.

use jiff::{SignedDuration, Timestamp};

use super::{Course, Due, course};
use crate::{
    desk::policy::Policy,
    model::{
        clock::{Clock, ClockKind, Outcome},
        ids::QueueName,
        terms::{Binding, Change, ChangeMode, Terms},
        ticket::Ticket,
    },
};

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It began, with this promise.
    Began(Timestamp, Terms),
    /// So much business time counted between these instants.
    Counted(Timestamp, Timestamp, SignedDuration),
    /// Nobody works on any day between these instants: nothing counted.
    Closed(Timestamp, Timestamp),
    /// It stood still; `None`: it does.
    Paused(Timestamp, Option<Timestamp>),
    /// Another promise took over, in this way.
    Changed(Timestamp, Terms, ChangeMode),
    /// It went on by another queue's calendar.
    Moved(Timestamp, QueueName),
}

/// What became of it so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It is due, and why then; perhaps preliminarily.
    Due {
        /// By when.
        at: Timestamp,
        /// Which bound of the promise; `None`: neither, somebody has said so.
        binding: Option<Binding>,
        /// Whoever decides has approved that day instead of the one that was promised first.
        is_granted: bool,
        /// By when it is promised since, where an agent has moved the day and nobody has approved that: it is judged by `at`.
        moved_to: Option<Timestamp>,
        /// Nobody knows yet which days will be holidays then.
        is_preliminary: bool,
    },
    /// It stands still, with so much left.
    Stands(SignedDuration),
    /// It was judged.
    Judged(Outcome, Timestamp),
}

/// A clock's story until `now`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// Whose.
    pub kind: ClockKind,
    /// In order.
    pub steps: Vec<Step>,
    /// What became of it.
    pub end: End,
    /// All business time that has counted.
    pub counted: SignedDuration,
}

/// The stories of all clocks of a ticket.
#[must_use]
pub fn stories(ticket: &Ticket, policy: &Policy, now: Timestamp) -> Vec<Story> {
    let clocks = ticket.clocks.iter();
    clocks
        .filter_map(|clock| story(clock, ticket, policy, now))
        .collect()
}

fn story(clock: &Clock, ticket: &Ticket, policy: &Policy, now: Timestamp) -> Option<Story> {
    let course = course(clock, ticket, policy)?;
    let until = clock.ended_at.unwrap_or(now);
    // What happened, in order; time is counted between.
    let paused = clock
        .pauses
        .iter()
        .map(|pause| (pause.from, Step::Paused(pause.from, pause.to)));
    let changed = clock
        .changes
        .iter()
        .map(|one| (one.at, changed(one, clock)));
    let moved = clock
        .moves
        .iter()
        .map(|(at, to)| (*at, Step::Moved(*at, to.clone())));
    let mut happened: Vec<(Timestamp, Step)> = paused.chain(changed).chain(moved).collect();
    happened.retain(|(at, step)| *at <= until && !is_empty(step));
    happened.sort_by_key(|(at, _)| *at);
    let mut steps = vec![Step::Began(clock.started_at, clock.terms.clone())];
    let mut from = clock.started_at;
    let count = |steps: &mut Vec<Step>, from, to| steps.extend(counted(&course, from, to));
    for (at, step) in happened {
        count(&mut steps, from, at.max(from));
        from = match &step {
            Step::Paused(_, to) => to.unwrap_or(until).max(from),
            Step::Began(..)
            | Step::Counted(..)
            | Step::Closed(..)
            | Step::Changed(..)
            | Step::Moved(..) => at.max(from),
        };
        steps.push(step);
    }
    count(&mut steps, from, until.max(from));
    Some(Story {
        kind: clock.kind,
        steps,
        end: end(clock, &course, policy, ticket),
        counted: course.elapsed(until),
    })
}

fn changed(change: &Change, clock: &Clock) -> Step {
    let terms = change.whole.as_ref().unwrap_or(&clock.terms);
    let terms = Terms {
        target_secs: change.target_secs,
        ..terms.clone()
    };
    Step::Changed(change.at, terms, change.mode)
}

/// What counted between two instants, with the days between on which nobody works.
fn counted(course: &Course<'_>, from: Timestamp, to: Timestamp) -> Vec<Step> {
    let measured = |from, to| course.elapsed(to).saturating_sub(course.elapsed(from));
    let mut steps = Vec::new();
    let mut at = from;
    let calendar = course.counts.unwrap_or_else(|| course.calendar_at(from));
    for (closed, open) in calendar.days_off(from, to) {
        if closed > at {
            steps.push(Step::Counted(at, closed, measured(at, closed)));
        }
        steps.push(Step::Closed(closed, open));
        at = open;
    }
    if to > at {
        steps.push(Step::Counted(at, to, measured(at, to)));
    }
    steps
}

/// A pause without length is only how a clock goes on by another calendar.
fn is_empty(step: &Step) -> bool {
    matches!(step, Step::Paused(from, Some(to)) if from == to)
}

fn end(clock: &Clock, course: &Course<'_>, policy: &Policy, ticket: &Ticket) -> End {
    if let Some(outcome) = clock.outcome {
        return End::Judged(outcome, clock.due_at);
    }
    let due: Option<Due> = course.due(&clock.terms).ok();
    if let Some(left) = clock.left_secs {
        let counted = due.and_then(|due| Some(due.left?.as_secs()));
        return End::Stands(SignedDuration::from_secs(counted.unwrap_or(left)));
    }
    let calendar = policy.queue_of(ticket).map(|queue| &queue.calendar);
    let is_granted = clock.granted.is_some();
    End::Due {
        at: clock.due_at,
        binding: due.filter(|_| !is_granted).and_then(|due| due.binding),
        is_granted,
        moved_to: clock.moved_to,
        is_preliminary: calendar.is_some_and(|calendar| calendar.is_preliminary(clock.due_at)),
    }
}
