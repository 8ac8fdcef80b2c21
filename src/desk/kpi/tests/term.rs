//! How much of a promise's time had passed: by its own clock.

use super::*;
use crate::desk::calendar::{Calendar, Opening, OtherDays, Week};

/// Monday to Friday, nine to six.
fn office() -> Calendar {
    let hours = Opening::new(9 * 60, 18 * 60).expect("hours");
    let week: Week = std::array::from_fn(|day| match day {
        0..5 => vec![hours],
        _ => Vec::new(),
    });
    let zone = TimeZone::get("Europe/Moscow").expect("known");
    let zone = ("Europe/Moscow".to_owned(), zone);
    Calendar::new(zone, week, &OtherDays::default()).expect("hours")
}

/// What was promised from `from` until `due`, and passed on at `passed`; waited for the requester in `waited`, if at all.
fn promise(
    (from, due, done): (&str, &str, Option<&str>),
    is_round_the_clock: bool,
    (passed, waited): (&str, Option<(&str, &str)>),
) -> Promised {
    let clock = ClockKind::Resolution;
    let terms = Terms {
        is_round_the_clock,
        ..Terms::target(900)
    };
    let due_at = at(due);
    let mut tale = Tale::of(1, "it", from)
        .also(
            from,
            Role::House,
            EventData::ClockStarted {
                clock,
                terms,
                due_at,
            },
        )
        .assigned(from, "anna");
    if let Some((since, until)) = waited {
        let (left_secs, due_at) = (60, Some(due_at));
        let paused = EventData::ClockPaused {
            clock,
            left_secs,
            due_at,
        };
        let due_at = at(due);
        let resumed = EventData::ClockResumed { clock, due_at };
        tale = tale
            .then(since, Role::Agent, paused)
            .then(until, Role::Requester, resumed);
    }
    let tale = tale
        .transferred(passed, "buh")
        .judged(clock, (due, done), Some("anna"));
    let zone = TimeZone::get("Europe/Moscow").expect("known");
    let period = Period::named("2026-10", &zone).expect("a period");
    let mut all = details(TicketNumber(1), &tale.history, &period).into_iter();
    let first = all.find_map(|one| match one {
        Detail::Promise(one) => Some(*one),
        Detail::Counted(_) | Detail::Withdrawn(_) | Detail::Corrected(_) => None,
    });
    first.expect("a promise")
}

fn is_late(one: &Promised) -> bool {
    let hours = office();
    let (at, _) = one.passed_on.first().expect("passed on");
    one.is_late_at(*at, |_| Some(&hours))
}

#[test]
fn time_counts_by_the_clock_of_the_promise() {
    // A Saturday evening: 5 of 15 minutes had passed, then 13.
    let night = ("10 20:00", "10 20:15", None);
    let early = promise(night, true, ("10 20:05", None));
    assert!(early.is_round_the_clock);
    assert!(!is_late(&early));
    assert!(is_late(&promise(night, true, ("10 20:13", None))));
    let hours = office();
    let between = (at("10 20:00"), at("10 20:15"));
    assert_eq!(early.secs_between(Some(&hours), between), 900);
    // By office hours no time passes at night, and nothing of it is over.
    let closed = promise(night, false, ("10 20:13", None));
    assert_eq!(closed.secs_between(Some(&hours), between), 0);
    assert!(!is_late(&closed));
}

#[test]
fn most_of_the_time_is_told_without_what_stood_still() {
    // Friday 9:00 to Monday 10:00: ten hours of work, and Friday's end is nine of them.
    let week = ("09 09:00", "12 10:00", None);
    assert!(is_late(&promise(week, false, ("09 17:00", None))));
    assert!(!is_late(&promise(week, false, ("09 16:00", None))));
    // Seven of the eight had been the requester's: one of three is over.
    let waited = Some(("09 09:30", "09 16:30"));
    assert!(!is_late(&promise(week, false, ("09 17:00", waited))));
    // Done early, it had its whole time all the same.
    let early = ("09 09:00", "12 10:00", Some("09 17:30"));
    assert!(!is_late(&promise(early, false, ("09 12:00", None))));
    assert!(is_late(&promise(early, false, ("09 17:00", None))));
}
