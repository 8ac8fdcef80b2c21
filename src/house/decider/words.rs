//! The index of words goes on when there is nothing else to do, and a good deal further before something is looked for. Where
//! no queue lets its agents look, nothing is done.

use super::{Decider, HouseError};
use crate::{desk::command::Verb, store::words};

/// So many pages are taken before something is looked for: usually that is all there is. Where an index begins over a long
/// history the answer says that there is more to come, and other mail does not wait for it.
const PAGES_BEFORE_SEARCH: usize = 30;

impl Decider {
    /// Takes some more mails into the index; whether there were any.
    pub(super) async fn index_some(&self) -> Result<bool, HouseError> {
        let mut queues = self.house.config.policy.queues.values();
        if !queues.any(|queue| queue.is_on(Verb::Find)) {
            return Ok(false);
        }
        Ok(words::index_page(&self.house.db, self.lease.clone()).await?)
    }

    /// Takes into the index what has come of late.
    pub(super) async fn index_more(&self) -> Result<(), HouseError> {
        for _ in 0..PAGES_BEFORE_SEARCH {
            if !self.index_some().await? {
                break;
            }
        }
        Ok(())
    }
}
