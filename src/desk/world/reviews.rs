//! Which regular letters were written.

use super::World;
use crate::{
    desk::review::Written,
    model::{ids::QueueName, review::ReviewKind},
};

impl World {
    /// What the last regular letter of a sort was about; `None`: there never was one.
    #[must_use]
    pub fn last_review(&self, kind: ReviewKind, queue: Option<&QueueName>) -> Option<&str> {
        debug_assert!(self.asked.reviews, "regular letters were not wanted");
        self.reviews.last(kind, queue)
    }

    /// Says which were written.
    pub fn set_reviews(&mut self, written: Written) {
        self.reviews = written;
    }
}
