//! Laws of promises: what holds whatever the hours, pauses and targets are.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use okno::{
    desk::{
        calendar::{Calendar, Opening, OtherDays},
        sla::Course,
    },
    model::terms::{Pause, Terms},
};
use proptest::prelude::*;

/// One for all cases: its tables are made once.
static OFFICE: LazyLock<Calendar> = LazyLock::new(|| {
    let hours = [(540, 780), (840, 1080)].map(|(from, to)| Opening::new(from, to).unwrap());
    let week = std::array::from_fn(|day| if day < 5 { hours.to_vec() } else { Vec::new() });
    let zone = (
        "Europe/Berlin".to_owned(),
        TimeZone::get("Europe/Berlin").unwrap(),
    );
    Calendar::new(zone, week, &OtherDays::default()).unwrap()
});

fn after(start: Timestamp, secs: i64) -> Timestamp {
    start.checked_add(SignedDuration::from_secs(secs)).unwrap()
}

/// Pauses after the start, as seconds from it.
fn any_pauses() -> impl Strategy<Value = Vec<(i64, i64)>> {
    proptest::collection::vec((0_i64..900_000, 1_i64..300_000), 0..5)
}

fn pauses(start: Timestamp, from_and_length: &[(i64, i64)]) -> Vec<Pause> {
    let pause = |(from, length): &(i64, i64)| Pause {
        from: after(start, *from),
        to: Some(after(start, from.saturating_add(*length))),
    };
    from_and_length.iter().map(pause).collect()
}

fn start(secs: i64) -> Timestamp {
    Timestamp::from_second(secs).unwrap()
}

/// Nothing is written beside the tests.
fn quiet() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(quiet())]

    #[test]
    fn what_is_due_has_passed_just_then(secs in 1_500_000_000_i64..1_900_000_000, target in 1_i64..400_000, paused in any_pauses()) {
        let start = start(secs);
        let course = Course::new(start, &OFFICE, pauses(start, &paused));
        let due = course.due(&Terms::target(target)).unwrap().at.unwrap();
        prop_assert_eq!(course.elapsed(due).as_secs(), target);
        prop_assert!(course.elapsed(after(due, -1)).as_secs() < target);
    }

    #[test]
    fn time_only_grows(secs in 1_500_000_000_i64..1_900_000_000, a in 0_i64..2_000_000, b in 0_i64..2_000_000, paused in any_pauses()) {
        let start = start(secs);
        let course = Course::new(start, &OFFICE, pauses(start, &paused));
        let (a, b) = (a.min(b), a.max(b));
        prop_assert!(course.elapsed(after(start, a)) <= course.elapsed(after(start, b)));
    }

    #[test]
    fn the_order_of_pauses_does_not_matter(secs in 1_500_000_000_i64..1_900_000_000, target in 1_i64..400_000, paused in any_pauses()) {
        let start = start(secs);
        let due = |paused: &[(i64, i64)]| {
            let course = Course::new(start, &OFFICE, pauses(start, paused));
            course.due(&Terms::target(target))
        };
        let mut turned = paused.clone();
        turned.reverse();
        prop_assert_eq!(due(&paused), due(&turned));
        // And one that is cut in two is the same pause.
        let cut: Vec<(i64, i64)> = paused
            .iter()
            .flat_map(|(from, length)| {
                let half = length.div_euclid(2);
                [(*from, half), (from.saturating_add(half), length.saturating_sub(half))]
            })
            .filter(|(_, length)| *length > 0)
            .collect();
        prop_assert_eq!(due(&paused), due(&cut));
    }

    #[test]
    fn a_reminder_is_never_after_its_due(secs in 1_500_000_000_i64..1_900_000_000, target in 1_i64..400_000, percent in 0_u32..200, paused in any_pauses()) {
        let start = start(secs);
        let course = Course::new(start, &OFFICE, pauses(start, &paused));
        let due = course.due(&Terms::target(target)).unwrap().at.unwrap();
        let at = course.at_percent(percent, due);
        prop_assert!(at <= due);
        let lower = course.at_percent(percent.saturating_sub(1), due);
        prop_assert!(lower <= at);
    }
}
