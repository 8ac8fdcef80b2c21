//! Calendars, by examples and by laws.
#![expect(clippy::arithmetic_side_effects, reason = "small numbers of tests")]

use proptest::prelude::*;

use super::*;

fn opening(from: u16, to: u16) -> Opening {
    Opening::new(from * 60, to * 60).unwrap()
}

fn working_days(hours: &[Opening]) -> Week {
    std::array::from_fn(|day| if day < 5 { hours.to_vec() } else { Vec::new() })
}

fn office(zone: &str) -> Calendar {
    calendar(
        zone,
        &[opening(9, 13), opening(14, 18)],
        &OtherDays::default(),
    )
}

fn calendar(zone: &str, hours: &[Opening], others: &OtherDays) -> Calendar {
    let zone = (zone.to_owned(), TimeZone::get(zone).unwrap());
    Calendar::new(zone, working_days(hours), others).unwrap()
}

fn local(calendar: &Calendar, text: &str) -> Timestamp {
    calendar.instant(text.parse().unwrap()).unwrap()
}

#[track_caller]
fn check(zone: &str, start: &str, hours: i64, due: &str) {
    let calendar = office(zone);
    let instant = |text: &str| local(&calendar, text);
    let due_at = calendar
        .add(instant(start), SignedDuration::from_hours(hours))
        .unwrap();
    assert_eq!(due_at, instant(due), "{start} + {hours} h");
}

#[test]
fn a_promise_counts_opening_hours_only() {
    check("Europe/Moscow", "2026-11-17T10:00", 2, "2026-11-17T12:00");
    check("Europe/Moscow", "2026-11-17T12:00", 2, "2026-11-17T15:00");
    check("Europe/Moscow", "2026-11-17T15:30", 4, "2026-11-18T10:30");
    check("Europe/Moscow", "2026-11-17T14:00", 4, "2026-11-17T18:00"); // due at closing stays at closing
    check("Europe/Moscow", "2026-11-17T18:00", 1, "2026-11-18T10:00"); // written at closing: the next opening
    check("Europe/Moscow", "2026-11-20T17:00", 2, "2026-11-23T10:00"); // over a weekend
    check("Europe/Moscow", "2026-11-21T12:00", 0, "2026-11-23T09:00"); // nothing to wait for: first opening
    check("Europe/Berlin", "2026-03-27T17:00", 2, "2026-03-30T10:00"); // summer time began on Sunday
}

#[test]
fn two_months_before_its_end_it_is_said_that_nobody_knows_the_next_year() {
    let mut known = office("Europe/Moscow");
    known.certain_until = Some("2026-12-31".parse().unwrap());
    for (at, runs_out) in [
        ("2026-10-31T23:59", false),
        ("2026-11-01T00:00", true),
        ("2027-01-01T00:00", true),
    ] {
        let at = local(&known, at);
        assert_eq!(known.runs_out(at).is_some(), runs_out, "{at}");
    }
    let is_preliminary = |at: &str| known.is_preliminary(local(&known, at));
    assert!(!is_preliminary("2026-12-31T23:59") && is_preliminary("2027-01-01T00:00"));
    // A bare week promises nothing of holidays, and never runs out.
    let week = office("Europe/Moscow");
    assert_eq!(week.runs_out(local(&week, "2099-12-31T12:00")), None);
}

#[test]
fn hours_are_told_in_words() {
    assert_eq!(
        office("UTC").words(Language::Ru),
        "пн–пт 9:00–13:00 14:00–18:00"
    );
    assert_eq!(
        office("UTC").words(Language::En),
        "mon–fri 9:00–13:00 14:00–18:00"
    );
}

#[test]
fn silence_counts_working_days() {
    let calendar = office("Europe/Moscow");
    let at: Timestamp = "2026-11-19T12:00:00Z".parse().unwrap();
    assert_eq!(
        calendar.end_of_working_day(at, 3),
        Some("2026-11-24T15:00:00Z".parse().unwrap())
    );
    let always = Calendar::always("UTC".to_owned(), TimeZone::UTC);
    assert_eq!(
        always.end_of_working_day(at, 1),
        Some("2026-11-21T00:00:00Z".parse().unwrap())
    );
}

/// 2026 as it is around May: a short eve, a holiday, a moved day off, and a Saturday that is worked.
fn may() -> OtherDays {
    let working = |is_short, instead| DayKind::Working { is_short, instead };
    let day = |text: &str| text.parse::<Date>().unwrap();
    let days = BTreeMap::from([
        (day("2026-05-08"), working(true, None)),
        (day("2026-05-09"), DayKind::Off),
        (day("2026-05-11"), DayKind::Off),
        (day("2026-05-16"), working(true, Some(day("2026-05-11")))),
        (day("2026-05-18"), DayKind::Hours(vec![opening(10, 12)])),
    ]);
    let year = Year {
        year: Some(2026),
        is_provisional: false,
        days,
    };
    OtherDays { years: vec![year] }
}

#[test]
fn holidays_are_kept() {
    let calendar = calendar("Europe/Moscow", &[opening(9, 13), opening(14, 18)], &may());
    let due = |start: &str, hours| {
        let due = calendar.add(local(&calendar, start), SignedDuration::from_hours(hours));
        calendar.zone().to_datetime(due.unwrap()).to_string()
    };
    assert_eq!(due("2026-05-08T16:00", 2), "2026-05-12T10:00:00"); // closes at 17:00; Monday is off
    assert_eq!(due("2026-05-15T17:00", 2), "2026-05-16T10:00:00"); // a Saturday that is worked
    assert_eq!(due("2026-05-16T16:00", 2), "2026-05-18T11:00:00"); // and is short itself
    assert_eq!(due("2026-05-18T11:00", 2), "2026-05-19T10:00:00"); // hours of its own
    assert!(!calendar.is_working_day(local(&calendar, "2026-05-11T12:00")));
    assert!(calendar.is_preliminary(local(&calendar, "2027-01-01T12:00")));
    assert!(!calendar.is_preliminary(local(&calendar, "2026-12-31T12:00")));
    assert_eq!(office("Europe/Moscow").known_until, None);
}

#[test]
fn a_short_day_is_cut_from_its_end_and_a_shift_is_not() {
    let close = |hours: &[Opening]| {
        let calendar = calendar("Europe/Moscow", hours, &may());
        let close = calendar
            .close_on_or_after("2026-05-08".parse().unwrap())
            .unwrap();
        calendar.zone().to_datetime(close).to_string()
    };
    assert_eq!(close(&[opening(9, 18)]), "2026-05-08T17:00:00");
    assert_eq!(
        close(&[opening(9, 13), opening(14, 15)]),
        "2026-05-08T13:00:00"
    );
    let half_hour = Opening::new(14 * 60, 14 * 60 + 30).unwrap();
    assert_eq!(close(&[opening(9, 13), half_hour]), "2026-05-08T12:30:00");
    assert_eq!(close(&[opening(20, 28)]), "2026-05-09T04:00:00");
    assert_eq!(close(&[opening(0, 24)]), "2026-05-09T00:00:00");
}

#[test]
fn a_night_belongs_to_the_day_it_begins_on() {
    let calendar = calendar("Europe/Moscow", &[opening(20, 28)], &OtherDays::default());
    assert!(calendar.is_open(local(&calendar, "2026-11-21T03:59"))); // Friday's
    assert!(!calendar.is_open(local(&calendar, "2026-11-23T03:00"))); // Sunday has none
    let due = calendar.add(
        local(&calendar, "2026-11-20T23:00"),
        SignedDuration::from_hours(6),
    );
    assert_eq!(due, Some(local(&calendar, "2026-11-23T21:00")));
}

#[test]
fn a_calendar_without_hours_is_none() {
    let zone = ("UTC".to_owned(), TimeZone::UTC);
    let none = Calendar::new(zone, Week::default(), &OtherDays::default());
    assert_eq!(none, Err(NoWorkingTime));
}

#[test]
fn what_is_never_reached_is_never_promised() {
    let week = Week::default();
    let days = BTreeMap::from([(
        "2026-05-18".parse().unwrap(),
        DayKind::Hours(vec![opening(10, 12)]),
    )]);
    let others = OtherDays {
        years: vec![Year {
            days,
            ..Year::default()
        }],
    };
    let zone = ("UTC".to_owned(), TimeZone::UTC);
    let once = Calendar::new(zone, week, &others).unwrap();
    let start = local(&once, "2026-05-18T09:00");
    let add = |hours| once.add(start, SignedDuration::from_hours(hours));
    assert_eq!(add(2), Some(local(&once, "2026-05-18T12:00")));
    assert_eq!(add(3), None);
}

const ZONES: [&str; 6] = [
    "Europe/Moscow",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Antarctica/Troll",
    "Pacific/Apia",
];

/// Business time by the definition: every minute of the wall that some opening holds, counted once.
fn by_minutes(calendar: &Calendar, start: Timestamp, end: Timestamp) -> i64 {
    let minutes = (start.as_second() / 60)..(end.as_second() / 60);
    let is_open = |minute: &i64| {
        let at = Timestamp::from_second(minute * 60).unwrap();
        let date = calendar.zone().to_datetime(at).date();
        let near = [-2_i64, -1, 0, 1].map(|days| date.checked_add(Span::new().days(days)).unwrap());
        near.iter().any(|date| {
            let openings = calendar.openings(*date).iter();
            openings
                .filter_map(|opening| calendar.span(*date, *opening))
                .any(|(from, to)| from <= at && at < to)
        })
    };
    i64::try_from(minutes.filter(is_open).count()).unwrap() * 60
}

fn any_hours() -> impl Strategy<Value = Vec<Opening>> {
    let opening = (0_u16..24, 1_u16..20).prop_map(|(from, length)| opening(from, from + length));
    proptest::collection::vec(opening, 1..3)
}

proptest! {
    #[test]
    fn what_is_added_can_be_measured(start in 0_i64..4_000_000_000, target in 1_i64..2_000_000, zone in 0_usize..ZONES.len(), hours in any_hours()) {
        let calendar = calendar(ZONES[zone], &hours, &may());
        let start = Timestamp::from_second(start).unwrap();
        let target = SignedDuration::from_secs(target);
        let due = calendar.add(start, target).unwrap();
        prop_assert!(due >= start);
        prop_assert_eq!(calendar.measure(start, due), target);
        let later = calendar.add(start, target.saturating_add(SignedDuration::from_secs(1))).unwrap();
        prop_assert!(later > due);
    }

    #[test]
    fn two_targets_in_a_row_are_one(start in 0_i64..4_000_000_000, a in 1_i64..2_000_000, b in 1_i64..2_000_000, zone in 0_usize..ZONES.len()) {
        let calendar = calendar(ZONES[zone], &[opening(9, 13), opening(14, 30)], &may());
        let start = Timestamp::from_second(start).unwrap();
        let secs = SignedDuration::from_secs;
        let first = calendar.add(start, secs(a)).unwrap();
        prop_assert_eq!(calendar.add(first, secs(b)), calendar.add(start, secs(a + b)));
    }

    #[test]
    fn splitting_an_opening_changes_nothing(start in 0_i64..4_000_000_000, target in 1_i64..2_000_000, cut in 10_u16..18, zone in 0_usize..ZONES.len()) {
        let whole = calendar(ZONES[zone], &[opening(9, 18)], &OtherDays::default());
        let split = calendar(ZONES[zone], &[opening(9, cut), opening(cut - 1, 18)], &OtherDays::default());
        let start = Timestamp::from_second(start).unwrap();
        let target = SignedDuration::from_secs(target);
        prop_assert_eq!(whole.add(start, target), split.add(start, target));
    }

    #[test]
    fn weeks_do_not_matter_within_one_offset(start in 1_500_000_000_i64..1_900_000_000, target in 1_i64..2_000_000, weeks in 1_i64..200) {
        let moscow = office("Europe/Moscow"); // one offset since 2014
        let shift = SignedDuration::from_hours(weeks * 7 * 24);
        let start = Timestamp::from_second(start).unwrap();
        let target = SignedDuration::from_secs(target);
        let due = moscow.add(start, target).unwrap();
        prop_assert_eq!(moscow.add(start + shift, target), Some(due + shift));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Summer time begins or ends within each of these weeks somewhere; the last is Samoa's lost day.
    #[test]
    fn tables_count_what_minutes_count(around in 0_usize..5, minutes in 0_i64..20_000, length in 1_i64..6_000, zone in 0_usize..ZONES.len(), hours in any_hours()) {
        let around = ["2026-03-26T00:00:00Z", "2026-10-22T00:00:00Z", "2026-04-02T00:00:00Z", "2026-05-07T00:00:00Z", "2011-12-28T00:00:00Z"][around];
        let minute = SignedDuration::from_mins;
        let start = around.parse::<Timestamp>().unwrap() + minute(minutes);
        let end = start + minute(length);
        let calendar = calendar(ZONES[zone], &hours, &may());
        prop_assert_eq!(calendar.measure(start, end).as_secs(), by_minutes(&calendar, start, end));
    }
}
