//! Random promises, counted twice: by the core, and by minutes.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use okno::{
    desk::{
        calendar::{Calendar, DayKind, Opening, OtherDays, Year},
        sla::Course,
    },
    model::terms::{
        Change, ChangeMode, Combine, Limit, LimitMode, LimitPauses, LimitUnit, Pause, Roll, Terms,
    },
};
use proptest::{prelude::*, sample::select};

use super::{
    laws::quiet,
    minutes::{self, Ends, Takes, Way},
};

/// Gaps and overlaps of an hour, half an hour and two, at night and at midnight; a lost day; other standard times.
const PLACES: [(&str, &str); 10] = [
    ("Europe/Moscow", "2026-05-07T00:00:00Z"),
    ("Europe/Berlin", "2026-03-27T00:00:00Z"),
    ("Europe/Berlin", "2026-10-23T00:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-03T00:00:00Z"),
    ("Australia/Lord_Howe", "2026-10-02T00:00:00Z"),
    ("Africa/Cairo", "2026-04-23T00:00:00Z"),
    ("Africa/Cairo", "2026-10-28T00:00:00Z"),
    ("Antarctica/Troll", "2026-03-28T00:00:00Z"),
    ("Pacific/Apia", "2011-12-28T00:00:00Z"),
    ("Asia/Almaty", "2024-02-28T00:00:00Z"),
];

/// From the start, from the change, and whichever is earlier.
const TAKES: [Takes; 3] = [
    Takes {
        is_from_start: true,
        keeps_earlier: false,
    },
    Takes {
        is_from_start: false,
        keeps_earlier: false,
    },
    Takes {
        is_from_start: false,
        keeps_earlier: true,
    },
];

type Plain = ([minutes::Hours; 7], BTreeMap<Date, minutes::Hours>);

fn any_hours() -> impl Strategy<Value = minutes::Hours> {
    let any = (0_i64..1440, 1_i64..1440).prop_map(|(from, length)| (from, from + length));
    prop_oneof![
        Just(vec![(540, 1080)]),
        Just(vec![(540, 780), (840, 1080)]),
        Just(vec![(0, 1440)]),
        Just(vec![(1200, 1680)]),
        Just(vec![(0, 150)]),
        proptest::collection::vec(any, 1..3),
    ]
}

/// Hours of working days, hours of the weekend, and days that are different, by their distance from the start.
fn any_plain() -> impl Strategy<Value = (minutes::Hours, minutes::Hours, Vec<(i64, minutes::Hours)>)>
{
    let weekend = prop_oneof![Just(Vec::new()), any_hours()];
    let other = prop_oneof![Just(Vec::new()), Just(vec![(540, 1020)]), any_hours()];
    (
        any_hours(),
        weekend,
        proptest::collection::vec((-2_i64..9, other), 0..4),
    )
}

fn plain(
    (work, weekend, others): (minutes::Hours, minutes::Hours, Vec<(i64, minutes::Hours)>),
    around: Timestamp,
) -> Plain {
    let week = std::array::from_fn(|day| {
        if day < 5 {
            work.clone()
        } else {
            weekend.clone()
        }
    });
    let date = TimeZone::UTC.to_datetime(around).date();
    let days = others.into_iter();
    let days = days.map(|(days, hours)| (date + jiff::Span::new().days(days), hours));
    (week, days.collect())
}

fn core(zone: &str, (week, days): &Plain) -> Calendar {
    let small = |minutes: i64| u16::try_from(minutes).unwrap();
    let openings = |hours: &minutes::Hours| {
        let openings = hours.iter();
        let openings = openings.map(|(from, to)| Opening::new(small(*from), small(*to)).unwrap());
        openings.collect::<Vec<_>>()
    };
    let days = days.iter();
    let year = Year {
        days: days
            .map(|(date, hours)| (*date, DayKind::Hours(openings(hours))))
            .collect(),
        ..Year::default()
    };
    let zone = (zone.to_owned(), TimeZone::get(zone).unwrap());
    let others = OtherDays { years: vec![year] };
    Calendar::new(zone, week.each_ref().map(openings), &others).unwrap()
}

fn any_limit() -> impl Strategy<Value = minutes::Limit> {
    const ENDS: [Ends; 6] = [
        Ends::Wall,
        Ends::Elapsed24h,
        Ends::EndOfDay,
        Ends::GkRf,
        Ends::WorkingDays,
        Ends::Months,
    ];
    (1_i64..8, select(&ENDS[..]), any::<bool>(), any::<bool>()).prop_map(
        |(count, ends, rolls, extends)| minutes::Limit {
            count: if ends == Ends::Months {
                count % 2 + 1
            } else {
                count
            },
            ends,
            rolls,
            extends,
        },
    )
}

fn any_promise() -> impl Strategy<Value = minutes::Promise> {
    let target = prop_oneof![
        Just(0),
        Just(3600),
        Just(14_400),
        Just(86_400),
        1_i64..200_000
    ];
    (
        proptest::option::weighted(0.85, target),
        proptest::option::of(any_limit()),
        any::<bool>(),
        proptest::bool::weighted(0.1),
    )
        .prop_map(
            |(target, limit, is_latest, is_round_the_clock)| minutes::Promise {
                target,
                limit,
                is_latest,
                is_round_the_clock,
            },
        )
}

fn terms(promise: &minutes::Promise) -> Terms {
    let limit = promise.limit.map(|limit| Limit {
        count: u32::try_from(limit.count).unwrap(),
        unit: match limit.ends {
            Ends::WorkingDays => LimitUnit::WorkingDays,
            Ends::Months => LimitUnit::Months,
            Ends::Wall | Ends::Elapsed24h | Ends::EndOfDay | Ends::GkRf => LimitUnit::Days,
        },
        mode: match limit.ends {
            Ends::Elapsed24h => LimitMode::Elapsed24h,
            Ends::EndOfDay => LimitMode::EndOfDay,
            Ends::GkRf => LimitMode::GkRf,
            Ends::Wall | Ends::WorkingDays | Ends::Months => LimitMode::Wall,
        },
        roll: if limit.rolls {
            Roll::NextOpen
        } else {
            Roll::None
        },
        pauses: if limit.extends {
            LimitPauses::Extend
        } else {
            LimitPauses::Ignore
        },
    });
    Terms {
        target_secs: promise.target,
        limit,
        combine: if promise.is_latest {
            Combine::Latest
        } else {
            Combine::Earliest
        },
        is_round_the_clock: promise.is_round_the_clock,
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..quiet() })]

    /// Due time, both bounds, what is left and what has passed: the same both ways, whatever the way of the clock.
    #[test]
    fn promises_counted_twice_are_the_same(
        place in select(&PLACES[..]),
        hours in any_plain(),
        (other_zone, other_hours) in (select(&["Asia/Vladivostok", "Europe/Dublin", "UTC"][..]), any_plain()),
        promise in any_promise(),
        after in 0_i64..345_600,
        whole in any::<bool>(),
        pauses in proptest::collection::vec((-86_400_i64..400_000, proptest::option::weighted(0.9, 0_i64..200_000)), 0..4),
        changes in proptest::collection::vec((0_i64..200_000, proptest::option::weighted(0.9, 1_i64..90_000), select(&TAKES[..])), 0..3),
        moved in proptest::option::weighted(0.3, 0_i64..300_000),
        asked in 0_i64..800_000,
    ) {
        let (zone, around) = place;
        let around: Timestamp = around.parse().unwrap();
        let (plain, other) = (plain(hours, around), plain(other_hours, around));
        let start = around.as_second() + if whole { after - after % 3600 } else { after };
        let mut changes = changes;
        changes.sort_by_key(|(at, ..)| *at);

        let calendars = [(zone, &plain), (other_zone, &other)];
        let ours = calendars.map(|(zone, plain)| core(zone, plain));
        let theirs = calendars.map(|(zone, (week, days))| minutes::Calendar::new(zone, week.clone(), days.clone()));

        let mut course = Course::new(at(start), &ours[0], pauses.iter().map(|(from, length)| Pause {
            from: at(start + from),
            to: length.map(|length| at(start + from + length)),
        }).collect());
        course.changes = changes.iter().map(|(after, target_secs, takes)| {
            let mode = match (takes.is_from_start, takes.keeps_earlier) {
                (true, _) => ChangeMode::FromStart,
                (false, false) => ChangeMode::FromChange,
                (false, true) => ChangeMode::FairMin,
            };
            Change::of_target(at(start + after), *target_secs, mode)
        }).collect();
        course.calendars = moved.iter().map(|after| (at(start + after), &ours[1])).collect();
        let always = Calendar::always("UTC".to_owned(), TimeZone::UTC);
        course.counts = promise.is_round_the_clock.then_some(&always);

        let way = Way {
            start,
            calendars: std::iter::once((start, &theirs[0])).chain(moved.map(|after| (start + after, &theirs[1]))).collect(),
            pauses: pauses.iter().map(|(from, length)| (start + from, length.map(|length| start + from + length))).collect(),
            solved: Vec::new(),
            changes: changes.iter().map(|(after, target, takes)| (start + after, *target, *takes)).collect(),
        };

        let due = course.due(&terms(&promise)).unwrap();
        prop_assert_eq!(due.limit_at, promise.limit.and_then(|limit| way.limit(&limit)).map(at));
        let reached = match (due.target_at, due.left) {
            (Some(target), _) => Some(minutes::Reached::At(target.as_second())),
            (None, left) => left.map(|left| minutes::Reached::Left(left.as_secs())),
        };
        prop_assert_eq!(reached, way.target(&promise));
        prop_assert_eq!(due.at, way.due(&promise).map(at));
        prop_assert_eq!(course.elapsed(at(start + asked)).as_secs(), way.elapsed(start + asked, promise.is_round_the_clock));
    }
}
