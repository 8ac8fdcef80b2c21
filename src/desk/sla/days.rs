//! Limits in days, working days and months.

use jiff::{SignedDuration, Span, Timestamp, civil::Date};

use super::course::{Course, Impossible};
use crate::model::terms::{Limit, LimitMode, LimitPauses, LimitUnit, Roll};

impl Course<'_> {
    /// When a limit is over; `None`: time that moves it stands still.
    pub(super) fn limit(&self, limit: Limit) -> Result<Option<Timestamp>, Impossible> {
        let none = Impossible::NoWorkingTime;
        let mut at = self.last_instant(limit).ok_or(none)?;
        if limit.pauses == LimitPauses::Extend {
            for pause in self
                .pauses
                .iter()
                .filter(|pause| pause.to.is_none_or(|to| to > self.start))
            {
                if pause.from >= at {
                    break;
                }
                let Some(to) = pause.to else {
                    return Ok(None);
                };
                let length = to.duration_since(pause.from.max(self.start));
                at = at.checked_add(length).map_err(|_beyond_all_dates| none)?;
            }
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

    fn last_instant(&self, limit: Limit) -> Option<Timestamp> {
        let calendar = self.calendar;
        let first = calendar.zone().to_datetime(self.start);
        let count = i64::from(limit.count);
        let last: Date = match limit.unit {
            LimitUnit::WorkingDays => return calendar.end_of_working_day(self.start, limit.count),
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
                self.start
                    .checked_add(SignedDuration::try_from_hours(hours)?)
                    .ok()
            }
        }
    }
}
