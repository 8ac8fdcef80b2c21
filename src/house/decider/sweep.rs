//! After a change of calendars or promises everything that runs is counted anew, a page at a time, when there is nothing else
//! to do; the earliest due times first. What falls due before its turn counts itself anew.

use std::sync::Arc;

use super::{
    Decider, HouseError,
    apply::{blocking, decide_all},
    intake::Ready,
};
use crate::{
    desk::{cause::Cause, wants::Wants},
    store::{facts, sweep},
};

impl Decider {
    /// Counts some more tickets anew; whether there were any.
    pub(super) async fn sweep_some(&mut self) -> Result<bool, HouseError> {
        if self.is_swept {
            return Ok(false);
        }
        let state = sweep::state(&self.house.db).await?;
        let Some(state) = state.filter(|state| !state.is_done) else {
            self.is_swept = true;
            return Ok(false);
        };
        let page = sweep::page(&self.house.db, state).await?;
        let Some((due_at, last)) = page.last().copied() else {
            let is_done = true;
            let state = sweep::Sweep {
                left: 0,
                is_done,
                ..state
            };
            sweep::note(&self.house.db, state).await?;
            tracing::info!(kept = state.kept, "all due times are counted anew");
            return Ok(true);
        };
        let numbers: Vec<_> = page.iter().map(|(_, number)| *number).collect();
        let looked_at = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
        let ready = vec![Ready {
            work: None,
            id: format!("recount/{}", last.0),
            cause: Cause::RulesChanged(numbers),
            raw: Arc::default(),
        }];
        let now = self.house.clock.now();
        let kb = self.house.shelf.kb();
        let causes = ready.iter().map(|one| &one.cause);
        let wants = Wants::of(causes, &self.house.given(now, &kb));
        let world = facts::load(&self.house.db, wants, now).await?;
        let house = self.house.clone();
        let decided = blocking(move || decide_all(&house, ready, (world, &[]), now)).await??;
        let kept = decided
            .0
            .iter()
            .map(|one| one.decision.kept_due)
            .sum::<u64>();
        // Of what has not changed nothing is written.
        let is_changed = decided.0.iter().any(|one| !one.decision.events.is_empty());
        if is_changed {
            self.apply(decided, Vec::new(), now).await?;
        }
        let state = sweep::Sweep {
            due_at,
            ticket: last.0,
            left: state.left.saturating_sub(looked_at),
            kept: state.kept.saturating_add(kept),
            is_done: false,
        };
        sweep::note(&self.house.db, state).await?;
        Ok(true)
    }
}
