//! Limits in days, working days and months.

use jiff::{SignedDuration, Span, Timestamp, civil::Date};

use super::course::{Course, Impossible};
use crate::model::terms::{Limit, LimitMode, LimitPauses, LimitUnit, Roll};

impl Course<'_> {
    /// When a limit that counts since `start` is over; `None`: time that moves it stands still. What was solved and came back
    /// has stood still for any limit.
    pub(super) fn limit(
        &self,
        start: Timestamp,
        limit: Limit,
    ) -> Result<Option<Timestamp>, Impossible> {
        let none = Impossible::NoWorkingTime;
        let mut at = self.last_instant(start, limit).ok_or(none)?;
        let pauses = match limit.pauses {
            LimitPauses::Extend => &self.pauses,
            LimitPauses::Ignore => &self.solved,
        };
        let later = pauses.iter();
        for pause in later.filter(|pause| pause.to.is_none_or(|to| to > start)) {
            if pause.from >= at {
                break;
            }
            let Some(to) = pause.to else {
                return Ok(None);
            };
            let length = to.duration_since(pause.from.max(start));
            at = at.checked_add(length).map_err(|_beyond_all_dates| none)?;
        }
        match limit.roll {
            Roll::None => Ok(Some(at)),
            Roll::NextOpen => self.next_open(at).map(Some).ok_or(none),
        }
    }

    /// The first instant not before `at` that some calendar in force at that instant calls open.
    fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        let ends = self.calendars.iter().map(|(to, _)| *to);
        let ends = ends.filter(|to| *to > at).map(Some).chain([None]);
        let mut from = at;
        for end in ends {
            let open = self.calendar_at(from).next_open(from);
            match (open, end) {
                (Some(open), Some(end)) if open < end => return Some(open),
                (_, Some(end)) => from = end,
                (open, None) => return open,
            }
        }
        None
    }

    fn last_instant(&self, start: Timestamp, limit: Limit) -> Option<Timestamp> {
        // The one it began by stays its own until another is promised.
        let calendar = match start == self.start {
            true => self.calendar,
            false => self.calendar_at(start),
        };
        let first = calendar.zone().to_datetime(start);
        let count = i64::from(limit.count);
        let last: Date = match limit.unit {
            LimitUnit::WorkingDays => return calendar.end_of_working_day(start, limit.count),
            LimitUnit::Days => first
                .date()
                .checked_add(Span::new().try_days(count).ok()?)
                .ok()?,
            LimitUnit::Months => first
                .date()
                .checked_add(Span::new().try_months(count).ok()?)
                .ok()?,
        };
        match limit.mode {
            LimitMode::Wall => calendar.instant(last.to_datetime(first.time())),
            LimitMode::EndOfDay => calendar.instant(last.tomorrow().ok()?.at(0, 0, 0, 0)),
            LimitMode::GkRf => calendar.close_on_or_after(last),
            LimitMode::Elapsed24h => {
                let since = first.date().until(last).ok()?.get_days();
                let hours = i64::from(since).checked_mul(24)?;
                start
                    .checked_add(SignedDuration::try_from_hours(hours)?)
                    .ok()
            }
        }
    }
}
