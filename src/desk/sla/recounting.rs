//! Promises and calendars have changed: what runs is counted anew, what was judged stays as it is. A due time that would lie in
//! the past is left where it was: nobody is late by a line in a file.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{changing, correcting::corrected, due, running};
use crate::{
    desk::policy::{Policy, QueuePolicy},
    model::{
        clock::{Clock, ClockKind, Outcome},
        event::EventData,
        ids::AgentName,
        ticket::Ticket,
    },
};

/// A sum over everything that due times follow from: another sum, and all that runs is counted anew.
#[must_use]
pub fn rules_sum(policy: &Policy) -> String {
    let of = |queue: &QueuePolicy| json!([queue.calendar, queue.promises]);
    let queues = policy.queues.iter().map(|(name, queue)| (name, of(queue)));
    let rules: BTreeMap<_, _> = queues.collect();
    HEXLOWER.encode(&Sha256::digest(json!(rules).to_string().as_bytes()))
}

/// What becomes of the running clocks of a ticket by the rules of today, and how many due times would lie in the past and
/// stay as they were, unless whoever decides has said that they may be late.
#[must_use]
pub fn recounted(
    ticket: &Ticket,
    (policy, queue): (&Policy, &QueuePolicy),
    (now, may_be_late): (Timestamp, bool),
) -> (Vec<EventData>, u64) {
    let class = ticket.classification.class;
    let (mut events, mut kept) = (Vec::new(), 0_u64);
    // What somebody has promised or granted by hand, what stands still and what is late already stays.
    let is_free = |clock: &&Clock| {
        clock.granted.is_none()
            && clock.moved_to.is_none()
            && !clock.is_paused()
            && now <= clock.due_at
    };
    for clock in running(ticket).filter(is_free) {
        let changed = match queue.promises.terms(class, clock.kind) {
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
    let of = |kind: ClockKind| {
        let clock = ticket
            .clocks
            .iter()
            .rev()
            .find(|clock| clock.kind == kind)?;
        again(ticket, policy, clock, now)
    };
    ClockKind::ALL.into_iter().filter_map(of).collect()
}

fn again(ticket: &Ticket, policy: &Policy, clock: &Clock, now: Timestamp) -> Option<EventData> {
    let before = clock.outcome?;
    let mut anew = clock.clone();
    let class = ticket.classification.class;
    let terms = policy
        .queue_of(ticket)
        .and_then(|queue| queue.promises.terms(class, clock.kind));
    if let Some(terms) = terms.filter(|_| clock.changes.is_empty()) {
        anew.terms = terms.clone();
    }
    let due_at = due(&anew, ticket, policy)?.at?;
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
        return None;
    }
    let answered = ticket.last_answer.as_ref();
    let by: Option<&AgentName> = match outcome {
        Some(Outcome::Met) => answered.and_then(|answer| answer.agent.as_ref()),
        Some(Outcome::Breached) | None => None,
    };
    let whose = by.or(ticket.assignee.as_ref());
    Some(corrected(
        (ticket, policy),
        &anew,
        (outcome, done_at),
        (due_at, whose),
    ))
}
