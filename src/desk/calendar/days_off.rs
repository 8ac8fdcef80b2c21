//! Days on which nobody works, for whoever is told how time was counted.

use jiff::Timestamp;

use super::{Calendar, days_from};

/// Days off are listed only of spans up to so many days: of a longer one nobody wants to hear of every weekend.
const DAYS_TOLD: usize = 366;

impl Calendar {
    /// The stretches without opening hours between two instants that hold a whole day or more: each from the end of work
    /// before it to the next opening, in order and apart from each other. Nights are none.
    #[must_use]
    pub fn days_off(&self, from: Timestamp, to: Timestamp) -> Vec<(Timestamp, Timestamp)> {
        let date = |at| self.zone().to_datetime(at).date();
        let last = date(to);
        let days = days_from(date(from)).take(DAYS_TOLD);
        let days = days.take_while(|day| *day <= last);
        let mut found: Vec<(Timestamp, Timestamp)> = Vec::new();
        for day in days.filter(|day| !self.works_on(*day)) {
            let before = day.yesterday().ok().and_then(|day| self.close_of(day));
            let begins = before.unwrap_or(from).max(from);
            let ends = self.next_open(begins).unwrap_or(to).min(to);
            let is_known = found.last().is_some_and(|(_, known)| *known >= ends);
            if begins < ends && !is_known {
                found.push((begins, ends));
            }
        }
        found
    }
}
