//! Clocks: promises in business time and in days, and their judgement. `met` means satisfied at or before due (DOMAIN 2.2).
//!
//! A clock of a ticket holds its whole way ([`Clock`]); [`course`] lays it over the calendars of the policy, and everything
//! else is derived from that.

mod changing;
mod correcting;
mod course;
mod days;
mod escalating;
mod judging;
mod late;
mod recounting;
mod rejudging;
mod reminding;
mod stages;
mod story;
mod telling;

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

pub use self::telling::{at_in_words, terms_in_words, told};
pub use self::{
    changing::{drop_or_change, reopen, restart},
    correcting::{corrected, found_in_time, taken_back},
    course::{Course, Due, Impossible},
    escalating::{Step as ChainStep, heads_of, next_step, steps_at},
    judging::{judge, judge_passed, judge_resolved, unanswered},
    late::kept_late,
    recounting::{gone_over, not_passed, recounted, rules_sums, taken_up},
    rejudging::rejudged,
    reminding::{Reminder, late_since, next_reminder, reminder_at, risk_at},
    story::{End, Step, Story, stories},
};
use super::{
    calendar::Calendar,
    policy::{Policy, QueuePolicy},
};
use crate::model::{
    clock::{Clock, ClockKind},
    event::EventData,
    ids::QueueName,
    terms::Terms,
    ticket::{State, Ticket},
};

/// For promises that count day and night.
static ALWAYS: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::always("UTC".to_owned(), TimeZone::UTC));

/// The way of a clock by the calendars of today's policy; `None` where no queue is left to count by.
#[must_use]
pub fn course<'p>(clock: &Clock, ticket: &Ticket, policy: &'p Policy) -> Option<Course<'p>> {
    let of = |name: &QueueName| {
        let queue = policy.queues.get(name).or_else(|| policy.queue_of(ticket));
        queue.map(|queue| &queue.calendar)
    };
    let mut course = Course::new(clock.started_at, of(&clock.queue)?, clock.pauses.clone());
    let moves = clock.moves.iter();
    course.calendars = moves
        .filter_map(|(at, name)| Some((*at, of(name)?)))
        .collect();
    course.solved.clone_from(&clock.solved);
    course.changes.clone_from(&clock.changes);
    course.counts = clock.terms_now().is_round_the_clock.then(|| &*ALWAYS);
    Some(course)
}

/// By when a clock is due by the calendars of today's policy.
#[must_use]
pub fn due(clock: &Clock, ticket: &Ticket, policy: &Policy) -> Option<Due> {
    if let Some(at) = clock.granted {
        return Some(Due {
            at: Some(at),
            ..Due::default()
        });
    }
    course(clock, ticket, policy)?.due(&clock.terms).ok()
}

/// By when something that begins now would be due.
#[must_use]
pub fn due_of(terms: &Terms, calendar: &Calendar, at: Timestamp) -> Option<Due> {
    Course::new(at, calendar, Vec::new()).due(terms).ok()
}

/// A clock begins at `at`, where the queue promises anything to requests of the ticket's class.
#[must_use]
pub fn start(
    kind: ClockKind,
    ticket: &Ticket,
    queue: &QueuePolicy,
    at: Timestamp,
) -> Option<EventData> {
    let terms = promised(ticket, queue, kind)?;
    let due_at = due_of(terms, &queue.calendar, at)?.at?;
    Some(EventData::ClockStarted {
        clock: kind,
        terms: terms.clone(),
        due_at,
    })
}

/// What a queue promises: to another queue's agents as it has agreed with them (an OLA), to everybody else by class.
fn promised<'q>(ticket: &Ticket, queue: &'q QueuePolicy, kind: ClockKind) -> Option<&'q Terms> {
    let agreed = queue.asking.ola.as_ref();
    let agreed = agreed.filter(|_| ticket.asked_for.is_some() && kind == ClockKind::Resolution);
    agreed.or_else(|| queue.promises.terms(ticket.classification.class, kind))
}

/// Business time stands still from `at` on, of the promises of a solution and of being kept informed. One that is past due is
/// not helped any more; a hard
/// limit runs on.
#[must_use]
pub fn pause(ticket: &Ticket, policy: &Policy, at: Timestamp) -> Vec<EventData> {
    let paused = |clock: &Clock| {
        let before = course(clock, ticket, policy)?;
        if let Some(granted) = clock.granted {
            let left = before.calendar_at(at).measure(at, granted);
            return Some(EventData::ClockPaused {
                clock: clock.kind,
                left_secs: left.as_secs(),
                due_at: None,
            });
        }
        let target_at = before.due(&clock.terms).ok()?.target_at;
        let target_at = target_at.unwrap_or(clock.due_at);
        let left = before.elapsed(target_at).saturating_sub(before.elapsed(at));
        let mut after = clock.clone();
        after
            .pauses
            .push(crate::model::terms::Pause { from: at, to: None });
        Some(EventData::ClockPaused {
            clock: clock.kind,
            left_secs: left.as_secs().max(0),
            due_at: due(&after, ticket, policy).and_then(|due| due.at),
        })
    };
    let stops = |clock: &&Clock| matches!(clock.kind, ClockKind::Resolution | ClockKind::Update);
    running(ticket)
        .filter(stops)
        .filter(|clock| !clock.is_paused() && at < clock.due_at)
        .filter_map(paused)
        .collect()
}

/// Every clock that stands still goes on at `at`.
#[must_use]
pub fn resume(ticket: &Ticket, policy: &Policy, at: Timestamp) -> Vec<EventData> {
    let resumed = |clock: &Clock| {
        let mut after = clock.clone();
        let pause = after.pauses.last_mut()?;
        pause.to = Some(at.max(pause.from));
        let due = match (clock.granted, clock.left_secs) {
            // What was left of it, but never before the day itself: it may have been granted while time stood still.
            (Some(granted), Some(left)) => {
                let calendar = course(clock, ticket, policy)?.calendar_at(at);
                let due = calendar.add(at, SignedDuration::from_secs(left));
                due.map(|due| due.max(granted))
            }
            (Some(_) | None, _) => due(&after, ticket, policy).and_then(|due| due.at),
        };
        Some(EventData::ClockResumed {
            clock: clock.kind,
            // A promise beyond all dates is none, and stays what it was.
            due_at: due.unwrap_or(clock.due_at),
        })
    };
    let paused = running(ticket).filter(|clock| clock.is_paused());
    paused.filter_map(resumed).collect()
}

/// The clocks that are not judged.
fn running(ticket: &Ticket) -> impl Iterator<Item = &Clock> {
    ticket.clocks.iter().filter(|clock| clock.outcome.is_none())
}

/// Whether somebody of us owes the next step.
const fn is_ours(state: State) -> bool {
    matches!(state, State::New | State::Open)
}
