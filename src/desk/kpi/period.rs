//! Months, quarters and years of the payroll: half-open, by the midnights of its zone.

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// A stretch of time that is counted: its first instant belongs to it, its last does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// As people write it: `2026-10`, `2026-q4`, `2026`.
    pub name: String,
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
}

impl Period {
    /// Whether an instant belongs to it.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// Whether nothing that was solved in it can come back any more: until then what is counted of solutions is preliminary.
    #[must_use]
    pub fn is_final(&self, now: Timestamp) -> bool {
        self.final_from().is_some_and(|last| last < now)
    }

    /// The last instant at which something that was solved in it can come back.
    #[must_use]
    pub fn final_from(&self) -> Option<Timestamp> {
        let days = SignedDuration::from_hours(super::REOPEN_DAYS.saturating_mul(24));
        self.to.checked_add(days).ok()
    }

    /// What of it is over at `now`: how old something is cannot be told as of a time to come.
    #[must_use]
    pub fn so_far(self, now: Timestamp) -> Self {
        let to = self.to.min(now).max(self.from);
        Self { to, ..self }
    }

    /// The period that somebody means: a month `2026-10`, a quarter `2026-q4`, a year `2026`.
    #[must_use]
    pub fn named(words: &str, zone: &TimeZone) -> Option<Self> {
        let words = words.trim().to_lowercase();
        let (year, part) = match words.split_once('-') {
            Some((year, part)) => (year, Some(part)),
            None => (words.as_str(), None),
        };
        // Digits alone: a sign would make another name of the same month.
        let number = |digits: &str, many: usize| {
            let is_plain = digits.len() == many && digits.bytes().all(|one| one.is_ascii_digit());
            digits.parse::<i16>().ok().filter(|_| is_plain)
        };
        let year = number(year, 4)?;
        let (month, months) = match part {
            None => (1, 12),
            Some(part) => match part.strip_prefix('q') {
                Some(quarter) => {
                    let quarter = i8::try_from(number(quarter, 1)?).ok();
                    let quarter = quarter.filter(|one| (1..=4).contains(one))?;
                    (
                        quarter
                            .saturating_sub(1)
                            .saturating_mul(3)
                            .saturating_add(1),
                        3,
                    )
                }
                None => (i8::try_from(number(part, 2)?).ok()?, 1),
            },
        };
        Self::of((year, month), months, zone, words)
    }

    /// So many months from the first of one on.
    fn of((year, month): (i16, i8), months: i32, zone: &TimeZone, name: String) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        let after = first
            .checked_add(jiff::Span::new().try_months(months).ok()?)
            .ok()?;
        let midnight = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp());
        Some(Self {
            name,
            from: midnight(first)?,
            to: midnight(after)?,
        })
    }

    /// How many months what is so named has: a month, a quarter, a year; `None`: it is a week, or nothing at all.
    #[must_use]
    pub fn months_of(name: &str) -> Option<i64> {
        Self::named(name, &TimeZone::UTC)?;
        Some(match name.split_once('-') {
            None => 12,
            Some((_, part)) if part.starts_with(['q', 'Q']) => 3,
            Some(_) => 1,
        })
    }

    /// The quarter before this one; `None`: this is no quarter.
    #[must_use]
    pub fn quarter_before(&self, zone: &TimeZone) -> Option<Self> {
        if Self::months_of(&self.name) != Some(3) {
            return None;
        }
        let eve = self.from.checked_sub(SignedDuration::from_hours(1)).ok()?;
        let (year, quarter) = quarter(eve, zone);
        Self::named(&format!("{year:04}-q{quarter}"), zone)
    }

    /// The twelve months of a year.
    #[must_use]
    pub fn months(year: i16, zone: &TimeZone) -> Vec<Self> {
        let months = 1..=12;
        months
            .filter_map(|month| Self::named(&format!("{year}-{month:02}"), zone))
            .collect()
    }
}

/// The year and the quarter of an instant.
pub(super) fn quarter(at: Timestamp, zone: &TimeZone) -> (i16, i8) {
    let date = zone.to_datetime(at).date();
    (
        date.year(),
        date.month().saturating_add(2).checked_div(3).unwrap_or(1),
    )
}

/// The year and the month of an instant.
pub(super) fn month(at: Timestamp, zone: &TimeZone) -> (i16, i8) {
    let date = zone.to_datetime(at).date();
    (date.year(), date.month())
}

/// The midnight with which the quarter of an instant begins.
pub(super) fn quarter_begins(at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let (year, quarter) = quarter(at, zone);
    let name = format!("{year:04}-q{quarter}");
    Period::named(&name, zone).map(|quarter| quarter.from)
}
