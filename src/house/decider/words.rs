//! The index of words goes on when there is nothing else to do, and is whole before something is looked for. Where no queue
//! lets its agents look, nothing is done.

use super::{Decider, HouseError};
use crate::{desk::command::Verb, store::words};

impl Decider {
    /// Takes some more mails into the index; whether there were any.
    pub(super) async fn index_some(&self) -> Result<bool, HouseError> {
        let mut queues = self.house.config.policy.queues.values();
        if !queues.any(|queue| queue.is_on(Verb::Find)) {
            return Ok(false);
        }
        Ok(words::index_page(&self.house.db, self.lease.clone()).await?)
    }

    /// Takes all there is into the index.
    pub(super) async fn index_all(&self) -> Result<(), HouseError> {
        while self.index_some().await? {}
        Ok(())
    }
}
