//! The rule by tables: what is raised by which figures, and what is over.

use super::*;
use crate::desk::fixture;

fn facts(unanswered: u64) -> QueueFacts {
    QueueFacts {
        unanswered,
        ..QueueFacts::default()
    }
}

/// The figures by which this alarm is raised; `Some(None)`: it is over; `None`: as it was.
fn seen(alarm: &str, facts: &QueueFacts, here: u64) -> Option<Option<(u64, u64)>> {
    let policy = fixture::policy();
    let (name, queue) = policy.queues.first_key_value().unwrap();
    let now = "2026-11-17T09:00:00Z".parse().unwrap();
    let all = look((name, queue), (facts, here), now);
    let found = all.into_iter().find(|one| one.alarm == alarm);
    found.map(|one| one.figures.map(|figures| (figures.count, figures.limit)))
}

#[test]
fn overload_is_more_than_five_and_than_two_an_agent_and_over_at_three_fifths() {
    for (count, here, expected) in [
        (6, 1, Some(Some((6, 5)))),
        (5, 1, None),
        (4, 1, None),
        (3, 1, Some(None)),
        (6, 3, None),
        (7, 3, Some(Some((7, 6)))),
        (9, 4, Some(Some((9, 8)))),
        (0, 0, Some(None)),
    ] {
        assert_eq!(
            seen(OVERLOAD, &facts(count), here),
            expected,
            "{count} {here}"
        );
    }
}

#[test]
fn a_share_in_time_says_something_of_ten_solutions_at_least() {
    for (met, judged, expected) in [
        (0, 9, None),
        (7, 10, Some(Some((70, 80)))),
        (8, 10, None),
        (849, 1000, None),
        (85, 100, Some(None)),
        (799, 1000, Some(Some((79, 80)))),
    ] {
        let facts = QueueFacts {
            met,
            judged,
            ..QueueFacts::default()
        };
        assert_eq!(seen(EFFICIENCY, &facts, 1), expected, "{met} of {judged}");
    }
}

#[test]
fn nobody_is_here_or_somebody_is() {
    assert_eq!(seen(NOBODY, &facts(0), 0), Some(Some((0, 0))));
    assert_eq!(seen(NOBODY, &facts(0), 1), Some(None));
}

#[test]
fn of_a_month_the_highest_part_reached_is_told_with_those_before() {
    let policy = fixture::policy();
    let (name, queue) = policy.queues.first_key_value().unwrap();
    let now = "2026-11-17T09:00:00Z".parse().unwrap();
    for (count, expected) in [
        (319, None),
        (320, Some(80)),
        (399, Some(80)),
        (400, Some(100)),
    ] {
        let facts = QueueFacts {
            opened: vec![count, 290, 270, 250],
            ..QueueFacts::default()
        };
        let found = look((name, queue), (&facts, 1), now);
        let found = found.into_iter().find(|one| one.alarm == CAPACITY);
        let object = expected.map(|percent| format!("{name}/2026-11/{percent}"));
        assert_eq!(
            found.as_ref().map(|one| one.object.clone()),
            object,
            "{count}"
        );
        if let Some(figures) = found.and_then(|one| one.figures) {
            assert_eq!(figures.before, [250, 270, 290]);
        }
    }
}

#[test]
fn months_begin_on_the_wall() {
    let policy = fixture::policy();
    let (_, queue) = policy.queues.first_key_value().unwrap();
    let now = "2026-02-28T12:00:00Z".parse().unwrap();
    let (_, months) = spans(queue, now);
    let begin: Vec<String> = months.iter().map(|(from, _)| from.to_string()).collect();
    assert_eq!(
        begin,
        [
            "2026-02-01T00:00:00Z",
            "2026-01-01T00:00:00Z",
            "2025-12-01T00:00:00Z",
            "2025-11-01T00:00:00Z"
        ]
    );
    assert_eq!(months[1].1, months[0].0, "one ends where the next begins");
}
