//! Months that regular letters are about.

use jiff::{Span, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::desk::kpi::Period;

/// How the figures of a month stand that a letter shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthStands {
    /// The version that is closed, and since when; `None`: the month is not closed.
    pub closed: Option<(u32, Timestamp)>,
    /// It was closed by earlier definitions, and these figures are counted anew.
    #[serde(default)]
    pub is_recounted: bool,
    /// Of a month that is not closed, until when what was solved in it may still come back; `None`: it cannot any more.
    pub final_from: Option<Timestamp>,
    /// The hash of the last event that the figures know of: all of history up to there.
    pub head_hash: String,
}

/// So many months are looked at, so that a trend is seen.
pub const MONTHS: u32 = 6;

/// The last month that is over.
#[must_use]
pub fn month_over(zone: &TimeZone, now: Timestamp) -> Option<Period> {
    months_before(zone.to_datetime(now).date().first_of_month(), 1, zone)
}

/// The months up to this one, the oldest first: [`MONTHS`] of them.
#[must_use]
pub fn months_up_to(month: &Period, zone: &TimeZone) -> Vec<Period> {
    let first = zone.to_datetime(month.from).date();
    let back = (0..MONTHS).rev();
    back.filter_map(|many| months_before(first, many, zone))
        .collect()
}

/// The month before another.
#[must_use]
pub fn month_earlier(month: &Period, zone: &TimeZone) -> Option<Period> {
    months_before(zone.to_datetime(month.from).date(), 1, zone)
}

/// The name of the month before: of `2026-01` it is `2025-12`; of what is no month nothing.
#[must_use]
pub fn month_before(period: &str) -> String {
    let first = format!("{period}-01").parse::<jiff::civil::Date>().ok();
    let before = first.and_then(|first| first.yesterday().ok());
    before.map_or_else(String::new, |day| day.strftime("%Y-%m").to_string())
}

pub(super) fn months_before(
    first: jiff::civil::Date,
    many: u32,
    zone: &TimeZone,
) -> Option<Period> {
    let month = first
        .checked_sub(Span::new().months(i64::from(many)))
        .ok()?;
    Period::named(&format!("{}-{:02}", month.year(), month.month()), zone)
}
