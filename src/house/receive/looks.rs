//! When a mailbox is looked at again, and how much is taken at once.

use std::time::Duration;

use super::{FETCH_BYTES_MAX, ReceiveError, Receiver};
use crate::store::passes;

/// However much falls due, a mailbox is not looked at more often.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(5);

impl Receiver {
    /// How long to wait for news: until the next poll, or until something falls due that waits for this mailbox to be read.
    pub(super) async fn until_next_look(&self) -> Result<Duration, ReceiveError> {
        let (poll, now) = (self.settings.poll, self.house.clock.now());
        let next = passes::next_after(&self.house.db, now).await?;
        let left = next.and_then(|next| Duration::try_from(next.duration_since(now)).ok());
        Ok(left.map_or(poll, |left| left.max(LOOK_AGAIN_AFTER).min(poll)))
    }
}

/// Splits what is to be fetched so that no group is over the byte limit, unless one mail alone is.
pub(super) fn groups<T>(items: Vec<T>, size: impl Fn(&T) -> u64) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut bytes = 0_u64;
    for item in items {
        bytes = bytes.saturating_add(size(&item));
        match groups.last_mut() {
            Some(group) if bytes <= FETCH_BYTES_MAX => group.push(item),
            Some(_) | None => {
                bytes = size(&item);
                groups.push(vec![item]);
            }
        }
    }
    groups
}
