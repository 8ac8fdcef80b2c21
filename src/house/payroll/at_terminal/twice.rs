//! Whether people are paid for the days of a period by other files: nobody is paid twice for the same work.

use std::collections::BTreeSet;

use jiff::{SignedDuration, tz::TimeZone};

use crate::desk::{kpi::Period, payroll::Payrolls, policy::Policy};

/// By what people are paid for days of that period already: closed periods of other sorts that share days with it (`2026-11`, or
/// `2026-11 it`, closed by that list), and lists that are about its months, closed or not (`it`). Nothing: by it alone. Of what
/// was closed before files were kept nobody knows.
#[must_use]
pub fn paid_otherwise(
    all: &Payrolls,
    policy: &Policy,
    (period, zone): (&Period, &TimeZone),
) -> BTreeSet<String> {
    let closed = all.closings_across(period);
    let closed = closed.filter(|one| one.paid().is_some());
    let mut found: BTreeSet<String> = closed
        .map(|one| match one.list() {
            Some(list) => format!("{} {list}", one.name()),
            None => one.name().to_owned(),
        })
        .collect();
    let last = period.to.checked_sub(SignedDuration::from_secs(1));
    let last = last.unwrap_or(period.to).to_zoned(zone.clone());
    let month = last.strftime("%Y-%m").to_string();
    let lists = policy.payrolls.iter();
    let about = lists.filter(|(_, list)| month != period.name && list.first <= month);
    found.extend(about.map(|(name, _)| name.to_string()));
    found
}
