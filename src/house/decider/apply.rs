//! A batch is decided and applied: one after the other, each seeing what the one before did, then all at once.

use std::collections::BTreeSet;

use super::{
    Decider, House, HouseError,
    intake::{Ready, panicked},
};
use crate::{
    clock,
    desk::{
        decide::{decide_condition, decide_failure, decide_fuse_release, decide_mail},
        decision::{Decision, Given},
        timer::{TimerKind, timers_of},
        world::World,
    },
    model::ids::{RawId, TicketNumber, WorkId},
    store::{
        apply::{self, Batch, Decided},
        journal,
    },
};

/// What a batch came to: decisions with their bytes, readings packed, and the world after them.
pub(super) type AllDecided = (Vec<Decided>, Vec<(RawId, Vec<u8>)>, World);

/// Decides one after the other, each seeing what the one before did.
pub(super) fn decide_all(
    house: &House,
    causes: Vec<(WorkId, &'static str, String)>,
    ready: Vec<Ready>,
    mut world: World,
) -> Result<AllDecided, HouseError> {
    let given = house.given();
    let mut decided = Vec::new();
    let mut readings = Vec::new();
    for ((work, cause_kind, cause_id), one) in causes.into_iter().zip(ready) {
        let decision = decide_one(&one, &world, &given);
        world.absorb(&decision);
        let bytes = match &one {
            Ready::Mail(arrival, raw) => {
                readings.push((arrival.raw, journal::pack_reading(&arrival.reading)?));
                house.bytes_of(&decision, |id| {
                    (id == arrival.raw).then_some(raw.as_slice())
                })?
            }
            Ready::Failure(_) | Ready::Condition(_) | Ready::ReleaseFuse => {
                house.bytes_of(&decision, |_| None)?
            }
        };
        decided.push(Decided {
            work: Some(work),
            cause_kind,
            cause_id,
            decision,
            bytes,
        });
    }
    Ok((decided, readings, world))
}

fn decide_one(one: &Ready, world: &World, given: &Given<'_>) -> Decision {
    match one {
        Ready::Mail(arrival, _) => decide_mail(arrival, world, given),
        Ready::Failure(failure) => decide_failure(failure, world, given),
        Ready::Condition(condition) => decide_condition(condition, world, given),
        Ready::ReleaseFuse => decide_fuse_release(world, given),
    }
}

impl Decider {
    /// Applies decisions, with the tickets they touched as the world has them now.
    pub(super) async fn apply(
        &self,
        decided: Vec<Decided>,
        readings: Vec<(RawId, Vec<u8>)>,
        world: World,
        timers_done: Vec<(TimerKind, i64)>,
    ) -> Result<(), HouseError> {
        let policy = &self.house.config.policy;
        let touched: BTreeSet<TicketNumber> = decided
            .iter()
            .flat_map(|one| one.decision.tickets())
            .collect();
        let tickets = touched
            .iter()
            .filter_map(|number| world.tickets.get(number))
            .map(|ticket| (ticket.clone(), timers_of(ticket, policy)))
            .collect();
        let sends = decided.iter().any(|one| !one.decision.mails.is_empty());
        let mut seed = [0; 32];
        clock::fill_random(&mut seed).map_err(|error| HouseError::Stored(error.to_string()))?;
        let batch = Batch {
            lease: self.lease.clone(),
            policy: self.house.policy,
            now: self.house.clock.now(),
            decided,
            tickets,
            timers_done,
            readings,
            seed,
        };
        apply::apply(&self.house.db, batch).await?;
        if sends {
            self.house.bells.outbox.notify_one();
        }
        Ok(())
    }
}

/// Runs work of the processor's off the loops that wait; its panic becomes an error.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, HouseError> {
    tokio::task::spawn_blocking(work).await.map_err(panicked)
}
