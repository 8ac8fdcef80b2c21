//! The way of a clock: from its start through pauses, other targets and other calendars, to its due time (DOMAIN 2.2).
//! Everything is derived anew from these facts, whenever it is asked.

use jiff::{SignedDuration, Timestamp};

use super::stages::Stage;
use crate::{
    desk::calendar::Calendar,
    model::terms::{Binding, Change, Combine, Pause, Terms},
};

/// The way of a clock.
#[derive(Debug, Clone)]
pub struct Course<'c> {
    /// From when time counts.
    pub start: Timestamp,
    /// By which it counts at first.
    pub calendar: &'c Calendar,
    /// By which it counts from an instant on, in order.
    pub calendars: Vec<(Timestamp, &'c Calendar)>,
    /// Apart from each other, in order: see [`Course::new`].
    pub(super) pauses: Vec<Pause>,
    /// When it was solved and had not come back, in order: also a hard limit stood still.
    pub solved: Vec<Pause>,
    /// Other promises, in order.
    pub changes: Vec<Change>,
    /// What has passed is measured by this one throughout, whatever the others are for: it counts day and night.
    pub counts: Option<&'c Calendar>,
}

/// Why a promise cannot be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    /// So much business time never passes.
    #[error("no time counts by this calendar")]
    NoWorkingTime,
    /// Less than nothing.
    #[error("a target cannot be negative")]
    InvalidTarget,
}

/// By when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Due {
    /// By when; `None`: time stands still, or nothing is promised.
    pub at: Option<Timestamp>,
    /// Which of the two set it.
    pub binding: Option<Binding>,
    /// What the target alone says.
    pub target_at: Option<Timestamp>,
    /// What the limit alone says.
    pub limit_at: Option<Timestamp>,
    /// Business time left where it stands still.
    pub left: Option<SignedDuration>,
}

/// When a target is reached, or how much of it is left when time stands still for good.
pub(super) enum Reached {
    At(Timestamp),
    Left(SignedDuration),
}

impl<'c> Course<'c> {
    /// A clock's way, with these pauses in any order.
    #[must_use]
    pub fn new(start: Timestamp, calendar: &'c Calendar, mut pauses: Vec<Pause>) -> Self {
        pauses.sort();
        let mut united: Vec<Pause> = Vec::new();
        for pause in pauses {
            match united.last_mut() {
                Some(last) if last.to.is_none_or(|to| pause.from <= to) => {
                    last.to = last.to.zip(pause.to).map(|(one, other)| one.max(other));
                }
                Some(_) | None => united.push(pause),
            }
        }
        Self {
            start,
            calendar,
            calendars: Vec::new(),
            solved: Vec::new(),
            pauses: united,
            changes: Vec::new(),
            counts: None,
        }
    }

    /// Business time from the start to an instant.
    #[must_use]
    pub fn elapsed(&self, at: Timestamp) -> SignedDuration {
        let pieces = self.pieces(self.start, self.counts);
        let counted = pieces.take_while(|piece| piece.from < at).map(|piece| {
            let to = piece.to.map_or(at, |to| to.min(at));
            piece.calendar.measure(piece.from, to)
        });
        counted.fold(SignedDuration::ZERO, SignedDuration::saturating_add)
    }

    /// By when it is due: these terms were promised at first, and what changed since takes over from them. Each promise
    /// that takes over replaces those before it or joins them; of those that hold the earliest counts.
    ///
    /// # Errors
    /// It cannot be counted.
    pub fn due(&self, terms: &Terms) -> Result<Due, Impossible> {
        let mut best: Option<Due> = None;
        for stage in self.stages(terms)? {
            let due = self.due_of(&stage)?;
            best = Some(best.map_or(due, |best| best.or_earlier(due)));
        }
        Ok(best.unwrap_or_default())
    }

    /// By when it is due under one promise.
    fn due_of(&self, stage: &Stage) -> Result<Due, Impossible> {
        let target = self.target(stage)?;
        let limit = match stage.terms.limit {
            Some(limit) => Some(self.limit(stage.start, limit)?),
            None => None,
        };
        let mut due = Due {
            limit_at: limit.flatten(),
            ..Due::default()
        };
        match target {
            Some(Reached::At(at)) => due.target_at = Some(at),
            Some(Reached::Left(left)) => due.left = Some(left),
            None => {}
        }
        let of = |binding, at: Option<Timestamp>| (at, at.map(|_| binding));
        let by_target = of(Binding::Target, due.target_at);
        let by_limit = of(Binding::Limit, due.limit_at);
        (due.at, due.binding) = match (stage.terms.combine, target.is_some(), limit.is_some()) {
            (_, _, false) => by_target,
            (_, false, true) | (Combine::Goal, _, true) => by_limit,
            (Combine::Earliest, true, true) => match (due.target_at, due.limit_at) {
                (Some(target), Some(limit)) if target <= limit => by_target,
                (Some(_), None) => by_target,
                (Some(_) | None, _) => by_limit,
            },
            (Combine::Latest, true, true) => match (due.target_at, due.limit_at) {
                (Some(target), Some(limit)) if target >= limit => by_target,
                (Some(_), Some(_)) => by_limit,
                (None, _) | (_, None) => (None, None),
            },
        };
        Ok(due)
    }

    /// The earliest instant by which so many of a hundred parts of the business time until `due` have passed, never after it.
    #[must_use]
    pub fn at_percent(&self, percent: u32, due: Timestamp) -> Timestamp {
        let whole = self.elapsed(due).as_nanos();
        let part = whole.saturating_mul(i128::from(percent)).div_euclid(100);
        let part = SignedDuration::try_from_nanos_i128(part).unwrap_or(SignedDuration::ZERO);
        match self.reach((self.start, self.counts), part) {
            Ok(Reached::At(at)) => at.min(due),
            Ok(Reached::Left(_)) | Err(_) => due,
        }
    }

    /// The earliest instant by which so much business time has passed since `from`.
    pub(super) fn reach(
        &self,
        (from, counts): (Timestamp, Option<&'c Calendar>),
        target: SignedDuration,
    ) -> Result<Reached, Impossible> {
        let mut left = target;
        let mut last = from;
        for piece in self.pieces(from, counts) {
            let Some(to) = piece.to else {
                let at = piece.calendar.add(piece.from, left);
                return at.map(Reached::At).ok_or(Impossible::NoWorkingTime);
            };
            last = to;
            if left.is_zero() {
                match piece.calendar.next_open(piece.from) {
                    Some(at) if at < to => return Ok(Reached::At(at)),
                    Some(_) | None => continue,
                }
            }
            let counted = piece.calendar.measure(piece.from, to);
            if counted >= left {
                let at = piece.calendar.add(piece.from, left);
                return at.map(Reached::At).ok_or(Impossible::NoWorkingTime);
            }
            left = left.saturating_sub(counted);
        }
        debug_assert!(last >= from, "time stands still after the last piece");
        Ok(Reached::Left(left))
    }

    /// Stretches from an instant on during which time counts, each by one calendar; the last has no end unless time
    /// stands still for good.
    fn pieces(
        &self,
        from: Timestamp,
        counts: Option<&'c Calendar>,
    ) -> impl Iterator<Item = Piece<'c>> {
        let mut marks: Vec<Timestamp> = vec![from];
        let pauses = self.pauses.iter();
        marks.extend(pauses.flat_map(|pause| std::iter::once(pause.from).chain(pause.to)));
        marks.extend(self.calendars.iter().map(|(at, _)| *at));
        marks.retain(|mark| *mark >= from);
        marks.sort();
        marks.dedup();
        let ends: Vec<Option<Timestamp>> = marks.iter().skip(1).copied().map(Some).collect();
        let pieces: Vec<Piece<'c>> = marks
            .into_iter()
            .zip(ends.into_iter().chain([None]))
            .filter(|(from, _)| !self.is_paused(*from))
            .map(|(from, to)| Piece {
                from,
                to,
                calendar: counts.unwrap_or_else(|| self.calendar_at(from)),
            })
            .collect();
        pieces.into_iter()
    }

    fn is_paused(&self, at: Timestamp) -> bool {
        let holds = |pause: &Pause| pause.from <= at && pause.to.is_none_or(|to| at < to);
        self.pauses.iter().any(holds)
    }

    /// The calendar in force at an instant.
    #[must_use]
    pub fn calendar_at(&self, at: Timestamp) -> &'c Calendar {
        let mut later = self.calendars.iter().rev();
        let found = later.find(|(from, _)| *from <= at);
        found.map_or(self.calendar, |(_, calendar)| calendar)
    }
}

/// A stretch during which time counts by one calendar.
struct Piece<'c> {
    from: Timestamp,
    to: Option<Timestamp>,
    calendar: &'c Calendar,
}
