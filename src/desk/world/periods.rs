//! Closed periods, as far as a decision is about one.

use super::World;

impl World {
    /// Whether a period of that name is closed.
    #[must_use]
    pub fn is_closed(&self, period: &str) -> bool {
        debug_assert!(self.asked.periods, "closed periods were not wanted");
        self.periods.contains(period)
    }

    /// Says that a period is closed.
    pub fn close_period(&mut self, period: String) {
        self.periods.insert(period);
    }
}
