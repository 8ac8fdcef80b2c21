//! Promises and calendars have changed: what runs is counted anew, what was judged stays as it is. A due time that would lie in
//! the past is left where it was: nobody is late by a line in a file.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{changing, due, promised, running};
use crate::{
    desk::policy::{Policy, QueuePolicy},
    model::{
        clock::{Clock, ClockKind},
        event::EventData,
        ids::QueueName,
        terms::{Change, ChangeMode},
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

/// What goes on at `at` after it has stood still, where another promise has been in force since than the one it stood still by:
/// what somebody has promised or granted by hand stays.
#[must_use]
pub fn taken_up(
    ticket: &Ticket,
    (policy, queue): (&Policy, &QueuePolicy),
    (kinds, at): (&[ClockKind], Timestamp),
) -> Vec<EventData> {
    let goes_on = |clock: &&Clock| {
        let is_by_hand = clock.granted.is_some() || clock.moved_to.is_some();
        kinds.contains(&clock.kind) && !clock.is_paused() && !is_by_hand
    };
    let changed = running(ticket).filter(goes_on).filter_map(|clock| {
        let terms = promised(ticket, queue, clock.kind)?;
        let changed = changing::changed(ticket, policy, clock, (terms, at));
        // Nobody is late by a line in a file.
        changed.filter(|changed| due_of(changed).is_none_or(|due_at| due_at >= at))
    });
    changed.collect()
}

/// Clocks whose time has passed, but would not have by the promises and calendars of today.
#[must_use]
pub fn not_passed(ticket: &Ticket, policy: &Policy, now: Timestamp) -> Vec<EventData> {
    let passed = running(ticket);
    let passed = passed.filter(|clock| clock.left_secs.is_none() && clock.due_at < now);
    passed
        .filter_map(|clock| by_today(ticket, policy, clock, now))
        .collect()
}

fn by_today(ticket: &Ticket, policy: &Policy, clock: &Clock, now: Timestamp) -> Option<EventData> {
    let is_by_hand = clock.granted.is_some() || clock.moved_to.is_some();
    let queue = policy.queue_of(ticket).filter(|_| !is_by_hand);
    let terms = queue.and_then(|queue| promised(ticket, queue, clock.kind));
    if let Some(terms) = terms.filter(|terms| **terms != clock.terms_now()) {
        // What is late by both promises is: a change of the file forgives nothing.
        let mut always = clock.clone();
        let from_start = ChangeMode::FromStart;
        always.changes.push(Change::of_all(now, terms, from_start));
        let holds = |clock: &Clock| due(clock, ticket, policy)?.at.filter(|at| *at >= now);
        holds(clock).or_else(|| holds(&always))?;
        let changed = changing::taking_over(ticket, policy, clock, (terms, now));
        return changed.filter(|changed| due_of(changed).is_some_and(|due_at| due_at >= now));
    }
    let due_at = due(clock, ticket, policy)?.at?;
    (due_at >= now).then_some(EventData::ClockRecounted {
        clock: clock.kind,
        due_at,
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the rest sets no due time")]
const fn due_of(event: &EventData) -> Option<Timestamp> {
    match event {
        EventData::ClockChanged { due_at, .. } => *due_at,
        _ => None,
    }
}
