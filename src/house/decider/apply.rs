//! A batch is decided and applied: one after the other, each seeing what the one before did, then all at once.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    Decider, House, HouseError,
    intake::{Ready, panicked},
};
use crate::{
    clock,
    desk::{
        cause::Cause,
        decide::decide,
        timer::{TimerKind, timers_of},
        world::World,
    },
    model::ids::{RawId, TicketNumber},
    store::{
        apply::{self, Batch, Decided},
        journal,
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
        let touched: BTreeSet<TicketNumber> = decided
            .iter()
            .flat_map(|one| one.decision.tickets())
            .collect();
        let tickets = touched
            .iter()
            .filter_map(|number| world.ticket(*number))
            .map(|ticket| (ticket.clone(), timers_of(ticket, policy)))
            .collect();
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
