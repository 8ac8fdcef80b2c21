//! What is late is told along a chain: to the agents and whoever decides for the queue, then to each further head after a
//! time of its own. The director hears of emergencies, and of what is late for days (DOMAIN, decision 9).

use jiff::{SignedDuration, Timestamp};

use super::is_ours;
use crate::{
    desk::policy::{Policy, QueuePolicy},
    model::{
        classification::RequestClass,
        clock::{Clock, ClockKind},
        ids::AgentName,
        ticket::Ticket,
    },
};

/// A step of the chain that is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// Of which clock.
    pub clock: ClockKind,
    /// Its due time.
    pub due_at: Timestamp,
    /// Which step; from 0.
    pub level: u32,
}

/// The next step of a ticket as it stands.
#[must_use]
pub fn next_step(ticket: &Ticket, policy: &Policy) -> Option<Step> {
    steps(ticket, policy).min()
}

/// The highest step of each clock that is due at `now`: after an outage only that one is told.
#[must_use]
pub fn steps_at(ticket: &Ticket, policy: &Policy, now: Timestamp) -> Vec<Step> {
    let highest = ClockKind::ALL.into_iter().filter_map(|kind| {
        let due = steps(ticket, policy).filter(|step| step.clock == kind && step.at <= now);
        due.max_by_key(|step| step.level)
    });
    highest.collect()
}

/// Who is told at a step: everybody of the chain up to it who has not heard yet, of a chain that held before included.
#[must_use]
pub fn heads_of(ticket: &Ticket, policy: &Policy, step: &Step) -> Vec<AgentName> {
    let Some(clock) = ticket.passed_clock(step.clock) else {
        return Vec::new();
    };
    let levels = (0_u32..).zip(chain_of(ticket, policy));
    let due = levels.filter(|(at, one)| *at <= step.level && !has_heard(clock, one));
    due.filter_map(|(_, one)| one.head).collect()
}

/// Whether whoever stands there was told that it is late. By name: how many steps were told says nothing of who stands in the
/// chain of another class.
fn has_heard(clock: &Clock, level: &Level) -> bool {
    match &level.head {
        Some(head) => clock.told.contains(head),
        None => clock.escalated.is_some(),
    }
}

struct Level {
    /// `None`: where nobody decides, the agents alone are told.
    head: Option<AgentName>,
    after: After,
}

#[derive(Clone, Copy)]
enum After {
    /// So much business time.
    Work(SignedDuration),
    /// So many days.
    Days(u32),
}

const fn is_at_once(level: &Level) -> bool {
    match level.after {
        After::Work(delay) => delay.is_zero(),
        After::Days(_) => false,
    }
}

/// The chain of the ticket's class, else of its queue; nobody stands in it twice.
fn chain_of(ticket: &Ticket, policy: &Policy) -> Vec<Level> {
    let Some(queue) = policy.queue_of(ticket) else {
        return Vec::new();
    };
    let own = queue.chains.get(&ticket.classification.class);
    let mut levels = match own {
        Some(own) => own
            .iter()
            .map(|link| Level {
                head: Some(link.head.clone()),
                after: After::Work(SignedDuration::from_secs(link.after_secs)),
            })
            .collect(),
        None if queue.escalate_after.is_empty() => return Vec::new(),
        None => of_queue(queue, policy),
    };
    with_director(&mut levels, ticket, policy);
    // The agents hear in any case as soon as it is late.
    if !levels.first().is_some_and(is_at_once) {
        let after = After::Work(SignedDuration::ZERO);
        levels.insert(0, Level { head: None, after });
    }
    levels
}

/// The heads of the queue, one above the other.
fn of_queue(queue: &QueuePolicy, policy: &Policy) -> Vec<Level> {
    let delay = |at: usize| {
        let own = queue.escalate_after.get(at);
        let own = own.or_else(|| queue.escalate_after.last());
        SignedDuration::from_secs(own.copied().unwrap_or(0))
    };
    let heads = policy.heads_of(queue).into_iter().enumerate();
    heads
        .map(|(at, head)| Level {
            head: Some(head.clone()),
            after: After::Work(delay(at)),
        })
        .collect()
}

/// The director, where the chain does not name them already.
fn with_director(levels: &mut Vec<Level>, ticket: &Ticket, policy: &Policy) {
    let director = policy.director.as_ref();
    if let Some(director) =
        director.filter(|one| !levels.iter().any(|level| level.head.as_ref() == Some(one)))
    {
        let after = match is_emergency(ticket) {
            true => After::Work(SignedDuration::ZERO),
            false => After::Days(policy.director_after_days),
        };
        let head = Some(director.clone());
        // Of an emergency they hear with the first, and not after those who hear later.
        let place = match is_emergency(ticket) {
            true => levels.iter().take_while(|level| is_at_once(level)).count(),
            false => levels.len(),
        };
        levels.insert(place, Level { head, after });
    }
}

fn steps<'t>(ticket: &'t Ticket, policy: &'t Policy) -> impl Iterator<Item = Step> + 't {
    let counts = ticket.merged_into.is_none() && ticket.excluded.is_none();
    let is_told =
        counts && ticket.state.is_live() && ticket.origin.is_none() && ticket.outside.is_none();
    let queue = policy.queue_of(ticket).filter(|_| is_told);
    let kinds = ClockKind::ALL.into_iter().filter(move |_| queue.is_some());
    let late = kinds.filter_map(|kind| ticket.passed_clock(kind));
    let late = late.filter(|clock| is_chased(ticket, clock));
    late.flat_map(move |clock| {
        let steps = queue.map(|queue| of_clock(ticket, policy, (queue, clock)));
        steps.unwrap_or_default()
    })
}

/// Whether what was promised is still owed, and told of at once: a solution, and an emergency's first answer.
fn is_chased(ticket: &Ticket, clock: &Clock) -> bool {
    match clock.kind {
        ClockKind::Resolution => true,
        ClockKind::FirstResponse => is_emergency(ticket) && ticket.answers.is_empty(),
        ClockKind::NextResponse | ClockKind::Update => false,
    }
}

fn is_emergency(ticket: &Ticket) -> bool {
    ticket.classification.class == RequestClass::Emergency
}

fn of_clock(ticket: &Ticket, policy: &Policy, (queue, clock): (&QueuePolicy, &Clock)) -> Vec<Step> {
    let mut not_before = clock.due_at;
    let mut steps = Vec::new();
    for (level, one) in (0_u32..).zip(chain_of(ticket, policy)) {
        let at = match one.after {
            // No business time after an instant of the night is that instant, and not the morning.
            After::Work(delay) if delay.is_zero() => Some(clock.due_at),
            After::Work(delay) => queue.calendar.add(clock.due_at, delay),
            After::Days(days) => {
                let hours = i64::from(days).saturating_mul(24);
                clock
                    .due_at
                    .checked_add(SignedDuration::from_hours(hours))
                    .ok()
            }
        };
        // `due_at` itself still meets the promise.
        let at = at.and_then(|at| {
            at.max(not_before)
                .checked_add(SignedDuration::from_millis(1))
                .ok()
        });
        // Outside hours nobody reads it, unless it cannot wait.
        let at = match is_emergency(ticket) {
            true => at,
            false => at.and_then(|at| queue.calendar.next_open(at)),
        };
        let Some(at) = at else {
            break;
        };
        not_before = at;
        // Of what waits for somebody else nobody further up need hear.
        let waits = level > 0 && !is_ours(ticket.state);
        if !has_heard(clock, &one) && !waits {
            let (clock, due_at) = (clock.kind, clock.due_at);
            steps.push(Step {
                at,
                clock,
                due_at,
                level,
            });
        }
    }
    steps
}
