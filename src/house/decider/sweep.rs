//! After a change of calendars or promises everything that runs is counted anew, a page at a time, when there is nothing else
//! to do; the earliest due times first. What falls due before its turn counts itself anew.

use std::sync::{Arc, atomic::Ordering};

use super::{
    super::watch,
    Decider, HouseError,
    apply::{AllDecided, decide_all},
    causes::Ready,
    threads::blocking,
};
use crate::{
    desk::{cause::Cause, wants::Wants},
    model::{alarm, ids::TicketNumber},
    store::{
        facts,
        sweep::{self, Sweep},
    },
};

impl Decider {
    /// Counts some more tickets anew; whether there were any.
    pub(super) async fn sweep_some(&self) -> Result<bool, HouseError> {
        if self.is_swept.load(Ordering::SeqCst) {
            return Ok(false);
        }
        let state = sweep::state(&self.house.db).await?;
        let Some(mut state) = state.filter(|state| !state.is_done) else {
            self.is_swept.store(true, Ordering::SeqCst);
            return Ok(false);
        };
        let page = sweep::page(&self.house.db, &state).await?;
        let Some((due_at, last)) = page.last().copied() else {
            self.ask(&state).await?;
            (state.left, state.is_done) = (0, true);
            sweep::note(&self.house.db, &state).await?;
            tracing::info!("all due times are counted anew");
            return Ok(true);
        };
        let tickets: Vec<TicketNumber> = page.iter().map(|(_, number)| *number).collect();
        let looked_at = u64::try_from(tickets.len()).unwrap_or(u64::MAX);
        match self.recount(&mut state, &tickets).await {
            Err(error) if !error.passes() => self.recount_each(&mut state, &tickets).await?,
            done => done?,
        }
        (state.due_at, state.ticket) = (due_at, last.0);
        state.left = state.left.saturating_sub(looked_at);
        sweep::note(&self.house.db, &state).await?;
        Ok(true)
    }

    /// Counts these anew.
    async fn recount(&self, state: &mut Sweep, tickets: &[TicketNumber]) -> Result<(), HouseError> {
        let cause = Cause::RulesChanged {
            tickets: tickets.to_vec(),
            consented: state.consented.clone(),
        };
        let last = tickets.last().map_or(0, |last| last.0);
        let decided = self.decide_one(format!("recount/{last}"), cause).await?;
        let kept: Vec<_> = decided
            .0
            .iter()
            .map(|one| one.decision.kept_due.clone())
            .collect();
        // Of what has not changed nothing is written.
        if decided.0.iter().any(|one| !one.decision.events.is_empty()) {
            self.apply(decided, Vec::new(), self.house.clock.now())
                .await?;
        }
        for (queue, ticket) in kept.into_iter().flatten() {
            let kept = state.kept.entry(queue).or_insert((0, ticket));
            kept.0 = kept.0.saturating_add(1);
        }
        Ok(())
    }

    /// One of these cannot be counted: the others are, each alone, and the administrator is told which one.
    async fn recount_each(
        &self,
        state: &mut Sweep,
        tickets: &[TicketNumber],
    ) -> Result<(), HouseError> {
        for ticket in tickets {
            match self.recount(state, &[*ticket]).await {
                Ok(()) => {}
                Err(error) if error.passes() => return Err(error),
                Err(error) => {
                    let number = ticket.to_string();
                    tracing::error!(ticket.id = number, %error, "due times of a ticket cannot be counted anew");
                    let seen = (error.to_string(), self.house.clock.now());
                    watch::report(&self.house, alarm::RECOUNT, &number, Some(seen)).await;
                }
            }
        }
        Ok(())
    }

    /// Whoever decides is asked of what would be late.
    async fn ask(&self, state: &Sweep) -> Result<(), HouseError> {
        let kept = state.kept.iter();
        let kept: Vec<_> = kept
            .map(|(queue, (count, ticket))| (queue.clone(), *count, *ticket))
            .collect();
        if kept.is_empty() {
            return Ok(());
        }
        let decided = self
            .decide_one("recounted".to_owned(), Cause::Recounted(kept))
            .await?;
        self.apply(decided, Vec::new(), self.house.clock.now())
            .await
    }

    /// Decides on one thing, which is then to be applied.
    pub(super) async fn decide_one(
        &self,
        id: String,
        cause: Cause,
    ) -> Result<AllDecided, HouseError> {
        let now = self.house.clock.now();
        let kb = self.house.shelf.kb();
        let wants = Wants::of([&cause], &self.house.given(now, &kb));
        let ready = vec![Ready {
            work: None,
            id,
            cause,
            raw: Arc::default(),
        }];
        let world = facts::load(&self.house.db, wants, now).await?;
        let house = self.house.clone();
        blocking(move || decide_all(&house, ready, (world, &[]), now)).await?
    }
}
