//! What was in time, week by week: a small row of bars beside the figure, the chart of the queue's page and its figures.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::status::QueueStatus;
use crate::{
    model::{decimal::Decimal, language::Language},
    report::chart::{Chart, Series, Shape, Target, Unit, kinds},
    store::shares::{Share, Shares, since},
};

/// How far one small bar is from the next.
const STEP: u64 = 8;

/// A week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Where the left edge of its small bar is.
    pub x: u64,
    /// Where its top is: as far from 100 as there were kept.
    pub y: u64,
    /// Its first day, in words.
    pub from: String,
    /// Kept of a hundred.
    pub percent: u64,
    /// Kept.
    pub met: u64,
    /// Judged; of a week of none there is no bar.
    pub judged: u64,
    /// Whether fewer were kept than are to be: its bar is drawn hollow.
    pub is_below: bool,
}

/// Whether fewer were kept than are to be: exactly, not by the rounded share.
#[must_use]
pub fn is_below(share: Share, target_percent: Option<u32>) -> bool {
    let wanted = target_percent.map_or(0, u64::from);
    share.met.saturating_mul(100) < share.judged.saturating_mul(wanted)
}

/// The weeks and when each began, the oldest first.
pub fn weeks(shares: &Shares, now: Timestamp) -> impl Iterator<Item = (Timestamp, Share)> {
    let mut from = since(now);
    shares.weeks.into_iter().map(move |share| {
        let begun = from;
        let week = SignedDuration::from_hours(7 * 24);
        from = from.checked_add(week).unwrap_or(now);
        (begun, share)
    })
}

/// The weeks of a queue, the oldest first; none where nothing was judged in any of them.
#[must_use]
pub fn told_weeks(queue: &QueueStatus, now: Timestamp, language: Language) -> Vec<Week> {
    if !has_any(queue) {
        return Vec::new();
    }
    let weeks = weeks(&queue.shares, now).zip(0_u64..);
    let told = weeks.map(|((from, share), place)| {
        let percent = share.percent().unwrap_or(0);
        Week {
            x: STEP.saturating_mul(place),
            y: 100_u64.saturating_sub(percent),
            from: begun(queue, from, language),
            percent,
            met: share.met,
            judged: share.judged,
            is_below: is_below(share, queue.target_percent),
        }
    });
    told.collect()
}

/// The chart of a queue as SVG, to be put into a page as it is; empty where nothing was judged.
#[must_use]
pub fn picture(queue: &QueueStatus, now: Timestamp, language: Language) -> String {
    if !has_any(queue) {
        return String::new();
    }
    let say = |ru: &str, en: &str| match language {
        Language::Ru => ru.to_owned(),
        Language::En => en.to_owned(),
    };
    let (names, values) = weeks(&queue.shares, now)
        .map(|(from, share)| (begun(queue, from, language), exactly(share)))
        .unzip();
    let chart = Chart {
        title: say(
            "Решено в срок, доля по неделям",
            "Solved in time, share by week",
        ),
        language,
        shape: Shape::Lines,
        unit: Unit::Percent,
        heading: say("Неделя с", "Week from"),
        names,
        series: vec![Series {
            name: say("решено в срок", "solved in time"),
            values,
            target: None,
        }],
        targets: queue.target_percent.map_or_else(Vec::new, |percent| {
            let (name, value) = (say("цель", "target"), Decimal::whole(percent.into()));
            vec![Target { name, value }]
        }),
    };
    // One series and one target can always be told apart.
    chart.svg().unwrap_or_default()
}

fn has_any(queue: &QueueStatus) -> bool {
    queue.shares.weeks.iter().any(|share| share.judged > 0)
}

fn begun(queue: &QueueStatus, from: Timestamp, language: Language) -> String {
    let date = from.to_zoned(queue.zone.zone.clone()).date();
    kinds::day(language, date)
}

fn exactly(share: Share) -> Option<Decimal> {
    let counts = (i64::try_from(share.met), i64::try_from(share.judged));
    let (Ok(met), Ok(judged)) = counts else {
        return None;
    };
    Decimal::percent(met, judged, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_missed_by_one_of_many_though_the_share_rounds_to_it() {
        let share = |met, judged| Share { met, judged };
        for (share, target, below) in [
            (share(19, 20), Some(95), false),
            (share(18, 20), Some(95), true),
            (share(949, 1000), Some(95), true),
            (share(999, 1000), Some(100), true),
            (share(0, 0), Some(100), false),
            (share(0, 5), None, false),
        ] {
            assert_eq!(is_below(share, target), below, "{share:?} {target:?}");
        }
    }
}
