//! Reminders: when so many of a hundred parts of a promise's time have passed.

use jiff::Timestamp;

use super::{course, is_ours, running};
use crate::{
    desk::policy::{Policy, QueuePolicy},
    model::{
        classification::RequestClass,
        clock::{Clock, ClockKind},
        terms::Combine,
        ticket::Ticket,
    },
};

/// A reminder of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reminder {
    /// When it is to be sent.
    pub at: Timestamp,
    /// Of which clock.
    pub clock: ClockKind,
    /// How many of a hundred parts of its time have passed then.
    pub percent: u32,
}

/// The next reminder of a ticket as it stands: of its solution, and of an emergency's first answer. None where nobody of us
/// owes the next step.
#[must_use]
pub fn next_reminder(ticket: &Ticket, policy: &Policy) -> Option<Reminder> {
    reminders(ticket, policy).min()
}

/// The highest reminder of each clock that is due at `now`, as after an outage.
pub fn reminder_at(
    ticket: &Ticket,
    policy: &Policy,
    now: Timestamp,
) -> impl Iterator<Item = Reminder> {
    ClockKind::ALL.into_iter().filter_map(move |kind| {
        let due = reminders(ticket, policy).filter(|one| one.clock == kind && one.at <= now);
        due.max_by_key(|one| one.percent)
    })
}

/// After so many of a hundred parts of its time a promise is in danger, where the queue reminds nobody.
const RISK_PERCENT: u32 = 80;

/// From when on the next promise of a ticket is in danger: when the last reminder's part of its time has passed.
#[must_use]
pub fn risk_at(ticket: &Ticket, policy: &Policy) -> Option<Timestamp> {
    let clock = ticket.next_clock()?;
    let queue = policy.queue_of(ticket)?;
    let last = queue.reminders.last().copied().unwrap_or(RISK_PERCENT);
    let course = course(clock, ticket, policy)?;
    Some(course.at_percent(last, clock.due_at))
}

/// Since when we owe something of a ticket that ought to have happened: the earliest of its solution, an answer, news.
/// `None` where everything is in time, has happened since, or is somebody else's turn.
#[must_use]
pub fn late_since(ticket: &Ticket) -> Option<Timestamp> {
    let counts = ticket.merged_into.is_none() && ticket.excluded.is_none();
    let kinds = ClockKind::ALL.into_iter();
    let late = kinds.filter_map(|kind| ticket.passed_clock(kind));
    let late = late.filter(|clock| counts && is_ours(ticket.state) && is_owed(ticket, clock));
    late.map(|clock| clock.due_at).min()
}

/// Whether what was promised and is late has not happened yet. Who has had an answer has had the first one.
fn is_owed(ticket: &Ticket, clock: &Clock) -> bool {
    match clock.kind {
        ClockKind::Resolution => true,
        ClockKind::FirstResponse => ticket.answers.is_empty() && clock.done_at.is_none(),
        ClockKind::NextResponse | ClockKind::Update => clock.done_at.is_none(),
    }
}

fn reminders(ticket: &Ticket, policy: &Policy) -> impl Iterator<Item = Reminder> {
    let queue = policy.queue_of(ticket);
    let counts = ticket.merged_into.is_none() && ticket.excluded.is_none();
    let is_told = counts && is_ours(ticket.state) && ticket.origin.is_none();
    let queue = queue.filter(|queue| is_told && !queue.reminders.is_empty());
    let clocks = queue.into_iter().flat_map(move |queue| {
        let clocks = running(ticket).filter(move |clock| is_reminded_of(ticket, clock));
        clocks.map(move |clock| (queue, clock))
    });
    clocks.flat_map(move |(queue, clock)| of_clock(ticket, policy, (queue, clock)))
}

fn is_reminded_of(ticket: &Ticket, clock: &Clock) -> bool {
    let is_running = clock.left_secs.is_none() && !clock.is_paused();
    is_running
        && match clock.kind {
            ClockKind::Resolution => true,
            ClockKind::FirstResponse => is_emergency(ticket),
            ClockKind::NextResponse | ClockKind::Update => false,
        }
}

fn is_emergency(ticket: &Ticket) -> bool {
    ticket.classification.class == RequestClass::Emergency
}

fn of_clock(
    ticket: &Ticket,
    policy: &Policy,
    (queue, clock): (&QueuePolicy, &Clock),
) -> Vec<Reminder> {
    let Some(course) = course(clock, ticket, policy) else {
        return Vec::new();
    };
    // Where the days are what is promised, the hours are what one aims at.
    let goal = match clock.terms_now().combine {
        Combine::Goal => course.due(&clock.terms).ok().and_then(|due| due.target_at),
        Combine::Earliest | Combine::Latest => None,
    };
    let goal = goal.unwrap_or(clock.due_at).min(clock.due_at);
    let sent = clock.reminded.unwrap_or(0);
    let later = queue.reminders.iter().filter(|percent| **percent > sent);
    let reminders = later.filter_map(|percent| {
        let at = course.at_percent(*percent, goal);
        // Outside hours nobody reads it, unless it cannot wait.
        let at = match is_emergency(ticket) {
            true => Some(at),
            false => queue.calendar.next_open(at),
        };
        let at = at.filter(|at| *at < clock.due_at)?;
        let (clock, percent) = (clock.kind, *percent);
        Some(Reminder { at, clock, percent })
    });
    reminders.collect()
}
