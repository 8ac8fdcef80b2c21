//! How figures and periods are written.

use super::*;

fn figure_of(numerator: i64, denominator: i64, unit: Unit) -> Figure {
    Figure {
        code: "share",
        numerator,
        denominator: Some(denominator),
        unit,
    }
}

#[test]
fn a_figure_is_rounded_once_and_a_half_goes_away_from_zero() {
    for (above, below, unit, shown) in [
        (20, 21, Unit::Percent, Some("95.24")),
        (1, 8, Unit::Score, Some("0.13")),
        (-1, 8, Unit::Points, Some("-12.50")),
        (-1, 800, Unit::Points, Some("-0.13")),
        (2, 3, Unit::Percent, Some("66.67")),
        (0, 5, Unit::Percent, Some("0.00")),
        // None of none is neither 0 nor 100.
        (0, 0, Unit::Percent, None),
    ] {
        let figure = figure_of(above, below, unit);
        assert_eq!(figure.shown().as_deref(), shown, "{above}/{below}");
        assert_eq!(figure.is_empty(), shown.is_none());
    }
}

#[test]
fn a_change_is_relative_and_needs_enough_to_be_one() {
    let share = |above, below| figure_of(above, below, Unit::Percent);
    let change = relative_change(&share(10, 100), &share(9, 100), 30);
    assert_eq!(
        change.and_then(|change| change.shown()).as_deref(),
        Some("-10.00")
    );
    assert_eq!(relative_change(&share(0, 100), &share(9, 100), 30), None);
    assert_eq!(relative_change(&share(5, 29), &share(5, 100), 30), None);
}

#[test]
fn repeats_are_held_against_the_quarter_before_as_rates() {
    let tally = |repeats: i64, in_scope: i64| {
        let mut tally = Tally::default();
        tally.more(Count::Repeats, repeats);
        tally.more(Count::InScope, in_scope);
        tally
    };
    let change = |before: (i64, i64), now: (i64, i64)| {
        repeat_qoq(&tally(before.0, before.1), &tally(now.0, now.1))
    };
    let told = |before, now| change(before, now).shown();
    // Twice as many repeats of twice as many requests are as many as before.
    assert_eq!(told((10, 100), (20, 200)).as_deref(), Some("0.00"));
    assert_eq!(told((10, 100), (9, 100)).as_deref(), Some("-10.00"));
    assert_eq!(told((1, 30), (2, 30)).as_deref(), Some("100.00"));
    for (before, now) in [
        ((0, 100), (9, 100)),
        ((5, 29), (5, 100)),
        ((5, 100), (0, 29)),
    ] {
        assert_eq!(told(before, now), None);
        assert_eq!(change(before, now).code, "repeat_qoq");
    }
    let zone = TimeZone::get("Europe/Moscow").expect("known");
    let before = |name: &str| {
        let period = Period::named(name, &zone)?;
        Some(period.quarter_before(&zone)?.name)
    };
    assert_eq!(before("2026-q4").as_deref(), Some("2026-q3"));
    assert_eq!(before("2026-q1").as_deref(), Some("2025-q4"));
    assert_eq!(before("2026-10"), None);
    assert_eq!(before("2026"), None);
}

#[test]
fn requests_from_clients_are_held_against_the_quarter_before() {
    let tally = |(in_scope, asked): (i64, i64)| {
        let mut tally = Tally::default();
        tally.more(Count::InScope, in_scope);
        tally.more(Count::AskedReceived, asked);
        tally
    };
    for (before, now, shown) in [
        ((110, 10), (110, 20), Some("-10.00")),
        ((100, 0), (100, 0), Some("0.00")),
        ((30, 0), (3, 0), Some("-90.00")),
        // What other departments ask does not make enough.
        ((40, 11), (100, 0), None),
        ((0, 0), (0, 0), None),
    ] {
        let change = received_qoq(&tally(before), &tally(now));
        assert_eq!(change.shown().as_deref(), shown, "{before:?} {now:?}");
        assert_eq!(change.code, "received_qoq");
    }
}

#[test]
fn periods_are_written_as_people_write_them() {
    let zone = TimeZone::get("Europe/Moscow").expect("known");
    let bounds = |words: &str| {
        let period = Period::named(words, &zone)?;
        Some(format!("{} {}", period.from, period.to))
    };
    for (words, expected) in [
        ("2026-10", Some("2026-09-30T21:00:00Z 2026-10-31T21:00:00Z")),
        ("2026-Q4", Some("2026-09-30T21:00:00Z 2026-12-31T21:00:00Z")),
        ("2026", Some("2025-12-31T21:00:00Z 2026-12-31T21:00:00Z")),
        ("2026-13", None),
        ("2026-q5", None),
        ("2026-1", None),
        ("2026-+1", None),
        ("+026-10", None),
        ("2026-q+1", None),
        ("2026-q01", None),
        ("26-10", None),
        ("октябрь", None),
    ] {
        assert_eq!(bounds(words).as_deref(), expected, "{words}");
    }
}
