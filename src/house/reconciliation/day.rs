//! A day, as people count it.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// A day in a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant of the next one.
    pub until: Timestamp,
}

impl Day {
    /// The day of that date; `None` at the end of time.
    #[must_use]
    pub fn of(date: Date, zone: &TimeZone) -> Option<Self> {
        let start = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp());
        Some(Self {
            date,
            from: start(date)?,
            until: start(date.tomorrow().ok()?)?,
        })
    }

    /// The last day that was over at this instant.
    #[must_use]
    pub fn before(now: Timestamp, zone: &TimeZone) -> Option<Self> {
        Self::of(now.to_zoned(zone.clone()).date().yesterday().ok()?, zone)
    }

    pub(super) fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}
