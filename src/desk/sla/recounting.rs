//! Promises and calendars have changed: what runs is counted anew, what was judged stays as it is. A due time that would lie in
//! the past is left where it was: nobody is late by a line in a file.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{changing, correcting::corrected, due, promised, running};
use crate::{
    desk::policy::{Policy, QueuePolicy},
    model::{
        clock::{Clock, ClockKind, Outcome},
        event::EventData,
        ids::QueueName,
        terms::ChangeMode,
        ticket::Ticket,
    },
};

/// By queue, a sum over everything that its due times follow from: another sum, and all that runs there is counted anew.
#[must_use]
pub fn rules_sums(policy: &Policy) -> BTreeMap<QueueName, String> {
    let of = |queue: &QueuePolicy| {
        let rules = json!([queue.calendar, queue.promises, queue.asking.ola]);
        HEXLOWER.encode(&Sha256::digest(rules.to_string().as_bytes()))
    };
    let queues = policy.queues.iter();
    queues
        .map(|(name, queue)| (name.clone(), of(queue)))
        .collect()
}

/// What becomes of the running clocks of a ticket by the rules of today, and how many due times would lie in the past and
/// stay as they were, unless whoever decides has said that they may be late.
#[must_use]
pub fn recounted(
    ticket: &Ticket,
    (policy, queue): (&Policy, &QueuePolicy),
    (now, may_be_late): (Timestamp, bool),
) -> (Vec<EventData>, u64) {
    let (mut events, mut kept) = (Vec::new(), 0_u64);
    // What somebody has promised or granted by hand, what stands still and what is late already stays.
    let is_free = |clock: &&Clock| {
        clock.granted.is_none()
            && clock.moved_to.is_none()
            && !clock.is_paused()
            && now <= clock.due_at
    };
    for clock in running(ticket).filter(is_free) {
        let changed = match promised(ticket, queue, clock.kind) {
            Some(terms) => changing::changed(ticket, policy, clock, (terms, now)),
            None => Some(EventData::ClockDropped { clock: clock.kind }),
        };
        let (event, due_at) = match changed {
            Some(event) => {
                let due_at = due_of(&event);
                (event, due_at)
            }
            None => {
                let Some(due_at) = due(clock, ticket, policy).and_then(|due| due.at) else {
                    continue;
                };
                if due_at == clock.due_at {
                    continue;
                }
                let clock = clock.kind;
                (EventData::ClockRecounted { clock, due_at }, Some(due_at))
            }
        };
        if !may_be_late && due_at.is_some_and(|due_at| due_at < now) {
            kept = kept.saturating_add(1);
        } else {
            events.push(event);
        }
    }
    (events, kept)
}

/// The due times of what runs on, once a ticket has gone to a queue with other hours at `at`: what was promised stays, what is
/// left of it is counted in the hours of whoever has it now (DOMAIN 2.2). What stands still is counted when it goes on.
#[must_use]
pub fn gone_over(ticket: &Ticket, policy: &Policy, at: Timestamp) -> Vec<EventData> {
    let is_free =
        |clock: &&Clock| clock.granted.is_none() && !clock.is_paused() && at <= clock.due_at;
    let counted = running(ticket).filter(is_free).filter_map(|clock| {
        let due_at = due(clock, ticket, policy)?.at?;
        let clock = (due_at != clock.due_at).then_some(clock.kind)?;
        Some(EventData::ClockRecounted { clock, due_at })
    });
    counted.collect()
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the rest sets no due time")]
const fn due_of(event: &EventData) -> Option<Timestamp> {
    match event {
        EventData::ClockChanged { due_at, .. } => *due_at,
        _ => None,
    }
}

/// The verdicts of a ticket as they would be by the rules of today, of those that would be others.
#[must_use]
pub fn rejudged(ticket: &Ticket, policy: &Policy, now: Timestamp) -> Vec<EventData> {
    let last = |kind: ClockKind| ticket.clocks.iter().rev().find(|clock| clock.kind == kind);
    let last = ClockKind::ALL.into_iter().filter_map(last);
    last.flat_map(|clock| again(ticket, policy, clock, now))
        .collect()
}

/// The verdict anew, and what is promised from then on where it is taken back.
fn again(ticket: &Ticket, policy: &Policy, clock: &Clock, now: Timestamp) -> Vec<EventData> {
    let (Some(before), Some(queue)) = (clock.outcome, policy.queue_of(ticket)) else {
        return Vec::new();
    };
    let mut anew = clock.clone();
    let terms = promised(ticket, queue, clock.kind).filter(|_| clock.changes.is_empty());
    if let Some(terms) = terms {
        anew.terms = terms.clone();
    }
    let Some(due_at) = due(&anew, ticket, policy).and_then(|due| due.at) else {
        return Vec::new();
    };
    let done_at = match clock.has_passed() {
        true => clock.done_at,
        false => clock.ended_at,
    };
    let outcome = match done_at {
        Some(at) if at <= due_at => Some(Outcome::Met),
        Some(_) => Some(Outcome::Breached),
        None if due_at < now || !ticket.state.is_live() => Some(Outcome::Breached),
        None => None,
    };
    if outcome == Some(before) && due_at == clock.due_at {
        return Vec::new();
    }
    // Kept: theirs who kept it. Broken: theirs who was responsible when it was due (DOMAIN 3.4).
    let whose = match outcome {
        Some(Outcome::Met) => clock.done_by.as_ref(),
        Some(Outcome::Breached) => ticket.holder_at(due_at),
        None => ticket.assignee.as_ref(),
    };
    let verdict = (outcome, done_at);
    let mut events = vec![corrected((ticket, policy), &anew, verdict, (due_at, whose))];
    // What goes on goes on by the promise of today, as if it always had been that.
    if let Some(terms) = terms.filter(|terms| outcome.is_none() && **terms != clock.terms) {
        events.push(EventData::ClockChanged {
            clock: clock.kind,
            terms: terms.clone(),
            mode: ChangeMode::FromStart,
            due_at: Some(due_at),
        });
    }
    events
}
