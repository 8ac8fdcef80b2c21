//! A batch is decided and applied: one after the other, each seeing what the one before did, then all at once.

use std::{collections::BTreeSet, sync::atomic::Ordering};

use jiff::Timestamp;

use super::{Decider, House, HouseError, causes::Ready};
use crate::{
    clock,
    desk::{
        cause::Cause,
        decide::decide,
        policy::Policy,
        reason::Reason,
        sla::{late_since, risk_at},
        timer::{TimerKind, timers_of},
        world::World,
    },
    model::{
        event::EventData,
        ids::{RawId, TicketNumber},
    },
    store::{
        apply::{self, Batch, Decided, Standing},
        journal,
    },
    web::{
        Meters,
        meters::{ByReason, OfVerdict},
    },
};

/// What a batch came to: decisions with their bytes, readings packed, and the world after them.
pub(super) type AllDecided = (Vec<Decided>, Vec<(RawId, Vec<u8>)>, World);

/// Decides one after the other, each seeing what the one before did, and writes the mails: all at one instant. `lent`
/// are raw mails that are enclosed besides the one at hand.
pub(super) fn decide_all(
    house: &House,
    ready: Vec<Ready>,
    (mut world, lent): (World, &[(RawId, journal::Raw)]),
    now: Timestamp,
) -> Result<AllDecided, HouseError> {
    let kb = house.shelf.kb();
    let given = house.given(now, &kb);
    let mut decided = Vec::new();
    let mut readings = Vec::new();
    let mut packer = journal::Packer::new()?;
    for Ready {
        work,
        id,
        cause,
        raw,
    } in ready
    {
        let decision = decide(&cause, &world, &given);
        world.absorb(&decision);
        let mut own = None;
        if let Cause::Mail(arrival) | Cause::Sent(arrival) = &cause {
            own = Some(arrival.raw);
            readings.push((arrival.raw, packer.reading(&arrival.reading)?));
        }
        let at_hand = |wanted| {
            let lent = || lent.iter().find(|(id, _)| *id == wanted);
            let own = (Some(wanted) == own).then_some(raw.as_slice());
            own.or_else(|| lent().map(|(_, raw)| raw.bytes.as_slice()))
        };
        let bytes = house.bytes_of(&decision, now, at_hand)?;
        decided.push(Decided {
            work,
            cause_kind: cause.code(),
            cause_id: id,
            decision,
            bytes,
        });
    }
    Ok((decided, readings, world))
}

impl Decider {
    /// Applies decisions, with the tickets they touched as the world has them now.
    pub(super) async fn apply(
        &self,
        (decided, readings, world): AllDecided,
        timers_done: Vec<(TimerKind, i64)>,
        now: Timestamp,
    ) -> Result<(), HouseError> {
        let policy = &self.house.config.policy;
        let tickets = standing(&decided, (&timers_done, now), &world, policy);
        let counted = counted(&decided);
        if decided.iter().any(|one| !one.decision.recounts.is_empty()) {
            self.is_swept.store(false, Ordering::SeqCst);
        }
        let is_changed = decided.iter().any(|one| one.decision.changes_queues());
        let sends = decided.iter().any(|one| !one.decision.mails.is_empty());
        let mut seed = [0; 32];
        clock::fill_random(&mut seed).map_err(|error| HouseError::Stored(error.to_string()))?;
        let batch = Batch {
            lease: self.lease.clone(),
            policy: self.house.policy,
            now,
            decided,
            tickets,
            timers_done,
            readings,
            seed,
        };
        apply::apply(&self.house.db, batch).await?;
        if is_changed {
            self.is_changed.store(true, Ordering::SeqCst);
        }
        count(&self.house.meters, counted);
        if sends {
            self.house.bells.outbox.notify_one();
        }
        Ok(())
    }
}

/// The tickets that were touched, with what is derived from them. An appointment that came too early, by hours or rules that
/// have changed since, has touched nothing and is made anew; one that came in time and led to nothing is over.
fn standing(
    decided: &[Decided],
    (done, now): (&[(TimerKind, i64)], Timestamp),
    world: &World,
    policy: &Policy,
) -> Vec<Standing> {
    let touched = decided.iter().flat_map(|one| one.decision.tickets());
    let touched: BTreeSet<TicketNumber> = touched.collect();
    let looked_at = done.iter().filter(|(kind, _)| kind.is_of_ticket());
    let looked_at = looked_at.map(|(_, object)| TicketNumber(*object));
    let all: BTreeSet<TicketNumber> = looked_at.chain(touched.iter().copied()).collect();
    let tickets = all.iter().filter_map(|number| world.ticket(*number));
    tickets
        .map(|ticket| {
            let mut timers = timers_of(ticket, policy);
            if !touched.contains(&ticket.number) {
                let is_over = |(kind, at): &(TimerKind, Timestamp)| {
                    *at <= now && done.contains(&(*kind, ticket.number.0))
                };
                timers.retain(|timer| !is_over(timer));
            }
            Standing {
                ticket: ticket.clone(),
                timers,
                risk_at: risk_at(ticket, policy),
                late_at: late_since(ticket),
            }
        })
        .collect()
}

/// What the monitoring hears of decisions.
#[derive(Debug, Default)]
struct Counted {
    decisions: Vec<&'static str>,
    withheld: Vec<String>,
    verdicts: Vec<OfVerdict>,
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "only what the monitoring asks for is counted"
)]
fn counted(decided: &[Decided]) -> Counted {
    let mut counted = Counted::default();
    for decision in decided.iter().map(|one| &one.decision) {
        counted.decisions.push(decision.reason.code());
        let held = decision.mails.iter().filter(|queued| queued.is_held);
        let blown = held.map(|_| Reason::FuseBlown.code().to_owned());
        counted.withheld.extend(blown);
        for event in &decision.events {
            match &event.data {
                EventData::MailWithheld { .. } => counted.withheld.push(event.reason.clone()),
                EventData::ClockJudged(verdict) => counted.verdicts.push(OfVerdict {
                    queue: verdict.queue.to_string(),
                    clock: verdict.clock.code().to_owned(),
                    outcome: verdict.outcome.code().to_owned(),
                }),
                _ => {}
            }
        }
    }
    counted
}

fn count(meters: &Meters, counted: Counted) {
    let by = |reason: &str| ByReason {
        reason: reason.to_owned(),
    };
    for reason in counted.decisions {
        meters.decisions.get_or_create(&by(reason)).inc();
    }
    for reason in counted.withheld {
        meters.withheld.get_or_create(&by(&reason)).inc();
    }
    for verdict in counted.verdicts {
        meters.verdicts.get_or_create(&verdict).inc();
    }
}
