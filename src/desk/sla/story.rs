//! The story of a clock, step by step: when it began, how much counted, when it stood still, by when it is due and why.

use jiff::{SignedDuration, Timestamp};

use super::{Due, course};
use crate::{
    desk::policy::Policy,
    model::{
        clock::{Clock, ClockKind, Outcome},
        ids::QueueName,
        terms::{Binding, Terms},
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
    /// It stood still; `None`: it does.
    Paused(Timestamp, Option<Timestamp>),
    /// Another target took over.
    Changed(Timestamp, Option<i64>),
    /// It went on by another queue's calendar.
    Moved(Timestamp, QueueName),
}

/// What became of it so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It is due, and which of the two bounds says so; perhaps preliminarily.
    Due {
        /// By when.
        at: Timestamp,
        /// Which bound.
        binding: Option<Binding>,
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
        .map(|one| (one.at, Step::Changed(one.at, one.target_secs)));
    let moved = clock
        .moves
        .iter()
        .map(|(at, to)| (*at, Step::Moved(*at, to.clone())));
    let mut happened: Vec<(Timestamp, Step)> = paused.chain(changed).chain(moved).collect();
    happened.retain(|(at, step)| *at <= until && !is_empty(step));
    happened.sort_by_key(|(at, _)| *at);
    let mut steps = vec![Step::Began(clock.started_at, clock.terms.clone())];
    let mut from = clock.started_at;
    let count = |steps: &mut Vec<Step>, from: Timestamp, to: Timestamp| {
        let counted = course.elapsed(to).saturating_sub(course.elapsed(from));
        if to > from {
            steps.push(Step::Counted(from, to, counted));
        }
    };
    for (at, step) in happened {
        count(&mut steps, from, at.max(from));
        from = match &step {
            Step::Paused(_, to) => to.unwrap_or(until).max(from),
            Step::Began(..) | Step::Counted(..) | Step::Changed(..) | Step::Moved(..) => {
                at.max(from)
            }
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

/// A pause without length is only how a clock goes on by another calendar.
fn is_empty(step: &Step) -> bool {
    matches!(step, Step::Paused(from, Some(to)) if from == to)
}

fn end(clock: &Clock, course: &super::Course<'_>, policy: &Policy, ticket: &Ticket) -> End {
    if let Some(outcome) = clock.outcome {
        return End::Judged(outcome, clock.due_at);
    }
    let due: Option<Due> = course.due(&clock.terms).ok();
    if let Some(left) = clock.left_secs {
        let counted = due.and_then(|due| Some(due.left?.as_secs()));
        return End::Stands(SignedDuration::from_secs(counted.unwrap_or(left)));
    }
    let calendar = policy.queue_of(ticket).map(|queue| &queue.calendar);
    End::Due {
        at: clock.due_at,
        binding: due.and_then(|due| due.binding),
        is_preliminary: calendar.is_some_and(|calendar| calendar.is_preliminary(clock.due_at)),
    }
}
