//! Appointments of a ticket: the next thing that happens to it if nobody does anything. Derived from the snapshot
//! whenever it changes, so that there is one row for what is live and none for what is not.

use jiff::Timestamp;

use super::{
    policy::{Policy, assign_within},
    sla,
};
use crate::model::{
    clock::Clock,
    distribution::OwnerQuestion,
    ids::PersonId,
    ticket::{State, Ticket},
};

/// What falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimerKind {
    /// A ticket's clock passes its due time.
    ClockDue,
    /// A part of the time of a ticket's clock has passed.
    Reminder,
    /// Somebody is to be told that a promise has passed.
    Escalation,
    /// A resolved ticket closes by silence.
    Close,
    /// An answer without okno has been the last word for long enough.
    Quiet,
    /// A third party has been waited for long enough.
    WaitOver,
    /// An agent wants to see a ticket again.
    Snooze,
    /// Nobody has said whose request an agent has brought.
    Origin,
    /// A requester is to be asked whether they would recommend us.
    Nps,
    /// A person's digest of withheld cards.
    Digest,
    /// An agent is to be asked whether mails are theirs.
    Challenge,
    /// An agent's work list.
    Morning,
    /// An agent's absence begins.
    Absence,
    /// A queue's head has not said who gets a ticket.
    Owner,
    /// A queue looks whether what waits can be given out.
    GiveOut,
}

impl TimerKind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::ClockDue,
        Self::Reminder,
        Self::Escalation,
        Self::Close,
        Self::Quiet,
        Self::WaitOver,
        Self::Snooze,
        Self::Origin,
        Self::Nps,
        Self::Digest,
        Self::Challenge,
        Self::Morning,
        Self::Absence,
        Self::Owner,
        Self::GiveOut,
    ];

    /// The name stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ClockDue => "clock_due",
            Self::Reminder => "reminder",
            Self::Escalation => "escalation",
            Self::Close => "close",
            Self::Quiet => "quiet",
            Self::WaitOver => "wait_over",
            Self::Snooze => "snooze",
            Self::Origin => "origin",
            Self::Nps => "nps",
            Self::Digest => "digest",
            Self::Challenge => "challenge",
            Self::Morning => "morning",
            Self::Absence => "absence",
            Self::Owner => "owner",
            Self::GiveOut => "give_out",
        }
    }

    /// Whether it is a ticket's, and derived from it.
    #[must_use]
    pub const fn is_of_ticket(self) -> bool {
        match self {
            Self::ClockDue
            | Self::Reminder
            | Self::Escalation
            | Self::Close
            | Self::Quiet
            | Self::WaitOver
            | Self::Snooze
            | Self::Origin
            | Self::Nps
            | Self::Owner => true,
            Self::Digest | Self::Challenge | Self::Morning | Self::Absence | Self::GiveOut => false,
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Something that has fallen due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A ticket's appointment.
    Ticket(crate::model::ids::TicketNumber, TimerKind),
    /// A person's digest.
    Digest(PersonId),
    /// An agent, to be asked whether mails are theirs.
    Challenge(PersonId),
    /// An agent's work list, under the agent's number ([`super::appointment::of_agent`]).
    Morning(i64),
    /// An agent's absence, under the same number.
    Absence(i64),
    /// A queue's look at what waits, under the queue's number ([`super::appointment::of_queue`]).
    GiveOut(i64),
}

/// The appointments of a ticket as it stands. `due_at` itself still meets a promise, so the clock rings a
/// millisecond after it.
#[must_use]
pub fn timers_of(ticket: &Ticket, policy: &Policy) -> Vec<(TimerKind, Timestamp)> {
    // What was answered in time outside is not late, unless the requester says otherwise.
    let is_kept = |clock: &&Clock| {
        let answer = ticket.outside.as_ref();
        !(ticket.state.is_live() && answer.is_some_and(|answer| answer.at <= clock.due_at))
    };
    let clock = ticket.next_clock().filter(is_kept).and_then(|clock| {
        let rings_at = clock
            .due_at
            .checked_add(jiff::SignedDuration::from_millis(1))
            .ok()?;
        Some((TimerKind::ClockDue, rings_at))
    });
    let close = closes_at(ticket, policy).map(|at| (TimerKind::Close, at));
    let quiet = quiet_at(ticket, policy).map(|at| (TimerKind::Quiet, at));
    let wait = wait_over_at(ticket).map(|at| (TimerKind::WaitOver, at));
    let all = clock.into_iter().chain(close).chain(quiet);
    let origin = ticket.origin.as_ref();
    let origin = origin.map(|unsure| (TimerKind::Origin, unsure.until));
    // Nobody is reminded of what was answered without okno.
    let reminder = sla::next_reminder(ticket, policy).filter(|_| ticket.outside.is_none());
    let reminder = reminder.map(|one| (TimerKind::Reminder, one.at));
    let step = sla::next_step(ticket, policy);
    let step = step.map(|one| (TimerKind::Escalation, one.at));
    let snooze = snooze_over_at(ticket).map(|at| (TimerKind::Snooze, at));
    let owner = owner_at(ticket, policy).map(|at| (TimerKind::Owner, at));
    let told = reminder.into_iter().chain(step).chain(snooze).chain(owner);
    let nps = ticket.nps.as_ref().and_then(|nps| nps.planned_at);
    let nps = nps.map(|at| (TimerKind::Nps, at));
    all.chain(wait)
        .chain(origin)
        .chain(told)
        .chain(nps)
        .collect()
}

/// When a third party has been waited for long enough.
#[must_use]
pub fn wait_over_at(ticket: &Ticket) -> Option<Timestamp> {
    ticket.waits_until.filter(|_| ticket.state == State::OnHold)
}

/// When the first agent wants to see it again.
#[must_use]
pub fn snooze_over_at(ticket: &Ticket) -> Option<Timestamp> {
    let snoozed = ticket.snoozed.iter().filter(|_| ticket.state.is_live());
    snoozed.map(|one| one.until).min()
}

/// When the head is reminded that a ticket is nobody's, or has had time enough.
#[must_use]
pub fn owner_at(ticket: &Ticket, policy: &Policy) -> Option<Timestamp> {
    let is_open = ticket.state.is_live() && ticket.assignee.is_none();
    owner_question(ticket, policy)
        .filter(|_| is_open)
        .map(|asked| asked.next_at())
}

/// What the head is asked of who gets a ticket, with its times by the hours in force: a day that was declared closed since
/// does not count.
#[must_use]
pub fn owner_question(ticket: &Ticket, policy: &Policy) -> Option<OwnerQuestion> {
    let asked = ticket.owner_asked?;
    let queue = policy.queue_of(ticket);
    let times = queue
        .zip(asked.asked_at)
        .and_then(|(queue, from)| assign_within(&queue.distribution, &queue.calendar, from));
    let (remind_at, until) = times.unwrap_or((asked.remind_at, asked.until));
    Some(OwnerQuestion {
        remind_at,
        until,
        ..asked
    })
}

/// When an answer without okno resolves its ticket: the end of the n-th working day after it, if nobody writes.
#[must_use]
pub fn quiet_at(ticket: &Ticket, policy: &Policy) -> Option<Timestamp> {
    let answer = ticket.outside.as_ref().filter(|_| ticket.state.is_live())?;
    let queue = policy.queue_of(ticket)?;
    queue
        .calendar
        .end_of_working_day(answer.at, queue.quiet_days)
}

/// When silence closes a resolved ticket: the end of the n-th working day after it was resolved.
#[must_use]
pub fn closes_at(ticket: &Ticket, policy: &Policy) -> Option<Timestamp> {
    if ticket.state != State::Resolved {
        return None;
    }
    let queue = policy.queue_of(ticket)?;
    queue
        .calendar
        .end_of_working_day(ticket.resolved_at?, queue.confirm_days)
}
