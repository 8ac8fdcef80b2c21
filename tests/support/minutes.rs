//! Promises counted a second time, minute by minute, from plain hours: nothing of `desk::calendar` or `desk::sla` is used
//! here, so that a difference says that one of the two is wrong. Slow and plain on purpose; of jiff only what a wall clock
//! shows. Conventions as in DOMAIN 2.2: seconds since 1970, half-open stretches, the earliest instant that will do.

use std::{cell::RefCell, collections::BTreeMap};

use jiff::{
    Timestamp, ToSpan as _,
    civil::{Date, DateTime},
    tz::TimeZone,
};

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;
/// Nothing that is asked here lasts longer.
const LONGEST: i64 = 3 * 366 * DAY;

/// Hours of a date, in minutes after the midnight that begins it.
pub(crate) type Hours = Vec<(i64, i64)>;

/// When time counts.
pub(crate) struct Calendar {
    zone: TimeZone,
    week: [Hours; 7],
    days: BTreeMap<Date, Hours>,
    /// Minutes that count, by the day of UTC they fall on.
    seen: RefCell<BTreeMap<i64, Vec<bool>>>,
}

impl Calendar {
    pub(crate) fn new(zone: &str, week: [Hours; 7], days: BTreeMap<Date, Hours>) -> Self {
        Self {
            zone: TimeZone::get(zone).unwrap(),
            week,
            days,
            seen: RefCell::default(),
        }
    }

    fn hours(&self, date: Date) -> &Hours {
        let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap();
        self.days.get(&date).unwrap_or(&self.week[weekday])
    }

    /// What the wall clock shows at an instant.
    fn wall(&self, at: i64) -> DateTime {
        self.zone.to_datetime(Timestamp::from_second(at).unwrap())
    }

    /// A wall clock's time: in a gap by the offset before it, in an overlap the first.
    fn instant(&self, at: DateTime) -> i64 {
        let instant = self.zone.to_ambiguous_timestamp(at).compatible().unwrap();
        instant.as_second()
    }

    /// The stretches that begin on a date.
    fn stretches(&self, date: Date) -> Vec<(i64, i64)> {
        let midnight = date.at(0, 0, 0, 0);
        let hours = self.hours(date).iter();
        let both = hours.map(|(from, to)| {
            let at = |minutes: i64| self.instant(midnight + minutes.minutes());
            (at(*from), at(*to))
        });
        both.filter(|(from, to)| to > from).collect()
    }

    /// When the work of a date ends.
    fn close(&self, date: Date) -> Option<i64> {
        self.stretches(date).into_iter().map(|(_, to)| to).max()
    }

    pub(crate) fn is_open(&self, at: i64) -> bool {
        let (day, minute) = (at.div_euclid(DAY), at.rem_euclid(DAY) / MINUTE);
        let mut seen = self.seen.borrow_mut();
        let minutes = seen.entry(day).or_insert_with(|| self.minutes(day));
        minutes[usize::try_from(minute).unwrap()]
    }

    fn minutes(&self, day: i64) -> Vec<bool> {
        let mut minutes = vec![false; 1440];
        let date = self.wall(day * DAY).date();
        for near in -4_i64..=4 {
            for (from, to) in self.stretches(date + near.days()) {
                for (place, counts) in (0_i64..).zip(&mut minutes) {
                    let at = day * DAY + place * MINUTE;
                    *counts |= from <= at && at < to;
                }
            }
        }
        minutes
    }
}

/// What a limit counts, and when its last day ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    Wall,
    Elapsed24h,
    EndOfDay,
    GkRf,
    WorkingDays,
    Months,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) count: i64,
    pub(crate) ends: Ends,
    pub(crate) rolls: bool,
    pub(crate) extends: bool,
}

/// What is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Promise {
    pub(crate) target: Option<i64>,
    pub(crate) limit: Option<Limit>,
    /// The later of the two, not the earlier.
    pub(crate) is_latest: bool,
    /// The target counts day and night.
    pub(crate) is_round_the_clock: bool,
}

/// How another target takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Takes {
    /// Counted from the clock's start, not from the change.
    pub(crate) is_from_start: bool,
    /// Never later than what was promised before.
    pub(crate) keeps_earlier: bool,
}

/// The way of a clock.
#[derive(Clone)]
pub(crate) struct Way<'c> {
    pub(crate) start: i64,
    /// By which calendar from when; the first one's instant does not matter.
    pub(crate) calendars: Vec<(i64, &'c Calendar)>,
    pub(crate) pauses: Vec<(i64, Option<i64>)>,
    /// Of these, when it was solved and had not come back: any limit stands still.
    pub(crate) solved: Vec<(i64, Option<i64>)>,
    pub(crate) changes: Vec<(i64, Option<i64>, Takes)>,
}

/// By when, or how much is left for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reached {
    At(i64),
    Left(i64),
}

impl Way<'_> {
    fn calendar(&self, at: i64) -> &Calendar {
        let later = self.calendars.iter().skip(1).rev();
        let mut later = later.filter(|(from, _)| *from <= at);
        later.next().unwrap_or(&self.calendars[0]).1
    }

    fn is_paused(&self, at: i64) -> bool {
        let holds = |(from, to): &(i64, Option<i64>)| *from <= at && to.is_none_or(|to| at < to);
        self.pauses.iter().any(holds)
    }

    /// The instant after `at` at which a pause begins or ends, or another calendar takes over.
    fn mark(&self, at: i64) -> Option<i64> {
        let pauses = self.pauses.iter().flat_map(|(from, to)| [Some(*from), *to]);
        let moves = self.calendars.iter().skip(1).map(|(at, _)| Some(*at));
        let later = pauses.chain(moves).flatten().filter(|mark| at < *mark);
        later.min()
    }

    /// Every piece of time that counts from an instant on, in order and none longer than a minute, until `until` says so.
    /// `false`: time stands still for good before.
    fn walk(&self, from: i64, always: bool, mut until: impl FnMut(i64, i64) -> bool) -> bool {
        let mut at = from;
        loop {
            let mark = self.mark(at);
            let (is_paused, calendar) = (self.is_paused(at), self.calendar(at));
            if is_paused {
                match mark {
                    Some(mark) => at = mark,
                    None => return false,
                }
                continue;
            }
            while mark.is_none_or(|mark| at < mark) {
                assert!(at - from < LONGEST, "no time counts");
                let full = at - at.rem_euclid(MINUTE) + MINUTE;
                let next = mark.map_or(full, |mark| full.min(mark));
                if (always || calendar.is_open(at)) && until(at, next) {
                    return true;
                }
                at = next;
            }
        }
    }

    /// The earliest instant by which so many seconds have counted from `from` on.
    fn reach(&self, from: i64, target: i64, always: bool) -> Reached {
        let (mut left, mut reached) = (target, from);
        let is_reached = self.walk(from, always, |at, next| {
            reached = at + left;
            let is_over = left <= next - at;
            if !is_over {
                left -= next - at;
            }
            is_over
        });
        match is_reached {
            true => Reached::At(reached),
            false => Reached::Left(left),
        }
    }

    /// Seconds that count from the start to an instant.
    pub(crate) fn elapsed(&self, until: i64, always: bool) -> i64 {
        let mut sum = 0;
        let bounded = Way {
            pauses: std::iter::once((until, None))
                .chain(self.pauses.clone())
                .collect(),
            ..self.clone()
        };
        let _never = until > self.start
            && bounded.walk(self.start, always, |at, next| {
                sum += next - at;
                false
            });
        sum
    }

    /// What the target alone says; `None`: there is none.
    pub(crate) fn target(&self, promise: &Promise) -> Option<Reached> {
        let mut races: Vec<(i64, i64)> = Vec::new();
        races.extend(promise.target.map(|target| (self.start, target)));
        for (at, target, takes) in &self.changes {
            let from = if takes.is_from_start {
                self.start
            } else {
                *at.max(&self.start)
            };
            if !takes.keeps_earlier {
                races.clear();
            }
            races.extend(target.map(|target| (from, target)));
        }
        let always = promise.is_round_the_clock;
        let reached = races
            .iter()
            .map(|(from, target)| self.reach(*from, *target, always));
        reached.reduce(|one, other| match (one, other) {
            (Reached::At(one), Reached::At(other)) => Reached::At(one.min(other)),
            (Reached::Left(one), Reached::Left(other)) => Reached::Left(one.min(other)),
            (Reached::At(at), Reached::Left(_)) | (Reached::Left(_), Reached::At(at)) => {
                Reached::At(at)
            }
        })
    }

    /// What the limit alone says; `None`: what moves it goes on.
    pub(crate) fn limit(&self, limit: &Limit) -> Option<i64> {
        let calendar = self.calendars[0].1;
        let began = calendar.wall(self.start);
        let dates = |from: Date| (0_i64..4000).map(move |days| from + days.days());
        let last = match limit.ends {
            Ends::Months => began.date() + limit.count.months(),
            Ends::Wall | Ends::Elapsed24h | Ends::EndOfDay | Ends::GkRf | Ends::WorkingDays => {
                began.date() + limit.count.days()
            }
        };
        let mut at = match limit.ends {
            Ends::Wall | Ends::Months => calendar.instant(last.to_datetime(began.time())),
            Ends::Elapsed24h => self.start + limit.count * DAY,
            Ends::EndOfDay => calendar.instant((last + 1.days()).at(0, 0, 0, 0)),
            Ends::GkRf => dates(last).find_map(|date| calendar.close(date)).unwrap(),
            Ends::WorkingDays => {
                let mut ends =
                    dates(began.date() + 1.days()).filter_map(|date| calendar.close(date));
                ends.nth(usize::try_from(limit.count).unwrap() - 1).unwrap()
            }
        };
        // What is left of it passes while nothing stands still.
        let stills = match limit.extends {
            true => &self.pauses,
            false => &self.solved,
        };
        let (mut now, mut left) = (self.start, at - self.start);
        while left > 0 {
            let marks = stills.iter().flat_map(|(from, to)| [Some(*from), *to]);
            let next = marks.flatten().filter(|mark| *mark > now).min();
            let holds =
                |(from, to): &(i64, Option<i64>)| *from <= now && to.is_none_or(|to| now < to);
            if stills.iter().any(holds) {
                now = next?;
                continue;
            }
            let step = next.map_or(left, |next| left.min(next - now));
            (now, left) = (now + step, left - step);
        }
        at = at.max(now);
        while limit.rolls && !self.calendar(at).is_open(at) {
            let full = at - at.rem_euclid(MINUTE) + MINUTE;
            at = self.mark(at).map_or(full, |mark| full.min(mark));
        }
        Some(at)
    }

    /// By when it is due; `None`: time stands still, or nothing is promised.
    pub(crate) fn due(&self, promise: &Promise) -> Option<i64> {
        let target = self.target(promise);
        let at = match target {
            Some(Reached::At(at)) => Some(at),
            Some(Reached::Left(_)) | None => None,
        };
        let Some(limit) = &promise.limit else {
            return at;
        };
        let limit = self.limit(limit);
        match (target.is_some(), promise.is_latest) {
            (false, _) => limit,
            (true, false) => at.into_iter().chain(limit).min(),
            (true, true) => Some(at?.max(limit?)),
        }
    }
}
