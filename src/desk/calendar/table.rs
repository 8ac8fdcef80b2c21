//! Prefix sums over the openings of ten years each, made when they are first asked for. A question looks into one or two
//! of them by bisection and adds up whole ones between: it costs the same however far apart its ends are.

use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp, civil::Date};

use super::Calendar;

/// Seconds of one table: ten years of 365.25 days.
const SECS: i64 = 315_576_000;

/// How many tables there are, from 1970 on: to 2259. Nothing counts before and after.
const COUNT: usize = 29;

/// The tables of a calendar, shared by its copies. Two calendars are the same whatever of this has been made.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables(Arc<[OnceLock<Table>; COUNT]>);

impl PartialEq for Tables {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[derive(Debug)]
struct Table {
    /// In order, apart from each other, cut at the table's ends.
    spans: Box<[Span]>,
    /// Seconds of all.
    total: i64,
}

/// Instants between which time counts, in seconds.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: i64,
    to: i64,
    /// Seconds that count in the table before `from`.
    before: i64,
}

impl Tables {
    /// See [`Calendar::add`]; `target` is more than nothing.
    pub(super) fn add(
        &self,
        calendar: &Calendar,
        start: Timestamp,
        target: SignedDuration,
    ) -> Option<Timestamp> {
        let first = index(start);
        let gone = self.table(calendar, first)?.before(start);
        let mut left = target.checked_add(gone)?;
        for place in first..COUNT {
            let table = self.table(calendar, place)?;
            if let Some(at) = table.reaching(left) {
                return Some(at);
            }
            left = left.checked_sub(SignedDuration::from_secs(table.total))?;
        }
        None
    }

    /// See [`Calendar::measure`]; `end` is after `start`.
    pub(super) fn measure(
        &self,
        calendar: &Calendar,
        start: Timestamp,
        end: Timestamp,
    ) -> SignedDuration {
        let (first, last) = (index(start), index(end));
        let whole = (first..last)
            .filter_map(|place| Some(self.table(calendar, place)?.total))
            .fold(0, i64::saturating_add);
        let before = |place, at| {
            let table = self.table(calendar, place);
            table.map_or(SignedDuration::ZERO, |table| table.before(at))
        };
        SignedDuration::from_secs(whole)
            .saturating_add(before(last, end))
            .saturating_sub(before(first, start))
    }

    /// See [`Calendar::next_open`].
    pub(super) fn next_open(&self, calendar: &Calendar, at: Timestamp) -> Option<Timestamp> {
        (index(at)..COUNT).find_map(|place| {
            let table = self.table(calendar, place)?;
            let span = table.spans.get(table.ended(at))?;
            Some(at.max(instant(span.from)?))
        })
    }

    fn table(&self, calendar: &Calendar, place: usize) -> Option<&Table> {
        let cell = self.0.get(place)?;
        Some(cell.get_or_init(|| Table::of(calendar, place)))
    }
}

impl Table {
    fn of(calendar: &Calendar, place: usize) -> Self {
        let begins = i64::try_from(place).unwrap_or(0).saturating_mul(SECS);
        let ends = begins.saturating_add(SECS);
        let date = |secs| Some(calendar.zone().to_datetime(instant(secs)?).date());
        let mut spans: Vec<(i64, i64)> = Vec::new();
        if let (Some(first), Some(last)) = (date(begins), date(ends)) {
            for date in dates(first, last) {
                let openings = calendar.openings(date).iter();
                let cut = openings.filter_map(|opening| {
                    let (from, to) = calendar.span(date, *opening)?;
                    let (from, to) = (from.as_second().max(begins), to.as_second().min(ends));
                    (to > from).then_some((from, to))
                });
                spans.extend(cut);
            }
        }
        // Around a change of the clocks openings may come in another order than by the wall.
        spans.sort_unstable();
        let (mut united, mut total): (Vec<Span>, i64) = (Vec::with_capacity(spans.len()), 0);
        for (from, to) in spans {
            match united.last_mut() {
                Some(last) if from <= last.to => {
                    total = total.saturating_add(to.saturating_sub(last.to).max(0));
                    last.to = last.to.max(to);
                }
                Some(_) | None => {
                    let before = total;
                    united.push(Span { from, to, before });
                    total = total.saturating_add(to.saturating_sub(from));
                }
            }
        }
        let spans = united.into_boxed_slice();
        Self { spans, total }
    }

    /// How many openings have ended by then.
    fn ended(&self, at: Timestamp) -> usize {
        let second = at.as_second();
        self.spans.partition_point(|span| span.to <= second)
    }

    /// Time that counts in the table before this instant.
    fn before(&self, at: Timestamp) -> SignedDuration {
        let Some(span) = self.spans.get(self.ended(at)) else {
            return SignedDuration::from_secs(self.total);
        };
        let inside =
            instant(span.from).map_or(SignedDuration::ZERO, |from| at.duration_since(from));
        SignedDuration::from_secs(span.before).saturating_add(inside.max(SignedDuration::ZERO))
    }

    /// The earliest instant by which so much time, more than none, has counted in the table.
    fn reaching(&self, sum: SignedDuration) -> Option<Timestamp> {
        if sum > SignedDuration::from_secs(self.total) {
            return None;
        }
        let is_short = |span: &Span| SignedDuration::from_secs(span.before) < sum;
        let place = self.spans.partition_point(is_short).checked_sub(1)?;
        let span = self.spans.get(place)?;
        let inside = sum.checked_sub(SignedDuration::from_secs(span.before))?;
        instant(span.from)?.checked_add(inside).ok()
    }
}

/// Every date whose openings may reach between two: a night shift began two days before, and a zone that crossed the date
/// line has lost one.
fn dates(first: Date, last: Date) -> impl Iterator<Item = Date> {
    let back = |date: Date| date.yesterday().unwrap_or(date);
    let ahead = |date: Date| date.tomorrow().unwrap_or(date);
    let last = ahead(ahead(last));
    std::iter::successors(Some(back(back(back(first)))), |date| date.tomorrow().ok())
        .take_while(move |date| *date <= last)
}

fn index(at: Timestamp) -> usize {
    usize::try_from(at.as_second().div_euclid(SECS)).unwrap_or(0)
}

fn instant(second: i64) -> Option<Timestamp> {
    Timestamp::from_second(second).ok()
}
