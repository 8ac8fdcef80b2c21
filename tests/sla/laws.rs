//! Laws of promises: what holds whatever the hours, pauses and targets are.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use okno::{
    desk::{
        calendar::{Calendar, Opening, OtherDays},
        sla::Course,
    },
    model::terms::{
        Change, ChangeMode, Limit, LimitMode, LimitPauses, LimitUnit, Pause, Roll, Terms,
    },
};
use proptest::prelude::*;

/// One each for all cases: their tables are made once.
static OFFICE: LazyLock<Calendar> = LazyLock::new(|| office("Europe/Berlin"));
static MOSCOW: LazyLock<Calendar> = LazyLock::new(|| office("Europe/Moscow"));

fn office(zone: &str) -> Calendar {
    let hours = [(540, 780), (840, 1080)].map(|(from, to)| Opening::new(from, to).unwrap());
    let week = std::array::from_fn(|day| if day < 5 { hours.to_vec() } else { Vec::new() });
    let zone = (zone.to_owned(), TimeZone::get(zone).unwrap());
    Calendar::new(zone, week, &OtherDays::default()).unwrap()
}

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
pub(crate) fn quiet() -> ProptestConfig {
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

    #[test]
    fn two_targets_in_a_row_are_one(secs in 1_500_000_000_i64..1_900_000_000, a in 1_i64..200_000, b in 1_i64..200_000, paused in any_pauses()) {
        let start = start(secs);
        let due = |from, target| {
            let course = Course::new(from, &OFFICE, pauses(start, &paused));
            course.due(&Terms::target(target)).unwrap().at.unwrap()
        };
        prop_assert_eq!(due(due(start, a), b), due(start, a.saturating_add(b)));
    }

    /// Moscow has had one offset since 2014: whatever happens so many weeks later is due so many weeks later, limits too.
    #[test]
    fn weeks_do_not_matter_within_one_offset(secs in 1_500_000_000_i64..1_700_000_000, target in 1_i64..400_000, weeks in 1_i64..200, days in 1_u32..20, mode in 0_usize..4, paused in any_pauses()) {
        let modes = [LimitMode::Wall, LimitMode::Elapsed24h, LimitMode::EndOfDay, LimitMode::GkRf];
        let limit = Limit { count: days, unit: LimitUnit::Days, mode: modes[mode], roll: Roll::NextOpen, pauses: LimitPauses::Extend };
        let terms = Terms { limit: Some(limit), ..Terms::target(target) };
        let due = |start| Course::new(start, &MOSCOW, pauses(start, &paused)).due(&terms).unwrap();
        let later = weeks.saturating_mul(7 * 86_400);
        let (now, then) = (due(start(secs)), due(after(start(secs), later)));
        prop_assert_eq!(then.at, now.at.map(|at| after(at, later)));
        prop_assert_eq!((then.binding, then.limit_at), (now.binding, now.limit_at.map(|at| after(at, later))));
    }

    /// What has been stored and is read again, whenever that is, is due at the same instant.
    #[test]
    fn a_clock_that_is_read_again_is_due_as_before(secs in 1_500_000_000_i64..1_900_000_000, target in 1_i64..400_000, changed in 1_i64..400_000, at in 0_i64..300_000, paused in any_pauses()) {
        let start = start(secs);
        let mut course = Course::new(start, &OFFICE, pauses(start, &paused));
        course.changes = vec![Change::of_all(after(start, at), &Terms::target(changed), ChangeMode::FairMin)];
        let stored = serde_json::to_string(&(start, &course.changes, pauses(start, &paused))).unwrap();
        let (start, changes, pauses): (Timestamp, Vec<Change>, Vec<Pause>) = serde_json::from_str(&stored).unwrap();
        let mut again = Course::new(start, &OFFICE, pauses);
        again.changes = changes;
        prop_assert_eq!(again.due(&Terms::target(target)), course.due(&Terms::target(target)));
    }

    /// What counts between two instants is what counts to any instant between them and from there on.
    #[test]
    fn splitting_an_interval_changes_nothing(secs in 1_500_000_000_i64..1_900_000_000, a in 0_i64..2_000_000, b in 0_i64..2_000_000, paused in any_pauses()) {
        let start = start(secs);
        let (middle, end) = (after(start, a), after(start, a.saturating_add(b)));
        let from = |at| Course::new(at, &OFFICE, pauses(start, &paused));
        let parts = from(start).elapsed(middle).saturating_add(from(middle).elapsed(end));
        prop_assert_eq!(from(start).elapsed(end), parts);
        let parts = OFFICE.measure(start, middle).saturating_add(OFFICE.measure(middle, end));
        prop_assert_eq!(OFFICE.measure(start, end), parts);
    }

    /// A stricter promise that takes over, target and limit, is due at the earlier of what was promised and of itself.
    #[test]
    fn what_takes_over_fairly_is_due_at_the_earlier_of_both(secs in 1_500_000_000_i64..1_900_000_000, targets in (1_i64..400_000, 1_i64..400_000), days in (1_u32..20, 1_u32..20), at in 0_i64..900_000, paused in any_pauses()) {
        let start = start(secs);
        let terms = |target, days| {
            let limit = Limit { count: days, unit: LimitUnit::Days, mode: LimitMode::Wall, roll: Roll::None, pauses: LimitPauses::Extend };
            Terms { limit: Some(limit), ..Terms::target(target) }
        };
        let (before, since) = (terms(targets.0, days.0), terms(targets.1, days.1));
        let at = after(start, at);
        let alone = |from, terms| Course::new(from, &OFFICE, pauses(start, &paused)).due(terms).unwrap().at;
        let mut course = Course::new(start, &OFFICE, pauses(start, &paused));
        course.changes = vec![Change::of_all(at, &since, ChangeMode::FairMin)];
        prop_assert_eq!(course.due(&before).unwrap().at, alone(start, &before).min(alone(at, &since)));
    }
}
