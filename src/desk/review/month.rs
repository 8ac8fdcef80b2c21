//! Months that regular letters are about.

use jiff::{Span, Timestamp, tz::TimeZone};

use crate::desk::kpi::Period;

/// So many months are looked at, so that a trend is seen.
pub const MONTHS: u32 = 6;

/// The last month that is over.
#[must_use]
pub fn month_over(zone: &TimeZone, now: Timestamp) -> Option<Period> {
    month_before(zone.to_datetime(now).date().first_of_month(), 1, zone)
}

/// The months up to this one, the oldest first: [`MONTHS`] of them.
#[must_use]
pub fn months_up_to(month: &Period, zone: &TimeZone) -> Vec<Period> {
    let first = zone.to_datetime(month.from).date();
    let back = (0..MONTHS).rev();
    back.filter_map(|many| month_before(first, many, zone))
        .collect()
}

pub(super) fn month_before(first: jiff::civil::Date, many: u32, zone: &TimeZone) -> Option<Period> {
    let month = first
        .checked_sub(Span::new().months(i64::from(many)))
        .ok()?;
    Period::named(&format!("{}-{:02}", month.year(), month.month()), zone)
}
